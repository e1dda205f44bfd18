"""X12 amounts and dates as integer cents and days, without a guess."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from domain.claims.x12.refusals import SegmentUnreadable
from domain.claims.x12.segments import Segment

# Type R: digits, at most one point, a leading minus; no sign of thousands, no exponent in a claim's money.
NUMBER = re.compile(r"-?(\d{1,15}\.?\d{0,6}|\.\d{1,6})")
DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")


def cents(segment: Segment, number: int) -> int:
    """An element as cents; what was left out is 0, and a fraction of a cent damages the file."""
    amount = decimal(segment, number) * 100
    if amount != int(amount):
        raise SegmentUnreadable(segment=segment.position, what=f"{segment.at(number)} in {segment.tag}{number:02}, which is no amount in cents")
    return int(amount)


def decimal(segment: Segment, number: int, empty: str = "0") -> Decimal:
    """An element as a number."""
    text = segment.at(number) or empty
    if not NUMBER.fullmatch(text):
        raise SegmentUnreadable(segment=segment.position, what=f"in {segment.tag}{number:02} what is no number")
    return Decimal(text)


def day(text: str) -> date | None:
    """CCYYMMDD as a day; of a range its first; nothing of what is no day."""
    found = DAY.match(text)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
