"""Client sessions: made by hand, edited, held, and removed (which unlocks the appointment)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tortoise.expressions import F

from domain import access
from domain.access import SignedIn
from domain.errors import AlreadyInvoiced, ChangedMeanwhile, FieldRefused, MoneyTaken, NotFound, Refused
from domain.ledger.at_session import follow_sessions
from domain.ledger.for_visits import only_at_sessions
from storage.models import Attendance, ChargeLine, ClaimLine, ClientSession, InvoiceLine, Practice, SessionPayment
from storage.transactions import one_transaction
from storage.versions import keep_at_version

METHODS = {"cash": "Cash", "card": "Card", "check": "Check", "transfer": "Transfer"}
MOST_LINES, MOST_MODIFIERS, MOST_POINTERS = 6, 4, 4  # CMS-1500 boxes 24, 24D and 24E


@dataclass(slots=True)
class LineDraft:
    """A charge line being edited. Fee in cents a unit; modifiers and pointers without separators' spaces."""

    code: str = ""
    description: str = ""
    units: int = 1
    modifiers: str = ""
    fee_cents: int = 0
    pointers: str = ""
    client_only: bool = False
    billing_code_id: int | None = None


@dataclass(slots=True)
class PaymentDraft:
    """Money taken at the session."""

    received_on: date
    method: str = "card"
    cents: int = 0


@dataclass(slots=True, kw_only=True)
class SessionDraft:
    """A session being edited; `id` 0 is a new one, `version` what it was read at. Instants in UTC."""

    id: int = 0
    version: int = 0
    client_id: int | None = None
    provider_id: int | None = None
    location_id: int | None = None
    service_code_id: int | None = None
    starts_at: datetime
    ends_at: datetime
    held_as: str = "in_person"
    client_at_home: bool = True
    place_of_service: str = "11"
    bill_to: str = "automatic"
    authorization_number: str = ""
    note: str = ""
    held_reason: str = ""
    lines: list[LineDraft] = field(default_factory=list)
    payments: list[PaymentDraft] = field(default_factory=list)
    from_appointment: bool = False
    invoiced: bool = False


def checked(draft: SessionDraft) -> None:
    """Refuse what could not be billed, each field with what to do. Raises Refused."""
    wrong: dict[str, str] = {}
    if not draft.client_id:
        wrong["client_id"] = "Choose the client this session is for."
    if not draft.provider_id:
        wrong["provider_id"] = "Choose the provider who saw the client."
    if draft.ends_at <= draft.starts_at:
        wrong["ends_at"] = "Set an end that is after the start."
    if len(draft.place_of_service) != 2 or not draft.place_of_service.isdigit():
        wrong["place_of_service"] = "Type the two digits of the place of service, for example 11."
    if not draft.lines:
        wrong["lines"] = "Add at least one billing code."
    if len(draft.lines) > MOST_LINES:
        wrong["lines"] = f"A claim form holds {MOST_LINES} lines. Split this session in two."
    for number, line in enumerate(draft.lines):
        wrong |= {f"lines.{number}.{name}": sentence for name, sentence in _wrong_line(line).items()}
    for number, payment in enumerate(draft.payments):
        if payment.cents <= 0:
            wrong[f"payments.{number}.cents"] = "Type an amount above zero, or remove the payment."
        if payment.method not in METHODS:
            wrong[f"payments.{number}.method"] = "Choose how it was paid."
    if wrong:
        raise Refused(wrong)


def _wrong_line(line: LineDraft) -> dict[str, str]:
    wrong = {}
    modifiers = [part for part in line.modifiers.split(",") if part]
    if not line.code.strip():
        wrong["code"] = "Choose a billing code."
    if line.units < 1:
        wrong["units"] = "Units start at 1."
    if line.fee_cents < 0:
        wrong["fee_cents"] = "A fee cannot be below zero."
    if len(modifiers) > MOST_MODIFIERS or any(len(part) != 2 or not part.isalnum() for part in modifiers):
        wrong["modifiers"] = "Up to four modifiers of two letters or digits, for example 95, HO."
    letters = line.pointers.upper()
    if len(letters) > MOST_POINTERS or len(set(letters)) != len(letters) or any(p not in "ABCDEFGHIJKL" for p in letters):
        wrong["pointers"] = "Up to four different letters from A to L, for example AB."
    return wrong


