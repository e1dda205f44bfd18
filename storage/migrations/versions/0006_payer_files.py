"""What payers send back: files, each payment once, what it decided line by line, and what became of each claim."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def key() -> sa.Column[Any]:
    return sa.Column("id", ID, primary_key=True, autoincrement=True)


def of(name: str, table: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(f"{name}_id", ID, sa.ForeignKey(f"{table}.id", name=f"fk_payer_file_{name}", ondelete="RESTRICT"),
                     nullable=null)


def words(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def payer_file() -> None:
    op.create_table(
        "payer_file", key(), *words("name", "kind", "sha256"), sa.Column("content", sa.LargeBinary, nullable=False),
        moment("received_at"), of("received_by", "staff", null=True),
        sa.CheckConstraint("kind IN ('835', 'answer')", name="payer_file_kind"),
    )
    op.create_index("payer_file_once", "payer_file", ["sha256"], unique=True)


def remittance_payment() -> None:
    op.create_table(
        "remittance_payment", key(), of("file", "payer_file"), *words("payer_key", "payer_name", "trace_number"),
        sa.Column("paid_on", sa.Date, nullable=False), sa.Column("cents", sa.BigInteger, nullable=False),
        *words("state", "reason"), of("payment", "payment", null=True), of("first_entry", "ledger_entry", null=True),
        sa.CheckConstraint("state IN ('posted', 'held', 'undone')", name="remittance_payment_state"),
    )
    # The same payment in another file posts once; an undone one may be read again.
    op.create_index("remittance_payment_once", "remittance_payment", ["payer_key", "trace_number", "paid_on", "cents"],
                    unique=True, sqlite_where=sa.text("state <> 'undone'"), postgresql_where=sa.text("state <> 'undone'"))
    op.create_index("remittance_payment_of_file", "remittance_payment", ["file_id"])


def remittance_entry() -> None:
    op.create_table(
        "remittance_entry", key(), of("remittance", "remittance_payment"), of("claim", "claim", null=True),
        of("charge_line", "charge_line", null=True), *words("claim_number", "kind", "reason", "remarks"),
        sa.Column("cents", sa.BigInteger, nullable=False),
    )
    for name in ("remittance", "charge_line", "claim"):
        op.create_index(f"remittance_entry_of_{name}", "remittance_entry", [f"{name}_id"])


def claim_event() -> None:
    op.create_table(
        "claim_event", key(), of("claim", "claim"), of("file", "payer_file"), of("remittance", "remittance_payment", null=True),
        *words("state", "words", "code", "control_number"), sa.Column("on_day", sa.Date, nullable=False), moment("noted_at"),
        sa.CheckConstraint("state IN ('accepted', 'rejected', 'paid', 'denied', 'forwarded', 'reversed')",
                           name="claim_event_state"),
    )
    op.create_index("claim_event_of_claim", "claim_event", ["claim_id"])


def upgrade() -> None:
    payer_file()
    remittance_payment()
    remittance_entry()
    claim_event()
