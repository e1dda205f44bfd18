"""Makes claims that follow others: rejected ones sent again, decided ones replaced or voided, the second payer billed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tortoise.exceptions import IntegrityError

from domain import access
from domain.access import SignedIn
from domain.claim_life.records import (
    REPLACES,
    VOIDS,
    Content,
    content_of,
    record_anew,
    refuse_faults,
    replacing,
    void_record,
)
from domain.claims.life import How, State
from domain.documents.claim_record import ClaimRecord
from domain.documents.records import claim_from_json, to_json
from domain.errors import FieldRefused, NotFound, PracticeError
from domain.invoicing.numbers import account_numbers
from domain.reading.claim_life import ClaimLife, lives_of
from storage.ids import new_ids
from storage.models import Batch, Claim, ClaimFollow, ClaimLine, ClaimSending, Policy
from storage.transactions import one_transaction

DECIDED: frozenset[State] = frozenset({"paid", "denied", "forwarded", "reversed", "appealed", "reopening"})
WORDS: dict[How, str] = {
    "resent": "made a rejected claim anew", "replacement": "made a replacement of a claim",
    "void": "made a void of a claim", "secondary": "billed the second payer",
}


class NotNow(PracticeError):
    """What is asked for does not fit to where the claim stands."""

    sentence = "{why} Nothing was made; look at the claim again."


class FollowedAlready(PracticeError):
    """Somebody else, or an earlier tap, made it."""

    sentence = "Another claim follows this one already, or its sessions stand on another claim. Nothing was made; look at the list again."


@dataclass(frozen=True, slots=True)
class Made:
    """The claim that was made, its number, and its batch, which is still to be drawn."""

    claim_id: int
    number: str
    batch_id: int


async def resend(claim_id: int, *, by: SignedIn, on: date, now: datetime) -> Made:
    """A rejected claim as an original (frequency 1) under a new number, from what is on record now.

    Nobody has adjudicated a rejected claim, so the payer knows nothing that could be replaced. Raises NotNow,
    FollowedAlready, StillToMend.
    """
    async with one_transaction():
        life = await _life(claim_id, by, on)
        if life.state != "rejected":
            raise NotNow(why="Only a claim that was rejected is sent again as an original.")
        return await make_anew(life, "resent", by=by, on=on, now=now)


async def replace_claim(claim_id: int, *, by: SignedIn, on: date, now: datetime) -> Made:
    """A replacement (7) with all lines and the payer's number. Raises NotNow, FollowedAlready, StillToMend."""
    async with one_transaction():
        life = await _life(claim_id, by, on)
        _refuse_undecided(life)
        return await make_anew(life, "replacement", by=by, on=on, now=now)


async def void_at_payer(claim_id: int, *, by: SignedIn, on: date, now: datetime) -> Made:
    """A void (8) of a decided claim as it was sent. Raises NotNow, FollowedAlready."""
    async with one_transaction():
        life = await _life(claim_id, by, on)
        _refuse_undecided(life)
        return await make_anew(life, "void", by=by, on=on, now=now)


async def bill_secondary(claim_id: int, *, by: SignedIn, on: date, now: datetime) -> Made:
    """The second payer's claim, with what the first decided. Raises NotNow, FollowedAlready, NotDecided, StillToMend."""
    async with one_transaction():
        life = await _life(claim_id, by, on)
        if any(step.state == "forwarded" for step in life.course.steps):
            raise NotNow(why="The first payer forwarded this claim to the second one itself.")
        if life.second_policy_id is None:
            raise NotNow(why="No share of this claim waits for a second policy.")
        return await make_anew(life, "secondary", by=by, on=on, now=now)


async def _life(claim_id: int, by: SignedIn, on: date) -> ClaimLife:
    await access.require(by)
    found = await lives_of([claim_id], on=on)
    if claim_id not in found:
        raise NotFound(what="This insurance form")
    return found[claim_id]


def _refuse_undecided(life: ClaimLife) -> None:
    """What a payer has not decided has no number to be replaced or voided by."""
    if life.no_corrections:
        raise NotNow(why=f"{life.payer_name} takes no replacements or voids: ask for a reopening and note it here.")
    if life.state not in DECIDED:
        raise NotNow(why="Only a claim that the payer has decided on is replaced or voided.")
    if not life.payer_number:
        raise NotNow(why="The payer's own number of this claim is not known yet: its remittance has it.")


