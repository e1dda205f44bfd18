"""Statements made: each press, each document with its record, and whose accounts it shows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def of(name: str, table: str, *, null: bool = False) -> sa.Column[int]:
    to = sa.ForeignKey(f"{table}.id", name=f"fk_statement_{name}", ondelete="RESTRICT")
    return sa.Column(f"{name}_id", ID, to, nullable=null)


def upgrade() -> None:
    op.create_table(
        "statement_run", sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False), of("made_by", "staff", null=True),
        sa.Column("made_on", sa.Date, nullable=False), sa.Column("left_out", sa.Text, nullable=False),
    )
    op.create_table(
        "statement", sa.Column("id", ID, primary_key=True, autoincrement=True), of("run", "statement_run"),
        sa.Column("bill_to_name", sa.Text, nullable=False),
        sa.Column("has_address", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("due_cents", sa.BigInteger, nullable=False), sa.Column("record", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=True),
    )
    op.create_index("statement_of_run", "statement", ["run_id"])
    op.create_index("statement_undrawn", "statement", ["run_id"], unique=False, sqlite_where=sa.text("sha256 IS NULL"),
                    postgresql_where=sa.text("sha256 IS NULL"))
    op.create_table(
        "statement_client", sa.Column("id", ID, primary_key=True, autoincrement=True), of("statement", "statement"),
        of("client", "client"),
    )
    op.create_index("statement_client_of_client", "statement_client", ["client_id"])
    op.create_index("statement_client_once", "statement_client", ["statement_id", "client_id"], unique=True)
