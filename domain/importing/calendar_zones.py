"""Which time zone a calendar file means: IANA and Windows names, Outlook's display names, definitions of its own."""

from __future__ import annotations

import re
import warnings
from datetime import datetime, tzinfo
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from domain.importing.calendar_lines import Block, CalendarPart

# As Outlook shows them in its own zone list; it writes them as TZID when a meeting came from another program.
_SHOWN = {
    "eastern time (us & canada)": "America/New_York",
    "indiana (east)": "America/Indiana/Indianapolis",
    "central time (us & canada)": "America/Chicago",
    "mountain time (us & canada)": "America/Denver",
    "arizona": "America/Phoenix",
    "pacific time (us & canada)": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "atlantic time (canada)": "America/Halifax",
    "newfoundland": "America/St_Johns",
    "utc": "UTC",
    "coordinated universal time": "UTC",
}
_OFFSET_BEFORE = re.compile(r"^\((?:utc|gmt)[^)]*\)\s*")
_ZONE_LINES = ("BEGIN", "END", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME")


def _iana(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a plain name, or a folder of the zone files
        return None


@cache
def _by_lower_name() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()} | {
        windows.lower(): name for windows, name in WINDOWS_TO_OLSON.items()
    }


def named_zone(tzid: str) -> ZoneInfo | None:
    """The zone of a name, whatever program wrote it; None when the name says nothing."""
    name = tzid.strip().strip('"/')
    if not name:
        return None
    if found := _iana(name):
        return found
    shown = _OFFSET_BEFORE.sub("", name.lower().removeprefix("tzone://microsoft/"))
    if known := _SHOWN.get(shown) or _by_lower_name().get(name.lower()):
        return _iana(known)
    if tzid.strip().startswith("/"):  # /mozilla.org/20050126_1/America/New_York: a maker's name before the zone's
        _, _, rest = name.partition("/")
        return named_zone(f"/{rest}") if rest else None
    return None


class Zones:
    """The zones of one calendar: what its TZIDs mean, and where its times without a zone belong."""

    def __init__(self, calendar: CalendarPart, practice: ZoneInfo) -> None:
        self.practice = practice
        self.floating: tzinfo = named_zone(calendar.head("X-WR-TIMEZONE")) or practice
        self._definitions = {_tzid(block): block for block in calendar.zones}
        self._known: dict[str, tzinfo | None] = {}

    def of(self, tzid: str) -> tzinfo | None:
        """The zone a TZID stands for, by its name or else by the file's own definition."""
        if tzid not in self._known:
            self._known[tzid] = named_zone(tzid) or self._defined(tzid)
        return self._known[tzid]

    def _defined(self, tzid: str) -> tzinfo | None:
        block = self._definitions.get(tzid)
        return _defined_zone(block) if block else None


def _tzid(block: Block) -> str:
    for line in block.lines:
        if line.text.upper().startswith("TZID"):
            return line.text.partition(":")[2].strip()
    return ""


def _from_1970(line: str) -> str:
    """Outlook's rules begin in 1601, and every look-up would walk all the years from there."""
    return re.sub(r"^(DTSTART[^:]*:)1[0-8]\d\d", r"\g<1>1970", line)


def _defined_zone(block: Block) -> tzinfo | None:
    lines = [_from_1970(line.text) for line in block.lines if line.text.upper().startswith(_ZONE_LINES)]
    # icalendar remembers zones by name for every later file: one name for all, so that no file changes another's.
    text = "\r\n".join(["BEGIN:VTIMEZONE", "TZID:Defined in the file", *lines, "END:VTIMEZONE", ""])
    try:
        with warnings.catch_warnings(action="ignore"):
            zone: tzinfo = cast("Timezone", Timezone.from_ical(text)).to_tz(lookup_tzid=False)
            datetime(2026, 7, 1, tzinfo=zone).utcoffset()  # a broken rule shows itself on first use
    except Exception:  # noqa: BLE001 a definition can be broken in more ways than can be listed; the zone is unknown
        return None
    return zone