async def make_anew(life: ClaimLife, how: How, *, by: SignedIn, on: date, now: datetime, batch_id: int | None = None) -> Made:
    """Inside a transaction: the record, its lines in place of the earlier ones, and who follows whom."""
    claim: Any = await Claim.get(id=life.id)
    policy_id = life.second_policy_id if how == "secondary" and life.second_policy_id else life.policy_id
    content = await content_of(life.id, policy_id)
    if how != "void":
        refuse_faults(content, on=on)
    [number] = await account_numbers(1, on)
    record = await _record(claim, life, content, how, number, on)
    batch = batch_id or (await Batch.create(made_at=now, made_by_id=by.staff_id)).id
    try:
        made = await _keep(claim, record, content, policy_id, batch, how, on)
        await ClaimFollow.create(claim_id=made, earlier_id=life.id, how=how, made_at=now, made_by_id=by.staff_id)
    except IntegrityError as lost:
        raise FollowedAlready from lost
    async with one_transaction() as changes:
        await access.audit(by, WORDS[how], "claim", [life.id, made], at=now)
        changes.add("claim", [life.id, made])
        changes.add("batch", [batch])
    return Made(made, number, batch)


async def _record(claim: Any, life: ClaimLife, content: Content, how: How, number: str, on: date) -> ClaimRecord:
    """A rejected replacement or void, sent again, still is one of the same claim at the payer."""
    frozen = claim_from_json(claim.record)
    reference = frozen.original_reference if how == "resent" else life.payer_number
    if how == "void" or (how == "resent" and frozen.resubmission_code == VOIDS):
        return void_record(frozen, number, reference, on=on)
    record = await record_anew(frozen, content, number, second=how == "secondary", on=on)
    again = how == "resent" and frozen.resubmission_code == REPLACES
    return replacing(record, reference) if how == "replacement" or again else record


async def _keep(claim: Any, record: ClaimRecord, content: Content, policy_id: int, batch_id: int, how: How, on: date) -> int:
    """The claim with its lines; they take the place of the earlier ones, except on the second payer's claim."""
    policy: Any = await Policy.get(id=policy_id)
    [key] = await new_ids(Claim, 1)
    await Claim.bulk_create([Claim(
        id=key, account_number=record.account_number, batch_id=batch_id, client_id=claim.client_id, policy_id=policy_id,
        payer_id=policy.payer_id, issued_on=on, total_cents=record.total_cents, record=to_json(record))])
    if how != "secondary":
        await ClaimLine.filter(claim_id=claim.id).update(live=False)
    await ClaimLine.bulk_create([
        ClaimLine(claim_id=key, session_id=session, charge_line_id=line, position=position, charge_cents=cents, rank=policy.rank)
        for position, (session, line, cents) in enumerate(content.lines, 1)])
    return key


async def take_back_follower(claim_id: int, *, reason: str, by: SignedIn, now: datetime) -> None:
    """Undo a claim that follows another and has not gone out: it is void, and the earlier one stands as before.

    Raises FieldRefused without a reason, NotNow once it was sent or followed itself, NotFound.
    """
    if not reason.strip():
        raise FieldRefused(at="reason", sentence="Say why it is taken back: it stays on record with your name.")
    async with one_transaction() as changes:
        await access.require(by)
        follow: Any = await ClaimFollow.get_or_none(claim_id=claim_id, live=True)
        if follow is None:
            raise NotFound(what="This insurance form, as one that follows another,")
        if await ClaimSending.filter(claim_id=claim_id, live=True).exists():
            raise NotNow(why="It was sent. If it never went out, take back the mark first.")
        if await ClaimFollow.filter(earlier_id=claim_id, live=True).exists():
            raise NotNow(why="Another claim follows it. Take that one back first.")
        await let_go(follow, reason=reason.strip(), by=by, now=now)
        await access.audit(by, "took back a claim that followed another", "claim", [claim_id], at=now, reason=reason.strip())
        changes.add("claim", [claim_id, follow.earlier_id])


async def let_go(follow: Any, *, reason: str, by: SignedIn, now: datetime) -> None:
    """Inside a transaction: the one is void, the lines of the other are live again."""
    claim: Any = await Claim.get(id=follow.claim_id)
    await ClaimFollow.filter(id=follow.id).update(live=False)
    await Claim.filter(id=claim.id).update(voided_at=now, voided_by_id=by.staff_id, void_reason=reason)
    await ClaimLine.filter(claim_id=claim.id).update(live=False)
    if follow.how != "secondary":
        await ClaimLine.filter(claim_id=follow.earlier_id).update(live=True)
    if not await Claim.filter(batch_id=claim.batch_id, voided_at=None).exists():
        await Batch.filter(id=claim.batch_id).update(voided_at=now)


