"""Appointment types, billing codes and the service codes that point to them."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import CentsField, InstantField
from storage.models.base import Record


class AppointmentType(Record):
    """What kind of visit: gives the default length and whether it is billable; a service code, when set, wins."""

    name = fields.TextField()
    billable = fields.BooleanField(default=True)
    default_minutes = fields.IntField(default=50)
    archived_at = InstantField(null=True)

    class Meta:
        table = "appointment_type"


class BillingCode(Record):
    """A procedure code with the practice's own words and fee. `once`: not copied from a client's last session."""

    code = fields.TextField()
    description = fields.TextField(default="")
    fee_cents = CentsField()
    default_units = fields.IntField(default=1)
    modifiers = fields.TextField(default="")  # at most four, comma-separated
    place_of_service = fields.TextField(default="")  # empty: from how the visit was held
    client_only = fields.BooleanField(default=False)
    once = fields.BooleanField(default=False)
    unit_minutes = fields.IntField(null=True)  # billed by time: the minutes of a unit
    archived_at = InstantField(null=True)

    class Meta:
        table = "billing_code"


class AddOn(Model):
    """A code that stands only with others; both lists hold codes and ranges, with commas between."""

    id = fields.BigIntField(primary_key=True)
    code = fields.TextField()
    primaries = fields.TextField()
    never_with = fields.TextField(default="")

    class Meta:
        table = "add_on"


class ServiceCode(Record):
    """A short colored code on the calendar; `color` is one of the twelve names of the palette."""

    code = fields.TextField()
    name = fields.TextField()
    color = fields.TextField(default="Sky")
    billable = fields.BooleanField(default=True)
    default_minutes = fields.IntField(default=50)
    archived_at = InstantField(null=True)

    class Meta:
        table = "service_code"


class ServiceCodeLine(Model):
    """One billing code of a service code, in order."""

    id = fields.BigIntField(primary_key=True)
    service_code: fields.ForeignKeyRelation[ServiceCode] = fields.ForeignKeyField(
        "models.ServiceCode", related_name="lines"
    )
    position = fields.IntField()
    billing_code: fields.ForeignKeyRelation[BillingCode] = fields.ForeignKeyField(
        "models.BillingCode", related_name="used_in"
    )

    class Meta:
        table = "service_code_line"
