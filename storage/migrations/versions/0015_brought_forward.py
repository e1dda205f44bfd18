"""Balances brought forward from an earlier program: each once for an account and a day, while it is not taken back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def of(name: str, table: str, *, null: bool = False) -> sa.Column[Any]:
    to = sa.ForeignKey(f"{table}.id", name=f"fk_opening_{name}", ondelete="RESTRICT")
    return sa.Column(f"{name}_id", ID, to, nullable=null)


def upgrade() -> None:
    op.create_table(
        "opening_balance", sa.Column("id", ID, primary_key=True, autoincrement=True), of("client", "client"),
        of("payer", "payer", null=True), sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("cents", sa.BigInteger, nullable=False), of("entry", "ledger_entry"), of("payment", "payment", null=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False), of("made_by", "staff", null=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("cents <> 0", name="opening_balance_of_something"),
    )
    # The same list read twice, or typed on two computers, brings a balance forward once.
    op.execute("CREATE UNIQUE INDEX opening_balance_once ON opening_balance (client_id, COALESCE(payer_id, 0), as_of) "
               "WHERE taken_back_at IS NULL")
    op.create_index("opening_balance_entry", "opening_balance", ["entry_id"])
