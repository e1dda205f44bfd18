"""What people type for money, days and times, read into values and written back the practice's one way."""

import re
from datetime import date, datetime, time
from decimal import Decimal

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

AMOUNT = re.compile(r"(-)?\$?\s*(-)?((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d*))?)")
CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?\s*(?:(a|p)\.?\s*m?\.?)?", re.IGNORECASE)
MORNING_STARTS = 7  # "2" means two in the afternoon, "9" nine in the morning: the hours a practice is open


class Unreadable(ValueError):
    """Something typed that is no value of its kind; `sentence` says what would be."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def cents_from(text: str) -> int:
    """"$1,200.50", "1200.5" or "1,200" as cents."""
    typed = text.strip()
    match = AMOUNT.fullmatch(typed)
    if match is None or not any(letter.isdigit() for letter in typed):
        raise Unreadable(_why_no_amount(typed))
    digits = match[4] or ""
    if len(digits) > 2:
        raise Unreadable("An amount has at most two digits after the point, such as 120.50.")
    cents = int(Decimal(match[3].replace(",", "")) * 100)
    return -cents if match[1] or match[2] else cents


def _why_no_amount(typed: str) -> str:
    if re.fullmatch(r"\$?\d+,\d{1,2}", typed):
        return f"Write the cents after a point: {typed.replace(',', '.')}."
    return "Write an amount such as 120.00."


def money_text(cents: int) -> str:
    """$1,635.00, with a minus sign before the dollar sign."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def amount_text(cents: int) -> str:
    """1,635.00, for a field that shows the dollar sign itself."""
    return money_text(cents).replace("$", "")


def day_from(text: str, *, today: date | None = None) -> date:
    """"Oct 14, 2026", "10/14/2026", "2026-10-14", "10142026", and with `today` also "Oct 14", "10/14" and "today"."""
    typed = re.sub(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?[,.]?\s+", "", text.strip().lower())
    if typed == "today" and today is not None:
        return today
    year, month, day = _day_parts(typed, today)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"There is no {text.strip()}. Check the day and the month.") from None


def _day_parts(typed: str, today: date | None) -> tuple[int, int, int]:
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"(\d{2})(\d{2})(\d{4})", typed):
        return int(match[3]), int(match[1]), int(match[2])
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?", typed):
        return _year(match[3], today), int(match[1]), int(match[2])
    if match := re.fullmatch(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?", typed):
        return _year(match[3], today), _month(match[1]), int(match[2])
    if match := re.fullmatch(r"(\d{1,2})\s+([a-z]{3,9})\.?(?:,?\s+(\d{4}))?", typed):
        return _year(match[3], today), _month(match[2]), int(match[1])
    raise Unreadable("Write a date such as Oct 14, 2026 or 10/14/2026.")


def _year(digits: str | None, today: date | None) -> int:
    """Two digits are a year up to ten years ahead, else of the past: birth dates are typed so."""
    if digits is None:
        if today is None:
            raise Unreadable("Write the year too, such as Oct 14, 2026.")
        return today.year
    if len(digits) == 4:
        return int(digits)
    century = (today or date(2026, 1, 1)).year // 100 * 100
    year = century + int(digits)
    return year if year <= (today or date(2026, 1, 1)).year + 10 else year - 100


def _month(word: str) -> int:
    for number, name in enumerate(MONTHS, start=1):
        if word.startswith(name.lower()):
            return number
    raise Unreadable("Write a date such as Oct 14, 2026 or 10/14/2026.")


def day_text(day: date) -> str:
    """Oct 14, 2026."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def weekday_text(day: date) -> str:
    """Wed, Oct 14."""
    return f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}"


def time_from(text: str) -> time:
    """"9", "9:30", "930", "2p", "2:15 PM" or "14:15"; without a.m. or p.m. the hours a practice is open."""
    match = CLOCK.fullmatch(text.strip())
    if match is None:
        raise Unreadable("Write a time such as 9:00 AM.")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise Unreadable("Write a time such as 9:00 AM.")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 0 < hour < MORNING_STARTS and not match[1].startswith("0"):
        hour += 12
    if hour > 23 or minute > 59:
        raise Unreadable("Write a time such as 9:00 AM.")
    return time(hour, minute)


def time_text(at: time | datetime) -> str:
    """9:00 AM."""
    return f"{_clock(at)} {_half(at)}"


def time_span_text(start: time | datetime, end: time | datetime) -> str:
    """9:00 – 9:50 AM; both halves of the day are named when they differ."""
    first = _clock(start) if _half(start) == _half(end) else time_text(start)
    return f"{first} – {time_text(end)}"


def _clock(at: time | datetime) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02d}"


def _half(at: time | datetime) -> str:
    return "AM" if at.hour < 12 else "PM"
