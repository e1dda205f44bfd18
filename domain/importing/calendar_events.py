"""One VEVENT of a calendar file as a plain event: its times in real zones, its repeat rule still to be expanded."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeAlias

from icalendar import vDDDTypes

from domain.importing.calendar_lines import Block
from domain.importing.calendar_properties import Attendee, Property, attendee_of, property_of
from domain.importing.calendar_zones import Zones

Moment: TypeAlias = date  # a date for a whole day, or a datetime, then always with its zone
Occasion: TypeAlias = Moment | tuple[Moment, Moment | timedelta]  # an RDATE may bring its own end or length

_LONGEST = timedelta(days=366)
# Outlook keeps a canceled meeting as an ordinary event with this word before its title.
_CANCELED_TITLE = re.compile(r"cancell?ed:\s", re.IGNORECASE)


class Unreadable(ValueError):
    """Why one event can't be read, as a sentence; the others can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """An event as the file has it: alone, the first of a series, or an exception (`instead_of`) of one."""

    line: int
    uid: str
    title: str
    starts: Moment
    ends: Moment
    cancelled: bool
    attendees: tuple[Attendee, ...]
    categories: tuple[str, ...]
    location: str
    note: str
    sequence: int
    last_modified: datetime | None
    rule: str
    also_on: tuple[Occasion, ...]
    not_on: tuple[Moment, ...]
    instead_of: Moment | None
    and_later: bool
    remarks: tuple[str, ...]

    @property
    def all_day(self) -> bool:
        """Whole days, no hour."""
        return not isinstance(self.starts, datetime)

    @property
    def repeats(self) -> bool:
        """Whether one event stands for several occurrences."""
        return bool(self.rule or self.also_on)


def event_of(block: Block, zones: Zones) -> CalendarEvent:
    """The event in the block, or Unreadable with the reason."""
    return _Reading(block, zones).event()


def quoted(title: str) -> str:
    """The title for use in a sentence."""
    return f"“{title[:60]}”" if title else "An event without a title"


