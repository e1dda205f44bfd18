"""A calendar file (.ics) as appointments to be: every occurrence in the range, every problem with its line."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from domain.importing.calendar_events import CalendarEvent, Moment, Unreadable, event_of, quoted
from domain.importing.calendar_lines import CalendarPart, calendars_in
from domain.importing.calendar_properties import Attendee
from domain.importing.calendar_zones import Zones
from domain.importing.chosen_file import NotACalendarFile, Problem, refusal_of, utf16_as_utf8
from domain.importing.repeats import Occurring, occurring, taken_out

MOST_OCCURRENCES = 20_000
_CUT_OFF = "The file breaks off here; what came after this line is missing. Export the calendar again."
_HOW = "Export the calendar as an .ics file and choose that."
# `#IN60` in a title: the practice's own mark for a Service Code; never the # inside a word or an address.
_CODE = re.compile(r"(?<![\w#&/])#([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOccurrence:
    """One appointment to be. `key` stays the same in every export; `fingerprint` changes when its words or times do."""

    uid: str
    recurrence_id: str  # the start it has by its series' rule, in UTC (a bare day when all-day); '' outside a series
    line: int
    title: str
    starts_at: datetime
    ends_at: datetime  # equal to starts_at when the file gives no end
    all_day: bool
    cancelled: bool
    attendees: tuple[Attendee, ...]
    categories: tuple[str, ...]
    location: str
    note: str
    code: str
    sequence: int
    last_modified: datetime | None

    @property
    def key(self) -> tuple[str, str]:
        """What finds the same occurrence again when the file is imported again."""
        return self.uid, self.recurrence_id

    @property
    def fingerprint(self) -> str:
        """A short sum of what the file says, to tell a changed occurrence from one that is only exported again."""
        said = (
            self.title, self.starts_at.isoformat(), self.ends_at.isoformat(), self.all_day, self.cancelled,
            self.categories, self.location, self.note, [(one.name, one.email) for one in self.attendees],
        )  # fmt: skip
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """What a calendar file holds in the range, in order of time, and what is wrong with it, in order of lines."""

    name: str
    occurrences: tuple[CalendarOccurrence, ...]
    removed: tuple[tuple[str, str], ...]  # keys the file itself names as taken out of their series, in the range
    problems: tuple[Problem, ...]


def read_calendar(raw: bytes, *, zone: ZoneInfo, start: date, end: date) -> CalendarFile:
    """Every occurrence that starts on a day from `start` to `end`, both included, as days go in the practice's zone."""
    calendars = _calendars(raw)
    reading = _Reading(zone, start, end)
    for series in _series(reading.events_in(calendars)):
        if not reading.full:
            reading.take(reading.newest(series))
    return CalendarFile(
        name=next((name for part in calendars if (name := part.head("X-WR-CALNAME"))), ""),
        occurrences=tuple(sorted(reading.occurrences, key=lambda one: (one.starts_at, one.uid, one.recurrence_id))),
        removed=tuple(sorted(reading.removed)),
        problems=tuple(sorted(reading.problems, key=lambda problem: problem.line)),
    )


def _calendars(raw: bytes) -> list[CalendarPart]:
    if why := refusal_of(raw, wanted="a calendar file", how=_HOW):
        raise NotACalendarFile(why=why)
    calendars = calendars_in(utf16_as_utf8(raw))
    if not calendars:
        raise NotACalendarFile(why=f"This file holds no calendar. {_HOW}")
    return calendars


def _series(events: Iterable[CalendarEvent]) -> list[list[CalendarEvent]]:
    by_uid: dict[str, list[CalendarEvent]] = defaultdict(list)
    for event in events:
        by_uid[event.uid].append(event)
    return list(by_uid.values())


class _Reading:
    """The reading of one file: what was found so far and what was wrong."""

    def __init__(self, zone: ZoneInfo, start: date, end: date) -> None:
        self.zone, self.start, self.end = zone, start, end
        self.occurrences: list[CalendarOccurrence] = []
        self.removed: set[tuple[str, str]] = set()
        self.problems: list[Problem] = []
        self.full = False

    def events_in(self, calendars: Sequence[CalendarPart]) -> Iterator[CalendarEvent]:
        if not calendars[-1].closed and all(block.closed for block in calendars[-1].events):
            self.problems.append(Problem(calendars[-1].last_line, _CUT_OFF))
        for calendar in calendars:
            zones = Zones(calendar, self.zone)
            for block in calendar.events:
                try:
                    event = event_of(block, zones)
                except Unreadable as reason:
                    self.problems.append(Problem(block.line, str(reason)))
                else:
                    self.problems.extend(Problem(event.line, remark, left_out=False) for remark in event.remarks)
                    yield event

    def newest(self, series: Sequence[CalendarEvent]) -> list[CalendarEvent]:
        """One event for each start of the series: a joined or doubled export holds older copies as well."""
        kept: dict[str, CalendarEvent] = {}
        for event in sorted(series, key=_age):
            name = _named(event.instead_of)
            if (older := kept.get(name)) is not None:
                again = f"{quoted(older.title)} is in the file again on line {event.line}. The newer one was taken."
                self.problems.append(Problem(older.line, again))
            kept[name] = event
        return sorted(kept.values(), key=lambda event: event.line)

    def take(self, series: Sequence[CalendarEvent]) -> None:
        try:
            for one in occurring(series, start=self.start, end=self.end):
                self.keep(one)
            self.removed.update((series[0].uid, _named(gone)) for gone in taken_out(series) if self.shows(gone))
        except Unreadable as reason:
            self.problems.append(Problem(series[0].line, str(reason)))

    def keep(self, one: Occurring) -> None:
        if not self.shows(one.starts):
            return
        if len(self.occurrences) < MOST_OCCURRENCES:
            self.occurrences.append(self.occurrence(one))
        elif not self.full:
            self.full = True
            self.problems.append(Problem(one.event.line, _TOO_MANY))

    def shows(self, moment: Moment) -> bool:
        day = moment.astimezone(self.zone).date() if isinstance(moment, datetime) else moment
        return self.start <= day <= self.end

    def occurrence(self, one: Occurring) -> CalendarOccurrence:
        event = one.event
        return CalendarOccurrence(
            uid=event.uid,
            recurrence_id=_named(one.original),
            line=event.line,
            title=event.title,
            starts_at=self.instant(one.starts),
            ends_at=self.instant(one.ends),
            all_day=event.all_day,
            cancelled=event.cancelled,
            attendees=event.attendees,
            categories=event.categories,
            location=event.location,
            note=event.note,
            code=code_in(event.title),
            sequence=event.sequence,
            last_modified=event.last_modified,
        )

    def instant(self, moment: Moment) -> datetime:
        if isinstance(moment, datetime):
            return moment.astimezone(UTC)
        return datetime.combine(moment, time(), self.zone).astimezone(UTC)


_TOO_MANY = (
    f"This range holds more than {MOST_OCCURRENCES:,} appointments. "
    f"Only the first {MOST_OCCURRENCES:,} of the file were read: choose a shorter range for the others."
)


def code_in(title: str) -> str:
    """The first `#CODE` of a title in capital letters, or an empty text."""
    found = _CODE.search(title)
    return found[1].upper() if found else ""


def _age(event: CalendarEvent) -> tuple[int, float, int]:
    return event.sequence, event.last_modified.timestamp() if event.last_modified else 0.0, event.line


def _named(moment: Moment | None) -> str:
    """A start as stable text, the same whatever zone the file writes it in."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return moment.strftime("%Y%m%d")
