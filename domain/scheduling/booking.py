"""Making appointments: one, a repeating row of them, or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.access import SignedIn, audit, require
from domain.scheduling.checking import known_to, refuse_unless_whole
from domain.scheduling.drafts import AppointmentDraft
from domain.scheduling.records import keep_new
from domain.scheduling.repeating import Repeat, occurrences
from storage.models import Practice
from storage.transactions import one_transaction


async def book(draft: AppointmentDraft, *, by: SignedIn, now: datetime) -> int:
    """Make one appointment and return its id. Raises Refused with every field to fix."""
    [made] = await book_all([draft], by=by, now=now)
    return made


async def book_repeating(draft: AppointmentDraft, repeat: Repeat, *, by: SignedIn, now: datetime) -> list[int]:
    """Make the appointment once for each day of the repeat, all or none."""
    async with one_transaction():
        await require(by)
        zone = ZoneInfo((await Practice.get(id=1)).time_zone)
        return await book_all(occurrences(draft, repeat, zone), by=by, now=now)


async def book_all(
    drafts: Sequence[AppointmentDraft], *, by: SignedIn, now: datetime, more: Sequence[dict[str, Any]] = ()
) -> list[int]:
    """Make many appointments, all or none. `more` are columns that only an import knows (its UID and fingerprint)."""
    async with one_transaction() as changes:
        await require(by)
        refuse_unless_whole(drafts, await known_to(drafts))
        made = await keep_new(drafts, more)
        await audit(by, "booked an appointment", "appointment", made, at=now)
        changes.add("appointment", made)
    return made


def next_of(draft: AppointmentDraft, *, starts_at: datetime, ends_at: datetime) -> AppointmentDraft:
    """The same appointment again at another time, as not yet held: for "Book next"."""
    going = [member for member in draft.members if member.status not in {"canceled", "late_canceled"}]
    members = [replace(member, status="scheduled") for member in going or draft.members]
    return replace(
        draft, id=None, version=1, starts_at=starts_at, ends_at=ends_at, status="scheduled", note="", members=members
    )
