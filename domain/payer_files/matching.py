"""Matching by hand: a person says which claim of ours one of a payment's answers; it posts once, and is undone alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tortoise.exceptions import IntegrityError

from domain import access
from domain.access import SignedIn
from domain.claims.x12.line_matching import NOTHING_BY_HAND, match
from domain.claims.x12.posting import ClaimDecision, decide_claim
from domain.claims.x12.remitted import RemittedClaim, RemittedLine, RemittedPayment
from domain.errors import FieldRefused, NotFound, PracticeError
from domain.ledger.entries import AlreadyUndone, Entry, Item, allocation, items, post, practice_day
from domain.ledger.reversing import reversal
from domain.payer_files.allowed import keep_allowed
from domain.payer_files.books import claim_entries
from domain.payer_files.contents import remitted_payment
from domain.payer_files.known import OwnClaim, own_claims
from domain.payer_files.posting import entry_rows, event_of, still_there, write_offs
from storage import open_items as reading
from storage.models import (
    AllowedAmount,
    Claim,
    ClaimEvent,
    LedgerEntry,
    RemittanceEntry,
    RemittanceMatch,
    RemittancePayment,
)
from storage.transactions import one_transaction


class AlreadyMatched(PracticeError):
    """Somebody else matched it first."""

    sentence = "Somebody else matched this one just now. Nothing was posted; look at the payment again."


class NotPosted(PracticeError):
    """Only money that is in the books can be given to a claim."""

    sentence = "This payment is not posted (any more). Nothing was changed."


class NothingMatches(PracticeError):
    """The chosen claim has no charge that any of the payer's lines could be."""

    sentence = "None of the payer's lines is one of this claim's charges. Choose the charge of each line below."
    field = "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMatch:
    """What a payer says of a claim that found none of ours, or of the lines of one that found no charge.

    `lines` are the positions of those lines; `claim_id` is the claim of ours that the answer names, if it does.
    """

    remittance_id: int
    position: int
    claim: RemittedClaim
    claim_id: int | None
    lines: tuple[int, ...]

    @property
    def told_lines(self) -> tuple[RemittedLine, ...]:
        """The lines that wait."""
        return tuple(self.claim.lines[at] for at in self.lines)


async def to_match(remittance_id: int, position: int, *, seen_by: SignedIn) -> ToMatch:
    """What a person has to see before matching. Raises NotFound, NotPosted, AlreadyMatched when it is done."""
    await access.require(seen_by)
    return await _waiting(*await _payment(remittance_id), position)


async def _payment(remittance_id: int) -> tuple[RemittancePayment, RemittedPayment]:
    row = await RemittancePayment.get_or_none(id=remittance_id)
    if row is None:
        raise NotFound(what="This payment")
    if row.state != "posted":
        raise NotPosted
    return row, await remitted_payment(row)


async def _waiting(row: RemittancePayment, payment: RemittedPayment, position: int) -> ToMatch:
    """One of the payment's claims, with the lines that no charge was found for."""
    here = RemittanceEntry.filter(remittance_id=row.id, position=position)
    if await here.filter(by_hand=True).exists() or not await here.filter(charge_line_id__isnull=True).exists():
        raise AlreadyMatched
    claim = payment.claims[position]
    named = (await own_claims([claim.control_number])).get(claim.control_number)
    lines = tuple(_loose(claim, named))
    return ToMatch(remittance_id=row.id, position=position, claim=claim, claim_id=named.id if named else None, lines=lines)


def _loose(claim: RemittedClaim, named: OwnClaim | None) -> list[int]:
    """The lines that find no charge by themselves, by position."""
    found = match(claim.lines, named.known.lines) if named else [None] * len(claim.lines)
    return [at for at, ours in enumerate(found) if ours is None]


async def match_claim(
    remittance_id: int, position: int, claim_id: int, *, lines: Mapping[int, int] = NOTHING_BY_HAND, by: SignedIn, now: datetime,
) -> None:
    """Post what the payer decided to a claim of ours; `lines` says the charge (id) of a payer's line (position).

    Raises NotFound, NotPosted, AlreadyMatched, NothingMatches, or Overdrawn when the books have no room for it.
    """
    row, payment = await _payment(remittance_id)
    async with one_transaction() as changes:
        await access.require(by)
        waits = await _waiting(row, payment, position)
        own = await _own(claim_id)
        decided = decide_claim(_alone(waits), own.known, write_offs=await write_offs(), by_hand=_by_place(waits, lines))
        if all(entry.line is None for entry in decided.entries):
            raise NothingMatches
        try:
            made = await RemittanceMatch.create(remittance_id=row.id, position=position, claim_id=claim_id, made_at=now,
                                                made_by_id=by.staff_id)
        except IntegrityError as lost:
            raise AlreadyMatched from lost
        entries = await claim_entries(decided, own, await _money(row), on=await practice_day(now))
        ids = await post(entries, by=by, now=now)
        await RemittanceMatch.filter(id=made.id).update(first_entry_id=ids[0] if ids else None)
        await _told_anew(row, position, decided, own, now=now)
        await access.audit(by, "matched a payment by hand", "claim", [claim_id], at=now)
        changes.add("payer_file", [row.file_id])  # type: ignore[attr-defined]
        changes.add("claim", [claim_id])


