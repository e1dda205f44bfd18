"""How X12 writes money, days and times, and how they are read back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation


def amount(cents: int) -> str:
    """Dollars without needless zeros: 150, 150.5, 0.05 (X12 type R)."""
    sign, (dollars, rest) = "-" if cents < 0 else "", divmod(abs(cents), 100)
    return f"{sign}{dollars}" + (f".{rest:02}".rstrip("0") if rest else "")


def cents(text: str) -> int | None:
    """The cents of an amount; None when it is none or has fractions of a cent."""
    try:
        exact = Decimal(text.strip()) * 100
    except InvalidOperation:
        return None
    if not exact.is_finite() or exact != exact.to_integral_value():
        return None
    return int(exact)


def day(on: date) -> str:
    """CCYYMMDD (format D8)."""
    return on.strftime("%Y%m%d") if on.year >= 1000 else f"{on.year:04}{on:%m%d}"


def from_day(text: str) -> date | None:
    """The day of eight digits; None when there is no such day."""
    if len(text) != 8 or not text.isdigit():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def from_days(text: str) -> tuple[date, date] | None:
    """First and last day of CCYYMMDD-CCYYMMDD (format RD8)."""
    first, _, last = text.partition("-")
    days = from_day(first), from_day(last)
    return (days[0], days[1]) if days[0] and days[1] else None


def from_minute(on: str, at: str) -> datetime | None:
    """A wall-clock minute from CCYYMMDD and HHMM, seconds left out; None when there is no such minute."""
    found = from_day(on)
    if found is None or len(at) < 4 or not at[:4].isdigit() or int(at[:2]) > 23 or int(at[2:4]) > 59:
        return None
    return datetime(found.year, found.month, found.day, int(at[:2]), int(at[2:4]))  # noqa: DTZ001 (X12 has no zone)
