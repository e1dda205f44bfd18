"""What claim files ask of policies and payers: a number of the patient's own, why Medicare is second, a day a claim."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for name in ("patient_member_id", "medicare_second_reason"):
        op.add_column("policy", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("payer", sa.Column("one_day_a_claim", sa.Boolean(create_constraint=False), nullable=False,
                                     server_default=sa.false()))
