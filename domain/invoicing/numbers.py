"""Numbers without gaps: taken from a counter row inside the transaction that uses them, given back if it fails."""

from __future__ import annotations

from datetime import date

from storage.models import Counter


class CounterMovedError(Exception):
    """Another process took numbers in the same moment; this transaction is rolled back."""


async def invoice_numbers(count: int, on: date) -> list[str]:
    """The next invoice numbers of the year, YYYY-NNNN."""
    first = await take(f"invoice-{on.year}", count)
    return [f"{on.year}-{number:04}" for number in range(first, first + count)]


async def account_numbers(count: int, on: date) -> list[str]:
    """The next account numbers for claims (CMS-1500 box 26, fourteen characters), told apart from invoices by a C.

    Without a hyphen, since the form is filled without them and payers send back what was printed.
    """
    first = await take(f"claim-{on.year}", count)
    return [f"C{on.year}{number:05}" for number in range(first, first + count)]


async def take(name: str, count: int) -> int:
    """Move a counter on by `count`; returns the first number taken."""
    if count == 0:
        return 0
    counter, _ = await Counter.get_or_create(name=name, defaults={"reached": 0})
    moved = await Counter.filter(name=name, reached=counter.reached).update(reached=counter.reached + count)
    if moved != 1:
        raise CounterMovedError
    return int(counter.reached) + 1
