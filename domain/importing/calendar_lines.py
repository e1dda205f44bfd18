"""An iCalendar file taken apart into whole lines and components that know their line numbers (RFC 5545, 3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.importing.chosen_file import text_of

_PROPERTY = re.compile(rb"[A-Za-z0-9-]+[ \t]*[;:]")
_FREE_TEXT = (b"SUMMARY", b"DESCRIPTION", b"LOCATION")
_OWN = {"VEVENT", "VTIMEZONE"}


@dataclass(frozen=True, slots=True)
class Line:
    """One unfolded line and the number of its first physical line."""

    number: int
    text: str


@dataclass(slots=True)
class Block:
    """A VEVENT or VTIMEZONE with its lines; alarms inside an event are left away."""

    kind: str
    line: int
    lines: list[Line] = field(default_factory=list)
    closed: bool = False


@dataclass(slots=True)
class CalendarPart:
    """One VCALENDAR of the file."""

    heads: list[Line] = field(default_factory=list)
    zones: list[Block] = field(default_factory=list)
    events: list[Block] = field(default_factory=list)
    closed: bool = False
    last_line: int = 0

    def head(self, name: str) -> str:
        """The value of a property of the calendar itself, such as X-WR-TIMEZONE."""
        for line in self.heads:
            if line.text.upper().startswith((f"{name}:", f"{name};")):
                return line.text.partition(":")[2].strip()
        return ""


def unfolded(raw: bytes) -> Iterator[Line]:
    """Whole lines, unfolded before they are decoded, since old exporters fold in the middle of a letter."""
    begun, pieces = 0, [b""]
    for number, piece in enumerate(raw.splitlines(), start=1):
        if begun and piece[:1] in (b" ", b"\t"):
            pieces.append(piece[1:])
        elif begun and piece and not _PROPERTY.match(piece) and pieces[0].upper().startswith(_FREE_TEXT):
            pieces.append(b"\\n" + piece)  # a raw line break in a note, from exporters that forget to fold
        elif piece:
            if begun:
                yield Line(begun, text_of(b"".join(pieces)))
            begun, pieces = number, [piece]
    if begun:
        yield Line(begun, text_of(b"".join(pieces)))


class _Sorting:
    """Puts each line into the calendar and component it belongs to."""

    def __init__(self) -> None:
        self.found: list[CalendarPart] = []
        self.here: Block | None = None
        self.inside: list[str] = []

    def take(self, line: Line) -> None:
        """One more line."""
        if self.found:
            self.found[-1].last_line = line.number
        name, _, kind = line.text.partition(":")
        match name.strip().upper():
            case "BEGIN":
                self.begin(kind.strip().upper(), line)
            case "END":
                self.end(kind.strip().upper(), line)
            case _:
                self.keep(line)

    def begin(self, kind: str, line: Line) -> None:
        if kind == "VCALENDAR":
            self.found.append(CalendarPart())
            self.here, self.inside = None, []
        elif not self.found:
            return
        elif kind in _OWN:  # also when the one before was never closed: it stays marked as open
            self.here, self.inside = Block(kind, line.number), []
            (self.found[-1].events if kind == "VEVENT" else self.found[-1].zones).append(self.here)
        else:
            self.inside.append(kind)
            self.keep(line)

    def end(self, kind: str, line: Line) -> None:
        if self.here and kind == self.here.kind:
            self.here.closed, self.here, self.inside = True, None, []
        elif kind == "VCALENDAR" and self.found:
            self.found[-1].closed = True
        elif kind in self.inside:
            self.keep(line)
            del self.inside[self.inside.index(kind) :]

    def keep(self, line: Line) -> None:
        if self.here:
            if not self.inside or self.here.kind == "VTIMEZONE":
                self.here.lines.append(line)
        elif self.found and not self.inside:
            self.found[-1].heads.append(line)


def calendars_in(raw: bytes) -> list[CalendarPart]:
    """Every VCALENDAR in the bytes; most files hold one, a joined export several."""
    sorting = _Sorting()
    for line in unfolded(raw):
        sorting.take(line)
    return sorting.found
