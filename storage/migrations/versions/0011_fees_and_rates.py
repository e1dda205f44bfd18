"""Fees of a provider or a client from a day on, and what contracts with payers allow."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def key() -> sa.Column[Any]:
    return sa.Column("id", ID, primary_key=True, autoincrement=True)


def of(table: str, name: str, *, null: bool = False) -> sa.Column[Any]:
    to = sa.ForeignKey(f"{name}.id", name=f"fk_{table}_{name}", ondelete="CASCADE")
    return sa.Column(f"{name}_id", ID, to, nullable=null)


def from_day_on() -> list[sa.Column[Any]]:
    return [sa.Column("starts_on", sa.Date, nullable=False), sa.Column("cents", sa.BigInteger, nullable=False)]


def upgrade() -> None:
    op.create_table(
        "fee", key(), of("fee", "billing_code"), of("fee", "provider", null=True), of("fee", "client", null=True),
        *from_day_on(),
        sa.CheckConstraint("cents >= 0", name="fee_not_negative"),
        sa.CheckConstraint("provider_id IS NULL OR client_id IS NULL", name="fee_of_one"),
    )
    op.execute("CREATE UNIQUE INDEX fee_once_a_day ON fee "
               "(billing_code_id, COALESCE(provider_id, 0), COALESCE(client_id, 0), starts_on)")
    op.create_index("fee_of_client", "fee", ["client_id"])
    op.create_table(
        "contract_rate", key(), of("contract_rate", "payer"), sa.Column("code", sa.Text, nullable=False),
        sa.Column("modifiers", sa.Text, nullable=False), *from_day_on(),
        sa.CheckConstraint("cents >= 0", name="contract_rate_not_negative"),
    )
    op.create_index("contract_rate_once_a_day", "contract_rate", ["payer_id", "code", "modifiers", "starts_on"], unique=True)