async def _own(claim_id: int) -> OwnClaim:
    claim = await Claim.get_or_none(id=claim_id)
    if claim is None:
        raise NotFound(what="This claim")
    return (await own_claims([claim.account_number]))[claim.account_number]


def _alone(waits: ToMatch) -> RemittedClaim:
    """The answer without the lines that found their charges when the payment was posted."""
    if len(waits.lines) == len(waits.claim.lines):
        return waits.claim
    told = waits.told_lines
    return replace(waits.claim, lines=told, adjustments=(), charge_cents=sum(line.charge_cents for line in told),
                   paid_cents=sum(line.paid_cents for line in told))


def _by_place(waits: ToMatch, lines: Mapping[int, int]) -> dict[int, int]:
    return {place: lines[at] for place, at in enumerate(waits.lines) if at in lines}


async def _money(row: Any) -> Item | None:
    """The payment's own item: what of it is unapplied pays now."""
    found = await items(payment_id=[row.payment_id]) if row.payment_id else []
    return next((item for item in found if item.kind == "payment"), None)


async def _told_anew(row: RemittancePayment, position: int, decided: ClaimDecision, own: OwnClaim, *, now: datetime) -> None:
    """What waited for a claim stands at the claim now, and the claim has news."""
    await RemittanceEntry.filter(remittance_id=row.id, position=position, charge_line_id__isnull=True).delete()
    await RemittanceEntry.bulk_create(entry_rows(row.id, position, decided, own, by_hand=True))
    await keep_allowed(row.id, [decided], {decided.claim.control_number: own.id})
    await event_of(decided, own.id, row.id, row.paid_on, file_id=row.file_id, now=now).save()  # type: ignore[attr-defined]


async def undo_match(match_id: int, *, reason: str, by: SignedIn, now: datetime) -> None:
    """The money is unapplied again and waits for a claim. Raises FieldRefused without a reason, AlreadyUndone, NotFound."""
    if not reason.strip():
        raise FieldRefused(at="reason", sentence="Say why it is taken back: it stays on record with your name.")
    made: Any = await RemittanceMatch.get_or_none(id=match_id)
    if made is None:
        raise NotFound(what="This match")
    row, payment = await _payment(made.remittance_id)
    async with one_transaction() as changes:
        await access.require(by)
        if not await RemittanceMatch.filter(id=match_id, undone_at=None).update(undone_at=now, reason=reason.strip()):
            raise AlreadyUndone
        on = await practice_day(now)
        if made.first_entry_id:
            back = await _let_go(made.first_entry_id, row, on=on)
            await post(back + await reversal(await still_there(made.first_entry_id), on=on, reason=reason.strip()), by=by, now=now)
        await _waits_again(row, payment.claims[made.position], made)
        await access.audit(by, "took back a match", "claim", [made.claim_id], at=now, reason=reason.strip())
        changes.add("payer_file", [row.file_id])  # type: ignore[attr-defined]
        changes.add("claim", [made.claim_id])


async def _let_go(first_entry: int, row: Any, *, on: date) -> list[Entry]:
    """The payment's money comes back from what the match gave it to, as far as it is still there."""
    gave: dict[int, int] = {}
    for item, cents in await LedgerEntry.filter(
            posted_with_id=first_entry, kind="allocation", payment_id=row.payment_id).values_list("applies_to_id", "cents"):
        gave[int(str(item))] = gave.get(int(str(item)), 0) + cents
    stands = {item: cents for _, item, cents in await reading.paid_by(payment_id=[row.payment_id])} if row.payment_id else {}
    found = {item.id: item for item in await items(id=gave)} if gave else {}
    money = await _money(row)
    return [entry for key, cents in sorted(gave.items()) if money and key != money.id and cents * stands.get(key, 0) > 0
            for entry in allocation(money, found[key], min(cents, stands[key], key=abs), on=on)]


async def _waits_again(row: RemittancePayment, claim: RemittedClaim, made: Any) -> None:
    """The answer is told as it was before the match: at the claim that it names, or at none."""
    by_hand = RemittanceEntry.filter(remittance_id=row.id, position=made.position, by_hand=True)
    lines = [int(str(line)) for line in await by_hand.values_list("charge_line_id", flat=True) if line]
    await AllowedAmount.filter(remittance_id=row.id, claim_id=made.claim_id, charge_line_id__in=lines).delete()
    await by_hand.delete()
    named = (await own_claims([claim.control_number])).get(claim.control_number)
    waits = ToMatch(remittance_id=row.id, position=made.position, claim=claim, claim_id=None, lines=tuple(_loose(claim, named)))
    await RemittanceEntry.bulk_create(entry_rows(row.id, made.position, decide_claim(_alone(waits), None), named))
    await ClaimEvent.filter(remittance_id=row.id, claim_id=made.claim_id, noted_at=made.made_at).delete()
