"""Taking back: what reverses an entry together with all that stands on it, so that the books stay whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from domain.ledger.entries import LINKS, Account, AlreadyUndone, Entry, Item, allocation, items
from storage import open_items as reading
from storage.models import LedgerEntry

KEPT = ("id", "kind", "client_id", "payer_id", "policy_id", "cents", "applies_to_id", "payment_id", "posted_with_id", *LINKS)


async def reversal(entry_ids: Collection[int], *, on: date, reason: str) -> list[Entry]:
    """Entries that take these back: payments let go of what they paid, what was written off or moved comes back first.

    Raises AlreadyUndone when one of them is taken back already.
    """
    if await LedgerEntry.filter(reverses_id__in=list(entry_ids)).exists():
        raise AlreadyUndone
    going = await _with_what_stands_on(entry_ids)
    let_go = await releases([key for key, row in going.items() if row["applies_to_id"] is None], on=on)
    about = {item.id: item for item in await items(id={row["applies_to_id"] or key for key, row in going.items()})}
    return let_go + [_back(row, about[row["applies_to_id"] or key], on, reason) for key, row in going.items()]


async def releases(item_ids: Collection[int], *, on: date) -> list[Entry]:
    """Payments that paid these items, or are these items, have their money back unapplied."""
    if not item_ids:
        return []
    payments = [item.payment_id for item in await items(id=item_ids) if item.kind == "payment" and item.payment_id]
    paid = set(await reading.paid_by(applies_to_id=item_ids)) | (
        set(await reading.paid_by(payment_id=payments)) if payments else set())
    return await released(paid, on=on)


async def released(paid: Iterable[tuple[int, int, int]], *, on: date) -> list[Entry]:
    """The entries by which (payment, item, cents) let go of each other."""
    pairs = sorted(paid)
    if not pairs:
        return []
    of = {item.id: item for item in await items(id={item for _, item, _ in pairs})}
    payments = {item.payment_id: item for item in await items(payment_id={payment for payment, _, _ in pairs})
                if item.kind == "payment"}
    return [entry for payment, item, cents in pairs for entry in allocation(payments[payment], of[item], cents, on=on)]


def _back(row: dict[str, Any], about: Item, on: date, reason: str) -> Entry:
    account = Account(row["client_id"], row["payer_id"], row["policy_id"])
    return Entry(kind="reversal", account=account, cents=-row["cents"], effective_on=on, applies_to=about,
                 reverses=row["id"], payment_id=row["payment_id"], reason=reason, **{name: row[name] for name in LINKS})


async def _with_what_stands_on(entry_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The entries, what was written off or moved from them, and where it was moved to; not what is back already."""
    found: dict[int, dict[str, Any]] = {}
    looking = set(entry_ids)
    while looking:
        rows = await _live(id__in=list(looking))
        found |= {row["id"]: row for row in rows}
        on_them = await _live(applies_to_id__in=[row["id"] for row in rows if row["applies_to_id"] is None],
                              kind__in=["adjustment", "transfer"])
        moved = [row for row in (*rows, *on_them) if row["kind"] == "transfer"]
        looking = ({row["id"] for row in on_them} | await _other_ends(moved)) - set(found)
    return found


async def _live(**which: Any) -> list[dict[str, Any]]:
    rows = await LedgerEntry.filter(**which).order_by("id").values(*KEPT)
    back = set(await LedgerEntry.filter(reverses_id__in=[row["id"] for row in rows]).values_list("reverses_id", flat=True))
    return [row for row in rows if row["id"] not in back]


async def _other_ends(moved: Collection[dict[str, Any]]) -> set[int]:
    """Where moved money went, or came from: posted together, of the same line, with the other sign."""
    if not moved:
        return set()
    posted = await _live(posted_with_id__in=[row["posted_with_id"] for row in moved], kind="transfer")
    return {other["id"] for row in moved for other in posted if _ends(row) == _ends(other | {"cents": -other["cents"]})}


def _ends(row: dict[str, Any]) -> tuple[Any, ...]:
    """Not by document: what stood on an invoice moves to where a claim is named."""
    return tuple(row[name] for name in ("posted_with_id", "cents", "session_id", "charge_line_id"))
