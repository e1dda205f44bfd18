"""The books' one way in: entries are posted together, in balance, and no item is ever paid more than it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from tortoise.exceptions import IntegrityError

from domain import access
from domain.access import SignedIn
from domain.errors import PracticeError
from storage import open_items as reading
from storage.ids import new_ids
from storage.models import LedgerEntry, Practice
from storage.transactions import one_transaction

Kind = Literal["charge", "payment", "adjustment", "transfer", "allocation", "reversal"]
LINKS = ("session_id", "charge_line_id", "invoice_id", "claim_id")


class Overdrawn(PracticeError):
    """An item would be paid, written off or moved beyond what is open of it."""

    sentence = "Less is open than that: somebody else may have paid or changed it just now. Nothing was saved. Look again."
    field = "parts"


class AlreadyUndone(PracticeError):
    """Somebody else took it back first."""

    sentence = "It is taken back already. Nothing was changed."


class OutOfBalanceError(ValueError):
    """A program's mistake: money that is moved must arrive."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account: the client's own (no payer), an insurer's for a client by a policy, or a payer's own."""

    client_id: int | None = None
    payer_id: int | None = None
    policy_id: int | None = None

    @property
    def party(self) -> Literal["client", "insurer"]:
        """Who owes."""
        return "client" if self.payer_id is None else "insurer"


@dataclass(slots=True, kw_only=True, eq=False)
class Entry:
    """A line about to be posted. Plus is owed to the practice; `applies_to` is the item it pays or changes."""

    kind: Kind
    account: Account
    cents: int
    effective_on: date
    applies_to: Entry | Item | None = None
    reverses: int | None = None
    session_id: int | None = None
    charge_line_id: int | None = None
    invoice_id: int | None = None
    claim_id: int | None = None
    payment_id: int | None = None
    reason: str = ""
    id: int = 0  # given by `post`


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of the books with what is open of it: of a charge above zero, of a payment below."""

    id: int
    kind: Kind
    account: Account
    cents: int
    open_cents: int
    effective_on: date
    session_id: int | None = None
    charge_line_id: int | None = None
    invoice_id: int | None = None
    claim_id: int | None = None
    payment_id: int | None = None
    reason: str = ""


async def items(**among: Iterable[int]) -> list[Item]:
    """Items by id, session, invoice, claim or payment, also closed ones: `items(session_id=[…])`."""
    return [_item(row) for row in await reading.items(**{name: list(ids) for name, ids in among.items()})]


async def open_items(**among: Iterable[int]) -> list[Item]:
    """What is open, oldest first: `open_items(client_id=[7])`; without a choice, of the whole practice."""
    return [_item(row) for row in await reading.open_items(**{name: list(ids) for name, ids in among.items()})]


def _item(row: dict[str, object]) -> Item:
    account = Account(row.pop("client_id"), row.pop("payer_id"), row.pop("policy_id"))  # type: ignore[arg-type]
    return Item(account=account, **row)  # type: ignore[arg-type]


def applied(kind: Kind, to: Entry | Item, cents: int, *, on: date, payment_id: int | None = None, reason: str = "") -> Entry:
    """An entry that pays or changes an item: on its account, with its session and documents."""
    links = {name: getattr(to, name) for name in LINKS}
    return Entry(kind=kind, account=to.account, cents=cents, effective_on=on, applies_to=to, payment_id=payment_id,
                 reason=reason, **links)


def allocation(payment: Entry | Item, to: Entry | Item, cents: int, *, on: date) -> list[Entry]:
    """A payment's cents go to an item; below zero they come back."""
    paid_by = payment.payment_id
    return [applied("allocation", payment, cents, on=on, payment_id=paid_by),
            applied("allocation", to, -cents, on=on, payment_id=paid_by)]


async def post(entries: Sequence[Entry], *, by: SignedIn, now: datetime) -> list[int]:
    """Add entries to the books, all or none; an entry may apply to one before it. Returns their ids.

    Raises Overdrawn, AlreadyUndone; OutOfBalanceError for allocations and transfers that do not add up to nothing.
    """
    if not entries:
        return []
    if sum(entry.cents for entry in entries if entry.kind in {"allocation", "transfer"}):
        raise OutOfBalanceError
    async with one_transaction() as changes:
        await access.require(by)
        for entry, key in zip(entries, await new_ids(LedgerEntry, len(entries)), strict=True):
            entry.id = key
        try:
            await LedgerEntry.bulk_create([_row(entry, entries[0].id, by, now) for entry in entries])
        except IntegrityError as refused:
            if "reverse" in str(refused):
                raise AlreadyUndone from refused
            raise
        await _refuse_overdrawn(entries)
        changes.add("account", {one.account.client_id for one in entries if one.account.client_id})
        changes.add("payer_account", {one.account.payer_id for one in entries if one.account.payer_id})
        changes.add("invoice", {one.invoice_id for one in entries if one.invoice_id})
        changes.add("claim", {one.claim_id for one in entries if one.claim_id})
    return [entry.id for entry in entries]


def _row(entry: Entry, first: int, by: SignedIn, now: datetime) -> LedgerEntry:
    same = ("id", "kind", "cents", "effective_on", *LINKS, "payment_id", "reason")
    account = entry.account
    return LedgerEntry(
        **{name: getattr(entry, name) for name in same}, party=account.party, client_id=account.client_id,
        payer_id=account.payer_id, policy_id=account.policy_id, reverses_id=entry.reverses,
        applies_to_id=entry.applies_to.id if entry.applies_to else None, posted_with_id=first, made_at=now,
        made_by_id=by.staff_id,
    )


async def _refuse_overdrawn(entries: Sequence[Entry]) -> None:
    """What is open of a charge never goes below zero, nor above what it is; of a payment the other way round.

    What an insurer kept back or added for itself makes its payment worth more or less than the money that came.
    """
    touched = {entry.applies_to.id for entry in entries if entry.applies_to}
    worth = await reading.adjusted(touched) if touched else {}
    for item in await items(id=touched) if touched else ():
        more = worth.get(item.id, 0) if item.kind == "payment" else 0
        low, high = min(item.cents, item.cents + more, 0), max(item.cents, item.cents + more, 0)
        if not low <= item.open_cents <= high:
            raise Overdrawn


async def practice_day(now: datetime) -> date:
    """The practice's day of a moment."""
    return now.astimezone(ZoneInfo((await Practice.get(id=1)).time_zone)).date()
