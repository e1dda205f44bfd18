"""What the check asks of other insurance: who comes first, and that what the others decided balances to the cent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from domain.claims.x12.professional.fault import Fault, Faults
from domain.claims.x12.professional.records import MOST_OTHERS, Adjustment, Claim, LineDecision, OtherInsurance
from domain.claims.x12.professional.subscriber_rules import RELATIONSHIPS, RESPONSIBILITIES, filing, group

GROUPS = frozenset({"CO", "CR", "OA", "PI", "PR"})  # CAS01


def order(claim: Claim) -> Faults:
    """SBR01: every payer has a place of its own; those before this one have decided, those behind have not."""
    places = [claim.subscriber.responsibility, *(other.responsibility for other in claim.others)]
    known = [place for place in places if place != "U"]
    if len(set(known)) < len(known) or any(place not in set(RESPONSIBILITIES) | {"U"} for place in places[1:]):
        yield Fault("payer_order", "2320 SBR01", "Two payers have the same place, or one has none")
        return
    if claim.subscriber.responsibility not in {"P", "U"} and "P" not in places:
        yield Fault("no_primary", "2320 SBR01", "The payer asked is not first, and nobody is")
    for other in claim.others:
        if "U" in {places[0], other.responsibility}:
            continue
        before = RESPONSIBILITIES.index(other.responsibility) < RESPONSIBILITIES.find(places[0])
        if before and not other.decided and other.not_covered_cents is None:
            yield Fault("not_decided", "2320 AMT02", f"{other.payer_name} comes first and has not decided (AMT*D)")
        if not before and other.decided:
            yield Fault("decided_early", "2320 AMT02", f"{other.payer_name} comes later, but has already decided")


def who(claim: Claim) -> Faults:
    """SBR, OI, 2330A and 2330B of each."""
    if len(claim.others) > MOST_OTHERS:
        yield Fault("others_count", "2320 SBR01", f"A claim has at most {MOST_OTHERS} other payers")
    ids = [other.payer_id for other in claim.others]
    if len(set(ids)) < len(ids):
        yield Fault("other_payer_id", "2330B NM109", "Two other payers have the same payer id")
    for other in claim.others:
        if other.relationship not in RELATIONSHIPS:
            yield Fault("other_relationship", "2320 SBR02", f"The patient's relationship at {other.payer_name} is not said")
        if not other.member_id:
            yield Fault("other_member_id", "2330A NM109", f"There is no member id with {other.payer_name}")
        if not other.payer_id or not other.payer_name:
            yield Fault("other_payer_id", "2330B NM109", "An other payer has no payer id or no name")
        if other.benefits_assigned not in {"Y", "N", "W"} or other.release not in {"Y", "I"}:
            yield Fault("other_marks", "2320 OI03", f"Benefits or release at {other.payer_name} is not marked")
        yield from filing(other.filing, other.responsibility, other.insurance_type, "2320")
        yield from group(other.group_number, other.group_name, "2320")


def decisions(claim: Claim) -> Faults:
    """2430 belongs to a payer that has decided; a payer that decided by line decided on every line."""
    deciders = {other.payer_id for other in claim.others if other.decided}
    for number, line in enumerate(claim.lines, 1):
        payers = [decision.payer_id for decision in line.decisions]
        if not set(payers) <= deciders or len(set(payers)) < len(payers):
            yield Fault("decision_payer", "2430 SVD01", "A line has a decision of a payer that is none of the others", number)
    for other in claim.others:
        lines = by_line(claim, other)
        if lines and len(lines) < len(claim.lines):
            yield Fault("decision_missing", "2430 SVD01", f"{other.payer_name} decided on some lines, not on all")


def days_and_rest(claim: Claim) -> Faults:
    """DTP*573 and AMT*EAF stand with the lines where a payer decided by line, else with the payer."""
    for other in claim.others:
        lines = by_line(claim, other)
        if other.decided and not lines and other.decided_on is None:
            yield Fault("decision_day", "2330B DTP03", f"The day when {other.payer_name} decided is missing (573)")
        if other.decided_on is not None and (lines or not other.decided):
            yield Fault("decision_day", "2330B DTP03", f"{other.payer_name}'s day stands with its lines, or it has not decided")
        if other.left_cents is not None and (lines or not other.decided):
            yield Fault("left_to_pay", "2320 AMT02", f"What is left after {other.payer_name} stands with its lines (EAF)")
        rest = [(line.charge_cents, own.paid_cents, own.left_cents)
                for line in claim.lines for own in line.decisions if own.payer_id == other.payer_id]
        if not lines:
            rest.append((claim.charge_cents, other.paid_cents or 0, other.left_cents))
        if any(left is not None and not 0 <= left <= charge - paid for charge, paid, left in rest):
            yield Fault("left_to_pay", "2430 AMT02", f"More is left after {other.payer_name} than it has not paid")


def balances(claim: Claim) -> Faults:
    """The guide's coordination of benefits: paid and adjusted make the charge, by line and for the claim."""
    for number, line in enumerate(claim.lines, 1):
        for decision in line.decisions:
            if decision.paid_cents + adjusted(decision.adjustments) != line.charge_cents:
                yield Fault("line_balance", "2430 SVD02",
                            f"What {decision.payer_id} paid on {line.code} and its adjustments do not make the charge", number)
    for other in claim.others:
        if other.decided:
            yield from _claim_balance(claim, other)
        elif other.adjustments:
            yield Fault("decided_early", "2320 CAS01", f"{other.payer_name} has adjustments, but has not decided")
        if other.decided and other.not_covered_cents is not None:
            yield Fault("not_covered", "2320 AMT02", f"{other.payer_name} has decided, so nothing is said of what it never covers")
        if other.not_covered_cents not in {None, claim.charge_cents}:
            yield Fault("not_covered", "2320 AMT02", "What a payer never covers is the whole charge (A8)")


