"""The loops of an 837P as they are read: each gives its segments once, and what nobody asked for is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from domain.claims.x12.elements import cents, from_day, from_days
from domain.claims.x12.findings import Finding
from domain.claims.x12.segments import Delimiters, Segment

ABSENT = Segment(0, ("",), Delimiters())
STARTS = frozenset({"BHT", "HL", "NM1", "CLM", "LX", "SVD"})


class Loop:
    """A segment that begins a loop, and those behind it up to the next."""

    __slots__ = ("label", "left", "segments")

    def __init__(self, segments: list[Segment]) -> None:
        self.segments = segments
        self.left = list(segments)
        self.label = ""

    @property
    def head(self) -> Segment:
        """The segment that begins it."""
        return self.segments[0]

    def starts(self, tag: str, *qualifiers: str) -> bool:
        """Whether it begins with this segment, and one of these qualifiers where they are said."""
        return self.head.tag == tag and (not qualifiers or self.head.at(1) in qualifiers)

    def one(self, tag: str, *qualifiers: str) -> Segment:
        """The first segment of a kind; a second one stays unread and is told."""
        for place, segment in enumerate(self.left):
            if segment.tag == tag and (not qualifiers or segment.at(1) in qualifiers):
                return self.left.pop(place)
        return ABSENT

    def all(self, tag: str, *qualifiers: str) -> list[Segment]:
        """All segments of a kind."""
        found = []
        while (segment := self.one(tag, *qualifiers)) is not ABSENT:
            found.append(segment)
        return found

    def said(self, tag: str, qualifier: str) -> str:
        """The value behind a qualifier, as REF02 behind F8."""
        return self.one(tag, qualifier).at(2)


class Reading:
    """What was found wrong while reading, and of which claim it was."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.claim = ""

    def fault(self, code: str, sentence: str, *, loop: str = "", segment: str = "", element: str = "") -> None:
        """Note a fault of the claim that is being read."""
        self.findings.append(Finding(code=code, sentence=sentence, loop=loop, segment=segment, element=element,
                                     claim=self.claim))

    def money(self, segment: Segment, place: int, label: str) -> int:
        """An amount that must be there."""
        found = cents(segment.at(place))
        if found is None:
            self.fault("bad_amount", f"{segment.at(place) or 'Nothing'} stands where an amount should", loop=label,
                       segment=segment.tag, element=f"{segment.tag}{place:02}")
        return found or 0

    def money_or_none(self, loop: Loop, qualifier: str) -> int | None:
        """AMT, where it is there."""
        segment = loop.one("AMT", qualifier)
        return None if segment is ABSENT else self.money(segment, 2, loop.label)

    def count(self, segment: Segment, place: int, label: str, *, instead: int) -> int:
        """A whole number; what is left out counts as `instead`."""
        text = segment.at(place)
        if text and not (text.isascii() and text.isdigit()):
            self.fault("bad_number", f"{text} stands where a whole number should", loop=label, segment=segment.tag,
                       element=f"{segment.tag}{place:02}")
            return instead
        return int(text) if text else instead

    def day(self, segment: Segment, place: int, label: str) -> date | None:
        """A day where one is written."""
        text = segment.at(place)
        found = from_day(text)
        if text and found is None:
            self.fault("bad_date", f"{text} is not a day", loop=label, segment=segment.tag,
                       element=f"{segment.tag}{place:02}")
        return found

    def days(self, segment: Segment, label: str) -> tuple[date | None, date | None]:
        """First and last day of a DTP; the last only where a span is written."""
        if segment.at(2) != "RD8":
            return self.day(segment, 3, label), None
        found = from_days(segment.at(3))
        if found is None:
            self.fault("bad_date", f"{segment.at(3)} is not a span of days", loop=label, segment="DTP", element="DTP03")
            return None, None
        return found

    def unread(self, loops: Iterable[Loop]) -> None:
        """What nobody asked for: a segment that this file should not hold, or holds twice."""
        for loop in loops:
            for segment in loop.left:
                self.fault("unread_segment", f"The segment {segment.tag}*{segment.at(1)} is not one that belongs here",
                           loop=loop.label, segment=segment.tag)


def loops_of(segments: Iterable[Segment]) -> list[Loop]:
    """Cuts a transaction into loops. SBR begins one of its own (2320) except behind its HL (2000B)."""
    found: list[list[Segment]] = []
    for segment in segments:
        starts = segment.tag in STARTS or (segment.tag == "SBR" and found and found[-1][0].tag != "HL")
        if starts or not found:
            found.append([segment])
        else:
            found[-1].append(segment)
    return [Loop(some) for some in found]


def parted(loops: Sequence[Loop], starts: Callable[[Loop], bool]) -> tuple[list[Loop], list[list[Loop]]]:
    """What stands before the first loop of a kind, and each such loop with those behind it."""
    before: list[Loop] = []
    groups: list[list[Loop]] = []
    for loop in loops:
        if starts(loop):
            groups.append([loop])
        elif groups:
            groups[-1].append(loop)
        else:
            before.append(loop)
    return before, groups


def find(loops: Iterable[Loop], label: str, tag: str, *qualifiers: str) -> Loop:
    """The first loop that begins so; its label is what faults in it are told with."""
    for loop in loops:
        if loop.starts(tag, *qualifiers):
            loop.label = label
            return loop
    return Loop([ABSENT])
