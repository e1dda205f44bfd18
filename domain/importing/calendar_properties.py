"""One line of a calendar event as a property with its parameters, and the invited people among them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from icalendar.parser import Contentline

from domain.importing.calendar_lines import Line

_TIMES = {"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RDATE", "EXDATE"}
_TEXTS = {"UID", "SUMMARY", "STATUS", "CATEGORIES", "LOCATION", "DESCRIPTION", "SEQUENCE", "LAST-MODIFIED", "RRULE"}
_WANTED = _TIMES | _TEXTS | {"ATTENDEE", "X-MICROSOFT-CDO-ALLDAYEVENT"}
_ROOMS = {"ROOM", "RESOURCE"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_COMMA = re.compile(r"(?<!\\),")


@dataclass(frozen=True, slots=True)
class Attendee:
    """Someone a calendar event invites."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Property:
    """A property of an event with its parameters, not yet understood."""

    line: int
    name: str
    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as the person typed it."""
        return _unescaped(self.value)

    @property
    def parts(self) -> tuple[str, ...]:
        """The texts of a list such as CATEGORIES, split at the commas that are not part of a text."""
        return tuple(text for part in _COMMA.split(self.value) if (text := _unescaped(part)))


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], value).strip()


def property_of(line: Line) -> Property | None:
    """The property in the line, or None when nothing is wanted of it."""
    head, _, value = line.text.partition(":")
    name = re.split(r"[;\s]", head, maxsplit=1)[0].upper()
    if name not in _WANTED:
        return None
    if name in _TIMES:  # a time holds no colon, but a zone's name may: TZID=(UTC-05:00) Eastern Time (US & Canada)
        head, _, value = line.text.rpartition(":")
    if '"' in head and name not in _TIMES:
        return _quoted_property(line, name)
    return Property(line.number, name, _plain_params(head), value)


def _plain_params(head: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in head.split(";")[1:])
    return {key.strip().upper(): value.strip().strip('"') for key, _, value in pairs}


def _quoted_property(line: Line, name: str) -> Property | None:
    try:
        _, params, value = Contentline(line.text).raw_parts()  # type: ignore[no-untyped-call]
    except ValueError:
        return None  # an attendee or a category that can't be read is no reason to lose the appointment
    return Property(line.number, name, {key.upper(): str(params[key]) for key in params}, value)


def attendee_of(invited: Property) -> Attendee | None:
    """The invited person; None for a room."""
    if invited.params.get("CUTYPE", "").upper() in _ROOMS:
        return None
    address = re.sub(r"^mailto:", "", invited.text, flags=re.IGNORECASE)
    email = address if "@" in address else invited.params.get("EMAIL", "")
    name = " ".join(invited.params.get("CN", "").strip('"').split())
    return Attendee("" if "@" in name else name, email.strip().lower())
