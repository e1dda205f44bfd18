"""Between the clock on the practice's wall and the instants that are kept, over clock changes too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import PracticeError


class NoSuchTime(PracticeError):
    """A wall time that the spring clock change skips."""

    sentence = "{time} does not exist on {day}: the clocks go forward in that hour. Choose another time."
    field = "starts_at"


def instant_of(day: date, at: time, zone: ZoneInfo, *, field: str = "starts_at") -> datetime:
    """The instant a wall time means; of an hour that comes twice, the first. Raises NoSuchTime."""
    wall = datetime.combine(day, at)
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if wall_of(instant, zone) != wall:
        raise NoSuchTime(at=field, time=said_time(at), day=said_day(day))
    return instant


def end_of(day: date, at: time, zone: ZoneInfo, *, after: datetime) -> datetime:
    """The first instant after `after` at which the wall shows `at`; past midnight that is the next day's."""
    for ending in (day, day + timedelta(days=1)):
        first = instant_of(ending, at, zone, field="ends_at")
        again = datetime.combine(ending, at).replace(tzinfo=zone, fold=1).astimezone(UTC)
        for instant in (first, again):
            if instant > after:
                return instant
    return after


def wall_of(instant: datetime, zone: ZoneInfo) -> datetime:
    """What the practice's wall shows at an instant, without a zone."""
    return instant.astimezone(zone).replace(tzinfo=None)


def day_bounds(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first moment of `first` to the first moment after `last`, in UTC."""
    return _midnight(first, zone), _midnight(last + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # Some zones change their clocks at midnight: the day then begins at the first time that exists.
    return datetime.combine(day, time.min).replace(tzinfo=zone, fold=0).astimezone(UTC)


def said_time(at: time | datetime) -> str:
    """A time as it is said: 2:30 PM."""
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'AM' if at.hour < 12 else 'PM'}"


def said_day(day: date) -> str:
    """A day as it is said: Wed, Oct 14."""
    return f"{day:%a, %b} {day.day}"


def said_span(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """A stretch of time as it is said: 9:30 – 10:20 AM; both halves of the day are named when they differ."""
    start, end = wall_of(starts_at, zone), wall_of(ends_at, zone)
    first = said_time(start)
    if (start.hour < 12) == (end.hour < 12):
        first = first[:-3]
    return f"{first} – {said_time(end)}"
