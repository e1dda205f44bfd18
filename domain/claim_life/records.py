"""The record of a claim made anew: from what holds now for its sessions, its lines and its own policy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.billing_rule import Billing
from domain.claim_life.answers import first_payers_decision
from domain.claims.facts import PracticeFacts, SessionFacts, policy_of
from domain.claims.form import claim_record, other_insured
from domain.claims.to_fix import Checking
from domain.documents.claim_record import ClaimRecord
from domain.errors import NotFound, PracticeError
from domain.invoicing.gathering import gathered
from domain.invoicing.printing import unprintable_for
from storage.models import ClaimLine, Policy

REPLACES, VOIDS = "7", "8"  # CMS-1500 box 22 and CLM05-3


class StillToMend(PracticeError):
    """The claim would be refused again for what our own rules see."""

    sentence = "First mend: {reasons}. Nothing was made."


class NotDecided(PracticeError):
    """The second payer wants what the first one decided on every line."""

    sentence = "The first payer's decision on these lines is not here, so the second can't be billed. Read its remittance first."


@dataclass(frozen=True, slots=True)
class Content:
    """The sessions of a claim, each with only the lines that stand on it, billed to one policy."""

    sessions: list[SessionFacts]
    practice: PracticeFacts
    lines: list[tuple[int, int, int]]  # session, charge line, cents, in the order of the form


async def content_of(claim_id: int, policy_id: int) -> Content:
    """What stands on a claim as its records are today, billed to a policy whatever else the client has now."""
    rows = await ClaimLine.filter(claim_id=claim_id).order_by("position").values_list(
        "session_id", "charge_line_id", "charge_cents")
    payer_id: Any = await Policy.filter(id=policy_id).first().values_list("payer_id", flat=True)
    asked = await gathered(id__in=sorted({row[0] for row in rows}))
    places = {session: at for at, session in enumerate(dict.fromkeys(row[0] for row in rows))}
    on_it = {row[1] for row in rows}
    billing = Billing("insurance", "insured", policy_id, payer_id)
    sessions = [
        replace(one, billing=billing, lines=tuple(line for line in one.lines if line.id in on_it))
        for one in sorted(asked.sessions, key=lambda one: places[one.id])
    ]
    if len(sessions) != len(places) or any(policy_of(one.client, policy_id) is None for one in sessions):
        raise NotFound(what="A session or the policy of this claim")
    return Content(sessions, asked.practice, [(row[0], row[1], row[2]) for row in rows])


def refuse_faults(content: Content, *, on: date) -> None:
    """Raises StillToMend with every reason."""
    checking = Checking(content.practice, unprintable=unprintable_for(content.practice))
    reasons = dict.fromkeys(one.sentence for session in content.sessions for one in checking.to_fix(session, on=on))
    if reasons:
        raise StillToMend(reasons="; ".join(reasons))


async def record_anew(
    frozen: ClaimRecord, content: Content, number: str, *, second: bool = False, on: date
) -> ClaimRecord:
    """The claim as it would be made today; to a second payer with what the first one decided."""
    if second or frozen.rank != "primary":
        return await secondary_record(content, number, on=on)
    return claim_record(content.sessions, content.practice, account_number=number, paid_cents=frozen.paid_cents, on=on)


async def secondary_record(content: Content, number: str, *, on: date) -> ClaimRecord:
    """The second payer's claim: box 9 and loop 2320 tell of the first, box 29 what it paid."""
    first = content.sessions[0]
    primary = primary_of(first)
    decision = await first_payers_decision([line for _, line, _ in content.lines])
    if primary is None or decision is None:
        raise NotDecided
    other = replace(other_insured(first.client, primary), decision=decision)
    record = claim_record(content.sessions, content.practice, account_number=number, paid_cents=max(0, decision.paid_cents), on=on)
    return replace(record, other_insured=other, another_plan=True)


def primary_of(session: SessionFacts) -> Any:
    """The first policy in force on the day of service."""
    return next((one for one in session.client.policies if one.rank == "primary" and one.covers(session.day)), None)


def void_record(frozen: ClaimRecord, number: str, payer_number: str, *, on: date) -> ClaimRecord:
    """The claim exactly as it was sent, under a new number, to be voided."""
    return replace(frozen, account_number=number, made_on=on, provider_signed_on=on, resubmission_code=VOIDS,
                   original_reference=payer_number)


def replacing(record: ClaimRecord, payer_number: str) -> ClaimRecord:
    """The same as the replacement of what the payer knows by its number."""
    return replace(record, resubmission_code=REPLACES, original_reference=payer_number)
