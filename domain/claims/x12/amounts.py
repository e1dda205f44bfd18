"""Amounts of a payer's file as integer cents, without a guess: what is no amount is refused with its place."""

from __future__ import annotations

import re
from decimal import Decimal

from domain.claims.x12.refusals import SegmentUnreadable
from domain.claims.x12.segments import Segment

# Type R: digits, at most one point, a leading minus; no sign of thousands, no exponent in a claim's money.
NUMBER = re.compile(r"-?(\d{1,15}\.?\d{0,6}|\.\d{1,6})")


def cents(segment: Segment, number: int) -> int:
    """An element as cents; what was left out is 0, and a fraction of a cent damages the file."""
    amount = decimal(segment, number) * 100
    if amount != int(amount):
        what = f"{segment.at(number)} in {segment.tag}{number:02}, which is no amount in cents"
        raise SegmentUnreadable(segment=segment.position, what=what)
    return int(amount)


def decimal(segment: Segment, number: int, empty: str = "0") -> Decimal:
    """An element as a number."""
    text = segment.at(number) or empty
    if not NUMBER.fullmatch(text):
        raise SegmentUnreadable(segment=segment.position, what=f"in {segment.tag}{number:02} what is no number")
    return Decimal(text)
