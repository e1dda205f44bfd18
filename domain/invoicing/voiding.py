"""Voids invoices and claims: documents that share a session go together, and their sessions become ready again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F, Q

from domain import access
from domain.access import SignedIn
from domain.errors import FieldRefused, NotFound, PracticeError
from domain.ledger.charging import reverse_charges
from domain.ledger.entries import practice_day
from storage.models import (
    Batch,
    Claim,
    ClaimEvent,
    ClaimFollow,
    ClaimLine,
    ClaimNote,
    ClaimSending,
    ClientSession,
    Invoice,
    InvoiceLine,
)
from storage.transactions import one_transaction

NOT_VOID = {"claim__voided_at": None}  # also the lines of a claim that another one follows, which are not live any more


class AlreadyVoid(PracticeError):
    """Somebody else voided it first."""

    sentence = "{what} is void already. Nothing was changed."


class SentAlready(PracticeError):
    """A claim that went out is undone at the payer, not here."""

    sentence = (
        "Insurance form {number} was sent on {day}, so it is not voided here: the payer has it. If it never went out, "
        "take back the mark first; else send a void (8) to the payer, or close it once nothing more comes of it."
    )


@dataclass(frozen=True, slots=True)
class Bound:
    """Live documents that share sessions, and those sessions: voided together."""

    invoices: frozenset[int]
    claims: frozenset[int]
    sessions: frozenset[int]


async def bound_to_invoice(invoice_id: int, *, seen_by: SignedIn) -> Bound:
    """What is voided with an invoice, itself included. To be told before it is done."""
    await access.require(seen_by)
    return await bound({invoice_id}, set())


async def bound_to_claim(claim_id: int, *, seen_by: SignedIn) -> Bound:
    """What is voided with a claim, itself included."""
    await access.require(seen_by)
    return await bound(set(), {claim_id})


async def bound_to_batch(batch_id: int, *, seen_by: SignedIn) -> Bound:
    """All live documents of a batch."""
    await access.require(seen_by)
    return await bound(*await live_in(batch_id))


async def live_in(batch_id: int) -> tuple[set[int], set[int]]:
    """The invoices and claims of a batch that are not void."""
    invoices = await Invoice.filter(batch_id=batch_id, voided_at=None).values_list("id", flat=True)
    claims = await Claim.filter(batch_id=batch_id, voided_at=None).values_list("id", flat=True)
    return _ids(invoices), _ids(claims)


async def bound(invoices: set[int], claims: set[int]) -> Bound:
    """Follow sessions to documents and back until nothing new is found."""
    sessions: set[int] = set()
    while True:
        more = _ids(await InvoiceLine.filter(invoice_id__in=list(invoices), live=True).values_list("session_id", flat=True))
        more |= _ids(await ClaimLine.filter(claim_id__in=list(claims), **NOT_VOID).values_list("session_id", flat=True))
        if more <= sessions:
            return Bound(frozenset(invoices), frozenset(claims), frozenset(sessions))
        sessions |= more
        of = {"session_id__in": list(sessions), "live": True}
        invoices = invoices | _ids(await InvoiceLine.filter(**of).values_list("invoice_id", flat=True))
        on_them = ClaimLine.filter(session_id__in=list(sessions), **NOT_VOID)
        claims = claims | _ids(await on_them.values_list("claim_id", flat=True))


async def void_invoice(invoice_id: int, *, reason: str, by: SignedIn, now: datetime) -> Bound:
    """Void an invoice with all that shares its sessions. Raises AlreadyVoid, NotFound, FieldRefused."""
    async with one_transaction():
        invoice = await Invoice.get_or_none(id=invoice_id)
        if invoice is None:
            raise NotFound(what="This invoice")
        if invoice.voided_at is not None:
            raise AlreadyVoid(what=f"Invoice {invoice.number}")
        return await _void({invoice_id}, set(), "voided an invoice", reason, by=by, now=now)


async def void_claim(claim_id: int, *, reason: str, by: SignedIn, now: datetime) -> Bound:
    """Void a claim with all that shares its sessions. Raises AlreadyVoid, NotFound, FieldRefused."""
    async with one_transaction():
        claim = await Claim.get_or_none(id=claim_id)
        if claim is None:
            raise NotFound(what="This insurance form")
        if claim.voided_at is not None:
            raise AlreadyVoid(what=f"Insurance form {claim.account_number}")
        return await _void(set(), {claim_id}, "voided a claim", reason, by=by, now=now)


async def void_batch(batch_id: int, *, reason: str, by: SignedIn, now: datetime) -> Bound:
    """Void everything that is live of one press of Generate. Raises AlreadyVoid, FieldRefused."""
    async with one_transaction():
        invoices, claims = await live_in(batch_id)
        if not invoices and not claims:
            raise AlreadyVoid(what="All of it")
        return await _void(invoices, claims, "voided a batch", reason, by=by, now=now)


async def _void(
    invoices: set[int], claims: set[int], act: str, reason: str, *, by: SignedIn, now: datetime
) -> Bound:
    """Numbers stay used and PDFs stay stored; only the lines let go of their sessions."""
    if not reason.strip():
        raise FieldRefused(at="reason", sentence="Say why it is voided: it stays on record with your name.")
    async with one_transaction() as changes:
        await access.require(by)
        whole = await bound(invoices, claims)
        await refuse_sent(whole.claims)
        await reverse_charges(whole.sessions, what=_these(whole), reason=reason.strip(), on=await practice_day(now),
                              by=by, now=now)
        told = {"voided_at": now, "voided_by_id": by.staff_id, "void_reason": reason.strip()}
        await Invoice.filter(id__in=list(whole.invoices), voided_at=None).update(**told)
        await Claim.filter(id__in=list(whole.claims), voided_at=None).update(**told)
        await InvoiceLine.filter(invoice_id__in=list(whole.invoices)).update(live=False)
        await ClaimLine.filter(claim_id__in=list(whole.claims)).update(live=False)
        await ClientSession.filter(id__in=list(whole.sessions), status="invoiced").update(
            status="ready", version=F("version") + 1)
        batches = await _close_batches(whole, now)
        await access.audit(by, act, "invoice", sorted(whole.invoices), at=now, reason=reason.strip())
        await access.audit(by, act, "claim", sorted(whole.claims), at=now, reason=reason.strip())
        changes.add("invoice", whole.invoices)
        changes.add("claim", whole.claims)
        changes.add("session", whole.sessions)
        changes.add("batch", batches)
    return whole


async def refuse_sent(claims: Iterable[int]) -> None:
    """Raises SentAlready for the first claim that a payer has and still holds to."""
    sent = ClaimSending.filter(claim_id__in=await _not_released(set(claims)), live=True).order_by("claim_id").first()
    if row := await sent.values("sent_on", number="claim__account_number"):
        raise SentAlready(number=row["number"], day=f"{row['sent_on']:%b} {row['sent_on'].day}")


async def _not_released(claims: set[int]) -> list[int]:
    """Without those that were rejected, closed by hand, or voided at the payer, and the voids themselves."""
    said = ClaimEvent.filter(Q(remittance_id=None) | ~Q(remittance__state="undone"), claim_id__in=list(claims)).order_by("id")
    last = dict(await said.values_list("claim_id", "state"))
    released = {claim for claim, state in last.items() if state == "rejected"}
    released |= _ids(await ClaimNote.filter(claim_id__in=list(claims), kind="closed", undone_at=None).values_list("claim_id", flat=True))
    voids = ClaimFollow.filter(how="void", live=True, claim__sendings__live=True, earlier_id__in=list(claims))
    for pair in await voids.values_list("claim_id", "earlier_id"):
        released |= _ids(pair)
    return sorted(claims - released)


def _these(whole: Bound) -> str:
    return "this document" if len(whole.invoices) + len(whole.claims) == 1 else "these documents"


async def _close_batches(whole: Bound, now: datetime) -> set[int]:
    """A batch of which nothing is left is void itself. Returns the batches touched."""
    touched = _ids(await Invoice.filter(id__in=list(whole.invoices)).values_list("batch_id", flat=True))
    touched |= _ids(await Claim.filter(id__in=list(whole.claims)).values_list("batch_id", flat=True))
    for batch_id in touched:
        if not any(await live_in(batch_id)):
            await Batch.filter(id=batch_id).update(voided_at=now)
    return touched


def _ids(found: Iterable[object]) -> set[int]:
    return {int(str(one)) for one in found}
