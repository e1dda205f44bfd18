"""Taking money on the calendar, before a visit is sent or after."""

from __future__ import annotations

from datetime import datetime

from domain.access import SignedIn
from domain.errors import FieldRefused, NotFound
from domain.ledger.entries import open_items
from domain.ledger.payments import ReceivedDraft, record_payment
from storage.models import Attendance, ClientSession, SessionPayment
from storage.transactions import one_transaction


async def take_at_visit(attendance_id: int, draft: ReceivedDraft, *, by: SignedIn, now: datetime) -> int:
    """Take a client's payment at a visit. Returns the payment.

    A visit that is invoiced already has its charges paid, oldest first; what is over is the client's credit. Raises
    Refused by field, NotFound, FieldRefused for someone who is never billed, AlreadyPosted for a second tap.
    """
    async with one_transaction() as changes:
        visit = await Attendance.get_or_none(id=attendance_id)
        if visit is None:
            raise NotFound(what="This appointment")
        if visit.participant:
            raise FieldRefused(at="", sentence="This person comes along and is not billed. Take it for the client.")
        draft.client_id, draft.payer_id = visit.client_id, None
        session = await ClientSession.get_or_none(attendance_id=attendance_id, undone_at=None)
        invoiced = session is not None and session.status == "invoiced"
        if session is not None and invoiced:
            draft.pays, draft.parts = "by_hand", await _of_session(session.id, visit.client_id, draft.cents or 0)
        else:
            draft.pays, draft.attendance_id = "nothing", attendance_id
        payment_id = await record_payment(draft, by=by, now=now)
        if session is not None and not invoiced:
            await SessionPayment.create(session_id=session.id, received_on=draft.received_on, method=draft.method, cents=draft.cents)
            changes.add("session", [session.id])
        changes.add("appointment", [visit.appointment_id])
    return payment_id


async def _of_session(session_id: int, client_id: int, cents: int) -> dict[int, int]:
    """How an amount falls on what the client still owes of a session."""
    parts: dict[int, int] = {}
    for item in await open_items(client_id=[client_id]):
        if item.session_id == session_id and item.account.payer_id is None and item.open_cents > 0 and cents > 0:
            parts[item.id] = min(item.open_cents, cents)
            cents -= parts[item.id]
    return parts
