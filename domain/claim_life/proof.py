"""Gathers the proof that a claim was filed in time, from the files as they are kept, into one PDF."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain import access, jobs
from domain.access import SignedIn
from domain.claim_files.sending import WAYS
from domain.claims.x12.acknowledged import ClaimAnswer, ClaimsAnswer, GroupAnswer
from domain.claims.x12.acknowledgements import read_acknowledgements
from domain.claims.x12.elements import from_day
from domain.claims.x12.segments import Transaction, read_segments
from domain.claims.x12.told_of_claim import in_claim_file, in_claims_answer, in_group_answer
from domain.documents import merge
from domain.documents.claim_record import ClaimRecord
from domain.documents.filing_proof import FiledService, FilingEvent, FilingProof, filing_proof_pdf
from domain.documents.records import Party, claim_from_json
from domain.errors import NotFound, PracticeError
from domain.invoicing.gathering import practice_facts
from domain.invoicing.invoice import practice_block
from domain.invoicing.stored import StoredPdf, file_name, stored_claim
from domain.reading.claim_life import ClaimLife, lives_of
from storage.models import Claim, ClaimEvent, ClaimSending


class NeverSent(PracticeError):
    """What never went out can't be proven."""

    sentence = "This claim has not gone out, so there is no filing to prove."


@dataclass(frozen=True, slots=True)
class _Sent:
    """One claim of the chain as it went out; on paper without a file."""

    claim_id: int
    number: str
    on: date
    way: str
    file_name: str
    content: bytes
    group_control: int


async def filing_proof(claim_id: int, *, on: date, seen_by: SignedIn) -> StoredPdf:
    """The letter and the claim as it was sent, as one PDF. Raises NotFound, NeverSent."""
    await access.require(seen_by)
    chain = await _chain(claim_id, on)
    record = await proof_record(chain, on=on)
    workplace = jobs.workplace()
    letter = await workplace.off_loop(filing_proof_pdf, record, fonts_in=workplace.fonts)
    forms = [await stored_claim(one.id, seen_by=seen_by) for one in reversed(chain) if one.was_sent]
    whole = await asyncio.to_thread(merge.as_one_pdf, [letter, *(form.content for form in forms)])
    return StoredPdf(f"{file_name(f'Proof of filing {record.claim_number} {chain[0].client_name}')}.pdf", whole)


async def _chain(claim_id: int, on: date) -> list[ClaimLife]:
    """The claim and those before it in whose place it went out, itself first: the first filing is what counts."""
    found: list[ClaimLife] = []
    key: int | None = claim_id
    while key is not None:
        life = (await lives_of([key], on=on)).get(key)
        if life is None:
            raise NotFound(what="This insurance form")
        found.append(life)
        key = life.earlier.claim_id if life.earlier and life.earlier.how != "secondary" else None
    return found


async def proof_record(chain: list[ClaimLife], *, on: date) -> FilingProof:
    """Everything as the stored files have it."""
    last = chain[0]
    claim: Any = await Claim.get(id=last.id)
    record = claim_from_json(claim.record)
    sent = await _sendings([one.id for one in chain])
    if not sent:
        raise NeverSent
    events = [event for one in sent for event in _filed(one)]
    events += [event for one in sent for event in await _answers(one)]
    events.sort(key=lambda event: event.on)
    filed = min(event.on for event in events if event.what.startswith("Filed"))
    answered = [event.on for event in events if not event.what.startswith("Filed")]
    practice = await practice_facts()
    decided = last.course.decided
    return FilingProof(
        made_on=on, practice=practice_block(practice), payer=_payer(record), claim_number=last.number,
        payer_number=last.payer_number, patient_name=_name(record), member_id=record.patient.member_id or record.insured.member_id,
        services=tuple(FiledService(on=line.first_day, code="-".join((line.code, *line.modifiers)), charge_cents=line.charge_cents)
                       for line in record.lines),
        denied_on=decided.on if decided else None, reason=decided.code if decided else "", filed_on=filed,
        answered_on=min(answered, default=None), limit_days=last.course.limits.to_file, events=tuple(events),
        font_path=practice.extra_font)


