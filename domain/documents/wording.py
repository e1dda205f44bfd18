"""Money, dates and phone numbers as they stand on paper, the same on every machine."""

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def money(cents: int) -> str:
    """$1,635.00, or -$30.00."""
    dollars, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}${dollars:,}.{rest:02}"


def day(on: date) -> str:
    """Oct 14, 2026, whatever the machine's language."""
    return f"{MONTHS[on.month - 1]} {on.day}, {on.year}"


def days(first: date, last: date) -> str:
    """A range, its year said once where that is enough."""
    if first == last:
        return day(first)
    start = f"{MONTHS[first.month - 1]} {first.day}" if first.year == last.year else day(first)
    return f"{start} – {day(last)}"


def with_credentials(name: str, credentials: str) -> str:
    """Ana Ruiz, LCSW."""
    return f"{name}, {credentials}" if credentials else name


def numbers(name: str, *known: tuple[str, str]) -> str:
    """A name with the numbers it is known by: Ana Ruiz · NPI 1972530248."""
    return "  ·  ".join(part for part in (name, *(f"{label} {value}" for label, value in known if value)) if part)


def how_to_pay(legal_name: str, pay_to: tuple[str, ...]) -> str:
    """To whom a check is made out and sent; the sentence goes on."""
    where = f", {', '.join(pay_to)}" if pay_to else ""
    return f"Please make checks payable to {legal_name}{where}"
