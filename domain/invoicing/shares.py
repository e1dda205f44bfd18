"""Who pays how much of a session, to the cent: the client's expected share, and its parts by person and line. Pure.

The expected share of an insured session is reckoned from what the payer is expected to allow (its contract rate, or
the charge where none is known), in this order:
1. what is left of the deductible, at most all of it;
2. the copay, at most what then remains;
3. coinsurance, a percentage of what remains after both, rounded half up to a cent.
Payments taken at the session are subtracted where the invoice adds up, so the share itself does not know them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = 10_000  # basis points


@dataclass(frozen=True, slots=True)
class Share:
    """What the client is expected to pay of insured lines, and how much of it goes toward the deductible."""

    cents: int
    deductible_cents: int


def expected_share(
    allowed_cents: int, *, copay_cents: int, deductible_left_cents: int, coinsurance_points: int
) -> Share:
    """Deductible, then copay, then coinsurance; never more than what is allowed."""
    deductible = min(deductible_left_cents, allowed_cents)
    copay = min(copay_cents, allowed_cents - deductible)
    rest = allowed_cents - copay - deductible
    return Share(copay + deductible + part_of(rest, coinsurance_points), deductible)


def part_of(cents: int, points: int) -> int:
    """Basis points of an amount, rounded half up to a cent."""
    return (cents * points + WHOLE // 2) // WHOLE


def split(cents: int, points: Sequence[int]) -> list[int]:
    """An amount among persons by their shares: each later one rounded down, the odd cents to the first."""
    later = [cents * share // WHOLE for share in points[1:]]
    return [cents - sum(later), *later]


def split_each(amounts: Sequence[int], points: Sequence[int]) -> list[list[int]]:
    """Several amounts among persons, so that each person's parts add up to that person's part of the sum.

    Returns a list of parts a person. Rounding each amount alone would move a cent with every line.
    """
    parts: list[list[int]] = [[] for _ in points]
    reached = 0
    given = split(0, points)
    for amount in amounts:
        reached += amount
        upto = split(reached, points)
        for place, (now, before) in enumerate(zip(upto, given, strict=True)):
            parts[place].append(now - before)
        given = upto
    return parts


def spread(cents: int, over: Sequence[int]) -> list[int]:
    """An amount over lines in proportion to their fees, whole cents that add up to it."""
    whole = sum(over)
    if whole == 0:
        return [0] * len(over)
    parts, reached, given = [], 0, 0
    for fee in over:
        reached += fee
        upto = (2 * cents * reached + whole) // (2 * whole)
        parts.append(upto - given)
        given = upto
    return parts
