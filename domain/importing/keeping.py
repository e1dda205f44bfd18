"""Keeps what a calendar file says: new appointments, moved and canceled ones; importing again duplicates nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tortoise.expressions import F

from domain.access import SignedIn, audit, require
from domain.importing.calendar_preview import (
    CANCELED_MARK,
    REMOVED,
    Imported,
    ImportRow,
    State,
    imported_before,
    verdict,
    wanted_of,
)
from domain.scheduling.booking import book_all
from domain.scheduling.defaults import USUAL_MINUTES
from domain.scheduling.drafts import AppointmentDraft, MemberDraft
from storage.changes import Changes
from storage.models import Appointment, AppointmentType, Attendance, ClientSession, Practice, ServiceCode
from storage.transactions import one_transaction

AT_ONCE = 200  # appointments a transaction: others can work in between, and the progress moves
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a file does not say: whose calendar it is, and where and what its events are unless they say so."""

    provider_id: int
    location_id: int | None = None
    type_id: int | None = None


@dataclass(slots=True)
class ImportedCalendar:
    """What an import did, in appointments."""

    made: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    canceled: list[int] = field(default_factory=list)
    unchanged: int = 0
    left_out: int = 0
    left_alone: list[tuple[str, str]] = field(default_factory=list)  # name and sentence

    def add(self, other: ImportedCalendar) -> None:
        """Count another part of the same file."""
        self.made += other.made
        self.changed += other.changed
        self.canceled += other.canceled
        self.unchanged += other.unchanged
        self.left_out += other.left_out
        self.left_alone += other.left_alone


async def keep_calendar(
    rows: Sequence[ImportRow],
    taken_out: Sequence[Imported],
    plan: Plan,
    *,
    by: SignedIn,
    now: datetime,
    on_progress: Callable[[int], None] = lambda _: None,
) -> ImportedCalendar:
    """Import the rows as they were corrected, some hundreds at a time; an interrupted import is simply done again."""
    done = ImportedCalendar()
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        done.add(await _keep_part(part, plan, by=by, now=now))
        on_progress(min(start + AT_ONCE, len(rows)))
    done.canceled += await _keep_removals(taken_out, by=by, now=now)
    return done


async def _keep_part(rows: Sequence[ImportRow], plan: Plan, *, by: SignedIn, now: datetime) -> ImportedCalendar:
    async with one_transaction() as changes:
        await require(by)
        zone = ZoneInfo((await Practice.get(id=1)).time_zone)
        had = await imported_before({row.occurrence.uid for row in rows})
        sorted_rows: dict[State, list[ImportRow]] = {}
        for row in rows:
            row.imported = had.get(row.occurrence.key)  # as it stands now: it may have been billed since the preview
            sorted_rows.setdefault(verdict(row, zone).state, []).append(row)
        done = ImportedCalendar(
            made=await _make(sorted_rows.get("new", []), plan, by=by, now=now),
            changed=await _follow(sorted_rows.get("changes", []), changes),
            canceled=await _cancel(sorted_rows.get("cancels", []), changes),
            unchanged=len(sorted_rows.get("unchanged", [])),
            left_out=len(sorted_rows.get("left_out", [])) + len(sorted_rows.get("to_fix", [])),
            left_alone=await _flag(sorted_rows.get("left_alone", []), zone, changes),
        )
        await _unflag(sorted_rows.get("unchanged", []), changes)
        touched = done.changed + done.canceled
        if touched:
            await audit(by, "followed a calendar file", "appointment", touched, at=now)
    return done


async def _make(rows: Sequence[ImportRow], plan: Plan, *, by: SignedIn, now: datetime) -> list[int]:
    if not rows:
        return []
    minutes = _Minutes(
        dict(await ServiceCode.all().values_list("id", "default_minutes")),
        dict(await AppointmentType.all().values_list("id", "default_minutes")),
    )
    drafts = [_draft(row, plan, minutes) for row in rows]
    columns = [
        {
            "calendar_uid": row.occurrence.uid,
            "recurrence_id": row.occurrence.recurrence_id,
            "imported_as": row.occurrence.fingerprint,
        }
        for row in rows
    ]
    return await book_all(drafts, by=by, now=now, more=columns)


@dataclass(frozen=True, slots=True)
class _Minutes:
    """How long a Service Code or a type usually takes: for events without an end."""

    of_code: dict[int, int]
    of_type: dict[int, int]

    def usual(self, code_id: int | None, type_id: int | None) -> timedelta:
        found = self.of_code.get(code_id or 0) or self.of_type.get(type_id or 0) or USUAL_MINUTES
        return timedelta(minutes=found)


