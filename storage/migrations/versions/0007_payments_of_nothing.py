"""A payment of nothing may move money between claims; the reasons written off without asking are the practice's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

# An insurer takes back on one claim what it pays on another: the check says zero, the claims say what moved.
CHANGED = {
    ("payment", "payment_positive"): ("cents > 0", "cents > 0 OR (cents = 0 AND party = 'insurer')"),
    ("ledger_entry", "ledger_cents"): ("cents <> 0 OR kind IN ('charge', 'reversal')",
                                       "cents <> 0 OR kind IN ('charge', 'reversal', 'payment')"),
}


def upgrade() -> None:
    op.add_column("practice", sa.Column("write_off_reasons", sa.Text, nullable=False, server_default="CO-45, CO-253"))
    for (table, name), (before, after) in CHANGED.items():
        if op.get_bind().dialect.name == "postgresql":
            op.drop_constraint(name, table, type_="check")
            op.create_check_constraint(name, table, after)
        else:
            rebuild(table, f"CHECK ({before})", f"CHECK ({after})")


def rebuild(table: str, before: str, after: str) -> None:
    """SQLite keeps a check for good: the table is made anew from its own words, and its indexes and triggers after it."""
    bind = op.get_bind()
    said = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type {} AND sql IS NOT NULL"
    [made] = bind.exec_driver_sql(said.format("= 'table'"), (table,)).scalars()
    behind = list(bind.exec_driver_sql(said.format("IN ('index', 'trigger')"), (table,)).scalars())
    if made.count(before) != 1:
        raise ValueError(table)
    bind.exec_driver_sql(made.replace(before, after).replace(f"TABLE {table} (", f"TABLE {table}_new (", 1))
    bind.exec_driver_sql(f"INSERT INTO {table}_new SELECT * FROM {table}")
    bind.exec_driver_sql(f"DROP TABLE {table}")
    bind.exec_driver_sql(f"ALTER TABLE {table}_new RENAME TO {table}")
    for words in behind:
        bind.exec_driver_sql(words)
