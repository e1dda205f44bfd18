"""Which of our charges a payer's service line answers: by our line number, else by what it says of the service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.claims.x12.known import KnownLine
from domain.claims.x12.remitted import RemittedLine

Alike = Callable[[RemittedLine, KnownLine], bool]


NOTHING_BY_HAND: Mapping[int, int] = {}


def match(remitted: Sequence[RemittedLine], known: Sequence[KnownLine],
          by_hand: Mapping[int, int] = NOTHING_BY_HAND) -> list[KnownLine | None]:
    """For each service line our charge, or None. Payers may split a line (one number twice) but rarely merge two.

    `by_hand`: what a person matched, positions of service lines to ids of charges.
    """
    found: list[KnownLine | None] = [
        next((ours for ours in known if ours.id == by_hand.get(at)), None) or _numbered(line, known)
        for at, line in enumerate(remitted)]
    for alike in WAYS:
        taken = {line.id for line in found if line}
        for at, line in enumerate(remitted):
            if found[at] is None:
                free = [ours for ours in known if ours.id not in taken and alike(line, ours)]
                found[at] = free[0] if free else None
                taken |= {ours.id for ours in free[:1]}
    if len(known) == 1:
        return [line or known[0] for line in found]
    return found


def _numbered(line: RemittedLine, known: Sequence[KnownLine]) -> KnownLine | None:
    """REF*6R is what we sent, but some payers drop its leading zeros."""
    number = line.control_number.lstrip("0").upper()
    return next((ours for ours in known if number and ours.control_number.lstrip("0").upper() == number), None)


def _service(line: RemittedLine, ours: KnownLine) -> bool:
    # SVC06 is what we sent where the payer judged another code.
    return (line.submitted_code or line.code).upper() == ours.code.upper()


def _modified(line: RemittedLine, ours: KnownLine) -> bool:
    sent = line.submitted_modifiers if line.submitted_code else line.modifiers
    return _service(line, ours) and sorted(sent) == sorted(ours.modifiers)


def _day(line: RemittedLine, ours: KnownLine) -> bool:
    return line.starts_on is not None and line.starts_on == ours.day


def _charge(line: RemittedLine, ours: KnownLine) -> bool:
    return abs(line.charge_cents) == ours.charge_cents


WAYS: tuple[Alike, ...] = (
    lambda line, ours: _modified(line, ours) and _day(line, ours) and _charge(line, ours),
    lambda line, ours: _modified(line, ours) and _day(line, ours),
    lambda line, ours: _service(line, ours) and _day(line, ours),
    lambda line, ours: _service(line, ours) and _charge(line, ours) and line.starts_on is None,
)
