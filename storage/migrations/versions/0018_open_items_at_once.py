"""Which item an entry belongs to, computed by the database itself and indexed with its cents: what is open of the whole
practice is then one walk over an index, and nothing is kept that could drift from the entries.
"""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    # SQLite adds only virtual columns to a table, PostgreSQL up to 17 has only stored ones.
    postgres = op.get_bind().dialect.name == "postgresql"
    kind, how = ("BIGINT", "STORED") if postgres else ("INTEGER", "VIRTUAL")
    op.execute(f"ALTER TABLE ledger_entry ADD COLUMN item_id {kind} GENERATED ALWAYS AS (COALESCE(applies_to_id, id)) {how}")
    op.create_index("ledger_by_item", "ledger_entry", ["item_id", "cents"])
