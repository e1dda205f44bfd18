"""The occurrences of a repeating event inside a range: rules, extra and excepted dates, moved and changed ones."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import prod
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event, vDDDTypes, vRecur
from icalendar.prop import vDDDLists

from domain.importing.calendar_events import CalendarEvent, Moment, Unreadable, quoted

# An expansion is asked for in naive local days; two days more on both sides cover every zone of the earth.
_EDGE = timedelta(days=2)
_LONGEST_MONTHS = {month: 29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31 for month in range(1, 13)}
_MOST_TIMES_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Occurring:
    """One occurrence: what it is made from, when it is, and the start it had by the rule (None outside a series)."""

    event: CalendarEvent
    starts: Moment
    ends: Moment
    original: Moment | None


def occurring(series: Sequence[CalendarEvent], *, start: date, end: date) -> Iterator[Occurring]:
    """The occurrences of all events with one UID that may fall into the range, some just outside it."""
    if len(series) == 1 and not series[0].repeats:
        event = series[0]
        yield Occurring(event, event.starts, event.ends, event.instead_of)
        return
    events = aligned(series)
    for component in _expanded(events, datetime.combine(start, time()) - _EDGE, datetime.combine(end, time()) + _EDGE):
        event = events[int(component["X-PLACE"])]
        starts: Moment = component["DTSTART"].dt
        yield Occurring(event, starts, component["DTEND"].dt, _original(event, starts))


def taken_out(series: Sequence[CalendarEvent]) -> list[Moment]:
    """The starts that the file names as removed from the series."""
    return [moment for event in aligned(series) if event.instead_of is None for moment in event.not_on]


def aligned(series: Sequence[CalendarEvent]) -> list[CalendarEvent]:
    """The events with the dates of exceptions in the master's kind: some programs name only the day of a timed one."""
    master = next((event for event in series if event.instead_of is None), None)
    if master is None:
        return list(series)
    return [
        replace(
            event,
            instead_of=event.instead_of and _like(event.instead_of, master.starts),
            not_on=tuple(_like(moment, master.starts) for moment in event.not_on),
        )
        for event in series
    ]


def _like(moment: Moment, start: Moment) -> Moment:
    if isinstance(start, datetime):
        return moment if isinstance(moment, datetime) else datetime.combine(moment, start.timetz())
    return moment.date() if isinstance(moment, datetime) else moment


def _original(event: CalendarEvent, starts: Moment) -> Moment:
    if event.instead_of is None:
        return starts
    if event.and_later:  # this one and all later ones, moved by the same stretch
        return event.instead_of + _between(event.starts, starts)
    return event.instead_of


def _between(first: Moment, second: Moment) -> timedelta:
    """The stretch on the wall clock, as a rule counts it."""
    if isinstance(first, datetime) and isinstance(second, datetime):
        return second.replace(tzinfo=None) - first.replace(tzinfo=None)
    return second - first


def _expanded(events: Sequence[CalendarEvent], first: datetime, last: datetime) -> list[Any]:
    calendar = Calendar()
    for place, event in enumerate(events):
        calendar.add_component(_component(event, place))
    try:
        with warnings.catch_warnings(action="ignore"):
            return list(recurring_ical_events.of(calendar).between(first, last))
    except Exception as error:  # a series can be broken in more ways than can be listed; it must not stop the others
        raise Unreadable(f"{quoted(events[0].title)} repeats by a rule that can't be read.") from error


def _component(event: CalendarEvent, place: int) -> Event:
    component = Event()
    component["UID"] = event.uid
    component["X-PLACE"] = str(place)
    component["SEQUENCE"] = event.sequence
    component["DTSTART"] = vDDDTypes(event.starts)
    component["DTEND"] = vDDDTypes(event.ends)
    if event.rule:
        component["RRULE"] = checked_rule(event)
    if event.also_on:
        component["RDATE"] = vDDDLists(list(event.also_on))
    if event.not_on:
        component["EXDATE"] = vDDDLists(list(event.not_on))
    if event.instead_of is not None:
        component["RECURRENCE-ID"] = vDDDTypes(event.instead_of)
        if event.and_later:
            component["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
    return component


def checked_rule(event: CalendarEvent) -> vRecur:
    """The rule with its end as an instant, or Unreadable for what no calendar of appointments holds."""
    try:
        rule: vRecur = vRecur.from_ical(event.rule)
    except (ValueError, TypeError) as error:
        raise Unreadable(f"{quoted(event.title)} repeats by a rule that can't be read: {event.rule[:80]}") from error
    if reason := _never_an_appointment(rule):
        raise Unreadable(f"{quoted(event.title)} {reason}. Make single events of it in the calendar.")
    if "UNTIL" in rule:
        rule["UNTIL"] = [_until(rule["UNTIL"][0], event)]
    return rule


def _never_an_appointment(rule: vRecur) -> str:
    """Rules that would run for ever: a recurrence bomb, by accident or not."""
    if rule.get("FREQ", [""])[0] not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        return "repeats more often than daily"
    if rule.get("INTERVAL", [1])[0] < 1 or rule.get("COUNT", [1])[0] < 1:
        return "repeats by a rule that counts from zero"
    if prod(max(1, len(rule.get(part, []))) for part in ("BYHOUR", "BYMINUTE", "BYSECOND")) > _MOST_TIMES_A_DAY:
        return "repeats many times a day"
    if "RSCALE" in rule or "BYEASTER" in rule:
        return "repeats by another calendar than ours"
    if not _day_exists(rule):
        return "repeats on a day that does not exist"
    return ""


def _day_exists(rule: vRecur) -> bool:
    days = rule.get("BYMONTHDAY")
    if not days:
        return True
    longest = max(_LONGEST_MONTHS[int(month)] for month in rule.get("BYMONTH", [1]) if 1 <= int(month) <= 12)
    return any(1 <= abs(day) <= longest for day in days)


def _until(last: date, event: CalendarEvent) -> date:
    """The rule's end as RFC 5545 wants it: UTC for timed events, though programs write local times and bare days."""
    zone = event.starts.tzinfo if isinstance(event.starts, datetime) else None
    if zone is None:
        return last.date() if isinstance(last, datetime) else last
    return _whole(last, zone).astimezone(UTC)


def _whole(last: date, zone: tzinfo) -> datetime:
    if not isinstance(last, datetime):
        return datetime.combine(last, time(23, 59, 59), zone)  # a bare day counts to its end
    return last if last.tzinfo else last.replace(tzinfo=zone)
