"""The ledger: entries that are only ever added, and the payments they stand on."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
# Merging two records of one person says whose they are now; nothing else of a kept row ever changes.
MAY_CHANGE = {"payment": {"client_id"}, "ledger_entry": {"client_id", "policy_id"}}


def key() -> sa.Column[Any]:
    return sa.Column("id", ID, primary_key=True, autoincrement=True)


def of(name: str, table: str = "", *, null: bool = True, ondelete: str = "RESTRICT") -> sa.Column[Any]:
    to = sa.ForeignKey(f"{table or name}.id", name=f"fk_ledger_{name}", ondelete=ondelete)
    return sa.Column(f"{name}_id", ID, to, nullable=null)


def words(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=null)


def check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)


def index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    kept = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=kept, postgresql_where=kept)


def payment() -> None:
    op.create_table(
        "payment", key(), words("kind"), words("party"), of("client"), of("payer"), of("session", "client_session"),
        sa.Column("received_on", sa.Date, nullable=False), words("method"), sa.Column("cents", sa.BigInteger, nullable=False),
        words("reference"), words("note"), words("once", null=True), sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        of("made_by", "staff"),
        check("payment_kind", "kind IN ('payment', 'refund')"),
        check("payment_party", "(party = 'client' AND client_id IS NOT NULL AND payer_id IS NULL) "
              "OR (party = 'insurer' AND payer_id IS NOT NULL)"),
        check("payment_method", "method IN ('cash', 'card', 'check', 'transfer')"),
        check("payment_positive", "cents > 0"),
        sqlite_autoincrement=True,
    )
    # The same payment in another file, or a second tap, posts once.
    index("payment_once", "payment", ["once"], "once IS NOT NULL", unique=True)
    index("payment_at_session", "payment", ["session_id"], "session_id IS NOT NULL")
    op.create_index("payment_of_client", "payment", ["client_id"])
    op.create_index("payment_by_day", "payment", ["received_on"])


def ledger_entry() -> None:
    op.create_table(
        "ledger_entry", key(), words("kind"), words("party"), of("client"), of("payer"), of("policy"),
        sa.Column("cents", sa.BigInteger, nullable=False), sa.Column("effective_on", sa.Date, nullable=False),
        of("applies_to", "ledger_entry", ondelete="NO ACTION"), of("reverses", "ledger_entry", ondelete="NO ACTION"),
        of("posted_with", "ledger_entry", null=False, ondelete="NO ACTION"),
        of("session", "client_session"), of("charge_line"), of("invoice"), of("claim"), of("payment"), words("reason"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False), of("made_by", "staff"),
        check("ledger_kind", "kind IN ('charge', 'payment', 'adjustment', 'transfer', 'allocation', 'reversal')"),
        check("ledger_party", "(party = 'client' AND client_id IS NOT NULL AND payer_id IS NULL AND policy_id IS NULL) "
              "OR (party = 'insurer' AND payer_id IS NOT NULL)"),
        # An insurer that is asked for nothing yet still has its line, for its remittance to stand on.
        check("ledger_cents", "cents <> 0 OR kind IN ('charge', 'reversal')"),
        check("ledger_charge_positive", "kind <> 'charge' OR (cents >= 0 AND applies_to_id IS NULL)"),
        check("ledger_payment_named", "kind NOT IN ('payment', 'allocation') OR payment_id IS NOT NULL"),
        check("ledger_allocation_applies", "kind NOT IN ('allocation', 'reversal') OR applies_to_id IS NOT NULL"),
        check("ledger_reversal_of", "(kind = 'reversal') = (reverses_id IS NOT NULL)"),
        sqlite_autoincrement=True,
    )
    index("ledger_reversed_once", "ledger_entry", ["reverses_id"], "reverses_id IS NOT NULL", unique=True)
    index("ledger_payment_once", "ledger_entry", ["payment_id"], "kind = 'payment'", unique=True)
    op.create_index("ledger_of_client", "ledger_entry", ["client_id", "effective_on"])
    op.create_index("ledger_of_payer", "ledger_entry", ["payer_id", "effective_on"])
    for name in ("applies_to", "session", "charge_line", "invoice", "claim", "payment", "policy"):
        index(f"ledger_by_{name}", "ledger_entry", [f"{name}_id"], f"{name}_id IS NOT NULL")


def only_added(table: str, columns: list[str]) -> None:
    """Refuse to change or delete a row; the demo practice alone may be erased."""
    kept = ", ".join(name for name in columns if name not in MAY_CHANGE[table])
    demo = "SELECT 1 FROM practice WHERE is_demo"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"""
            CREATE FUNCTION {table}_only_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF TG_OP = 'DELETE' AND EXISTS ({demo}) THEN RETURN OLD; END IF;
              RAISE EXCEPTION '{table} is only added to' USING ERRCODE = 'integrity_constraint_violation';
            END $$""")
        op.execute(f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE OF {kept} ON {table} "
                   f"FOR EACH ROW EXECUTE FUNCTION {table}_only_added()")
        op.execute(f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} "
                   f"FOR EACH ROW EXECUTE FUNCTION {table}_only_added()")
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
    op.execute(f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE OF {kept} ON {table} {refuse}")
    op.execute(f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} WHEN NOT EXISTS ({demo}) {refuse}")


def upgrade() -> None:
    payment()
    ledger_entry()
    for table in MAY_CHANGE:
        only_added(table, [column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)])