def _draft(row: ImportRow, plan: Plan, minutes: _Minutes) -> AppointmentDraft:
    one = row.occurrence
    type_id = row.type_id or plan.type_id
    open_end = one.ends_at <= one.starts_at
    return AppointmentDraft(
        starts_at=one.starts_at,
        ends_at=one.starts_at + minutes.usual(row.service_code_id, type_id) if open_end else one.ends_at,
        kind="one" if row.client_id else "none",
        title="" if row.client_id else one.title or "Busy",
        provider_id=plan.provider_id,
        location_id=row.location_id or plan.location_id,
        type_id=type_id,
        held_as=row.held_as,
        note=one.note[:LONGEST_NOTE],
        service_code_id=None if row.client_id else row.service_code_id,
        members=[MemberDraft(client_id=row.client_id, service_code_id=row.service_code_id)] if row.client_id else [],
    )


async def _follow(rows: Sequence[ImportRow], changes: Changes) -> list[int]:
    """Move appointments to where the file has them now; client, type and code stay as the practice has them."""
    for row in rows:
        if (had := row.imported) is None:
            continue
        one = row.occurrence
        values = {
            "starts_at": one.starts_at,
            "ends_at": one.ends_at if one.ends_at > one.starts_at else one.starts_at + (had.ends_at - had.starts_at),
            "note": one.note[:LONGEST_NOTE],
            "imported_as": one.fingerprint,
            "changed_elsewhere": "",
            "version": F("version") + 1,
        }
        if had.kind == "none":
            values["title"] = one.title or "Busy"
        await Appointment.filter(id=had.appointment_id).update(**values)
        if had.canceled_by_file:
            await _set_status(had.appointment_id, "canceled", "scheduled")
    return _note(rows, changes)


async def _cancel(rows: Sequence[ImportRow], changes: Changes) -> list[int]:
    for row in rows:
        if row.imported is not None:
            await _cancel_one(row.imported, row.occurrence.fingerprint)
    return _note(rows, changes)


async def _cancel_one(had: Imported, said: str) -> None:
    for status in ("scheduled", "arrived"):
        await _set_status(had.appointment_id, status, "canceled")
    kept = {"imported_as": said + CANCELED_MARK, "changed_elsewhere": "", "version": F("version") + 1}
    await Appointment.filter(id=had.appointment_id).update(**kept)


async def _set_status(appointment_id: int, before: str, after: str) -> None:
    await Attendance.filter(appointment_id=appointment_id, status=before).update(status=after)
    await Appointment.filter(id=appointment_id, kind="none", status=before).update(status=after)


async def _flag(rows: Sequence[ImportRow], zone: ZoneInfo, changes: Changes) -> list[tuple[str, str]]:
    """Say on a billed appointment what the file wants of it; the appointment stays as billed."""
    for row in rows:
        if row.imported is not None:
            wanted = wanted_of(row.occurrence, zone)
            flagged = Appointment.filter(id=row.imported.appointment_id).exclude(changed_elsewhere=wanted)
            if await flagged.update(changed_elsewhere=wanted):
                changes.add("appointment", [row.imported.appointment_id])
    return [(row.imported.name, verdict(row, zone).sentence) for row in rows if row.imported]


async def _unflag(rows: Iterable[ImportRow], changes: Changes) -> None:
    """The file says again what was billed: nothing is left to look at."""
    ids = [row.imported.appointment_id for row in rows if row.imported]
    flagged = [id_ for (id_,) in await Appointment.filter(id__in=ids).exclude(changed_elsewhere="").values_list("id")]
    await Appointment.filter(id__in=flagged).update(changed_elsewhere="")
    changes.add("appointment", flagged)


async def _keep_removals(taken_out: Sequence[Imported], *, by: SignedIn, now: datetime) -> list[int]:
    """Cancel what the file names as taken out of its series."""
    if not taken_out:
        return []
    async with one_transaction() as changes:
        await require(by)
        wanted = [one.appointment_id for one in taken_out]
        live = ClientSession.filter(undone_at=None, attendance__appointment_id__in=wanted)
        billed = {id_ for (id_,) in await live.values_list("attendance__appointment_id")}
        ids = [id_ for id_ in wanted if id_ not in billed]
        for one in taken_out:
            if one.appointment_id not in billed:
                await _cancel_one(one, REMOVED)
        await audit(by, "followed a calendar file", "appointment", ids, at=now)
        changes.add("appointment", ids)
    return ids


def _note(rows: Sequence[ImportRow], changes: Changes) -> list[int]:
    ids = [row.imported.appointment_id for row in rows if row.imported]
    changes.add("appointment", ids)
    return ids
