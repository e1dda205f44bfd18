"""Appointments on the calendar, and who attends them."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import InstantField
from storage.models.base import Record
from storage.models.clients import Client
from storage.models.codes import AppointmentType, ServiceCode
from storage.models.practice import Location, Provider


class Appointment(Record):
    """A stretch of a provider's day. Its `status` and service code count only without clients (`kind` none);
    otherwise each attendance has its own, and the appointment's code is what a new member starts with.
    """

    kind = fields.TextField(default="one")  # one, group, family (couple or family), none
    title = fields.TextField(default="")
    provider: fields.ForeignKeyRelation[Provider] = fields.ForeignKeyField("models.Provider", related_name="appointments")
    location: fields.ForeignKeyNullableRelation[Location] = fields.ForeignKeyField(
        "models.Location", null=True, related_name="appointments"
    )
    type: fields.ForeignKeyNullableRelation[AppointmentType] = fields.ForeignKeyField(
        "models.AppointmentType", null=True, related_name="appointments"
    )
    service_code: fields.ForeignKeyNullableRelation[ServiceCode] = fields.ForeignKeyField(
        "models.ServiceCode", null=True, related_name="appointments"
    )
    starts_at = InstantField()
    ends_at = InstantField()
    status = fields.TextField(default="scheduled")
    held_as = fields.TextField(default="in_person")  # in_person, video, phone
    client_at_home = fields.BooleanField(default=True)  # counts for video and phone
    note = fields.TextField(default="")
    calendar_uid = fields.TextField(null=True)  # of an imported calendar file, RFC 5545 UID
    recurrence_id = fields.TextField(default="")
    imported_as = fields.TextField(default="")  # fingerprint of what the file said
    changed_elsewhere = fields.TextField(default="")  # what a later import wanted of a billed appointment
    provider_id: int
    location_id: int | None
    type_id: int | None
    service_code_id: int | None

    class Meta:
        table = "appointment"


class Attendance(Model):
    """A client at an appointment: what is listed in Send to Billing and sent, once. A participant of a family
    appointment is there but is never billed.
    """

    id = fields.BigIntField(primary_key=True)
    appointment: fields.ForeignKeyRelation[Appointment] = fields.ForeignKeyField(
        "models.Appointment", related_name="attendances"
    )
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField("models.Client", related_name="attendances")
    participant = fields.BooleanField(default=False)
    status = fields.TextField(default="scheduled")
    service_code: fields.ForeignKeyNullableRelation[ServiceCode] = fields.ForeignKeyField(
        "models.ServiceCode", null=True, related_name="attendances"
    )
    appointment_id: int
    client_id: int
    service_code_id: int | None

    class Meta:
        table = "attendance"
