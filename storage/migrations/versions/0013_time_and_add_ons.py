"""Codes billed by time, add-on codes with what they stand with, and payers that forbid missed-visit fees."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
# CPT's psychotherapy guidelines; the evaluation and management codes that 90833, 90836 and 90838 add to are those
# with a choice by medical decision making or time.
MANAGED = "99202–99215, 99221–99223, 99231–99239, 99242–99245, 99252–99255, 99304–99310, 99315, 99316, 99341–99350"
ADD_ONS = (
    ("90785", "90791, 90792, 90832–90838, 90853", "90839, 90840, 90846, 90847"),
    ("90833", MANAGED, ""), ("90836", MANAGED, ""), ("90838", MANAGED, ""), ("90840", "90839", ""),
)


def upgrade() -> None:
    op.add_column("billing_code", sa.Column("unit_minutes", sa.Integer, nullable=True))
    op.add_column("payer", sa.Column("forbids_missed_fee", sa.Boolean(create_constraint=False), nullable=False,
                                     server_default=sa.false()))
    # Medicaid (42 CFR 447.15) and the VA let no participant charge a patient for a visit that did not take place.
    op.execute("UPDATE payer SET forbids_missed_fee = true WHERE kind IN ('medicaid', 'champva') OR filing_code = 'VA'")
    table = op.create_table(
        "add_on", sa.Column("id", ID, primary_key=True, autoincrement=True), sa.Column("code", sa.Text, nullable=False),
        sa.Column("primaries", sa.Text, nullable=False), sa.Column("never_with", sa.Text, nullable=False),
    )
    op.create_index("add_on_once", "add_on", ["code"], unique=True)
    op.bulk_insert(table, [{"code": code, "primaries": primaries, "never_with": never} for code, primaries, never in ADD_ONS])
