"""Minutes against codes: which lengths a code is for, and how many units a time makes. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from domain.claims.facts import LineFacts, SessionFacts
from domain.claims.reasons import Place, Reason

FILE = Path(__file__).resolve().parents[2] / "assets" / "code_minutes.csv"
THERAPY = ("90832", "90834", "90837")  # one family: another length is another of these
CRISIS, MORE_CRISIS = "90839", "90840"


@dataclass(frozen=True, slots=True)
class Span:
    """The lengths a code is for, in minutes (CPT's midpoints); `units` where the time makes them."""

    first: int
    last: int | None
    units: int | None

    def holds(self, minutes: int) -> bool:
        """Whether a session of this length has the code."""
        return self.first <= minutes and (self.last is None or minutes <= self.last)


@lru_cache(maxsize=1)
def spans() -> Mapping[str, tuple[Span, ...]]:
    """By code, as assets/code_minutes.csv lists them."""
    found: dict[str, tuple[Span, ...]] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            span = Span(int(row["from"]), int(row["to"]) if row["to"] else None, int(row["units"]) if row["units"] else None)
            found[row["code"]] = (*found.get(row["code"], ()), span)
    return found


def minutes_between(starts_at: datetime, ends_at: datetime) -> int:
    """Whole minutes."""
    return int((ends_at - starts_at).total_seconds()) // 60


def units_by_time(code: str, unit_minutes: int, minutes: int) -> int:
    """Units of a code that is billed by time, at least one: a unit counts once its midpoint is passed (CPT)."""
    if (told := _told_units(code, minutes)) is not None:
        return told
    half = unit_minutes // 2 + 1
    return max((minutes - half) // unit_minutes + 1, 1)


def _told_units(code: str, minutes: int) -> int | None:
    return next((span.units for span in spans().get(code, ()) if span.holds(minutes)), None)


def of_minutes(session: SessionFacts) -> Iterator[Reason]:
    """Lines whose code or units are for another length than the session had."""
    if session.starts_at is None or session.ends_at is None:
        return
    minutes = minutes_between(session.starts_at, session.ends_at)
    place, codes = Place("session", session.id), {line.code for line in session.claim_lines}
    for line in session.claim_lines:
        if (sentence := wrong_length(line.code, minutes, codes)) is not None:
            yield place.warning("minutes_of_code", sentence, "Correct the time or the code", "starts_at")
        elif (due := _units_due(line, minutes)) is not None and due != line.units:
            yield place.warning(
                "units_of_time", f"{line.code} has {_counted(line.units, 'unit')}, and {_counted(minutes, 'minute')} make "
                f"{due}", "Correct the units", "lines")


def wrong_length(code: str, minutes: int, beside: set[str]) -> str | None:
    """Why a code does not go with a length; `beside` are all codes of the session."""
    listed = spans().get(code, ())
    if not listed or any(span.holds(minutes) for span in listed):
        return None
    if code == CRISIS and MORE_CRISIS in beside and minutes >= listed[0].first:
        return None  # the first 74 minutes are this one's, the rest are the add-on's
    last = listed[-1].last
    spoken = f"{listed[0].first} minutes or more" if last is None else f"{listed[0].first} to {last} minutes"
    return f"{code} is for {spoken}, and this session has {minutes}.{_instead(code, minutes)}"


def _instead(code: str, minutes: int) -> str:
    if code == CRISIS and minutes > (spans()[CRISIS][0].last or 0):
        return f" {MORE_CRISIS} is for the time after."
    fits = [one for one in THERAPY if code in THERAPY and any(span.holds(minutes) for span in spans()[one])]
    return f" {fits[0]} is for that." if fits else ""


def _units_due(line: LineFacts, minutes: int) -> int | None:
    told = _told_units(line.code, minutes)
    return units_by_time(line.code, line.unit_minutes, minutes) if told is None and line.unit_minutes else told


def _counted(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
