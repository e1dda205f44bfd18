"""Balances brought forward from an earlier program, by hand or from a list: posted once, and taken back whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain import access
from domain.access import SignedIn
from domain.errors import FieldRefused, NotFound, Refused
from domain.ledger.adjusting import undo_posting
from domain.ledger.entries import Account, Entry, post, practice_day
from domain.ledger.payments import dollars, lock_account, take_back_payment
from storage.models import Client, OpeningBalance, Payer, Payment
from storage.transactions import one_transaction

OWED, CREDIT = "Balance brought forward", "Credit brought forward"
HIGHEST_CENTS = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtForward:
    """What stands on a client's account, or an insurer's for the client, at the end of a day; plus is owed."""

    client_id: int
    payer_id: int | None = None
    as_of: date
    cents: int

    @property
    def key(self) -> tuple[int, int | None, date]:
        """An account and day have one."""
        return self.client_id, self.payer_id, self.as_of


async def bring_forward(
    client_id: int, cents: int | None, *, payer_id: int | None, as_of: date | None, by: SignedIn, now: datetime
) -> int:
    """One balance, by hand. Returns its id. Raises Refused by field, NotFound."""
    wrong = {}
    if not cents or abs(cents) > HIGHEST_CENTS:
        wrong["cents"] = f"Type an amount up to {dollars(HIGHEST_CENTS)}; a credit of the client with a minus."
    if as_of is None:
        wrong["as_of"] = "Type the day of this balance."
    elif as_of > await practice_day(now):
        wrong["as_of"] = "This day is still ahead."
    if wrong or not cents or as_of is None:
        raise Refused(wrong)
    row = BroughtForward(client_id=client_id, payer_id=payer_id, as_of=as_of, cents=cents)
    async with one_transaction():
        if (there := (await standing([row])).get(row.key)) is not None:
            raise FieldRefused(at="as_of", sentence=f"{dollars(abs(there))} is brought forward of this day already. Take that back first.")
        [made] = await bring_all_forward([row], by=by, now=now)
    return made


async def standing(rows: Collection[BroughtForward]) -> dict[tuple[int, int | None, date], int]:
    """What is brought forward already for these accounts and days: cents by key."""
    clients = {row.client_id for row in rows}
    found = await OpeningBalance.filter(client_id__in=list(clients), taken_back_at=None).values_list(
        "client_id", "payer_id", "as_of", "cents")
    return {(client, payer, day): cents for client, payer, day, cents in found}


async def bring_all_forward(rows: Sequence[BroughtForward], *, by: SignedIn, now: datetime) -> list[int]:
    """A whole list, all or none, each row an act of its own so that each can be taken back alone. Returns the ids.

    Raises NotFound for a client or payer that is gone, IntegrityError for an account and day that has one already.
    """
    async with one_transaction() as changes:
        await access.require(by)
        await _refuse_unknown(rows)
        made = [await _posted(row, by, now) for row in rows]
        await access.audit(by, "brought balances forward", "client", sorted({row.client_id for row in rows}), at=now)
        changes.add("opening_balance", made)
    return made


async def _refuse_unknown(rows: Collection[BroughtForward]) -> None:
    clients, payers = {row.client_id for row in rows}, {row.payer_id for row in rows if row.payer_id}
    if await Client.filter(id__in=list(clients), merged_into_id=None).count() != len(clients):
        raise NotFound(what="A client of this list")
    if await Payer.filter(id__in=list(payers)).count() != len(payers):
        raise NotFound(what="A payer of this list")


async def _posted(row: BroughtForward, by: SignedIn, now: datetime) -> int:
    await lock_account(row.client_id)
    account = Account(row.client_id, row.payer_id)
    payment = await _credit(row, account, by, now) if row.cents < 0 else None
    entry = Entry(
        kind="payment" if payment else "charge", account=account, cents=row.cents, effective_on=row.as_of,
        payment_id=payment.id if payment else None, reason="" if payment else OWED)
    [entry_id] = await post([entry], by=by, now=now)
    kept = await OpeningBalance.create(
        client_id=row.client_id, payer_id=row.payer_id, as_of=row.as_of, cents=row.cents, entry_id=entry_id,
        payment_id=payment.id if payment else None, made_at=now, made_by_id=by.staff_id)
    return int(kept.id)


async def _credit(row: BroughtForward, account: Account, by: SignedIn, now: datetime) -> Payment:
    """A credit is money that has paid nothing yet, as a payment is."""
    return await Payment.create(
        kind="payment", party=account.party, client_id=row.client_id, payer_id=row.payer_id, received_on=row.as_of,
        method="transfer", cents=-row.cents, note=CREDIT, made_at=now, made_by_id=by.staff_id)


async def take_back(ids: Collection[int], *, reason: str, by: SignedIn, now: datetime) -> int:
    """Undo balances brought forward, all or none; what was paid of them is unapplied again. Returns how many were.

    Those that were taken back one by one before are passed over. Raises FieldRefused without a reason.
    """
    if not reason.strip():
        raise FieldRefused(at="reason", sentence="Say why it is taken back: it stays on record with your name.")
    async with one_transaction() as changes:
        await access.require(by)
        rows = await OpeningBalance.filter(id__in=list(ids), taken_back_at=None).order_by("id").values("id", "entry_id", "payment_id")
        for row in rows:
            if row["payment_id"]:
                await take_back_payment(row["payment_id"], reason=reason, by=by, now=now)
            else:
                await undo_posting(row["entry_id"], reason=reason, by=by, now=now)
        changes.add("opening_balance", [row["id"] for row in rows])
    return len(rows)

