"""Writes one claim of an 837P: loops 2300 to 2430."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from domain.claims.x12.elements import amount, day
from domain.claims.x12.professional.records import (
    Adjustment,
    Claim,
    Facility,
    Line,
    LineDecision,
    Name,
    OtherInsurance,
    Provider,
)
from domain.claims.x12.professional.write_names import address_segments, name_segment
from domain.claims.x12.writing import segment

REASONS_A_SEGMENT = 6  # CAS has room for six reasons of a group


def claim_segments(claim: Claim) -> Iterator[str]:
    """2300 and all below it."""
    yield _clm(claim)
    yield from _dates(claim)
    if claim.patient_paid_cents:
        yield segment("AMT", "F5", amount(claim.patient_paid_cents))
    references = (("9F", claim.referral), ("G1", claim.authorization), ("F8", claim.original_reference),
                  ("EA", claim.record_number))
    yield from references_of(references)
    if claim.note:
        yield segment("NTE", "ADD", claim.note)
    yield from _codes(claim)
    yield from _providers(claim)
    for other in claim.others:
        yield from other_segments(other)
    for number, line in enumerate(claim.lines, 1):
        yield from line_segments(line, number)


def _clm(claim: Claim) -> str:
    causes = (*claim.causes, "", "")[:2]
    return segment(
        "CLM", claim.number, amount(claim.charge_cents), "", "", (claim.place, "B", claim.frequency),
        "Y" if claim.signature else "N", claim.assignment, claim.benefits_assigned, claim.release, "",
        (*causes, "", claim.accident_state), "", "", "", "", "", "", "", "", claim.delay_reason)


def _dates(claim: Claim) -> Iterator[str]:
    known = (("431", claim.onset_on), ("454", claim.first_treated_on), ("439", claim.accident_on),
             ("484", claim.last_period_on))
    yield from days_of(known)
    if claim.unable_from and claim.unable_to:
        yield segment("DTP", "314", "RD8", f"{day(claim.unable_from)}-{day(claim.unable_to)}")
    else:
        yield from days_of((("360", claim.unable_from), ("361", claim.unable_to)))
    yield from days_of((("435", claim.admitted_on), ("096", claim.discharged_on)))


def _codes(claim: Claim) -> Iterator[str]:
    """HI: the principal diagnosis, then the others; condition codes."""
    coded = [("ABK" if place == 0 else "ABF", code) for place, code in enumerate(claim.diagnoses)]
    yield segment("HI", *coded)
    if claim.conditions:
        yield segment("HI", *(("BG", code) for code in claim.conditions))


def _providers(claim: Claim) -> Iterator[str]:
    if claim.referrer:
        yield from provider_segments("DN", claim.referrer)
    if claim.rendering:
        yield from provider_segments("82", claim.rendering)
    if claim.facility:
        yield from facility_segments(claim.facility)
    if claim.supervisor:
        yield from provider_segments("DQ", claim.supervisor)


def provider_segments(role: str, provider: Provider) -> Iterator[str]:
    """2310A, B or D."""
    yield name_segment(role, provider.name, "XX", provider.npi)
    if provider.taxonomy:
        yield segment("PRV", "PE", "PXC", provider.taxonomy)
    yield from references_of(provider.ids)


def facility_segments(facility: Facility) -> Iterator[str]:
    """2310C."""
    yield name_segment("77", Name(last=facility.name, person=False), "XX", facility.npi)
    yield from address_segments(facility.address)
    yield from references_of(facility.ids)


def other_segments(other: OtherInsurance) -> Iterator[str]:
    """2320, 2330A and 2330B."""
    yield segment("SBR", other.responsibility, other.relationship, other.group_number, other.group_name,
                  other.insurance_type, "", "", "", other.filing)
    yield from adjustment_segments(other.adjustments)
    for qualifier, said in (("D", other.paid_cents), ("A8", other.not_covered_cents), ("EAF", other.left_cents)):
        if said is not None:
            yield segment("AMT", qualifier, amount(said))
    yield segment("OI", "", "", other.benefits_assigned, "", "", other.release)
    if other.remarks:
        yield segment("MOA", "", "", *other.remarks)
    yield name_segment("IL", other.name, "MI", other.member_id)
    if other.address:
        yield from address_segments(other.address)
    yield name_segment("PR", Name(last=other.payer_name, person=False), "PI", other.payer_id)
    yield from days_of((("573", other.decided_on),))
    yield from references_of((("G1", other.authorization), ("F8", other.claim_control)))


def line_segments(line: Line, number: int) -> Iterator[str]:
    """2400 and the decisions of other payers on it (2430)."""
    yield segment("LX", str(number))
    yield segment(
        "SV1", procedure(line.code, line.modifiers, line.description), amount(line.charge_cents), "UN", str(line.units),
        line.place, "", tuple(str(pointer) for pointer in line.pointers), "", "Y" if line.emergency else "", "", "",
        "Y" if line.family_plan else "")
    if line.last_day:
        yield segment("DTP", "472", "RD8", f"{day(line.first_day)}-{day(line.last_day)}")
    else:
        yield segment("DTP", "472", "D8", day(line.first_day))
    yield from references_of((("G1", line.authorization), ("6R", line.control)))
    if line.note:
        yield segment("NTE", "ADD", line.note)
    for decision in line.decisions:
        yield from decision_segments(decision)


def decision_segments(decision: LineDecision) -> Iterator[str]:
    """2430."""
    yield segment("SVD", decision.payer_id, amount(decision.paid_cents), procedure(decision.code, decision.modifiers),
                  "", str(decision.units), str(decision.bundled_into or ""))
    yield from adjustment_segments(decision.adjustments)
    yield from days_of((("573", decision.decided_on),))
    if decision.left_cents is not None:
        yield segment("AMT", "EAF", amount(decision.left_cents))


def procedure(code: str, modifiers: Sequence[str], description: str = "") -> tuple[str, ...]:
    """SV101 and SVD03: code and modifiers; a description stands behind the room of four modifiers."""
    four = (*modifiers, "", "", "", "")[:4] if description else modifiers
    return ("HC", code, *four, description)


def adjustment_segments(adjustments: Sequence[Adjustment]) -> Iterator[str]:
    """CAS: neighbors of one group stand together, six a segment."""
    for group, of_group in groupby(adjustments, key=lambda one: one.group):
        mine = list(of_group)
        for first in range(0, len(mine), REASONS_A_SEGMENT):
            some = mine[first : first + REASONS_A_SEGMENT]
            triplets = [(one.reason, amount(one.cents), str(one.quantity or "")) for one in some]
            yield segment("CAS", group, *(said for triplet in triplets for said in triplet))


def days_of(days: Sequence[tuple[str, date | None]]) -> Iterator[str]:
    """DTP for each day that is known."""
    for qualifier, on in days:
        if on:
            yield segment("DTP", qualifier, "D8", day(on))


def references_of(references: Sequence[tuple[str, str]]) -> Iterator[str]:
    """REF for each number that is known."""
    for qualifier, said in references:
        if said:
            yield segment("REF", qualifier, said)
