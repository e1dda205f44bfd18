"""What payers send back: files, payments, what each decided, and what became of each claim."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import CentsField, DayField, InstantField
from storage.models.accounts import Staff
from storage.models.billing import Claim
from storage.models.ledger import LedgerEntry, Payment
from storage.models.sessions import ChargeLine


class PayerFile(Model):
    """A file as it came: an 835, or an answer to a file of ours (TA1, 999, 277CA)."""

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    kind = fields.TextField()
    content = fields.BinaryField()
    sha256 = fields.TextField()
    received_at = InstantField()
    received_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )

    class Meta:
        table = "payer_file"


class RemittancePayment(Model):
    """One payment of an insurer, once in whatever file it comes; posted, held with its reason, or undone."""

    id = fields.BigIntField(primary_key=True)
    file: fields.ForeignKeyRelation[PayerFile] = fields.ForeignKeyField("models.PayerFile", related_name="payments")
    payer_key = fields.TextField()
    payer_name = fields.TextField()
    trace_number = fields.TextField()
    paid_on = DayField()
    cents = CentsField()
    state = fields.TextField()
    reason = fields.TextField(default="")
    payment: fields.ForeignKeyNullableRelation[Payment] = fields.ForeignKeyField(
        "models.Payment", null=True, related_name="remittances"
    )
    first_entry: fields.ForeignKeyNullableRelation[LedgerEntry] = fields.ForeignKeyField(
        "models.LedgerEntry", null=True, related_name="remittances"
    )  # of the act that posted it

    class Meta:
        table = "remittance_payment"


class RemittanceEntry(Model):
    """One amount that a payment decided on a line; without a charge it found none of ours."""

    id = fields.BigIntField(primary_key=True)
    remittance: fields.ForeignKeyRelation[RemittancePayment] = fields.ForeignKeyField(
        "models.RemittancePayment", related_name="entries"
    )
    claim: fields.ForeignKeyNullableRelation[Claim] = fields.ForeignKeyField(
        "models.Claim", null=True, related_name="remitted"
    )
    charge_line: fields.ForeignKeyNullableRelation[ChargeLine] = fields.ForeignKeyField(
        "models.ChargeLine", null=True, related_name="remitted"
    )
    position = fields.IntField(default=0)  # of the claim in its payment
    by_hand = fields.BooleanField(default=False)  # what a person's match told
    claim_number = fields.TextField()
    kind = fields.TextField()
    reason = fields.TextField(default="")
    remarks = fields.TextField(default="")
    cents = CentsField()

    class Meta:
        table = "remittance_entry"


class RemittanceMatch(Model):
    """That a person said which claim of ours one of a payment's answers; undone with a reason."""

    id = fields.BigIntField(primary_key=True)
    remittance: fields.ForeignKeyRelation[RemittancePayment] = fields.ForeignKeyField(
        "models.RemittancePayment", related_name="matches"
    )
    position = fields.IntField()
    claim: fields.ForeignKeyRelation[Claim] = fields.ForeignKeyField("models.Claim", related_name="matches")
    first_entry: fields.ForeignKeyNullableRelation[LedgerEntry] = fields.ForeignKeyField(
        "models.LedgerEntry", null=True, related_name="matches"
    )
    made_at = InstantField()
    made_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    undone_at = InstantField(null=True)
    reason = fields.TextField(default="")

    class Meta:
        table = "remittance_match"


class ClaimEvent(Model):
    """What a payer or clearinghouse said of a claim, with its own number for it."""

    id = fields.BigIntField(primary_key=True)
    claim: fields.ForeignKeyRelation[Claim] = fields.ForeignKeyField("models.Claim", related_name="events")
    file: fields.ForeignKeyRelation[PayerFile] = fields.ForeignKeyField("models.PayerFile", related_name="events")
    remittance: fields.ForeignKeyNullableRelation[RemittancePayment] = fields.ForeignKeyField(
        "models.RemittancePayment", null=True, related_name="events"
    )
    state = fields.TextField()
    words = fields.TextField(default="")
    code = fields.TextField(default="")
    control_number = fields.TextField(default="")
    on_day = DayField()
    noted_at = InstantField()

    class Meta:
        table = "claim_event"


class AllowedAmount(Model):
    """What a payer allowed of a line, by one of its payments; it counts while that payment is posted."""

    id = fields.BigIntField(primary_key=True)
    remittance: fields.ForeignKeyRelation[RemittancePayment] = fields.ForeignKeyField(
        "models.RemittancePayment", related_name="allowed"
    )
    claim: fields.ForeignKeyRelation[Claim] = fields.ForeignKeyField("models.Claim", related_name="allowed")
    charge_line: fields.ForeignKeyRelation[ChargeLine] = fields.ForeignKeyField("models.ChargeLine", related_name="allowed")
    cents = CentsField()

    class Meta:
        table = "allowed_amount"