async def _sendings(claim_ids: list[int]) -> list[_Sent]:
    rows = await ClaimSending.filter(claim_id__in=claim_ids, live=True).order_by("noted_at").values(
        "claim_id", "sent_on", "way", number="claim__account_number", name="file__name", content="file__content",
        group="file__group_control")
    return [_Sent(row["claim_id"], row["number"], row["sent_on"], row["way"], row["name"] or "", bytes(row["content"] or b""),
                  row["group"] or 0) for row in rows]


def _filed(sent: _Sent) -> Iterator[FilingEvent]:
    """The claim going out: by file with the day that the file itself bears."""
    if not sent.content:
        yield FilingEvent(on=sent.on, what=f"Filed by {WAYS[sent.way].lower()}", note="The claim as sent is enclosed.", number=sent.number)
    for interchange in read_segments(sent.content) if sent.content else ():
        for group in interchange.groups:
            for transaction in group.transactions:
                if len(told := in_claim_file(transaction, sent.number)) > HEAD_ONLY:
                    yield FilingEvent(
                        on=from_day(group.made_on) or sent.on, what=f"Filed electronically as {sent.number} (837P)",
                        note=f"File {sent.file_name}, to {interchange.receiver.strip()}, group {group.control_number}, "
                             f"transaction {transaction.control_number}",
                        number=f"ISA {interchange.control_number}", segments=told)


async def _answers(sent: _Sent) -> list[FilingEvent]:
    """The 999 of the file and the 277CA lines of the claim, from every file that spoke of it."""
    rows = await ClaimEvent.filter(claim_id=sent.claim_id, remittance_id=None).order_by("file_id").values_list(
        "file_id", "file__content")
    found: list[FilingEvent] = []
    for content in {key: bytes(content) for key, content in rows}.values():
        told = read_acknowledgements(content)
        bodies = [one for interchange in read_segments(content) for one in interchange.transactions]
        groups = [one for one in bodies if one.kind == "999"]
        claims = [one for one in bodies if one.kind == "277"]
        found += [_of_group(answer, body) for answer, body in zip(told.groups, groups, strict=True)
                  if answer.functional_id == "HC" and answer.control_number == str(sent.group_control)]
        found += [_of_claims(answer, body, one) for answer, body in zip(told.claims, claims, strict=True)
                  for one in answer.claims if one.control_number == sent.number]
    return found


def _of_group(answer: GroupAnswer, body: Transaction) -> FilingEvent:
    return FilingEvent(
        on=answer.made_on or date.min, what=f"999: the file was {answer.verdict}",
        note=f"From {answer.sender.strip()}, for our group {answer.control_number}, {answer.accepted} of {answer.included} accepted",
        number=f"ISA {answer.answer_number}", segments=in_group_answer(body))


def _of_claims(answer: ClaimsAnswer, body: Transaction, one: ClaimAnswer) -> FilingEvent:
    received = f"Received {answer.received_on:%m/%d/%Y}. " if answer.received_on else ""
    number = f"Trace {answer.trace_number}" + (f", claim {one.payer_control_number}" if one.payer_control_number else "")
    return FilingEvent(
        on=answer.processed_on or answer.made_on or date.min, what=f"277CA: the claim was {one.verdict}",
        note=f"{answer.source_name}. {received}{one.words}", number=number, segments=in_claims_answer(body, one.control_number))


HEAD_ONLY = 2  # ST and BHT: the claim itself is in another transaction


def _payer(record: ClaimRecord) -> Party:
    where = record.payer.address
    town = " ".join(part for part in (f"{where.city}," if where.city else "", where.state, where.zip) if part)
    return Party(name=record.payer.name, lines=tuple(line for line in (where.street, where.street2, town) if line))


def _name(record: ClaimRecord) -> str:
    name = record.patient.name
    return " ".join(part for part in (name.first, name.middle, name.last, name.suffix) if part)
