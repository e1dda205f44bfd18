"""What payers allowed against what their contracts promise: lines paid short, and changes that look like a new rate. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from domain.rates.lookup import Rate

FEWEST = 3  # lines alike before a change is taken for a new rate and not for a mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine:
    """A line that a payer settled, and the contract rate of its day; without a rate nothing is expected."""

    charge_line_id: int
    payer_id: int
    payer_name: str
    client_name: str
    claim_number: str
    day: date
    code: str
    modifiers: str
    units: int
    charge_cents: int
    allowed_cents: int
    paid_on: date
    trace_number: str
    rate: Rate | None

    @property
    def expected_cents(self) -> int:
        """By the contract, never more than the charge."""
        return min(self.rate.cents * self.units, self.charge_cents) if self.rate else self.allowed_cents

    @property
    def short_cents(self) -> int:
        """What is missing; below zero more was allowed than expected."""
        return self.expected_cents - self.allowed_cents

    @property
    def unit_cents(self) -> int | None:
        """What a unit was allowed at, if it is whole cents."""
        return self.allowed_cents // self.units if self.units and self.allowed_cents % self.units == 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRate:
    """A change that is the same on every line since a day."""

    rate: Rate
    payer_name: str
    was_cents: int
    lines: int


def underpaid(lines: Iterable[PaidLine]) -> list[PaidLine]:
    """Those allowed short, by payer, the oldest first. A line allowed nothing is a denial, which has its own list."""
    short = [line for line in lines if line.short_cents > 0 and line.allowed_cents > 0]
    return sorted(short, key=lambda line: (line.payer_name.casefold(), line.payer_id, line.day, line.client_name, line.charge_line_id))


def new_rates(lines: Iterable[PaidLine]) -> list[NewRate]:
    """A payer's code whose latest lines were all allowed alike and unlike the contract: proposed as its rate."""
    groups: dict[tuple[int, str, str], list[PaidLine]] = {}
    for line in lines:
        if line.rate and line.allowed_cents > 0:
            groups.setdefault((line.payer_id, line.code, line.rate.modifiers), []).append(line)
    found = [_new_rate(sorted(group, key=lambda line: (line.day, line.charge_line_id))) for group in groups.values()]
    return sorted((one for one in found if one), key=lambda one: (one.payer_name.casefold(), one.rate.code, one.rate.modifiers))


def _new_rate(group: Sequence[PaidLine]) -> NewRate | None:
    cents = group[-1].unit_cents
    alike = list(takewhile(lambda line: line.unit_cents == cents and line.short_cents != 0, reversed(group)))
    first, rate = alike[-1].day if alike else None, group[-1].rate
    before = group[: len(group) - len(alike)]
    if cents is None or rate is None or first is None or len(alike) < FEWEST or any(line.day >= first for line in before):
        return None
    held = alike[-1].rate or rate
    proposed = Rate(payer_id=rate.payer_id, code=rate.code, modifiers=rate.modifiers, starts_on=first, cents=cents)
    return NewRate(rate=proposed, payer_name=group[-1].payer_name, was_cents=held.cents, lines=len(alike))
