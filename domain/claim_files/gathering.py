"""Reads issued claims with what a file needs beside their frozen records: payer ids, and what each payer wants."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from domain.claim_files.sending import followed
from domain.claims.x12.professional.make import WORKING_AGED, PayerSettings, electronic_claim
from domain.claims.x12.professional.records import Claim as ElectronicClaim
from domain.documents.claim_record import ClaimRecord
from domain.documents.records import claim_from_json
from storage.models import Claim, ClaimSending

WANTED = ("id", "account_number", "record", "voided_at", "client__name", "payer__payer_id", "payer__filing_code",
          "payer__tells_patient_paid", "policy__medicare_second_reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedClaim:
    """A claim as it was issued, and as a file says it; `in_the_way` is why it can't go out at all."""

    id: int
    number: str
    client_name: str
    in_the_way: str
    electronic: ElectronicClaim


async def issued_claims(claim_ids: Collection[int]) -> list[IssuedClaim]:
    """These claims, those of one payer and subscriber side by side."""
    rows = await Claim.filter(id__in=sorted(set(claim_ids))).values(*WANTED)
    sent = set(await ClaimSending.filter(claim_id__in=sorted(set(claim_ids)), live=True).values_list(
        "claim_id", flat=True))
    gone = await followed(claim_ids)
    return sorted((_issued(row, sent, gone) for row in rows), key=_side_by_side)


def _issued(row: dict[str, Any], sent: set[Any], gone: set[int]) -> IssuedClaim:
    settings = PayerSettings(filing=row["payer__filing_code"], says_patient_paid=row["payer__tells_patient_paid"],
                             insurance_type=row["policy__medicare_second_reason"] or WORKING_AGED)
    record = with_payer_id(claim_from_json(row["record"]), row["payer__payer_id"])
    why = "It is void" if row["voided_at"] else "It was already sent" if row["id"] in sent else (
        "Another claim goes out in its place" if row["id"] in gone else "")
    return IssuedClaim(id=row["id"], number=row["account_number"], client_name=row["client__name"], in_the_way=why,
                       electronic=electronic_claim(record, settings))


def with_payer_id(record: ClaimRecord, payer_id: str) -> ClaimRecord:
    """Where a claim goes is no content of it: an id added or corrected since it was issued is the one to use."""
    return replace(record, payer=replace(record.payer, id=payer_id or record.payer.id))


def _side_by_side(one: IssuedClaim) -> tuple[str, ...]:
    claim = one.electronic
    patient = claim.patient.name if claim.patient else claim.subscriber.name
    return (claim.billing.npi, claim.payer.id, claim.subscriber.member_id, patient.last, patient.first, one.number)
