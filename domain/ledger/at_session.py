"""Money taken at a session is in the books from the day it was taken, held for that session until it is invoiced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime

from domain.access import SignedIn
from domain.ledger.entries import Account, Entry, items, post, practice_day
from domain.ledger.reversing import reversal
from storage.ids import new_ids
from storage.models import ClientSession, LedgerEntry, Payment, SessionPayment
from storage.transactions import one_transaction

Taken = tuple[int, int, date, str, int]  # session, client, received on, method, cents
EDITED = "The session's payments were edited"


async def follow_sessions(session_ids: Collection[int], *, by: SignedIn, now: datetime) -> None:
    """Post payments that sessions show and the books do not, and take back those that sessions show no more."""
    async with one_transaction():
        shown = await _shown(session_ids)
        booked = await _booked(session_ids)
        gone = [key for taken, keys in booked.items() for key in keys[shown[taken]:]]
        new = [taken for taken, count in shown.items() for _ in range(count - len(booked.get(taken, ())))]
        if gone:
            charges = [item.id for item in await items(payment_id=gone) if item.kind == "payment"]
            await post(await reversal(charges, on=await practice_day(now), reason=EDITED), by=by, now=now)
        if new:
            await _post_taken(new, by=by, now=now)


async def _shown(session_ids: Collection[int]) -> Counter[Taken]:
    rows = await SessionPayment.filter(session_id__in=list(session_ids), session__undone_at=None).order_by(
        "received_on", "id").values_list("session_id", "session__client_id", "received_on", "method", "cents")
    return Counter(rows)


async def _booked(session_ids: Collection[int]) -> dict[Taken, list[int]]:
    """The payments in the books of live sessions, what was taken back left out."""
    rows = await payments_of_sessions(session_ids)
    back = set(await LedgerEntry.filter(
        payment_id__in=[row[0] for row in rows], kind="reversal", reverses__kind="payment"
    ).values_list("payment_id", flat=True)) if rows else set()
    found: dict[Taken, list[int]] = {}
    for key, *taken in rows:
        if key not in back:  # type: ignore[comparison-overlap]
            found.setdefault(tuple(taken), []).append(key)  # type: ignore[arg-type]
    return found


async def payments_of_sessions(session_ids: Collection[int]) -> list[tuple[int, int, int, date, str, int]]:
    """(payment, session, client, received on, method, cents) taken at these live sessions, or on the calendar before."""
    names = ("client_id", "received_on", "method", "cents")
    own = await Payment.filter(session_id__in=list(session_ids), session__undone_at=None).order_by("id").values_list(
        "id", "session_id", *names)
    sent = ClientSession.filter(id__in=list(session_ids), undone_at=None, attendance_id__isnull=False)
    visits = {visit: (session, client) for visit, session, client in await sent.values_list("attendance_id", "id", "client_id")}
    before = await Payment.filter(attendance_id__in=list(visits)).order_by("id").values_list(
        "id", "attendance_id", *names) if visits else []
    at_visits = [
        (key, visits[visit][0], client, *paid) for key, visit, client, *paid in before if client == visits[visit][1]]
    return [*own, *at_visits]


async def _post_taken(new: Collection[Taken], *, by: SignedIn, now: datetime) -> None:
    ids = await new_ids(Payment, len(new))
    both = list(zip(ids, new, strict=True))
    await Payment.bulk_create([
        Payment(id=key, session_id=session, client_id=client, received_on=day, method=method, cents=cents, made_at=now,
                made_by_id=by.staff_id)
        for key, (session, client, day, method, cents) in both
    ])
    await post([
        Entry(kind="payment", account=Account(client), cents=-cents, effective_on=day, payment_id=key)
        for key, (_, client, day, _, cents) in both
    ], by=by, now=now)
