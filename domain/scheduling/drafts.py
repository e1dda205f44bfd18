"""An appointment as it is being written: what the form is bound to, and what the services check and keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from domain.access import SignedIn, require
from domain.errors import NotFound
from storage.models import Appointment, Attendance

STATUSES = ("scheduled", "arrived", "completed", "no_show", "late_canceled", "canceled")
OFF = frozenset({"late_canceled", "canceled"})  # the time is free again
KINDS = ("one", "group", "family", "none")
HELD_AS = ("in_person", "video", "phone")


@dataclass(slots=True, kw_only=True)
class MemberDraft:
    """A client at the appointment. A participant of a family appointment is there but is never billed."""

    client_id: int
    status: str = "scheduled"
    service_code_id: int | None = None
    participant: bool = False


@dataclass(slots=True, kw_only=True)
class AppointmentDraft:
    """One appointment.

    `status` counts only for kind none; `service_code_id` for kind none, and for a group as the code that new members
    start with. The others carry theirs in `members`.
    """

    starts_at: datetime
    ends_at: datetime
    id: int | None = None
    version: int = 1
    kind: str = "one"
    title: str = ""
    provider_id: int | None = None
    location_id: int | None = None
    type_id: int | None = None
    held_as: str = "in_person"
    client_at_home: bool = True
    note: str = ""
    status: str = "scheduled"
    service_code_id: int | None = None
    members: list[MemberDraft] = field(default_factory=list)

    def identified(self) -> MemberDraft | None:
        """The client whose session it becomes, for one client, a couple or a family."""
        return next((member for member in self.members if not member.participant), None)

    def service_codes(self) -> set[int]:
        """Every service code the draft names."""
        own = {member.service_code_id for member in self.members} | {self.service_code_id}
        return {code for code in own if code is not None}


async def draft_of(appointment_id: int, *, seen_by: SignedIn) -> AppointmentDraft:
    """The draft to edit an appointment with. Raises NotFound."""
    await require(seen_by)
    appointment = await Appointment.get_or_none(id=appointment_id)
    if appointment is None:
        raise NotFound(what="This appointment")
    return as_draft(appointment, await Attendance.filter(appointment_id=appointment_id).order_by("id"))


def as_draft(appointment: Appointment, attendances: list[Attendance]) -> AppointmentDraft:
    """A draft that says exactly what the rows say."""
    return AppointmentDraft(
        id=appointment.id, version=appointment.version, kind=appointment.kind, title=appointment.title,
        provider_id=appointment.provider_id, location_id=appointment.location_id, type_id=appointment.type_id,
        starts_at=appointment.starts_at, ends_at=appointment.ends_at, held_as=appointment.held_as,
        client_at_home=appointment.client_at_home, note=appointment.note, status=appointment.status,
        service_code_id=appointment.service_code_id, members=[as_member(one) for one in attendances],
    )  # fmt: skip


def as_member(attendance: Attendance) -> MemberDraft:
    """A member that says exactly what the row says."""
    return MemberDraft(
        client_id=attendance.client_id, status=attendance.status, service_code_id=attendance.service_code_id,
        participant=attendance.participant,
    )  # fmt: skip
