"""A repeating appointment is plain appointments made at once; each keeps the time on the wall over clock changes."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from domain.scheduling.drafts import AppointmentDraft
from domain.scheduling.refusals import RepeatsTooOften
from domain.scheduling.wall_clock import end_of, instant_of, wall_of

MOST = 60
Every = Literal["week", "two_weeks", "month"]


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often, and how many appointments in all, the first one counted."""

    every: Every
    times: int


def occurrences(draft: AppointmentDraft, repeat: Repeat, zone: ZoneInfo) -> list[AppointmentDraft]:
    """The draft once for each day. Raises RepeatsTooOften, and NoSuchTime when a clock change skips one."""
    if not 2 <= repeat.times <= MOST:
        raise RepeatsTooOften(most=MOST)
    first = wall_of(draft.starts_at, zone).date()
    days = zip(range(repeat.times), days_from(first, repeat.every), strict=False)
    return [on_day(draft, day, zone) for _, day in days]


def on_day(draft: AppointmentDraft, day: date, zone: ZoneInfo) -> AppointmentDraft:
    """The same appointment on another day, at the same time on the wall, as not yet held."""
    if day == wall_of(draft.starts_at, zone).date():
        return draft
    start = instant_of(day, wall_of(draft.starts_at, zone).time(), zone)
    end = end_of(day, wall_of(draft.ends_at, zone).time(), zone, after=start)
    members = [replace(member, status="scheduled") for member in draft.members]
    return replace(draft, starts_at=start, ends_at=end, status="scheduled", members=members)


def days_from(first: date, every: Every) -> Iterator[date]:
    """The first day and those that follow it."""
    count = 0
    while True:
        if every == "month":
            yield same_weekday_of_month(first, months_later=count)
        else:
            yield first + timedelta(weeks=count * (2 if every == "two_weeks" else 1))
        count += 1


def same_weekday_of_month(first: date, *, months_later: int) -> date:
    """The second Wednesday stays the second Wednesday; a fifth one is the last where a month has four."""
    month = first.month - 1 + months_later
    year, month = first.year + month // 12, month % 12 + 1
    opening = date(year, month, 1)
    day = 1 + (first.weekday() - opening.weekday()) % 7 + (first.day - 1) // 7 * 7
    return opening.replace(day=day if day <= monthrange(year, month)[1] else day - 7)