async def keep_session(draft: SessionDraft, *, by: SignedIn, now: datetime) -> int:
    """Keep a session with its lines and payments; returns its number.

    Raises Refused by field, AlreadyInvoiced, NotFound, or ChangedMeanwhile when someone else kept it first.
    """
    checked(draft)
    async with one_transaction() as changes:
        await access.require(by)
        zone = ZoneInfo((await Practice.get(id=1)).time_zone)
        values = _values(draft) | {"day": draft.starts_at.astimezone(zone).date(), "saved_at": now}
        if draft.id:
            await _keep_edit(draft, values)
            session_id = draft.id
        else:
            session = await ClientSession.create(
                **values, codes_from="by_hand", made_at=now, made_by_id=by.staff_id, status="ready")
            session_id = session.id
        await _keep_parts(draft, session_id)
        await follow_sessions([session_id], by=by, now=now)
        await access.audit(by, "edited a session" if draft.id else "added a session", "session", [session_id], at=now)
        changes.add("session", [session_id])
    return session_id


def _values(draft: SessionDraft) -> dict[str, Any]:
    same = ("client_id", "provider_id", "location_id", "service_code_id", "starts_at", "ends_at", "held_as",
            "client_at_home", "place_of_service", "bill_to", "authorization_number", "note")
    return {name: getattr(draft, name) for name in same}


async def _keep_edit(draft: SessionDraft, values: dict[str, object]) -> None:
    session = await ClientSession.get_or_none(id=draft.id, undone_at=None)
    if session is None:
        raise NotFound(what=f"Session {draft.id}")
    if session.status == "invoiced":
        raise AlreadyInvoiced(session=draft.id, document=await document_of(draft.id))
    if session.attendance_id and session.client_id != draft.client_id:  # type: ignore[attr-defined]
        raise FieldRefused(at="client_id", sentence="The client comes from the appointment. Remove this session first.")
    if not await keep_at_version(ClientSession, draft.id, draft.version, **values):
        raise ChangedMeanwhile(what=f"Session {draft.id}")


async def _keep_parts(draft: SessionDraft, session_id: int) -> None:
    """Lines and payments as the draft has them. Lines of a void document keep their row, since it names them."""
    kept = await ChargeLine.filter(session_id=session_id).order_by("position")
    for position, line in enumerate(draft.lines, 1):
        values: dict[str, Any] = {
            "billing_code_id": line.billing_code_id, "code": line.code.strip(), "description": line.description.strip(),
            "units": line.units, "modifiers": line.modifiers.upper(), "fee_cents": line.fee_cents,
            "pointers": line.pointers.upper(), "client_only": line.client_only,
        }
        if position <= len(kept):
            await ChargeLine.filter(id=kept[position - 1].id).update(**values)
        else:
            await ChargeLine.create(session_id=session_id, position=position, **values)
    for spare in kept[len(draft.lines):]:
        await _drop_line(spare)
    await _keep_payments(session_id, draft.payments)


async def _keep_payments(session_id: int, drafts: Collection[PaymentDraft]) -> None:
    """What was taken, as the draft has it; rows that say the same stay as they are."""
    wanted = Counter((one.received_on, one.method, one.cents) for one in drafts)
    for row in await SessionPayment.filter(session_id=session_id).order_by("id"):
        told = (row.received_on, row.method, row.cents)
        if wanted[told]:
            wanted[told] -= 1
        else:
            await row.delete()
    await SessionPayment.bulk_create([
        SessionPayment(session_id=session_id, received_on=day, method=method, cents=cents)
        for day, method, cents in wanted.elements()
    ])


