"""A claim's life: claims that follow others, dated notes, a payer's limits in days, and denials mended together."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def key() -> sa.Column[Any]:
    return sa.Column("id", ID, primary_key=True, autoincrement=True)


def of(name: str, table: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(f"{name}_id", ID, sa.ForeignKey(f"{table}.id", name=f"fk_life_{name}", ondelete="RESTRICT"), nullable=null)


def words(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def moment(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def yes(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(create_constraint=False), nullable=False)


def once(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def payer() -> None:
    for name in ("days_to_correct", "days_to_appeal"):
        op.add_column("payer", sa.Column(name, sa.Integer, nullable=True))
    op.add_column("payer", sa.Column("no_corrections", sa.Boolean(create_constraint=False), nullable=False,
                                     server_default=sa.false()))


def claim_line() -> None:
    """A charge stands on one live claim to each payer in turn: the first, then the second."""
    op.add_column("claim_line", sa.Column("rank", sa.Text, nullable=False, server_default="primary"))
    op.drop_index("claim_line_once", "claim_line")
    once("claim_line_once", "claim_line", ["charge_line_id", "rank"], "live")


def claim_follow() -> None:
    op.create_table(
        "claim_follow", key(), of("claim", "claim"), of("earlier", "claim"), *words("how"), yes("live"), moment("made_at"),
        of("made_by", "staff", null=True),
        sa.CheckConstraint("how IN ('resent', 'replacement', 'void', 'secondary')", name="claim_follow_how"),
        sa.CheckConstraint("claim_id <> earlier_id", name="claim_follow_another"),
    )
    op.create_index("claim_follow_of_claim", "claim_follow", ["claim_id"], unique=True)
    # Sent again, replaced or voided at the payer once; billed to the second payer once.
    once("claim_followed_once", "claim_follow", ["earlier_id"], "live AND how <> 'secondary'")
    once("claim_second_once", "claim_follow", ["earlier_id"], "live AND how = 'secondary'")


def claim_note() -> None:
    op.create_table(
        "claim_note", key(), of("claim", "claim"), *words("kind", "words", "reference"),
        sa.Column("on_day", sa.Date, nullable=False), sa.Column("next_look_on", sa.Date, nullable=True),
        moment("noted_at"), of("noted_by", "staff", null=True), moment("undone_at", null=True),
        of("undone_by", "staff", null=True), *words("undone_reason"),
        sa.CheckConstraint("kind IN ('note', 'appeal', 'reopening', 'closed')", name="claim_note_kind"),
    )
    op.create_index("claim_note_of_claim", "claim_note", ["claim_id"])


def claim_mending() -> None:
    op.create_table(
        "claim_mending", key(), of("payer", "payer"), *words("before", "after", "lines"), of("batch", "batch", null=True),
        moment("made_at"), of("made_by", "staff", null=True), moment("undone_at", null=True),
        of("undone_by", "staff", null=True), *words("undone_reason"),
    )
    op.create_index("claim_mending_of_payer", "claim_mending", ["payer_id"])


def upgrade() -> None:
    payer()
    claim_line()
    claim_follow()
    claim_note()
    claim_mending()
