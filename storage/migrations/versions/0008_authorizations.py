"""Prior authorizations, each with its number, dates and visits; a policy's single number becomes one of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "prior_authorization",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("policy_id", ID, sa.ForeignKey("policy.id", name="fk_authorization_policy", ondelete="RESTRICT"),
                  nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("provider_id", ID, sa.ForeignKey("provider.id", name="fk_authorization_provider", ondelete="RESTRICT"),
                  nullable=True),
        sa.Column("codes", sa.Text, nullable=False, server_default=""),
        sa.Column("starts_on", sa.Date, nullable=True),
        sa.Column("ends_on", sa.Date, nullable=True),
        sa.Column("counts", sa.Text, nullable=False, server_default="visits"),
        sa.Column("granted", sa.Integer, nullable=True),
        sa.Column("used_before", sa.Integer, nullable=False, server_default="0"),
        sa.CheckConstraint("length(number) > 0", name="authorization_number_given"),
        sa.CheckConstraint("counts IN ('visits', 'units')", name="authorization_counts"),
        sa.CheckConstraint("granted IS NULL OR granted > 0", name="authorization_granted_something"),
        sa.CheckConstraint("used_before >= 0", name="authorization_used_before_not_negative"),
        sa.CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on",
                           name="authorization_dates_in_order"),
    )
    op.create_index("authorization_of_policy", "prior_authorization", ["policy_id"])
    for table, name in (("payer", "asks_authorization"), ("policy", "is_eap")):
        op.add_column(table, sa.Column(name, sa.Boolean(create_constraint=False), nullable=False,
                                       server_default=sa.false()))
    op.execute(
        "INSERT INTO prior_authorization (policy_id, number, starts_on, ends_on) "
        "SELECT id, authorization_number, starts_on, ends_on FROM policy WHERE authorization_number <> ''")
    op.drop_column("policy", "authorization_number")
