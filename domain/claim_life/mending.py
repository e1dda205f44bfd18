"""Mends one denial and its siblings in one act: the payer's rule, the sessions not yet billed, and the claims; undone as one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tortoise.expressions import F
from tortoise.transactions import in_transaction

from domain import access
from domain.access import SignedIn
from domain.claim_life.following import NotNow, let_go, make_anew
from domain.claim_life.siblings import Fault, Sibling, fault_of
from domain.claims.to_fix import Checking
from domain.errors import FieldRefused, NotFound, PracticeError
from domain.invoicing.gathering import gathered
from domain.invoicing.printing import unprintable_for
from domain.reading.claim_life import lives_of
from storage.models import Batch, ChargeLine, Claim, ClaimFollow, ClaimMending, ClaimSending, ClientSession, Payer
from storage.transactions import one_transaction


class NothingToMend(PracticeError):
    """Every line of the payer's claims is as the rule would have it."""

    sentence = "No line of {payer} would change. Choose what the payer wants instead; nothing was changed."


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that carries the fault and was not mended, with the reason."""

    number: str
    client_name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What one tap did. `ready` and `still_to_fix` are the sessions that were judged anew."""

    mending_id: int
    batch_id: int | None
    replaced: int
    made_anew: int
    ready: int
    still_to_fix: int
    left_out: list[LeftOut]


async def mend(claim_id: int, after: str, *, by: SignedIn, on: date, now: datetime) -> Mended:
    """Set the payer's rule, mend all that carries the fault; a claim that can't be made is left out with its reason.

    Raises FieldRefused, NothingToMend, NotFound.
    """
    async with one_transaction() as changes:
        await access.require(by)
        fault = await fault_of(claim_id, after, on=on, seen_by=by)
        if not fault.to_mend:
            raise NothingToMend(payer=fault.payer_name)
        await _set_rule(fault.payer_id, fault.before, after)
        batch: Any = await Batch.create(made_at=now, made_by_id=by.staff_id)
        done, left_out = list[Sibling](), [LeftOut(one.name, one.client_name, one.in_the_way) for one in fault.siblings if not one.becomes]
        for one in fault.to_mend:
            if refused := await _mend_one(one, batch.id, by=by, on=on, now=now):
                left_out.append(LeftOut(one.name, one.client_name, refused))
            else:
                done.append(one)
        if not any(one.claim_id for one in done):
            await batch.delete()
            batch = None
        kept = await _keep(fault, done, batch.id if batch else None, by, now)
        ready, wrong = await _judged([key for one in done if one.claim_id is None for key in one.session_ids], on)
        await access.audit(by, "mended a payer's rule and its claims", "payer", [fault.payer_id], at=now)
        changes.add("payer", [fault.payer_id])
        changes.add("session", {key for one in done for key in one.session_ids})
        changes.add("claim", {one.claim_id for one in done if one.claim_id})
    return Mended(mending_id=kept, batch_id=batch.id if batch else None, ready=ready, still_to_fix=wrong, left_out=left_out,
                  replaced=sum(one.becomes == "replacement" for one in done), made_anew=sum(one.becomes == "resent" for one in done))


async def _set_rule(payer_id: int, before: str, after: str) -> None:
    """Somebody who has the payer open at the same moment is told that it changed."""
    if await Payer.filter(id=payer_id, telehealth_modifier=before).update(telehealth_modifier=after, version=F("version") + 1) != 1:
        raise NotNow(why="Somebody else changed the payer's rule just now.")


async def _mend_one(one: Sibling, batch_id: int, *, by: SignedIn, on: date, now: datetime) -> str:
    """Its lines, and the claim that follows it; returns why it could not be."""
    try:
        async with in_transaction("default"):
            for line in one.lines:
                await ChargeLine.filter(id=line.id).update(modifiers=line.after)
            if one.claim_id is None:
                await ClientSession.filter(id__in=list(one.session_ids)).update(version=F("version") + 1)
            elif one.becomes in {"replacement", "resent"}:
                life = (await lives_of([one.claim_id], on=on))[one.claim_id]
                await make_anew(life, "replacement" if one.becomes == "replacement" else "resent", by=by, on=on, now=now, batch_id=batch_id)
    except PracticeError as refused:
        return refused.told()
    return ""