class _Reading:
    """The reading of one block: its properties by name, and what should be remarked about them."""

    def __init__(self, block: Block, zones: Zones) -> None:
        self.block, self.zones = block, zones
        self.remarks: list[str] = []
        self.properties: dict[str, list[Property]] = defaultdict(list)
        self.title = ""

    def event(self) -> CalendarEvent:
        if not self.block.closed:
            raise Unreadable("This event has no end: the file may have been cut off. Export the calendar again.")
        for line in self.block.lines:
            if found := property_of(line):
                self.properties[found.name].append(found)
        self.title = " ".join(self.text("SUMMARY").split())
        starts, ends = self.span()
        instead_of = self.first("RECURRENCE-ID")
        return CalendarEvent(
            line=self.block.line,
            uid=self.text("UID") or self.made_up_uid(starts),
            title=self.title,
            starts=starts,
            ends=ends,
            cancelled=self.cancelled(),
            attendees=tuple(one for invited in self.properties["ATTENDEE"] if (one := attendee_of(invited))),
            categories=tuple(part for given in self.properties["CATEGORIES"] for part in given.parts),
            location=self.text("LOCATION"),
            note=self.text("DESCRIPTION"),
            sequence=self.sequence(),
            last_modified=self.last_modified(),
            rule=self.text("RRULE"),
            also_on=tuple(occasion for given in self.properties["RDATE"] for occasion in self.occasions(given)),
            not_on=tuple(_start(occasion) for given in self.properties["EXDATE"] for occasion in self.occasions(given)),
            instead_of=self.moment(instead_of, instead_of.value) if instead_of else None,
            and_later=bool(instead_of and instead_of.params.get("RANGE", "").upper() == "THISANDFUTURE"),
            remarks=tuple(dict.fromkeys(self.remarks)),
        )

    def first(self, name: str) -> Property | None:
        return next(iter(self.properties.get(name, ())), None)

    def text(self, name: str) -> str:
        found = self.first(name)
        return found.text if found else ""

    def span(self) -> tuple[Moment, Moment]:
        given = self.first("DTSTART")
        if given is None:
            raise Unreadable(f"{quoted(self.title)} has no start. Give it a date and time in the calendar.")
        starts = self.moment(given, given.value)
        if self.text("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE" and isinstance(starts, datetime):
            return self.whole_days(starts)
        ends = self.end_of(starts)
        if _instant(ends, self.zones) < _instant(starts, self.zones):
            raise Unreadable(f"{quoted(self.title)} ends before it starts. Correct its end in the calendar.")
        return starts, ends

    def whole_days(self, starts: datetime) -> tuple[date, date]:
        # MS-OXCICAL: an all-day event's DTSTART and DTEND are the local day's edges, sometimes written in UTC.
        ends = self.end_of(starts)
        first, last = _local_day(starts, self.zones), _local_day(ends, self.zones)
        return first, max(last, first + timedelta(days=1))

    def end_of(self, starts: Moment) -> Moment:
        if given := self.first("DTEND"):
            return self.fitting_end(starts, self.moment(given, given.value))
        if given := self.first("DURATION"):
            return self.fitting_end(starts, _later(starts, self.length(given)))
        return starts if isinstance(starts, datetime) else starts + timedelta(days=1)  # RFC 5545, 3.6.1

    def fitting_end(self, starts: Moment, ends: Moment) -> Moment:
        if isinstance(starts, datetime):
            return ends if isinstance(ends, datetime) else datetime.combine(ends, time(), starts.tzinfo)
        last = _local_day(ends, self.zones)
        return starts + timedelta(days=1) if last == starts else last

    def moment(self, given: Property, value: str) -> Moment:
        return self.in_zone(given, _understood(given, value.strip(), self.title))

    def in_zone(self, given: Property, value: object) -> Moment:
        if not isinstance(value, date) or not 1900 <= value.year <= 2200:
            raise Unreadable(f"{quoted(self.title)} has a date that can't be right: {_shown(given)}.")
        if not isinstance(value, datetime):
            return value
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=self.zone_of(given))

    def zone_of(self, given: Property) -> tzinfo:
        tzid = given.params.get("TZID", "")
        if not tzid:
            return self.zones.floating
        zone = self.zones.of(tzid)
        if zone is None:
            self.remarks.append(
                f"The time zone “{tzid[:60]}” of {quoted(self.title)} is not known. "
                f"The practice's own ({self.zones.practice.key}) was taken: check the time."
            )
        return zone or self.zones.practice

    def length(self, given: Property) -> timedelta:
        value = _understood(given, given.value.strip(), self.title)
        if not isinstance(value, timedelta) or abs(value) > _LONGEST:
            raise Unreadable(f"{quoted(self.title)} has a length that can't be right: {_shown(given)}.")
        return value

    def occasions(self, given: Property) -> list[Occasion]:
        found: list[Occasion] = []
        for part in filter(None, given.value.split(",")):
            value = _understood(given, part.strip(), self.title)
            if isinstance(value, tuple):
                start, end = value
                until = end if isinstance(end, timedelta) else self.in_zone(given, end)
                found.append((self.in_zone(given, start), until))
            else:
                found.append(self.in_zone(given, value))
        return found

    def cancelled(self) -> bool:
        return self.text("STATUS").upper() in {"CANCELLED", "CANCELED"} or bool(_CANCELED_TITLE.match(self.title))

    def sequence(self) -> int:
        text = self.text("SEQUENCE")
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    def last_modified(self) -> datetime | None:
        given = self.first("LAST-MODIFIED")
        try:
            value = self.moment(given, given.value) if given else None
        except Unreadable:
            return None
        return value.astimezone(UTC) if isinstance(value, datetime) else None

    def made_up_uid(self, starts: Moment) -> str:
        """The same for the same event in every export, so that importing again finds it."""
        return "no-uid-" + hashlib.sha256(f"{self.title}\n{starts.isoformat()}".encode()).hexdigest()[:24]


def _understood(given: Property, value: str, title: str) -> object:
    try:
        return vDDDTypes.from_ical(value.upper())  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        raise Unreadable(f"{quoted(title)} has a date or time that can't be read: {_shown(given)}.") from None


def _shown(given: Property) -> str:
    return f"{given.name} {given.value[:40].strip()} on line {given.line}"


def _later(starts: Moment, length: timedelta) -> Moment:
    if isinstance(starts, datetime):  # exact hours, also over a clock change
        return (starts.astimezone(UTC) + length).astimezone(starts.tzinfo)
    return starts + length


def _local_day(moment: Moment, zones: Zones) -> date:
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(zones.floating) if moment.tzinfo is UTC else moment).date()


def _instant(moment: Moment, zones: Zones) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return datetime.combine(moment, time(), zones.practice).astimezone(UTC)


def _start(occasion: Occasion) -> Moment:
    return occasion[0] if isinstance(occasion, tuple) else occasion
