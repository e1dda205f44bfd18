"""Changing an appointment: what was sent to billing stays as billed, also when two people act at once."""

from __future__ import annotations

from datetime import datetime

from domain.access import SignedIn, audit, require
from domain.errors import ChangedMeanwhile
from domain.scheduling.checking import known_to, refuse_unless_whole
from domain.scheduling.drafts import AppointmentDraft, MemberDraft, as_member
from domain.scheduling.records import Kept, attendance_of, kept_one, values_of
from storage.models import Appointment, Attendance
from storage.transactions import one_transaction
from storage.versions import keep_at_version

# What a session was made from. Title and note were not, so they stay free.
AS_BILLED = (
    "kind", "provider_id", "location_id", "type_id", "starts_at", "ends_at", "held_as", "client_at_home",
)  # fmt: skip


async def change(draft: AppointmentDraft, *, by: SignedIn, now: datetime) -> None:
    """Keep an edited draft. Raises Refused, LockedByBilling, BilledBefore, ChangedMeanwhile or NotFound."""
    async with one_transaction() as changes:
        await require(by)
        kept = await kept_one(draft.id)
        refuse_if_changed(kept, draft.version)
        refuse_unless_free(kept, draft)
        refuse_unless_whole([draft], (await known_to([draft])).with_those_of(kept.draft()))
        await keep_values(kept, draft)
        await keep_members(kept, draft.members)
        await audit(by, "changed an appointment", "appointment", [kept.appointment.id], at=now)
        changes.add("appointment", [kept.appointment.id])


async def move(
    appointment_id: int,
    version: int,
    *,
    starts_at: datetime,
    ends_at: datetime,
    provider_id: int,
    by: SignedIn,
    now: datetime,
) -> None:
    """Give an appointment another time or provider, as a drag on the calendar does."""
    async with one_transaction() as changes:
        await require(by)
        kept = await kept_one(appointment_id)
        refuse_if_changed(kept, version)
        kept.refuse_if_locked()
        draft = kept.draft()
        draft.starts_at, draft.ends_at, draft.provider_id = starts_at, ends_at, provider_id
        refuse_unless_whole([draft], (await known_to([draft])).with_those_of(kept.draft()))
        await keep_values(kept, draft)
        await audit(by, "moved an appointment", "appointment", [appointment_id], at=now)
        changes.add("appointment", [appointment_id])


def refuse_if_changed(kept: Kept, version: int) -> None:
    """Raise when someone else kept a change since the draft was read."""
    if kept.appointment.version != version:
        raise ChangedMeanwhile(what="This appointment")


def refuse_unless_free(kept: Kept, draft: AppointmentDraft) -> None:
    """Raise when the draft wants to change something that a session was made from."""
    had = kept.draft()
    if any(getattr(had, name) != getattr(draft, name) for name in AS_BILLED):
        kept.refuse_if_locked()
    wanted = {member.client_id: member for member in draft.members}
    kept.refuse_if_locked(one.client_id for one in had.members if wanted.get(one.client_id) != one)
    kept.refuse_if_billed_before(one.client_id for one in had.members if one.client_id not in wanted)


async def keep_values(kept: Kept, draft: AppointmentDraft) -> None:
    """Write the appointment's own columns at the version they were read at."""
    row = kept.appointment
    if not await keep_at_version(Appointment, row.id, row.version, **values_of(draft)):
        raise ChangedMeanwhile(what="This appointment")


async def keep_members(kept: Kept, wanted: list[MemberDraft]) -> None:
    """Write only the attendances that differ: a session points at the others."""
    gone = set(kept.attendances) - {member.client_id for member in wanted}
    if gone:
        await Attendance.filter(appointment_id=kept.appointment.id, client_id__in=gone).delete()
    for member in wanted:
        had = kept.attendances.get(member.client_id)
        if had is None:
            await attendance_of(kept.appointment.id, member).save()
        elif as_member(had) != member:
            await Attendance.filter(id=had.id).update(
                status=member.status,
                participant=member.participant,
                service_code_id=None if member.participant else member.service_code_id,
            )