async def _keep(fault: Fault, done: Iterable[Sibling], batch_id: int | None, by: SignedIn, now: datetime) -> int:
    lines = [[line.id, line.before, line.after] for one in done for line in one.lines]
    made = await ClaimMending.create(payer_id=fault.payer_id, before=fault.before, after=fault.after, lines=json.dumps(lines),
                                     batch_id=batch_id, made_at=now, made_by_id=by.staff_id)
    return int(made.id)


async def _judged(session_ids: list[int], on: date) -> tuple[int, int]:
    """How many of these sessions are ready, and how many are still to fix."""
    if not session_ids:
        return 0, 0
    asked = await gathered(id__in=session_ids)
    checking = Checking(asked.practice, unprintable=unprintable_for(asked.practice))
    wrong = sum(bool(checking.to_fix(session, on=on)) for session in asked.sessions)
    return len(asked.sessions) - wrong, wrong


async def mending_of(claim_id: int, *, seen_by: SignedIn) -> int | None:
    """The mending that made a claim, as long as it stands."""
    await access.require(seen_by)
    batch: Any = await Claim.filter(id=claim_id).first().values_list("batch_id", flat=True)
    found: Any = await ClaimMending.filter(batch_id=batch, undone_at=None).first().values_list("id", flat=True) if batch else None
    return int(found) if found else None


async def undo_mending(mending_id: int, *, reason: str, by: SignedIn, now: datetime) -> None:
    """Rule, modifiers and claims as before. Raises FieldRefused without a reason, NotNow once one of its claims went out
    or the rule was changed since, NotFound when it was undone already.
    """
    if not reason.strip():
        raise FieldRefused(at="reason", sentence="Say why it is taken back: it stays on record with your name.")
    async with one_transaction() as changes:
        await access.require(by)
        mending: Any = await ClaimMending.get_or_none(id=mending_id)
        told = {"undone_at": now, "undone_by_id": by.staff_id, "undone_reason": reason.strip()}
        if mending is None or not await ClaimMending.filter(id=mending_id, undone_at=None).update(**told):
            raise NotFound(what="What was mended here")
        follows = await _follows(mending.batch_id)
        for follow in follows:
            await let_go(follow, reason=reason.strip(), by=by, now=now)
        await _set_rule(mending.payer_id, mending.after, mending.before)
        sessions = await _lines_back(json.loads(mending.lines))
        await access.audit(by, "took back a mending", "payer", [mending.payer_id], at=now, reason=reason.strip())
        changes.add("payer", [mending.payer_id])
        changes.add("session", sessions)
        changes.add("claim", {key for follow in follows for key in (follow.claim_id, follow.earlier_id)})


async def _follows(batch_id: int | None) -> list[Any]:
    """The claims that it made; none of them may have gone out, or be followed by another."""
    follows: list[Any] = list(await ClaimFollow.filter(claim__batch_id=batch_id, live=True)) if batch_id else []
    made = [follow.claim_id for follow in follows]
    if await ClaimSending.filter(claim_id__in=made, live=True).exists():
        raise NotNow(why="One of the claims that were made went out.")
    if await ClaimFollow.filter(earlier_id__in=made, live=True).exists():
        raise NotNow(why="Another claim follows one of those that were made.")
    return follows


async def _lines_back(lines: list[list[Any]]) -> set[int]:
    """The modifiers as they were, where nobody has changed them since. Returns the sessions."""
    for key, before, after in lines:
        await ChargeLine.filter(id=key, modifiers=after).update(modifiers=before)
    sessions = {int(str(row[0])) for row in await ChargeLine.filter(id__in=[line[0] for line in lines]).values_list("session_id")}
    await ClientSession.filter(id__in=list(sessions)).update(version=F("version") + 1)
    return sessions
