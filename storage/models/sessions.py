"""Client sessions: what was done for a client on a day, and what it costs."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import CentsField, DayField, InstantField
from storage.models.accounts import Staff
from storage.models.base import Record
from storage.models.clients import Client
from storage.models.codes import BillingCode, ServiceCode
from storage.models.practice import Location, Provider
from storage.models.scheduling import Attendance


class ClientSession(Record):
    """Its id is the number people see. At most one that is not undone an attendance (partial unique index)."""

    attendance: fields.ForeignKeyNullableRelation[Attendance] = fields.ForeignKeyField(
        "models.Attendance", null=True, related_name="sessions"
    )
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField("models.Client", related_name="sessions")
    provider: fields.ForeignKeyRelation[Provider] = fields.ForeignKeyField("models.Provider", related_name="sessions")
    location: fields.ForeignKeyNullableRelation[Location] = fields.ForeignKeyField(
        "models.Location", null=True, related_name="sessions"
    )
    service_code: fields.ForeignKeyNullableRelation[ServiceCode] = fields.ForeignKeyField(
        "models.ServiceCode", null=True, related_name="sessions"
    )
    starts_at = InstantField()
    ends_at = InstantField()
    day = DayField()  # the day of service in the practice's zone
    held_as = fields.TextField(default="in_person")
    client_at_home = fields.BooleanField(default=True)
    place_of_service = fields.TextField(default="11")
    bill_to = fields.TextField(default="automatic")  # automatic or client
    status = fields.TextField(default="ready")  # ready, held, invoiced
    held_reason = fields.TextField(default="")
    codes_from = fields.TextField(default="by_hand")  # service_code, last_saved, chosen, missed_visit, by_hand
    authorization_number = fields.TextField(default="")  # box 23
    note = fields.TextField(default="")
    made_at = InstantField()
    made_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )
    saved_at = InstantField()
    undone_at = InstantField(null=True)

    class Meta:
        table = "client_session"


class ChargeLine(Model):
    """One line of a session, as it was made: its code, words and fee do not follow the masters."""

    id = fields.BigIntField(primary_key=True)
    session: fields.ForeignKeyRelation[ClientSession] = fields.ForeignKeyField(
        "models.ClientSession", related_name="lines"
    )
    position = fields.IntField()
    billing_code: fields.ForeignKeyNullableRelation[BillingCode] = fields.ForeignKeyField(
        "models.BillingCode", null=True, related_name="charged"
    )
    code = fields.TextField()
    description = fields.TextField(default="")
    units = fields.IntField(default=1)
    modifiers = fields.TextField(default="")  # comma-separated, at most four
    fee_cents = CentsField()  # a unit
    pointers = fields.TextField(default="")  # letters of box 21; empty: the first four there are
    client_only = fields.BooleanField(default=False)

    class Meta:
        table = "charge_line"


class AcceptedWarning(Model):
    """A warning of a rule that a person let pass for a session, once, with the reason."""

    id = fields.BigIntField(primary_key=True)
    session: fields.ForeignKeyRelation[ClientSession] = fields.ForeignKeyField(
        "models.ClientSession", related_name="accepted_warnings"
    )
    code = fields.TextField()
    reason = fields.TextField()
    accepted_at = InstantField()
    accepted_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", null=True, related_name=False
    )

    class Meta:
        table = "accepted_warning"


class SessionPayment(Model):
    """Money taken at the session."""

    id = fields.BigIntField(primary_key=True)
    session: fields.ForeignKeyRelation[ClientSession] = fields.ForeignKeyField(
        "models.ClientSession", related_name="payments"
    )
    received_on = DayField()
    method = fields.TextField()  # cash, card, check, transfer
    cents = CentsField()

    class Meta:
        table = "session_payment"
