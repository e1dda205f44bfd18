"""What earlier payers decided, as a secondary claim tells it: their answers, netted to one decision for its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.claims.x12.charges import charges
from domain.claims.x12.known import KnownClaim
from domain.claims.x12.remitted import Adjustment, RemittedClaim
from domain.documents.claim_record import Adjusted, DecidedLine, Decision


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the earlier payer, the claim that it answers, and the day of its payment."""

    claim: RemittedClaim
    known: KnownClaim
    paid_on: date


@dataclass(slots=True)
class _Net:
    """What stands on one charge after all answers."""

    charge_cents: int = 0
    paid_cents: int = 0
    adjustments: tuple[Adjustment, ...] = ()


def decision_for(lines: Sequence[int], answers: Sequence[Answer]) -> Decision | None:
    """The decision on these charges (ids, in the order of the new claim's lines); None while one of them has none.

    A reversal and what it reverses cancel out. The new claim may hold other lines than the earlier one did; only when
    it holds the same, and the payer judged the claim as a whole, is the decision told for the whole.
    """
    net = _netted(answers)
    wanted = {line.id: line.charge_cents for answer in answers for line in answer.known.lines if line.id in lines}
    if not answers or any(line not in net or net[line].charge_cents != wanted[line] for line in lines):
        return None
    last = answers[-1]
    whole = _as_a_whole(lines, answers)
    told = tuple(_line(place, net[line]) for place, line in enumerate(lines, start=1))
    return Decision(
        decided_on=last.paid_on, paid_cents=sum(net[line].paid_cents for line in lines),
        lines=() if whole else told, adjustments=_summed(last.claim.adjustments) if whole else (),
        left_cents=_left(last.claim.adjustments) if whole else None,
        claim_number=last.claim.payer_control_number, remarks=last.claim.remarks)


def _netted(answers: Iterable[Answer]) -> dict[int, _Net]:
    found: dict[int, _Net] = {}
    for answer in answers:
        for charge in charges(answer.claim, answer.known):
            if charge.line:
                net = found.setdefault(charge.line.id, _Net())
                net.charge_cents += charge.charge_cents
                net.paid_cents += charge.paid_cents
                net.adjustments += tuple(charge.adjustments)
    return found


def _as_a_whole(lines: Sequence[int], answers: Sequence[Answer]) -> bool:
    return len(answers) == 1 and not answers[0].claim.lines and set(lines) == {line.id for line in answers[0].known.lines}


def _line(place: int, net: _Net) -> DecidedLine:
    return DecidedLine(line=place, paid_cents=net.paid_cents, adjustments=_summed(net.adjustments),
                       left_cents=_left(net.adjustments))


def _summed(adjustments: Iterable[Adjustment]) -> tuple[Adjusted, ...]:
    """One amount a reason, without those that came to nothing."""
    sums: dict[tuple[str, str], int] = {}
    for one in adjustments:
        sums[one.group, one.reason] = sums.get((one.group, one.reason), 0) + one.cents
    return tuple(Adjusted(group, reason, cents) for (group, reason), cents in sums.items() if cents)


def _left(adjustments: Iterable[Adjustment]) -> int:
    """What the payer leaves to the patient or the next payer (AMT*EAF): all of group PR, at least nothing."""
    return max(0, sum(one.cents for one in adjustments if one.group == "PR"))
