"""Statements made: each press with its documents, the record each was drawn from, and whose accounts it shows."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import CentsField, DayField, InstantField
from storage.models.accounts import Staff
from storage.models.clients import Client


class StatementRun(Model):
    """One press: for one client or for all who owe; its statements are drawn one by one and may be taken up again."""

    id = fields.BigIntField(primary_key=True)
    made_at = InstantField()
    made_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    made_on = DayField()
    left_out = fields.TextField(default="[]")  # JSON: names with reasons

    class Meta:
        table = "statement_run"


class Statement(Model):
    """A bill-to person's statement. It asks for no more than the books do, so it has no number and is never void."""

    id = fields.BigIntField(primary_key=True)
    run: fields.ForeignKeyRelation[StatementRun] = fields.ForeignKeyField(
        "models.StatementRun", related_name="statements"
    )
    bill_to_name = fields.TextField()
    has_address = fields.BooleanField(default=True)
    due_cents = CentsField()
    record = fields.TextField()
    sha256 = fields.TextField(null=True)

    class Meta:
        table = "statement"


class StatementClient(Model):
    """A client whose account a statement shows; a parent's shows those of all their children."""

    id = fields.BigIntField(primary_key=True)
    statement: fields.ForeignKeyRelation[Statement] = fields.ForeignKeyField("models.Statement", related_name="clients")
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField("models.Client", related_name="statements")

    class Meta:
        table = "statement_client"
