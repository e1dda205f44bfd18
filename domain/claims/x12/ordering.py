"""The order in which a payment's claims are decided: what takes an answer back comes before the answer that replaces it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.claims.x12.known import KnownClaim, KnownLine
from domain.claims.x12.remitted import RemittedClaim


def in_order(claims: Sequence[RemittedClaim], known: Mapping[str, KnownClaim]) -> list[int]:
    """Positions of the claims. Payers list a reversal before its correction, but the guide does not make them.

    Only the first reversal of a charge moves, and only when an answer stands that it can take back.
    """
    first_answer: dict[int, int] = {}
    moved: dict[int, int] = {}
    reversed_before: set[int] = set()
    for at, claim in enumerate(claims):
        ours = known.get(claim.control_number)
        charges = {line.id: line for line in ours.lines} if ours else {}
        if not claim.is_reversal:
            for charge in charges:
                first_answer.setdefault(charge, at)
            continue
        earlier = [first_answer[charge] for charge, line in charges.items()
                   if charge in first_answer and charge not in reversed_before and _stands(line)]
        moved[at] = min(earlier, default=at)
        reversed_before |= set(charges)
    return sorted(range(len(claims)), key=lambda at: (moved.get(at, at), at not in moved, at))


def _stands(line: KnownLine) -> bool:
    posted = line.by_this_payer
    return any((posted.paid_cents, posted.client_share_cents, posted.denied_cents, posted.written_off_cents))
