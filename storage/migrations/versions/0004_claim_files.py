"""Claims by file: who sends and receives them, the files written, and that a claim goes out once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def by(name: str, table: str, *, null: bool = False) -> sa.Column[int]:
    to = sa.ForeignKey(f"{table}.id", name=f"fk_claim_file_{name}", ondelete="RESTRICT")
    return sa.Column(f"{name}_id", ID, to, nullable=null)


def settings() -> None:
    for name in ("claims_submitter_id", "claims_receiver_name", "claims_receiver_id"):
        op.add_column("practice", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("practice", sa.Column("claims_are_tests", sa.Boolean(create_constraint=False), nullable=False,
                                        server_default=sa.true()))
    op.add_column("payer", sa.Column("filing_code", sa.Text, nullable=False, server_default=""))
    op.add_column("payer", sa.Column("tells_patient_paid", sa.Boolean(create_constraint=False), nullable=False,
                                     server_default=sa.false()))


def claim_file() -> None:
    numbers = [sa.Column(name, sa.BigInteger, nullable=False) for name in (
        "interchange_control", "group_control", "set_control", "claims", "total_cents")]
    op.create_table(
        "claim_file", sa.Column("id", ID, primary_key=True, autoincrement=True), sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False), sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("usage", sa.Text, nullable=False), *numbers,
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False), by("made_by", "staff", null=True),
        sa.CheckConstraint("usage IN ('T', 'P')", name="claim_file_usage"),
        sa.CheckConstraint("claims > 0", name="claim_file_not_empty"),
    )
    for name in ("interchange", "group", "set"):  # a control number is given once
        op.create_index(f"claim_file_{name}_once", "claim_file", [f"{name}_control"], unique=True)


def claim_sending() -> None:
    op.create_table(
        "claim_sending", sa.Column("id", ID, primary_key=True, autoincrement=True), by("claim", "claim"),
        sa.Column("way", sa.Text, nullable=False), sa.Column("sent_on", sa.Date, nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False), by("noted_by", "staff", null=True),
        by("file", "claim_file", null=True), sa.Column("live", sa.Boolean(create_constraint=False), nullable=False),
        sa.CheckConstraint("way IN ('file', 'portal', 'post', 'fax')", name="claim_sending_way"),
        sa.CheckConstraint("(way = 'file') = (file_id IS NOT NULL)", name="claim_sending_file"),
    )
    # A claim goes out once, on paper or by file; a test file and what was taken back do not count.
    op.create_index("claim_sent_once", "claim_sending", ["claim_id"], unique=True, sqlite_where=sa.text("live"),
                    postgresql_where=sa.text("live"))
    op.create_index("claim_sending_of_file", "claim_sending", ["file_id"])


def upgrade() -> None:
    settings()
    claim_file()
    claim_sending()