def _claim_balance(claim: Claim, other: OtherInsurance) -> Faults:
    lines = by_line(claim, other)
    own, paid = adjusted(other.adjustments), other.paid_cents or 0
    of_lines = sum(adjusted(decision.adjustments) for decision in lines)
    if paid + own + of_lines != claim.charge_cents:
        yield Fault("claim_balance", "2320 AMT02", f"What {other.payer_name} paid and all its adjustments do not make the charge")
    if lines and sum(decision.paid_cents for decision in lines) - own != paid:
        yield Fault("paid_balance", "2320 AMT02", f"What {other.payer_name} paid is not what it paid on the lines")


def reasons(claim: Claim) -> Faults:
    """CAS: known groups, one segment each, reason codes, no empty amounts."""
    for loop, adjustments in _all_adjustments(claim):
        if any(one.group not in GROUPS for one in adjustments):
            yield Fault("adjustment_group", f"{loop} CAS01", "An adjustment is of no known group")
        runs = [name for name, _ in groupby(adjustments, key=lambda one: one.group)]
        if len(set(runs)) < len(runs):
            yield Fault("adjustment_apart", f"{loop} CAS01", "Adjustments of one group must stand together")
        if any(not re.fullmatch(r"[A-Z0-9]{1,5}", one.reason) or one.cents == 0 for one in adjustments):
            yield Fault("adjustment_reason", f"{loop} CAS02", "An adjustment has no reason code or no amount")


def _all_adjustments(claim: Claim) -> Iterator[tuple[str, Sequence[Adjustment]]]:
    yield from (("2320", other.adjustments) for other in claim.others)
    yield from (("2430", decision.adjustments) for line in claim.lines for decision in line.decisions)


def by_line(claim: Claim, other: OtherInsurance) -> list[LineDecision]:
    """What this payer decided, line by line."""
    return [own for line in claim.lines for own in line.decisions if own.payer_id == other.payer_id]


def adjusted(adjustments: Sequence[Adjustment]) -> int:
    """All adjustments together."""
    return sum(one.cents for one in adjustments)


RULES = (order, who, decisions, days_and_rest, balances, reasons)
