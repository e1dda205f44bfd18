"""Generate Invoices and Insurance Forms: ready sessions become documents, each session once, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain import access
from domain.access import SignedIn
from domain.claims.facts import PolicyFacts, SessionFacts
from domain.claims.to_fix import Checking
from domain.invoicing.gathering import Gathered, gathered, practice_facts
from domain.invoicing.keeping import Kept, Press, keep
from domain.invoicing.planning import planned
from domain.invoicing.posting import post_issued
from domain.invoicing.printing import unprintable_for
from storage.models import Batch, Claim
from storage.transactions import one_transaction

GONE = "It is not ready any more: someone else invoiced, held or removed it"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A session that was asked for and not invoiced, with the reason."""

    session_id: int
    client_name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What one press made. Its documents are drawn afterwards; without a batch nothing was made."""

    batch_id: int | None
    invoices: list[int]
    claims: list[int]
    sessions: list[int]
    total_cents: int
    left_out: list[LeftOut]


async def generate(
    session_ids: Collection[int], *, by: SignedIn, on: date, now: datetime, message: str = ""
) -> Generated:
    """Make invoices and claims of these sessions; what can't be made comes back with its reason.

    Doing it again makes none: a session is invoiced once, by a conditional update and by unique indexes.
    """
    async with one_transaction() as changes:
        await access.require(by)
        asked = await gathered(id__in=sorted(set(session_ids)))
        ready, left_out = sorted_out(asked, session_ids, on=on)
        if not ready:
            return _nothing(left_out)
        plan = planned(ready, await deductible_used(ready))
        batch = await Batch.create(made_at=now, made_by_id=by.staff_id, message=message)
        kept = await keep(Press(batch.id, asked.practice, plan, message, on))
        left_out += [LeftOut(s.id, s.client.name, GONE) for group in kept.lost for s in group.sessions]
        if not kept.groups:
            await batch.delete()
            return _nothing(left_out)
        await post_issued(kept, plan, by=by, on=on, now=now)
        await Batch.filter(id=batch.id).update(left_out=left_out_text(left_out))
        made = _made(batch.id, kept, left_out)
        await access.audit(by, "generated invoices and claims", "batch", [batch.id], at=now)
        changes.add("session", made.sessions)
        changes.add("invoice", made.invoices)
        changes.add("claim", made.claims)
        changes.add("batch", [batch.id])
    return made


async def usual_message(*, seen_by: SignedIn) -> str:
    """The practice's own words for its invoices, offered before each press."""
    await access.require(seen_by)
    return (await practice_facts()).invoice_message


def sorted_out(
    asked: Gathered, session_ids: Iterable[int], *, on: date
) -> tuple[list[SessionFacts], list[LeftOut]]:
    """The sessions that can be invoiced, and the others with their reasons."""
    checking = Checking(asked.practice, unprintable=unprintable_for(asked.practice))
    ready: list[SessionFacts] = []
    left_out: list[LeftOut] = []
    for session in asked.sessions:
        if session.status == "invoiced":
            left_out.append(LeftOut(session.id, session.client.name, "It was already invoiced"))
        elif reasons := checking.to_fix(session, on=on):
            left_out.append(LeftOut(session.id, session.client.name, "; ".join(one.sentence for one in reasons)))
        else:
            ready.append(session)
    known = {session.id for session in asked.sessions}
    left_out += [LeftOut(one, "", GONE) for one in sorted(set(session_ids) - known)]
    return ready, left_out


async def deductible_used(sessions: Iterable[SessionFacts]) -> dict[int, int]:
    """By policy of these sessions: what live claims made since its deductible was checked asked of the client."""
    return await deductible_used_of([policy for session in sessions if (policy := session.policy) is not None])


async def deductible_used_of(policies: Iterable[PolicyFacts]) -> dict[int, int]:
    """The same of policies."""
    with_deductible = {policy.id: policy for policy in policies if policy.deductible_left_cents}
    if not with_deductible:
        return {}
    rows = await Claim.filter(policy_id__in=list(with_deductible), voided_at=None, deductible_cents__gt=0).values_list(
        "policy_id", "issued_on", "deductible_cents")
    used: dict[int, int] = {}
    for policy_id, issued_on, cents in rows:
        checked_on = with_deductible[policy_id].deductible_checked_on
        if checked_on is None or issued_on >= checked_on:
            used[policy_id] = used.get(policy_id, 0) + cents
    return used


def left_out_text(left_out: Sequence[LeftOut]) -> str:
    """As the batch keeps it."""
    return json.dumps([[one.session_id, one.client_name, one.reason] for one in left_out], ensure_ascii=False)


def left_out_from(text: str) -> list[LeftOut]:
    """What a batch kept."""
    return [LeftOut(*one) for one in json.loads(text)]


def _nothing(left_out: list[LeftOut]) -> Generated:
    return Generated(batch_id=None, invoices=[], claims=[], sessions=[], total_cents=0, left_out=left_out)


def _made(batch_id: int, kept: Kept, left_out: list[LeftOut]) -> Generated:
    sessions = [session for group in kept.groups for session in group.sessions]
    return Generated(
        batch_id=batch_id, invoices=kept.invoice_ids, claims=kept.claim_ids,
        sessions=[session.id for session in sessions], total_cents=sum(session.fee_cents for session in sessions),
        left_out=left_out,
    )
