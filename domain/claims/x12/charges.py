"""A remitted claim as charges: each with what was paid on it and why not more, claim-wide reasons spread over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.claims.x12.known import KnownClaim, KnownLine
from domain.claims.x12.line_matching import NOTHING_BY_HAND, match
from domain.claims.x12.remitted import Adjustment, RemittedClaim


@dataclass(slots=True)
class Charge:
    """One charge of a remitted claim: charge = paid + adjustments, with the sign of the claim (a reversal's is minus)."""

    line: KnownLine | None
    charge_cents: int
    paid_cents: int
    adjustments: list[Adjustment] = field(default_factory=list)
    remarks: tuple[str, ...] = ()

    def take(self, adjustment: Adjustment, cents: int) -> None:
        """Less was paid on this charge, for a reason that the payer gave for the whole claim."""
        self.paid_cents -= cents
        self.adjustments.append(Adjustment(adjustment.group, adjustment.reason, cents))


def charges(claim: RemittedClaim, known: KnownClaim, by_hand: Mapping[int, int] = NOTHING_BY_HAND) -> list[Charge]:
    """The claim's charges; their sums are CLP03 and CLP04."""
    found = list(_of_lines(claim, known, by_hand) if claim.lines else _of_the_claim(claim, known))
    rest = claim.charge_cents - sum(charge.charge_cents for charge in found)
    if rest or not found:
        found.append(Charge(None, rest, rest, remarks=claim.remarks))
    for adjustment in claim.adjustments:
        _spread(adjustment, found)
    return found


def _of_lines(claim: RemittedClaim, known: KnownClaim, by_hand: Mapping[int, int]) -> Iterator[Charge]:
    for line, ours in zip(claim.lines, match(claim.lines, known.lines, by_hand), strict=True):
        yield Charge(ours, line.charge_cents, line.paid_cents, list(line.adjustments), line.remarks or claim.remarks)


def _of_the_claim(claim: RemittedClaim, known: KnownClaim) -> Iterator[Charge]:
    """Adjudicated as a whole: our own lines, when it is all of them."""
    if abs(claim.charge_cents) == known.charge_cents:
        sign = -1 if claim.charge_cents < 0 else 1
        for line in known.lines:
            yield Charge(line, sign * line.charge_cents, sign * line.charge_cents, remarks=claim.remarks)


def _spread(adjustment: Adjustment, over: Sequence[Charge]) -> None:
    """By what was paid on each charge, to the cent; what nothing can bear falls on the last."""
    sign = -1 if adjustment.cents < 0 else 1
    paid = [max(0, sign * charge.paid_cents) for charge in over]
    total, rest = sum(paid), abs(adjustment.cents)
    bearable, before = min(rest, total), 0
    for charge, weight in zip(over, paid, strict=True):
        part = bearable * (before + weight) // total - bearable * before // total if weight else 0
        before += weight
        rest -= part
        if part:
            charge.take(adjustment, sign * part)
    if rest:
        over[-1].take(adjustment, sign * rest)
