"""Reads a 277CA: for the batch, each billing provider and each claim whether it was accepted, and the payer's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from domain.claims.x12.acknowledged import ClaimAnswer, ClaimsAnswer, LineAnswer, PartyAnswer, Status, Verdict
from domain.claims.x12.amounts import cents
from domain.claims.x12.elements import from_day, from_days
from domain.claims.x12.segments import Segment, Transaction
from domain.claims.x12.words import claim_status

SOURCE, RECEIVER, PROVIDER, CLAIM = "20", "21", "19", "PT"  # HL03
REJECTED_ACTION = "U"  # STC03; WQ accepts
REJECTED_CATEGORIES = frozenset({"A3", "A4", "A6", "A7", "A8", "D0", "E0", "E3", "E4"})


def claims_answer(transaction: Transaction) -> ClaimsAnswer:
    """One 277CA."""
    header, *levels = _levels(transaction)
    source = next((level for level in levels if level[0].at(3) == SOURCE), header)
    bht = next((segment for segment in header if segment.tag == "BHT"), header[0])
    batch = next((_party(level) for level in levels if level[0].at(3) == RECEIVER), None)
    return ClaimsAnswer(
        source_name=_name(source), source_is_payer=any(s.tag == "NM1" and s.at(1) == "PR" for s in source),
        reference=bht.at(3), trace_number=_trace(source), made_on=from_day(bht.at(4)),
        received_on=_days(source, "050")[0], processed_on=_days(source, "009")[0], batch=batch,
        providers=tuple(_party(level) for level in levels if level[0].at(3) == PROVIDER),
        claims=tuple(_claim(block) for level in levels if level[0].at(3) == CLAIM for block in _traced(level)))


def _levels(transaction: Iterable[Segment]) -> list[list[Segment]]:
    levels = [list[Segment]()]
    for segment in transaction:
        if segment.tag == "HL":
            levels.append([])
        levels[-1].append(segment)
    return levels


def _traced(level: Sequence[Segment]) -> Iterator[list[Segment]]:
    """A patient's level repeats from TRN on for each of the patient's claims; the name stands before the first."""
    starts = [at for at, segment in enumerate(level) if segment.tag == "TRN"]
    head = list(level[:starts[0]]) if starts else []
    for start, end in pairwise([*starts, len(level)]):
        yield head + list(level[start:end])


def _claim(block: Sequence[Segment]) -> ClaimAnswer:
    first_line = next((at for at, segment in enumerate(block) if segment.tag == "SVC"), len(block))
    claim, lines = block[:first_line], tuple(_lines(block[first_line:]))
    statuses = tuple(_statuses(claim))
    starts_on, ends_on = _days(claim, "472")
    everything = (*statuses, *(status for line in lines for status in line.statuses))
    return ClaimAnswer(
        control_number=_trace(claim), verdict=_verdict(everything), statuses=statuses,
        payer_control_number=_reference(claim, "1K"), clearinghouse_number=_reference(claim, "D9"),
        patient_name=_name(claim), starts_on=starts_on, ends_on=ends_on, lines=lines)


def _lines(segments: Sequence[Segment]) -> Iterator[LineAnswer]:
    starts = [at for at, segment in enumerate(segments) if segment.tag == "SVC"]
    for start, end in pairwise([*starts, len(segments)]):
        block = segments[start:end]
        yield LineAnswer(control_number=_reference(block, "FJ"), code=block[0].part(1, 2), statuses=tuple(_statuses(block)))


def _party(level: Sequence[Segment]) -> PartyAnswer:
    statuses = tuple(_statuses(level))
    counts = {segment.at(1): segment.at(2) for segment in level if segment.tag == "QTY"}
    sums = {segment.at(1): cents(segment, 2) for segment in level if segment.tag == "AMT"}
    named = next((segment for segment in level if segment.tag == "NM1"), level[0])
    return PartyAnswer(
        name=_name(level), id=named.at(9), trace_number=_trace(level), verdict=_verdict(statuses), statuses=statuses,
        accepted=_count(counts.get("90") or counts.get("QA", "")), rejected=_count(counts.get("AA") or counts.get("QC", "")),
        accepted_cents=sums.get("YU", 0), rejected_cents=sums.get("YY", 0))


def _statuses(segments: Iterable[Segment]) -> Iterator[Status]:
    """STC01, STC10 and STC11: three composites share date, action, amount and message."""
    for stc in segments:
        if stc.tag == "STC":
            charge = cents(stc, 4) if stc.at(4) else None
            for number in (1, 10, 11):
                if stc.at(number):
                    category, code, party = (stc.part(number, at) for at in (1, 2, 3))
                    yield Status(
                        category=category, code=code, party=party, effective_on=from_day(stc.at(2)), action=stc.at(3),
                        charge_cents=charge, message=stc.at(12),
                        words=claim_status(category, code, party) + (f" ({stc.at(12)})" if stc.at(12) else ""))


def _verdict(statuses: Iterable[Status]) -> Verdict:
    """One refusal is enough; the action counts, and the category where a sender leaves the action out."""
    refused = any(status.action == REJECTED_ACTION or (not status.action and status.category in REJECTED_CATEGORIES)
                  for status in statuses)
    return "rejected" if refused else "accepted"


def _name(segments: Iterable[Segment]) -> str:
    nm1 = next((segment for segment in segments if segment.tag == "NM1"), None)
    return " ".join(text for text in (nm1.at(4), nm1.at(3)) if text) if nm1 else ""


def _trace(segments: Iterable[Segment]) -> str:
    return next((segment.at(2) for segment in segments if segment.tag == "TRN"), "")


def _reference(segments: Iterable[Segment], qualifier: str) -> str:
    return next((segment.at(2) for segment in segments if segment.tag == "REF" and segment.at(1) == qualifier), "")


def _days(segments: Iterable[Segment], qualifier: str) -> tuple[date | None, date | None]:
    dtp = next((segment for segment in segments if segment.tag == "DTP" and segment.at(1) == qualifier), None)
    if dtp is None:
        return None, None
    if dtp.at(2) == "RD8":
        return from_days(dtp.at(3)) or (None, None)
    return from_day(dtp.at(3)), from_day(dtp.at(3))


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
