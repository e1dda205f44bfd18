"""The ledger: payments and entries, only ever added (triggers of the migration refuse everything else)."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import CentsField, DayField, InstantField
from storage.models.accounts import Staff
from storage.models.billing import Claim, Invoice
from storage.models.clients import Client, Policy
from storage.models.practice import Payer
from storage.models.scheduling import Attendance
from storage.models.sessions import ChargeLine, ClientSession


class Payment(Model):
    """Money received of a client or an insurer, or given back (kind refund). What it paid is in the ledger."""

    id = fields.BigIntField(primary_key=True)
    kind = fields.TextField(default="payment")  # payment or refund
    party = fields.TextField(default="client")  # client or insurer
    client: fields.ForeignKeyNullableRelation[Client] = fields.ForeignKeyField(
        "models.Client", null=True, related_name="ledger_payments"
    )
    payer: fields.ForeignKeyNullableRelation[Payer] = fields.ForeignKeyField(
        "models.Payer", null=True, related_name="ledger_payments"
    )
    session: fields.ForeignKeyNullableRelation[ClientSession] = fields.ForeignKeyField(
        "models.ClientSession", null=True, related_name="ledger_payments"
    )  # taken at this session, and held for it until it is invoiced
    attendance: fields.ForeignKeyNullableRelation[Attendance] = fields.ForeignKeyField(
        "models.Attendance", null=True, related_name="ledger_payments", on_delete=fields.SET_NULL
    )  # taken on the calendar, and held for this visit until its session is invoiced
    received_on = DayField()
    method = fields.TextField()  # cash, card, check, transfer
    cents = CentsField()
    reference = fields.TextField(default="")  # the check's or transfer's number
    note = fields.TextField(default="")
    once = fields.TextField(null=True)  # what makes it the same payment when it is read a second time
    made_at = InstantField()
    made_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )

    class Meta:
        table = "payment"


class LedgerEntry(Model):
    """One line of the books. Plus is owed to the practice, minus is paid, written off or taken back.

    An entry that applies to none is an item of its account: a charge, a payment, money moved there. What is open of
    an item is its cents and the cents of all that apply to it; of a payment that is what it has not paid yet.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.TextField()  # charge, payment, adjustment, transfer, allocation, reversal
    party = fields.TextField()  # whose account: the client's, or an insurer's for this client
    client: fields.ForeignKeyNullableRelation[Client] = fields.ForeignKeyField(
        "models.Client", null=True, related_name="ledger"
    )
    payer: fields.ForeignKeyNullableRelation[Payer] = fields.ForeignKeyField(
        "models.Payer", null=True, related_name="ledger"
    )
    policy: fields.ForeignKeyNullableRelation[Policy] = fields.ForeignKeyField(
        "models.Policy", null=True, related_name="ledger"
    )
    cents = CentsField()
    effective_on = DayField()
    applies_to: fields.ForeignKeyNullableRelation[LedgerEntry] = fields.ForeignKeyField(
        "models.LedgerEntry", null=True, related_name="applied"
    )
    reverses: fields.ForeignKeyNullableRelation[LedgerEntry] = fields.ForeignKeyField(
        "models.LedgerEntry", null=True, related_name="reversed_by"
    )
    posted_with: fields.ForeignKeyRelation[LedgerEntry] = fields.ForeignKeyField(
        "models.LedgerEntry", related_name="posted"
    )  # the first entry of the same act
    session: fields.ForeignKeyNullableRelation[ClientSession] = fields.ForeignKeyField(
        "models.ClientSession", null=True, related_name="ledger"
    )
    charge_line: fields.ForeignKeyNullableRelation[ChargeLine] = fields.ForeignKeyField(
        "models.ChargeLine", null=True, related_name="ledger"
    )
    invoice: fields.ForeignKeyNullableRelation[Invoice] = fields.ForeignKeyField(
        "models.Invoice", null=True, related_name="ledger"
    )
    claim: fields.ForeignKeyNullableRelation[Claim] = fields.ForeignKeyField(
        "models.Claim", null=True, related_name="ledger"
    )
    payment: fields.ForeignKeyNullableRelation[Payment] = fields.ForeignKeyField(
        "models.Payment", null=True, related_name="ledger"
    )
    reason = fields.TextField(default="")  # why, or what a charge without a session is for
    made_at = InstantField()
    made_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )

    class Meta:
        table = "ledger_entry"


class OpeningBalance(Model):
    """What an earlier program left open on an account; plus is owed. Its entry is in the ledger like any other."""

    id = fields.BigIntField(primary_key=True)
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField("models.Client", related_name="opening_balances")
    payer: fields.ForeignKeyNullableRelation[Payer] = fields.ForeignKeyField(
        "models.Payer", null=True, related_name="opening_balances"
    )
    as_of = DayField()
    cents = CentsField()
    entry: fields.ForeignKeyRelation[LedgerEntry] = fields.ForeignKeyField("models.LedgerEntry", related_name="opening_balances")
    payment: fields.ForeignKeyNullableRelation[Payment] = fields.ForeignKeyField(
        "models.Payment", null=True, related_name="opening_balances"
    )  # of a credit
    made_at = InstantField()
    made_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    taken_back_at = InstantField(null=True)

    class Meta:
        table = "opening_balance"
