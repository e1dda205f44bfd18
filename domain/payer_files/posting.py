"""Posts payments of insurers, each once and alone: held with the reason where it can't be, and undone with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tortoise.queryset import QuerySet

from domain import access
from domain.access import SignedIn
from domain.claims.write_off_list import reasons_in
from domain.claims.x12.balancing import held_because
from domain.claims.x12.known import Entry
from domain.claims.x12.posting import ClaimDecision, PaymentDecision, decide
from domain.claims.x12.remitted import RemittedPayment
from domain.errors import FieldRefused, NotFound, PracticeError
from domain.ledger.entries import AlreadyUndone, post, practice_day
from domain.ledger.payments import AlreadyPosted
from domain.ledger.reversing import reversal
from domain.payer_files.allowed import keep_allowed
from domain.payer_files.books import ledger_entries
from domain.payer_files.known import OwnClaim, own_claims
from storage.models import (
    ClaimEvent,
    LedgerEntry,
    Payer,
    Payment,
    Practice,
    RemittanceEntry,
    RemittanceMatch,
    RemittancePayment,
)
from storage.transactions import one_transaction

BELOW_NOTHING = "Its amount is below zero. Record what you sent back as a refund to the payer."
UNKNOWN_PAYER = "None of its claims is ours, and no payer of this name or id is in Payers. Add the payer, then read the file again."
NO_ROOM = "The books have no room for it: something of these claims was changed by hand. {told}"


class NotPostable(PracticeError):
    """What would be held if it came in a file."""

    sentence = "{reason} Nothing was posted."


class _HeldError(Exception):
    """Rolls a payment back; it is then kept as held with the reason."""


async def post_remittance(payment: RemittedPayment, *, file_id: int, by: SignedIn, now: datetime) -> str:
    """Post one payment. Returns posted, held, or "known" when it is there already."""
    reasons = held_because(payment)
    if reasons:
        return await _hold(payment, " ".join(reasons), file_id=file_id, by=by, now=now)
    try:
        return await _post(payment, file_id=file_id, by=by, now=now)
    except _HeldError as why:
        return await _hold(payment, str(why), file_id=file_id, by=by, now=now)
    except PracticeError as refused:
        return await _hold(payment, NO_ROOM.format(told=refused.told()), file_id=file_id, by=by, now=now)


async def post_or_refuse(payment: RemittedPayment, *, file_id: int, by: SignedIn, now: datetime) -> int:
    """Post one payment that a person typed, inside a transaction: it is refused where a file's would be held."""
    try:
        said = await _post(payment, file_id=file_id, by=by, now=now)
    except _HeldError as why:
        raise NotPostable(reason=str(why)) from why
    if said == "known":
        raise AlreadyPosted
    kept = await RemittancePayment.get(trace_number=payment.trace_number, paid_on=payment.paid_on, cents=payment.cents, state="posted",
                                       payer_key=payment.key.payer)
    return int(kept.id)


async def _hold(payment: RemittedPayment, reason: str, *, file_id: int, by: SignedIn, now: datetime) -> str:
    async with one_transaction() as changes:
        await access.require(by)
        kept, is_new = await _kept(payment, file_id, state="held", reason=reason)
        if not is_new:
            return "known"
        await access.audit(by, "held a payment", "remittance", [kept], at=now)
        changes.add("payer_file", [file_id])
    return "held"


async def _post(payment: RemittedPayment, *, file_id: int, by: SignedIn, now: datetime) -> str:
    async with one_transaction() as changes:
        await access.require(by)
        kept, is_new = await _kept(payment, file_id, state="posted")
        if not is_new and not await RemittancePayment.filter(id=kept, state="held").update(
                state="posted", reason="", file_id=file_id):
            return "known"
        own = await own_claims([claim.control_number for claim in payment.claims])
        decided = decide(payment, {number: one.known for number, one in own.items()}, write_offs=await write_offs())
        await _book(kept, decided, own, file_id=file_id, by=by, now=now)
        await access.audit(by, "posted a remittance", "remittance", [kept], at=now)
        changes.add("payer_file", [file_id])
        changes.add("claim", {one.id for one in own.values()})
    return "posted"


async def _kept(payment: RemittedPayment, file_id: int, *, state: str, reason: str = "") -> tuple[int, bool]:
    """The row of this payment, and whether it is new; the unique index decides when two read it at once."""
    key: dict[str, Any] = {"trace_number": payment.trace_number, "paid_on": payment.paid_on, "cents": payment.cents}
    same = RemittancePayment.filter(**key).exclude(state="undone")
    found = await same.filter(payer_key=payment.key.payer).first() or await _typed_from_paper(same, payment)
    if found is not None:
        return int(found.id), False
    made = await RemittancePayment.create(**key, payer_key=payment.key.payer, file_id=file_id, payer_name=payment.payer.name, state=state, reason=reason)
    return int(made.id), True


async def _typed_from_paper(same: QuerySet[RemittancePayment], payment: RemittedPayment) -> RemittancePayment | None:
    """The same payment under another key of its payer: a sheet does not print how the payer names itself in files."""
    named = await same.filter(payment__payer__name__iexact=payment.payer.name).first()
    if named is None and payment.payer.id:
        named = await same.filter(payment__payer__payer_id=payment.payer.id).first()
    return named


