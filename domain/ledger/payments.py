"""Money received of clients and insurers, what it pays, and money given back; each can be taken back again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from tortoise.exceptions import IntegrityError

from domain import access
from domain.access import SignedIn
from domain.client_sessions import METHODS
from domain.errors import FieldRefused, NotFound, PracticeError, Refused
from domain.ledger.allocating import Left, allocated, by_hand, left_of
from domain.ledger.by_insurer import refuse_posted_by_insurer
from domain.ledger.entries import Account, Entry, Item, Overdrawn, open_items, post, practice_day
from domain.ledger.reversing import released, reversal
from storage import open_items as reading
from storage.models import (
    Attendance,
    Client,
    ClientSession,
    LedgerEntry,
    OpeningBalance,
    Payer,
    Payment,
    SessionPayment,
)
from storage.transactions import one_transaction

Pays = Literal["oldest", "by_hand", "nothing"]
LONGEST_NOTE = 300


class AlreadyPosted(PracticeError):
    """The same payment was read or tapped a second time."""

    sentence = "This payment is in the books already. Nothing was changed."


@dataclass(slots=True, kw_only=True)
class ReceivedDraft:
    """A payment being typed: of a client, or of an insurer for this client. `parts`: cents by item, paid by hand."""

    client_id: int
    payer_id: int | None = None
    received_on: date | None
    method: str = "check"
    cents: int | None = None
    reference: str = ""
    note: str = ""
    pays: Pays = "oldest"
    parts: dict[int, int] = field(default_factory=dict)
    attendance_id: int | None = None  # a visit that it is held for
    once: str | None = None  # a token of the open form: a second tap posts nothing

    @property
    def account(self) -> Account:
        """Whose account it is received on."""
        return Account(self.client_id, self.payer_id)


def checked(draft: ReceivedDraft, *, on: date) -> None:
    """Refuse what could not be booked, each field with what to do. Raises Refused."""
    wrong = wrong_with_money(draft.received_on, draft.method, draft.cents, on=on)
    if draft.pays == "by_hand" and draft.cents and (over := sum(draft.parts.values()) - draft.cents) > 0:
        wrong["parts"] = f"The items below come to {dollars(over)} more than the payment. Lower one of them."
    if any(cents < 0 for cents in draft.parts.values()):
        wrong["parts"] = "An item cannot be paid less than nothing."
    if len(draft.note) > LONGEST_NOTE:
        wrong["note"] = f"Use at most {LONGEST_NOTE} characters."
    if wrong:
        raise Refused(wrong)


def wrong_with_money(received_on: date | None, method: str, cents: int | None, *, on: date) -> dict[str, str]:
    """What any money needs: an amount, a day that is not ahead, and how it was paid."""
    wrong = {}
    if not cents or cents < 0:
        wrong["cents"] = "Type an amount above zero."
    if received_on is None:
        wrong["received_on"] = "Type the day."
    elif received_on > on:
        wrong["received_on"] = "This day is still ahead. Book it on the day the money is there."
    if method not in METHODS:
        wrong["method"] = "Choose how it was paid."
    return wrong


def dollars(cents: int) -> str:
    """For sentences."""
    return f"${cents // 100:,}.{cents % 100:02}"


async def record_payment(draft: ReceivedDraft, *, by: SignedIn, now: datetime) -> int:
    """Book a payment and let it pay; what it does not pay is unapplied. Returns the payment's id.

    Raises Refused by field, NotFound, Overdrawn when somebody else paid an item meanwhile, AlreadyPosted.
    """
    on = await practice_day(now)
    checked(draft, on=on)
    async with one_transaction() as changes:
        await access.require(by)
        await lock_account(draft.client_id)
        if draft.payer_id and not await Payer.exists(id=draft.payer_id):
            raise NotFound(what="This payer")
        payment_id = await _keep_payment(draft, "payment", by=by, now=now)
        entry = Entry(kind="payment", account=draft.account, cents=-(draft.cents or 0), effective_on=draft.received_on or on,
                      payment_id=payment_id)
        paid = await _paid_of(draft, entry, on=on)
        await post([entry, *paid], by=by, now=now)
        await access.audit(by, "recorded a payment", "payment", [payment_id], at=now)
        changes.add("payment", [payment_id])
    return payment_id


async def lock_account(client_id: int) -> None:
    """One act at a time on a client's account. Raises NotFound."""
    if await Client.filter(id=client_id).select_for_update().first() is None:
        raise NotFound(what="This client")


