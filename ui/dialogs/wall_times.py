"""A day and two times of day as a form has them, and the instants they mean on the practice's wall clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import Refused
from domain.scheduling import end_of, instant_of, wall_of

OVERNIGHT = timedelta(hours=12)  # an end before the start means past midnight only for a night's length
EMPTY = {"day": "Choose a day.", "starts": "Type when it starts.", "ends": "Type when it ends."}


def instants(
    day: date | None, starts: time | None, ends: time | None, zone: ZoneInfo, *, had: tuple[datetime, datetime]
) -> tuple[datetime, datetime]:
    """Start and end in UTC. Times that nobody touched stay the very instants they were, also in a repeated hour.

    Raises Refused for an empty time or an end before the start, NoSuchTime for one that the clock change skips.
    """
    before, until = wall_of(had[0], zone), wall_of(had[1], zone)
    if (day, starts, ends) == (before.date(), before.time(), until.time()):
        return had
    if day is None or starts is None or ends is None:
        given = {"day": day, "starts": starts, "ends": ends}
        raise Refused({name: words for name, words in EMPTY.items() if given[name] is None})
    start = instant_of(day, starts, zone)
    if ends == starts:
        raise Refused({"ends_at": "The end must come after the start."})
    end = end_of(day, ends, zone, after=start)
    if ends < starts and end - start > OVERNIGHT:
        raise Refused({"ends_at": "The end must come after the start."})
    return start, end
