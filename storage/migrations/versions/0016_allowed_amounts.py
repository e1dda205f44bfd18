"""What payers allowed of each line that they settled, to be held against what their contracts promise."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def of(name: str, table: str) -> sa.Column[Any]:
    return sa.Column(f"{name}_id", ID, sa.ForeignKey(f"{table}.id", name=f"fk_allowed_{name}", ondelete="RESTRICT"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "allowed_amount", sa.Column("id", ID, primary_key=True, autoincrement=True), of("remittance", "remittance_payment"),
        of("claim", "claim"), of("charge_line", "charge_line"), sa.Column("cents", sa.BigInteger, nullable=False),
    )
    for name in ("remittance", "charge_line"):
        op.create_index(f"allowed_amount_of_{name}", "allowed_amount", [f"{name}_id"])
