"""What a payer wants on its claims beyond the form: modifiers by credential, and numbers that it gave."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def of(name: str, *, null: bool = True) -> sa.Column[int]:
    return sa.Column(f"{name}_id", ID, sa.ForeignKey(f"{name}.id", name=f"fk_payer_rule_{name}", ondelete="CASCADE"),
                     nullable=null)


def upgrade() -> None:
    op.create_table(
        "payer_rule", sa.Column("id", ID, primary_key=True, autoincrement=True), of("payer", null=False),
        sa.Column("kind", sa.Text, nullable=False), sa.Column("value", sa.Text, nullable=False),
        sa.Column("credential", sa.Text, nullable=False, server_default=""), of("provider"), of("location"),
        sa.Column("qualifier", sa.Text, nullable=False, server_default=""),
        sa.CheckConstraint("kind IN ('modifier', 'rendering', 'facility', 'billing')", name="payer_rule_kind"),
        sa.CheckConstraint("length(value) > 0", name="payer_rule_value_given"),
    )
    op.create_index("payer_rule_of_payer", "payer_rule", ["payer_id"])
