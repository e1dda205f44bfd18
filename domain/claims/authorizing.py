"""Which prior authorization a visit draws on, and what is left of each: counted from the visits, never stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.billing_rule import Turn

FEW_LEFT = 2
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationFacts:
    """A payer's yes under one policy: to whom, for what, from when to when, and how much of it."""

    id: int
    policy_id: int
    number: str
    provider_id: int | None = None
    codes: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    counts: str = "visits"
    granted: int | None = None
    used_before: int = 0

    def covers(self, day: date) -> bool:
        """Whether it is in date; its last day still counts."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)

    def takes(self, draw: Draw) -> int:
        """How many visits or units a visit uses of it; none when it is for another policy, provider or code."""
        units = sum(count for code, count in draw.units if not self.codes or not code or code in self.codes)
        if draw.policy_id != self.policy_id or self.provider_id not in {None, draw.provider_id} or not units:
            return 0
        return 1 if self.counts == "visits" else units


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A visit that uses an authorization: a client session, or an appointment that is booked and not sent yet."""

    id: int  # of the session, or of the attendance
    booked: bool = False
    turn: Turn
    policy_id: int
    provider_id: int
    units: tuple[tuple[str, int], ...]  # code and units of each line that insurance pays; a booked one may have no code
    number: str = ""  # typed at the session

    @property
    def day(self) -> date:
        """The day of service."""
        return self.turn[1]


@dataclass(frozen=True, slots=True)
class Authorized:
    """The authorization that a session's claim names; `over` when nothing was left of it."""

    facts: AuthorizationFacts
    over: bool


@dataclass(frozen=True, slots=True)
class Allotment:
    """What each session draws on, and how much of each authorization is used and booked."""

    of_session: dict[int, Authorized] = field(default_factory=dict)
    used: Counter[int] = field(default_factory=Counter)
    booked: Counter[int] = field(default_factory=Counter)

    def left(self, one: AuthorizationFacts) -> int | None:
        """What sessions have left of it; None when it has no limit."""
        return None if one.granted is None else one.granted - one.used_before - self.used[one.id]


def allotted(by_policy: Mapping[int, Iterable[AuthorizationFacts]], draws: Iterable[Draw]) -> Allotment:
    """Sessions first and in their turn, then what is booked: each takes the authorization that ends first and has room."""
    found = Allotment()
    for draw in sorted(draws, key=lambda draw: (draw.booked, draw.turn)):
        fitting = [one for one in by_policy.get(draw.policy_id, ()) if one.takes(draw)]
        if (chosen := _chosen(fitting, draw, found)) is None:
            continue
        amount = chosen.takes(draw)
        if not draw.booked:
            found.of_session[draw.id] = Authorized(chosen, over=not _room(chosen, amount, found))
        (found.booked if draw.booked else found.used)[chosen.id] += amount
    return found


def _chosen(fitting: list[AuthorizationFacts], draw: Draw, found: Allotment) -> AuthorizationFacts | None:
    """The one whose number was typed; else of those in date the first with room, or the last when none has."""
    if draw.number:
        return next((one for one in fitting if one.number == draw.number), None)
    in_date = sorted((one for one in fitting if one.covers(draw.day)), key=_ends_first)
    with_room = [one for one in in_date if _room(one, one.takes(draw), found)]
    return next(iter(with_room or in_date[-1:]), None)


def _ends_first(one: AuthorizationFacts) -> tuple[date, date, int]:
    return one.ends_on or date.max, one.starts_on or date.min, one.id


def _room(one: AuthorizationFacts, amount: int, found: Allotment) -> bool:
    left = found.left(one)
    return left is None or left - found.booked[one.id] >= amount


def amount_words(count: int, counts: str) -> str:
    """1 visit, 12 units."""
    return f"{count} {counts if count != 1 else counts.removesuffix('s')}"


def running_out(one: AuthorizationFacts, left: int | None, today: date) -> str:
    """What should be told of it in time: few left, or the end near; empty when there is nothing to tell."""
    if one.ends_on is not None and one.ends_on < today:
        return f"Ended on {one.ends_on:%b} {one.ends_on.day}"
    told = []
    if left is not None and left <= FEW_LEFT:
        told.append("used up" if left <= 0 else f"{amount_words(left, one.counts)} left")
    if one.ends_on is not None and one.ends_on - today <= SOON:
        days = (one.ends_on - today).days
        told.append("ends today" if days == 0 else f"ends in {days} {'day' if days == 1 else 'days'}")
    return ", ".join(told)[:1].upper() + ", ".join(told)[1:]