async def _drop_line(line: ChargeLine) -> None:
    named = await InvoiceLine.filter(charge_line_id=line.id).exists() or await ClaimLine.filter(
        charge_line_id=line.id).exists()
    if named:
        sentence = "This line stands on a voided document and cannot be removed. Set its fee to 0.00 instead."
        raise FieldRefused(at="lines", sentence=sentence)
    await line.delete()


async def document_of(session_id: int) -> str:
    """What an invoiced session stands on, as people call it: "invoice 2026-0311" or "claim 1047"."""
    invoice = await InvoiceLine.filter(session_id=session_id, live=True).select_related("invoice").first()
    if invoice:
        return f"invoice {invoice.invoice.number}"
    claim = await ClaimLine.filter(session_id=session_id, live=True).select_related("claim").first()
    return f"claim {claim.claim.account_number}" if claim else "a document"


async def remove_sessions(session_ids: Collection[int], *, reason: str, by: SignedIn, now: datetime) -> int:
    """Undo sessions that are not invoiced: their appointments are unlocked. Returns how many were removed.

    The rows stay, marked as undone. Raises FieldRefused without a reason; AlreadyInvoiced or MoneyTaken for the first one
    that stands on a live document or holds a payment, which would be asked for again when the visit is sent anew. What
    was taken on the calendar is held for the visit again.
    """
    ids = list(session_ids)
    if not reason.strip():
        raise FieldRefused(at="reason", sentence="Say why it is removed: it stays on record with your name.")
    async with one_transaction() as changes:
        await access.require(by)
        invoiced = await ClientSession.filter(id__in=ids, status="invoiced", undone_at=None).first()
        if invoiced:
            raise AlreadyInvoiced(session=invoiced.id, document=await document_of(invoiced.id))
        if taken := await only_at_sessions(ids):
            session, cents = taken[0]
            raise MoneyTaken(session=session, cents=f"${cents // 100:,}.{cents % 100:02}")
        going = await ClientSession.filter(id__in=ids, undone_at=None).values_list("id", "attendance_id")
        await ClientSession.filter(id__in=ids, undone_at=None).exclude(status="invoiced").update(undone_at=now)
        appointments = await Attendance.filter(id__in=[a for _, a in going if a]).values_list("appointment_id", flat=True)
        await access.audit(by, "removed sessions", "session", [s for s, _ in going], at=now, reason=reason.strip())
        changes.add("session", [s for s, _ in going])
        changes.add("appointment", appointments)  # type: ignore[arg-type]
    return len(going)


async def hold(session_ids: Collection[int], reason: str, *, by: SignedIn, now: datetime) -> list[int]:
    """Keep ready sessions out of invoicing until someone releases them; returns those that are held now.

    What was invoiced or removed meanwhile is passed over. Raises FieldRefused without a reason, ChangedMeanwhile when
    none is left.
    """
    if not reason.strip():
        raise FieldRefused(at="held_reason", sentence="Say why it is held, so that others know what it waits for.")
    return await _set_status(session_ids, "ready", "held", reason.strip(), by=by, now=now)


async def release(session_ids: Collection[int], *, by: SignedIn, now: datetime) -> list[int]:
    """Let held sessions be invoiced again; returns those that are ready now. Raises ChangedMeanwhile when none is left."""
    return await _set_status(session_ids, "held", "ready", "", by=by, now=now)


async def _set_status(
    session_ids: Collection[int], before: str, after: str, reason: str, *, by: SignedIn, now: datetime
) -> list[int]:
    ids = list(session_ids)
    async with one_transaction() as changes:
        await access.require(by)
        theirs = ClientSession.filter(id__in=ids, status=before, undone_at=None)
        found: list[int] = list(await theirs.values_list("id", flat=True))  # type: ignore[arg-type]
        count = await theirs.update(status=after, held_reason=reason, version=F("version") + 1)
        if not found or count != len(found):
            raise ChangedMeanwhile(what=f"Session {ids[0]}" if len(ids) == 1 else "A session")
        act = f"{after} a session" if len(found) == 1 else f"{after} sessions"
        await access.audit(by, act, "session", found, at=now, reason=reason)
        changes.add("session", found)
    return found
