"""Deleting an appointment that never was billed, and putting it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.access import SignedIn, audit, require
from domain.scheduling.drafts import AppointmentDraft
from domain.scheduling.records import keep_new, kept_one
from storage.models import Appointment, Attendance
from storage.transactions import one_transaction

_OF_AN_IMPORT = ("calendar_uid", "recurrence_id", "imported_as", "changed_elsewhere")


@dataclass(frozen=True, slots=True)
class Deleted:
    """All that is needed to put a deleted appointment back."""

    draft: AppointmentDraft
    of_an_import: dict[str, Any]


async def delete(appointment_id: int, *, by: SignedIn, now: datetime) -> Deleted:
    """Remove an appointment for good, and return what `put_back` needs. Raises BilledBefore, LockedByBilling."""
    async with one_transaction() as changes:
        await require(by)
        kept = await kept_one(appointment_id)
        kept.refuse_if_locked()
        kept.refuse_if_billed_before()
        await Attendance.filter(appointment_id=appointment_id).delete()
        await Appointment.filter(id=appointment_id).delete()
        await audit(by, "deleted an appointment", "appointment", [appointment_id], at=now)
        changes.add("appointment", [appointment_id])
    return Deleted(kept.draft(), {name: getattr(kept.appointment, name) for name in _OF_AN_IMPORT})


async def put_back(deleted: Deleted, *, by: SignedIn, now: datetime) -> int:
    """Undo a deletion; the appointment comes back under a new id."""
    async with one_transaction() as changes:
        await require(by)
        made = await keep_new([deleted.draft], [deleted.of_an_import])
        await audit(by, "put a deleted appointment back", "appointment", made, at=now)
        changes.add("appointment", made)
    return made[0]
