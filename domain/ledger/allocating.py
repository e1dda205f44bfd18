"""Which payment pays which item: oldest first, or as a person says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ledger.entries import Entry, Item, allocation


@dataclass(slots=True)
class Left:
    """Money that can still pay, or an item that can still be paid; `cents` is what is left, never below zero."""

    of: Entry | Item
    cents: int


def left_of(items: Iterable[Item]) -> list[Left]:
    """What is open of items, in their order."""
    return [Left(item, abs(item.open_cents)) for item in items if item.open_cents]


def allocated(payments: Sequence[Left], owed: Sequence[Left], *, on: date) -> list[Entry]:
    """Each payment pays in turn what is still open, the first first; both are used up as far as they go."""
    entries: list[Entry] = []
    for payment in payments:
        for item in owed:
            cents = min(payment.cents, item.cents)
            if cents:
                payment.cents -= cents
                item.cents -= cents
                entries += allocation(payment.of, item.of, cents, on=on)
    return entries


def oldest_first(owed: Sequence[Item], cents: int) -> dict[int, int]:
    """How an amount falls on items in their order: cents by item; what is over is left out."""
    parts: dict[int, int] = {}
    for item in owed:
        if part := min(item.open_cents, cents):
            parts[item.id] = part
            cents -= part
    return parts


def by_hand(owed: Sequence[Item], parts: Mapping[int, int]) -> list[Left]:
    """The items that a person gave money to, with what each is to get."""
    return [Left(item, parts[item.id]) for item in owed if parts.get(item.id)]