async def _keep_payment(draft: ReceivedDraft, kind: str, *, by: SignedIn, now: datetime) -> int:
    values: dict[str, Any] = {"client_id": draft.client_id, "payer_id": draft.payer_id, "received_on": draft.received_on,
              "method": draft.method, "cents": draft.cents, "reference": draft.reference.strip(),
              "note": draft.note.strip(), "once": draft.once, "attendance_id": draft.attendance_id}
    try:
        kept = await Payment.create(kind=kind, party=draft.account.party, made_at=now, made_by_id=by.staff_id, **values)
    except IntegrityError as refused:
        if "once" in str(refused):
            raise AlreadyPosted from refused
        raise
    return int(kept.id)


async def _paid_of(draft: ReceivedDraft, payment: Entry, *, on: date) -> list[Entry]:
    if draft.pays == "nothing":
        return []
    owed = await owed_on(draft.account)
    if draft.pays == "oldest":
        return allocated([Left(payment, draft.cents or 0)], left_of(owed), on=on)
    return allocated([Left(payment, draft.cents or 0)], chosen(owed, draft.parts), on=on)


def chosen(owed: Collection[Item], parts: Mapping[int, int]) -> list[Left]:
    """The items given money by hand. Raises Overdrawn for what is no longer open so far."""
    open_ = {item.id: item.open_cents for item in owed}
    if any(cents > open_.get(key, 0) for key, cents in parts.items()):
        raise Overdrawn
    return by_hand(list(owed), parts)


async def owed_on(account: Account) -> list[Item]:
    """What is open on an account for this client, oldest first: charges, and money given back too early."""
    return [item for item in await _open_of(account) if item.open_cents > 0]


async def unapplied_on(account: Account) -> list[Item]:
    """Payments with money left, oldest first; what was taken at a session waits for that session's invoice."""
    left = [item for item in await _open_of(account) if item.open_cents < 0]
    held = await held_payments([item.payment_id for item in left if item.payment_id])
    return [item for item in left if item.payment_id not in held]


async def _open_of(account: Account) -> list[Item]:
    return [item for item in await open_items(client_id=[account.client_id or 0])
            if item.account.payer_id == account.payer_id]


async def held_payments(payment_ids: Collection[int]) -> set[int]:
    """Which of these payments were taken at a session that is not invoiced yet."""
    if not payment_ids:
        return set()
    waiting = ClientSession.filter(undone_at=None).exclude(status="invoiced")
    rows = await Payment.filter(id__in=list(payment_ids), session_id__isnull=False).values_list("id", "session_id")
    live = set(await waiting.filter(id__in=[session for _, session in rows]).values_list("id", flat=True))
    return {key for key, session in rows if session in live} | await _held_for_visits(payment_ids)


async def _held_for_visits(payment_ids: Collection[int]) -> set[int]:
    """Taken at a visit that may still be sent, or is sent and not invoiced; a canceled one holds nothing."""
    rows = await Payment.filter(id__in=list(payment_ids), attendance_id__isnull=False).values_list(
        "id", "attendance_id", "attendance__status")
    sent = dict(await ClientSession.filter(
        attendance_id__in=[visit for _, visit, _ in rows], undone_at=None).values_list("attendance_id", "status"))
    return {key for key, visit, status in rows if (sent[visit] != "invoiced" if visit in sent else status != "canceled")}


async def _no_longer_held(used: Collection[Item]) -> None:
    """Money of a canceled visit that pays something else is that visit's no more, should it be booked again."""
    ids = [item.payment_id for item in used if item.payment_id]
    rows = await Payment.filter(id__in=ids, attendance_id__isnull=False).values_list("id", "attendance_id") if ids else []
    sent = set(await ClientSession.filter(
        attendance_id__in=[visit for _, visit in rows], undone_at=None).values_list("attendance_id", flat=True))
    await Payment.filter(id__in=[key for key, visit in rows if visit not in sent]).update(attendance_id=None)


async def apply_unapplied(account: Account, *, by: SignedIn, now: datetime) -> int:
    """Let money that has paid nothing yet pay what is open, oldest first. Returns the cents that found something."""
    async with one_transaction():
        await access.require(by)
        await lock_account(account.client_id or 0)
        money, owed = await unapplied_on(account), await owed_on(account)
        entries = allocated(left_of(money), left_of(owed), on=await practice_day(now))
        await post(entries, by=by, now=now)
        await _no_longer_held(money)
        await access.audit(by, "applied payments", "client", [account.client_id or 0], at=now)
    return sum(entry.cents for entry in entries if entry.cents > 0)


