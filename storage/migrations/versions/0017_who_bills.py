"""Who bills a payer for a provider's visits, from a day on; it takes the place of the payers not billed for a provider."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "billing_way",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("provider_id", ID, sa.ForeignKey("provider.id", name="fk_way_provider", ondelete="CASCADE"), nullable=False),
        sa.Column("payer_id", ID, sa.ForeignKey("payer.id", name="fk_way_payer", ondelete="CASCADE"), nullable=True),
        sa.Column("starts_on", sa.Date, nullable=True),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("supervisor_id", ID, sa.ForeignKey("provider.id", name="fk_way_supervisor", ondelete="RESTRICT"), nullable=True),
        sa.CheckConstraint("way IN ('own', 'with_supervisor', 'under_supervisor', 'not_enrolled')", name="billing_way_known"),
        sa.CheckConstraint("(way IN ('with_supervisor', 'under_supervisor')) = (supervisor_id IS NOT NULL)",
                           name="billing_way_names_a_supervisor"),
        sa.CheckConstraint("supervisor_id IS NULL OR supervisor_id <> provider_id", name="billing_way_not_own_supervisor"),
    )
    op.create_index("billing_way_of_provider", "billing_way", ["provider_id"])
    op.execute("INSERT INTO billing_way (provider_id, payer_id, way) "
               "SELECT provider_id, payer_id, 'not_enrolled' FROM unbilled_payer")
    op.drop_table("unbilled_payer")
