"""An appointment as the calendar draws it: a block of day and week, a line of the month, a row of the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.reading.calendar import AppointmentLine, Month
from domain.scheduling import wall_of
from ui.calendar.shown import FULL_WEEKDAYS
from ui.components import cells
from ui.components.date_range import FULL_MONTHS
from ui.components.event_calendar import CalendarEvent
from ui.components.table import Column, Row
from ui.components.typed import time_span_text

# Our statuses as the marks of the screen.
MARK = {
    "scheduled": "scheduled", "arrived": "arrived", "completed": "attended", "no_show": "no-show",
    "late_canceled": "late", "canceled": "canceled",
}  # fmt: skip
STATUS_WORDS = {
    "scheduled": "Scheduled", "arrived": "Arrived", "completed": "Attended", "no_show": "No-show",
    "late_canceled": "Late cancel", "canceled": "Canceled",
}  # fmt: skip
HELD_AS = {"in_person": "In person", "video": "By video", "phone": "By phone"}
COLUMNS = (
    Column(name="time", label="Time", look="sb-num", width="196px", tablet_width="182px"),
    Column(name="client", label="Client", html=True),
    Column(name="code", label="Service Code", html=True, width="185px"),
    Column(name="provider", label="Provider", look="sb-2", width="152px", folds=True),
    Column(name="status", label="Status", html=True, width="123px"),
    Column(name="billing", label="Billing", html=True, width="128px", tablet_width="64px"),
)


def marked(line: AppointmentLine) -> tuple[str, str]:
    """The mark and its word; of a group whose members differ, how many came."""
    if line.status:
        return MARK[line.status], ""
    return ("attended", f"{line.attended} of {line.members}") if line.attended else ("", "")


def as_event(line: AppointmentLine, zone: ZoneInfo) -> CalendarEvent:
    """A block."""
    mark, word = marked(line)
    return CalendarEvent(
        id=str(line.id),
        start=wall_of(line.starts_at, zone),
        end=wall_of(line.ends_at, zone),
        name=line.name,
        resource_id=str(line.provider_id),
        code=line.code,
        color=line.color or "Slate",
        status=mark,
        status_word=word,
        locked=line.locked,
        editable=not line.off,
        kind="blocked" if line.kind == "none" and not line.code else "appointment",
    )


def of_month(month: Month, zone: ZoneInfo) -> list[CalendarEvent]:
    """The lines of a month, and for each fuller day how many more it has."""
    events = [as_event(line, zone) for line in month.lines]
    sent: dict[date, int] = {}
    for event in events:
        sent[event.start.date()] = sent.get(event.start.date(), 0) + 1
    return events + [
        the_rest(day, total - sent.get(day, 0)) for day, total in month.totals.items() if total > sent.get(day, 0)
    ]


def the_rest(day: date, count: int) -> CalendarEvent:
    """What stands for the appointments of a day that are not sent to the browser."""
    end_of_day = datetime.combine(day, time(23, 59))
    return CalendarEvent(
        id=f"more-{day.isoformat()}", start=end_of_day, end=end_of_day, name=f"{count} more", kind="more", more=count
    )


def as_rows(lines: Iterable[AppointmentLine], zone: ZoneInfo, *, today: date) -> list[Row]:
    """The rows of the list, under a heading for each day."""
    by_day: dict[date, list[AppointmentLine]] = {}
    for line in lines:
        by_day.setdefault(wall_of(line.starts_at, zone).date(), []).append(line)
    rows: list[Row] = []
    for day in sorted(by_day):
        rows.append(heading(day, by_day[day], today=today))
        rows.extend(as_row(line, zone) for line in by_day[day])
    return rows


def heading(day: date, lines: Sequence[AppointmentLine], *, today: date) -> Row:
    """Today, Wednesday, October 14 · 7 appointments."""
    said = f"{FULL_WEEKDAYS[day.weekday()]}, {FULL_MONTHS[day.month - 1]} {day.day}"
    count = len(lines)
    return {
        "id": f"day-{day.isoformat()}",
        "_group": f"Today, {said}" if day == today else said,
        "_note": f"{count} appointment{'' if count == 1 else 's'}",
    }


def as_row(line: AppointmentLine, zone: ZoneInfo) -> Row:
    """One appointment of the list."""
    mark, word = marked(line)
    return {
        "id": line.id,
        "time": time_span_text(wall_of(line.starts_at, zone), wall_of(line.ends_at, zone)),
        "client": cells.struck(line.name) if line.off else cells.name(line.name),
        "code": cells.chip_html(line.code, line.color, name=line.code_name) if line.code else "",
        "provider": line.provider_name,
        "status": cells.status_html(mark or "scheduled", word) if line.kind != "none" or line.off else "",
        "billing": billing(line),
        "_name": f"{line.name}, {line.provider_name}",
    }


def billing(line: AppointmentLine) -> str:
    """The lock and the session; of a group the lock and how many; and whether a calendar file wants it otherwise."""
    flag = cells.status_html("warning", "Changed") if line.changed_elsewhere else ""
    if not line.sessions:
        return flag
    words = f"Session {line.sessions[0]}" if len(line.sessions) == 1 else f"{len(line.sessions)} sessions"
    return f'<span class="sb-billed">{cells.lock_html()}<span class="sb-desk-only">{words}</span>{flag}</span>'
