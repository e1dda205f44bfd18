"""Opens the appointment's editor: for one that is there, for a new one at a tapped time, for the same again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain import scheduling
from domain.errors import NotFound, PracticeError
from domain.reading.choices import client_name
from domain.reading.one_appointment import one_appointment
from domain.scheduling import wall_of
from ui.dialogs.appointment_dialog import AppointmentDialog
from ui.visit import Visit


async def edit_appointment(visit: Visit, appointment_id: int, *, at: str = "") -> None:
    """Open the editor of an appointment; one that is gone says so on the page."""
    try:
        draft = await scheduling.draft_of(appointment_id, seen_by=visit.user)
        details = await one_appointment(appointment_id, seen_by=visit.user)
    except PracticeError as refusal:
        visit.refused(refusal.told())
        return
    billed = {member.client_id for member in details.billed}
    await AppointmentDialog(visit, draft, billed=billed).open(at=at)


async def new_appointment(
    visit: Visit,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    provider_id: int | None = None,
    client_id: int | None = None,
    kind: str = "one",
) -> None:
    """Open the editor for a new appointment at a time on the practice's wall, by default the next half hour."""
    try:
        if client_id is not None and not await client_name(client_id, seen_by=visit.user):
            raise NotFound(what="This client")
        starts_at = _instant(visit, start)
        draft = await scheduling.new_draft(starts_at, provider_id=provider_id, client_id=client_id, seen_by=visit.user)
        if end is not None:
            draft.ends_at = _instant(visit, end)
    except PracticeError as refusal:
        visit.refused(refusal.told())
        return
    draft.kind = kind
    await AppointmentDialog(visit, draft, minutes_given=end is not None, provider_given=bool(provider_id)).open()


async def new_appointment_like(visit: Visit, appointment_id: int) -> None:
    """Open the editor for the same appointment a week after it, or after today when that is past."""
    try:
        draft = await scheduling.draft_of(appointment_id, seen_by=visit.user)
        start, end = wall_of(draft.starts_at, visit.zone), wall_of(draft.ends_at, visit.zone)
        day = next_same_weekday(start.date(), after=visit.today())
        starts_at = scheduling.instant_of(day, start.time(), visit.zone)
        ends_at = scheduling.end_of(day, end.time(), visit.zone, after=starts_at)
    except PracticeError as refusal:
        visit.refused(refusal.told())
        return
    again = scheduling.next_of(draft, starts_at=starts_at, ends_at=ends_at)
    await AppointmentDialog(visit, again, minutes_given=True, provider_given=True).open()


def next_same_weekday(day: date, *, after: date) -> date:
    """A week later, or the first such weekday after today when that is later."""
    weeks = max(1, (after - day).days // 7 + 1)
    return day + timedelta(weeks=weeks)


def _instant(visit: Visit, wall: datetime | None) -> datetime:
    at = wall or next_half_hour(wall_of(visit.now(), visit.zone))
    return scheduling.instant_of(at.date(), at.time(), visit.zone)


def next_half_hour(wall: datetime) -> datetime:
    """11:00 at 10:54, 11:30 at 11:00."""
    return wall.replace(minute=wall.minute // 30 * 30, second=0, microsecond=0) + timedelta(minutes=30)
