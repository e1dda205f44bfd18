"""What claims are checked against: how long a payer takes them, and the warnings that a person accepted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("payer", sa.Column("days_to_file", sa.Integer, nullable=True))
    op.create_table(
        "accepted_warning",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("session_id", ID, sa.ForeignKey("client_session.id", name="fk_accepted_session", ondelete="CASCADE"),
                  nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by_id", ID, sa.ForeignKey("staff.id", name="fk_accepted_by", ondelete="RESTRICT"),
                  nullable=True),
        sa.CheckConstraint("length(reason) > 0", name="accepted_warning_with_a_reason"),
    )
    op.create_index("accepted_warning_once", "accepted_warning", ["session_id", "code"], unique=True)
