"""What a person matches by hand: which claim of a payment answers which of ours, once, each taken back with a reason."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def of(name: str, table: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(f"{name}_id", ID, sa.ForeignKey(f"{table}.id", name=f"fk_remittance_match_{name}", ondelete="RESTRICT"),
                     nullable=null)


def upgrade() -> None:
    op.create_table(
        "remittance_match", sa.Column("id", ID, primary_key=True, autoincrement=True), of("remittance", "remittance_payment"),
        sa.Column("position", sa.Integer, nullable=False), of("claim", "claim"), of("first_entry", "ledger_entry", null=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False), of("made_by", "staff", null=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True), sa.Column("reason", sa.Text, nullable=False),
    )
    # Two who match the same claim of a payment at once: one of them.
    op.create_index("remittance_match_once", "remittance_match", ["remittance_id", "position"], unique=True,
                    sqlite_where=sa.text("undone_at IS NULL"), postgresql_where=sa.text("undone_at IS NULL"))
    # Which of the payment's claims an amount is of: strangers' claims may share a number.
    op.add_column("remittance_entry", sa.Column("position", sa.Integer, nullable=False, server_default="0"))
    op.add_column("remittance_entry", sa.Column("by_hand", sa.Boolean(create_constraint=False), nullable=False,
                                                server_default=sa.false()))