async def _book(
    kept: int, decided: PaymentDecision, own: dict[str, OwnClaim], *, file_id: int, by: SignedIn, now: datetime
) -> None:
    payment = decided.payment
    if payment.cents < 0:
        raise _HeldError(BELOW_NOTHING)
    moves = any(claim.claim.paid_cents for claim in decided.claims) or any(one.cents for one in decided.payer_account)
    payer_id = await _payer(payment, own)
    money = await _money(payment, payer_id, by=by, now=now) if payment.cents or moves else None
    on = await practice_day(now)
    entries = await ledger_entries(decided, own, payment_id=money, payer_id=payer_id, on=on)
    ids = await post(entries, by=by, now=now)
    await RemittancePayment.filter(id=kept).update(payment_id=money, first_entry_id=ids[0] if ids else None)
    await RemittanceEntry.bulk_create([
        row for at, claim in enumerate(decided.claims) for row in entry_rows(kept, at, claim, own.get(claim.claim.control_number))])
    await keep_allowed(kept, decided.claims, {number: one.id for number, one in own.items()})
    await ClaimEvent.bulk_create([
        event_of(claim, own[claim.claim.control_number].id, kept, payment.paid_on, file_id=file_id, now=now)
        for claim in decided.claims if claim.claim.control_number in own and not claim.claim.is_estimate])


async def write_offs() -> tuple[str, ...]:
    """What the practice lets a remittance write off."""
    return reasons_in((await Practice.get(id=1)).write_off_reasons)


async def _payer(payment: RemittedPayment, own: dict[str, OwnClaim]) -> int:
    """Whose account the money stands on: the payer of its claims, else the one with its id or name."""
    if own:
        return next(iter(own.values())).payer_id
    found = None
    if payment.payer.id:
        found = await Payer.filter(payer_id=payment.payer.id).first()
    found = found or await Payer.filter(name__iexact=payment.payer.name).first()
    if found is None:
        raise _HeldError(UNKNOWN_PAYER)
    return int(found.id)


async def _money(payment: RemittedPayment, payer_id: int, *, by: SignedIn, now: datetime) -> int:
    made = await Payment.create(
        kind="payment", party="insurer", payer_id=payer_id, received_on=payment.paid_on, cents=payment.cents,
        method="check" if payment.method == "CHK" else "transfer", reference=payment.trace_number, note="", made_at=now,
        made_by_id=by.staff_id)
    return int(made.id)


def entry_rows(
    kept: int, position: int, claim: ClaimDecision, ours: OwnClaim | None, *, by_hand: bool = False
) -> list[RemittanceEntry]:
    """What is kept of a claim's answer; of a stranger's that pays nothing, that it was there."""
    entries = claim.entries or ((Entry("left out", 0, None),) if ours is None else ())
    return [
        RemittanceEntry(remittance_id=kept, position=position, by_hand=by_hand, claim_id=ours.id if ours else None,
                        charge_line_id=entry.line, claim_number=claim.claim.control_number, kind=entry.kind,
                        reason=entry.reason, remarks=" ".join(entry.remarks), cents=entry.cents)
        for entry in entries
    ]


def event_of(claim: ClaimDecision, claim_id: int, kept: int, on: date, *, file_id: int, now: datetime) -> ClaimEvent:
    """The claim's news."""
    codes = dict.fromkeys(entry.reason for entry in claim.entries if entry.kind == "denial" and entry.reason)
    return ClaimEvent(claim_id=claim_id, file_id=file_id, remittance_id=kept, state=state_after(claim),
                      words=" ".join(claim.notes), code=", ".join(codes), noted_at=now, on_day=on,
                      control_number=claim.claim.payer_control_number)


def state_after(claim: ClaimDecision) -> str:
    """What the payer's answer makes of a claim."""
    if claim.claim.is_reversal:
        return "reversed"
    if claim.claim.is_forwarded:
        return "forwarded"
    settled = claim.of("payment") or claim.of("client share")
    return "denied" if claim.claim.status == "4" or (claim.of("denial") > 0 and not settled) else "paid"


async def undo_remittance(remittance_id: int, *, reason: str, by: SignedIn, now: datetime) -> None:
    """Take back all that a payment posted. Raises FieldRefused without a reason, AlreadyUndone, NotFound."""
    if not reason.strip():
        raise FieldRefused(at="reason", sentence="Say why it is taken back: it stays on record with your name.")
    async with one_transaction() as changes:
        await access.require(by)
        row: Any = await RemittancePayment.get_or_none(id=remittance_id)
        if row is None:
            raise NotFound(what="This payment")
        if not await RemittancePayment.filter(id=remittance_id, state="posted").update(state="undone", reason=reason.strip()):
            raise AlreadyUndone
        matched = RemittanceMatch.filter(remittance_id=remittance_id, undone_at=None)
        acts = [row.first_entry_id, *await matched.values_list("first_entry_id", flat=True)]
        await matched.update(undone_at=now, reason=reason.strip())
        if entries := await still_there(*[int(str(one)) for one in acts if one]):
            await post(await reversal(entries, on=await practice_day(now), reason=reason.strip()), by=by, now=now)
        await access.audit(by, "took back a remittance", "remittance", [remittance_id], at=now, reason=reason.strip())
        changes.add("payer_file", [row.file_id])
        changes.add("claim", [int(str(one)) for one in await RemittanceEntry.filter(
            remittance_id=remittance_id, claim_id__isnull=False).distinct().values_list("claim_id", flat=True)])


async def still_there(*first_entries: int) -> list[int]:
    """The acts' payment, write-offs and moves; what they paid is let go by their reversal."""
    posted = {int(str(key)) for key in await LedgerEntry.filter(
        posted_with_id__in=first_entries, kind__in=["payment", "adjustment", "transfer"]).values_list("id", flat=True)}
    back = {int(str(key)) for key in await LedgerEntry.filter(
        reverses_id__in=list(posted)).values_list("reverses_id", flat=True)}
    return sorted(posted - back)