async def unapply(payment_id: int, *, by: SignedIn, now: datetime) -> None:
    """A payment lets go of everything it paid and is unapplied again."""
    async with one_transaction():
        await access.require(by)
        paid = await reading.paid_by(payment_id=[payment_id])
        if not paid:
            raise FieldRefused(at="", sentence="This payment pays nothing at the moment. Nothing was changed.")
        entry: Any = await LedgerEntry.get(payment_id=payment_id, kind="payment")
        await refuse_posted_by_insurer(entry.posted_with_id)
        await post(await released(paid, on=await practice_day(now)), by=by, now=now)
        await access.audit(by, "unapplied a payment", "payment", [payment_id], at=now)


async def take_back_payment(payment_id: int, *, reason: str, by: SignedIn, now: datetime) -> None:
    """Undo a payment or refund: what it paid is open again.

    Raises FieldRefused without a reason, AlreadyUndone, PostedByInsurer for the money of a remittance.
    """
    if not reason.strip():
        raise FieldRefused(at="reason", sentence="Say why it is taken back: it stays on record with your name.")
    async with one_transaction() as changes:
        await access.require(by)
        payment = await Payment.get_or_none(id=payment_id)
        entry = await LedgerEntry.get_or_none(payment_id=payment_id, kind="payment")
        if payment is None or entry is None:
            raise NotFound(what="This payment")
        await refuse_posted_by_insurer(entry.posted_with_id)  # type: ignore[attr-defined]
        await post(await reversal([entry.id], on=await practice_day(now), reason=reason.strip()), by=by, now=now)
        changes.add("session", await _no_longer_at_session(payment))
        changes.add("appointment", await _appointment_of(payment))
        await no_longer_brought_forward([entry.id], now=now)
        await access.audit(by, "took back a payment", "payment", [payment_id], at=now, reason=reason.strip())
        changes.add("payment", [payment_id])


async def no_longer_brought_forward(entry_ids: Collection[int], *, now: datetime) -> None:
    """An opening balance that was taken back may be brought forward anew."""
    await OpeningBalance.filter(entry_id__in=list(entry_ids), taken_back_at=None).update(taken_back_at=now)


async def _appointment_of(payment: Payment) -> list[int]:
    """Where it was taken on the calendar."""
    visit = await Attendance.get_or_none(id=payment.attendance_id or 0)  # type: ignore[attr-defined]
    return [visit.appointment_id] if visit else []


async def _no_longer_at_session(payment: Payment) -> list[int]:
    """The session that it was taken at shows it no more."""
    session_id: int | None = payment.session_id  # type: ignore[attr-defined]
    if visit := payment.attendance_id:  # type: ignore[attr-defined]
        session = await ClientSession.get_or_none(attendance_id=visit, undone_at=None)
        session_id = session.id if session else None
    same = {"received_on": payment.received_on, "method": payment.method, "cents": payment.cents}
    row = await SessionPayment.filter(session_id=session_id or 0, **same).first()
    if row is not None:
        await row.delete()
    return [session_id] if session_id else []


async def refund(draft: ReceivedDraft, *, by: SignedIn, now: datetime) -> int:
    """Give back money that has paid nothing. Returns the refund's id. Raises Refused."""
    on = await practice_day(now)
    checked(draft, on=on)
    async with one_transaction() as changes:
        await access.require(by)
        await lock_account(draft.client_id)
        money = await unapplied_on(draft.account)
        free = -sum(item.open_cents for item in money)
        if (draft.cents or 0) > free:
            raise Refused({"cents": f"Only {dollars(free)} has paid nothing and can be given back."})
        payment_id = await _keep_payment(draft, "refund", by=by, now=now)
        entry = Entry(kind="payment", account=draft.account, cents=draft.cents or 0, effective_on=draft.received_on or on,
                      payment_id=payment_id)
        await post([entry, *allocated(left_of(money), [Left(entry, entry.cents)], on=on)], by=by, now=now)
        await _no_longer_held(money)
        await access.audit(by, "refunded a payment", "payment", [payment_id], at=now)
        changes.add("payment", [payment_id])
    return payment_id


