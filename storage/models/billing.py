"""Invoices and claims made, with the record each was drawn from."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import CentsField, DayField, InstantField
from storage.models.accounts import Staff
from storage.models.clients import Client, Policy
from storage.models.practice import Payer
from storage.models.sessions import ChargeLine, ClientSession


class Counter(Model):
    """The last number used of a kind (invoices of a year, claims); taken inside the transaction that uses it."""

    name = fields.CharField(max_length=40, primary_key=True)
    reached = fields.BigIntField(default=0)

    class Meta:
        table = "counter"


class Batch(Model):
    """One press of Generate: a job whose documents are drawn one by one and may be taken up again."""

    id = fields.BigIntField(primary_key=True)
    made_at = InstantField()
    made_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    message = fields.TextField(default="")
    left_out = fields.TextField(default="[]")  # JSON: session ids with reasons
    finished_at = InstantField(null=True)
    voided_at = InstantField(null=True)

    class Meta:
        table = "batch"


class Invoice(Model):
    """An issued client invoice. `record` is the frozen content (JSON), `sha256` names its PDF once drawn."""

    id = fields.BigIntField(primary_key=True)
    number = fields.TextField()
    batch: fields.ForeignKeyRelation[Batch] = fields.ForeignKeyField("models.Batch", related_name="invoices")
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField("models.Client", related_name="invoices")
    bill_to_name = fields.TextField()
    issued_on = DayField()
    due_on = DayField()
    total_cents = CentsField()
    paid_cents = CentsField(default=0)  # taken at the sessions, as the invoice shows it
    record = fields.TextField()
    sha256 = fields.TextField(null=True)
    voided_at = InstantField(null=True)
    voided_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    void_reason = fields.TextField(default="")

    class Meta:
        table = "invoice"


class InvoiceLine(Model):
    """A bill-to person's part of one charge line. `live` is false once the invoice is void."""

    id = fields.BigIntField(primary_key=True)
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField("models.Invoice", related_name="lines")
    session: fields.ForeignKeyRelation[ClientSession] = fields.ForeignKeyField(
        "models.ClientSession", related_name="invoice_lines"
    )
    charge_line: fields.ForeignKeyRelation[ChargeLine] = fields.ForeignKeyField(
        "models.ChargeLine", related_name="invoice_lines"
    )
    bill_to_position = fields.IntField(default=1)
    amount_cents = CentsField()
    live = fields.BooleanField(default=True)

    class Meta:
        table = "invoice_line"


class Claim(Model):
    """A CMS-1500 made. Two printings, each with the hash of its stored PDF."""

    id = fields.BigIntField(primary_key=True)
    account_number = fields.TextField()  # box 26
    batch: fields.ForeignKeyRelation[Batch] = fields.ForeignKeyField("models.Batch", related_name="claims")
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField("models.Client", related_name="claims")
    policy: fields.ForeignKeyRelation[Policy] = fields.ForeignKeyField("models.Policy", related_name="claims")
    payer: fields.ForeignKeyRelation[Payer] = fields.ForeignKeyField("models.Payer", related_name="claims")
    issued_on = DayField()
    total_cents = CentsField()
    deductible_cents = CentsField(default=0)  # what these sessions asked of the client toward the policy's deductible
    record = fields.TextField()
    sha256 = fields.TextField(null=True)  # drawn form, plain paper
    data_sha256 = fields.TextField(null=True)  # data only, pre-printed forms
    voided_at = InstantField(null=True)
    voided_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    void_reason = fields.TextField(default="")

    class Meta:
        table = "claim"


class ClaimLine(Model):
    """One service line (box 24) of a claim. `live` is false once the claim is void, or another one took its place."""

    id = fields.BigIntField(primary_key=True)
    claim: fields.ForeignKeyRelation[Claim] = fields.ForeignKeyField("models.Claim", related_name="lines")
    session: fields.ForeignKeyRelation[ClientSession] = fields.ForeignKeyField(
        "models.ClientSession", related_name="claim_lines"
    )
    charge_line: fields.ForeignKeyRelation[ChargeLine] = fields.ForeignKeyField(
        "models.ChargeLine", related_name="claim_lines"
    )
    position = fields.IntField()
    charge_cents = CentsField()
    rank = fields.TextField(default="primary")  # the policy's: a charge stands on one live claim a rank
    live = fields.BooleanField(default=True)

    class Meta:
        table = "claim_line"
