"""Writes an 837P: the envelope, who sends to whom, and the tree of billing providers, subscribers and patients."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from domain.claims.x12.elements import day
from domain.claims.x12.professional.records import (
    BillingProvider,
    Claim,
    ClaimFile,
    Name,
    Patient,
    Payer,
    Submission,
    Subscriber,
)
from domain.claims.x12.professional.write_claim import claim_segments
from domain.claims.x12.professional.write_names import address_segments, contact_segment, name_segment
from domain.claims.x12.writing import enclosed, segment


def written_file(file: ClaimFile) -> bytes:
    """The bytes of a batch file; control numbers and the time stand in its records."""
    sets = [(one.control, list(_inside(one, file.envelope.made_at))) for one in file.submissions]
    return enclosed(file.envelope, sets, kind="837")


def _inside(submission: Submission, made_at: datetime) -> Iterator[str]:
    """ST to SE without these two."""
    yield segment("BHT", "0019", "18" if submission.resent else "00", submission.reference, f"{made_at:%Y%m%d}",
                  f"{made_at:%H%M}", "CH")
    yield name_segment("41", submission.submitter.name, "46", submission.submitter.id)
    yield contact_segment(submission.submitter.contact)
    yield name_segment("40", Name(last=submission.receiver.name, person=False), "46", submission.receiver.id)
    yield from _tree(submission.claims)


def _tree(claims: tuple[Claim, ...]) -> Iterator[str]:
    """HL levels 20, 22 and 23. What neighbors share is written once; the order of claims stays."""
    number = 0
    for billing, of_billing in groupby(claims, key=lambda claim: claim.billing):
        number = top = number + 1
        yield from billing_segments(billing, top)
        for (subscriber, payer), of_subscriber in groupby(of_billing, key=lambda claim: (claim.subscriber, claim.payer)):
            mine = list(of_subscriber)
            number = holder = number + 1
            dependents = any(claim.patient for claim in mine)
            yield from subscriber_segments(subscriber, payer, holder, top, dependents=dependents)
            for patient, of_patient in groupby(mine, key=lambda claim: claim.patient):
                if patient is not None:
                    number += 1
                    yield from patient_segments(patient, number, holder)
                for claim in of_patient:
                    yield from claim_segments(claim)


def billing_segments(billing: BillingProvider, number: int) -> Iterator[str]:
    """2000A, 2010AA and 2010AB."""
    yield segment("HL", str(number), "", "20", "1")
    if billing.taxonomy:
        yield segment("PRV", "BI", "PXC", billing.taxonomy)
    yield name_segment("85", billing.name, "XX", billing.npi)
    yield from address_segments(billing.address)
    yield segment("REF", billing.tax_id_kind, billing.tax_id)
    if billing.contact:
        yield contact_segment(billing.contact)
    if billing.pay_to:
        yield segment("NM1", "87", "1" if billing.name.person else "2")
        yield from address_segments(billing.pay_to)


def subscriber_segments(
    subscriber: Subscriber, payer: Payer, number: int, above: int, *, dependents: bool
) -> Iterator[str]:
    """2000B, 2010BA and 2010BB."""
    yield segment("HL", str(number), str(above), "22", "1" if dependents else "0")
    yield segment("SBR", subscriber.responsibility, subscriber.relationship, subscriber.group_number,
                  subscriber.group_name, subscriber.insurance_type, "", "", "", subscriber.filing)
    yield name_segment("IL", subscriber.name, "MI", subscriber.member_id)
    if subscriber.address:
        yield from address_segments(subscriber.address)
    if subscriber.born_on:
        yield segment("DMG", "D8", day(subscriber.born_on), subscriber.sex)
    if subscriber.property_claim:
        yield segment("REF", "Y4", subscriber.property_claim)
    yield name_segment("PR", Name(last=payer.name, person=False), "PI", payer.id)
    if payer.address:
        yield from address_segments(payer.address)
    for qualifier, said in payer.billing_ids:
        yield segment("REF", qualifier, said)


def patient_segments(patient: Patient, number: int, above: int) -> Iterator[str]:
    """2000C and 2010CA."""
    yield segment("HL", str(number), str(above), "23", "0")
    yield segment("PAT", patient.relationship)
    yield name_segment("QC", patient.name)
    yield from address_segments(patient.address)
    yield segment("DMG", "D8", day(patient.born_on), patient.sex)
    if patient.property_claim:
        yield segment("REF", "Y4", patient.property_claim)
