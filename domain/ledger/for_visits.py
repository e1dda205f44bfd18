"""Money that is held for visits: taken on the calendar, and shown at the session once that is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from storage.models import ClientSession, LedgerEntry, Payment, SessionPayment

Paid = tuple[date, str, int]  # received on, method, cents


async def taken_at_visits(attendance_ids: Collection[int]) -> list[Payment]:
    """Payments taken at these visits and not taken back, the first first."""
    rows = await Payment.filter(attendance_id__in=list(attendance_ids)).order_by("received_on", "id") if attendance_ids else []
    back = set(await LedgerEntry.filter(
        payment_id__in=[row.id for row in rows], kind="reversal", reverses__kind="payment",
    ).values_list("payment_id", flat=True)) if rows else set()
    return [row for row in rows if row.id not in back]


async def show_at_sessions(made: Mapping[int, int], client_of: Mapping[int, int]) -> None:
    """Sessions just made show what was taken at their visits (`made`: session by attendance)."""
    await SessionPayment.bulk_create([
        SessionPayment(session_id=made[row.attendance_id], received_on=row.received_on, method=row.method, cents=row.cents)  # type: ignore[attr-defined]
        for row in await taken_at_visits(made)
        if row.client_id == client_of[row.attendance_id]  # type: ignore[attr-defined]
    ])


async def only_at_sessions(session_ids: Collection[int]) -> list[tuple[int, int]]:
    """(session, cents) of what was taken at these sessions themselves: no visit holds it once they are removed."""
    shown: dict[int, Counter[Paid]] = {}
    for session, *paid in await SessionPayment.filter(
        session_id__in=list(session_ids), session__undone_at=None
    ).order_by("session_id", "id").values_list("session_id", "received_on", "method", "cents"):
        shown.setdefault(session, Counter())[_paid(paid)] += 1
    visits = dict(await ClientSession.filter(id__in=list(shown), attendance_id__isnull=False).values_list("attendance_id", "id"))
    for row in await taken_at_visits(visits):
        shown[visits[row.attendance_id]][row.received_on, row.method, row.cents] -= 1  # type: ignore[attr-defined]
    return [(session, cents) for session, counted in shown.items() for (_, _, cents), left in counted.items() if left > 0]


def _paid(row: Iterable[object]) -> Paid:
    day, method, cents = row
    return day, method, cents  # type: ignore[return-value]
