"""Reads an 837P back into the records it was written from, and tells what it could not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.claims.x12.elements import from_minute
from domain.claims.x12.findings import Finding
from domain.claims.x12.professional.loops import ABSENT, Loop, Reading, find, loops_of, parted
from domain.claims.x12.professional.read_claim import claim_of
from domain.claims.x12.professional.read_names import address_of, contact_of, name_of, some_address
from domain.claims.x12.professional.records import (
    GUIDE,
    BillingProvider,
    Claim,
    ClaimFile,
    Contact,
    Patient,
    Payer,
    Receiver,
    Submission,
    Submitter,
    Subscriber,
)
from domain.claims.x12.segments import Interchange, Segment, Transaction, only, read_segments
from domain.claims.x12.writing import Envelope, Usage


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The records of a file, and what was wrong with its form."""

    file: ClaimFile
    findings: tuple[Finding, ...]


def read_file(content: bytes) -> ReadFile:
    """The records of a batch file. Raises FileRefused when it is damaged or no 837P."""
    interchanges = read_segments(content)
    reading = Reading()
    submissions = [_submission(transaction, reading) for _, _, transaction in only(interchanges, "837", GUIDE)]
    whole = interchanges[0]
    if len(interchanges) > 1 or len(whole.groups) > 1:
        reading.fault("one_envelope", "A claim file holds one interchange with one group", segment="ISA")
    file = ClaimFile(envelope=_envelope(whole, reading), submissions=tuple(submissions))
    return ReadFile(file, tuple(reading.findings))


def _envelope(whole: Interchange, reading: Reading) -> Envelope:
    isa, gs = whole.header, whole.groups[0]
    made_at = from_minute(gs.made_on, gs.made_at)
    if isa.at(15) not in {"T", "P"}:
        reading.fault("usage", f"The usage mark is {isa.at(15)}; it must be T or P", segment="ISA", element="ISA15")
    usage: Usage = "T" if whole.is_test else "P"
    if made_at is None or f"{made_at:%y%m%d%H%M}" != whole.made_on + whole.made_at:
        reading.fault("envelope_time", "ISA and GS do not say the same day and minute", segment="GS", element="GS04")
    return Envelope(
        sender_id=whole.sender, receiver_id=whole.receiver,
        made_at=made_at or datetime.min,  # noqa: DTZ901 (X12 has no zone)
        interchange_control=_number(whole.control_number), group_control=_number(gs.control_number), usage=usage,
        kind=gs.functional_id, guide=gs.guide, sender_qualifier=isa.at(5), receiver_qualifier=isa.at(7),
        group_sender="" if gs.sender == whole.sender else gs.sender,
        group_receiver="" if gs.receiver == whole.receiver else gs.receiver, acknowledge=isa.at(14) == "1",
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _submission(transaction: Transaction, reading: Reading) -> Submission:
    inside = [segment for segment in transaction if segment.tag not in {"ST", "SE"}]
    loops = loops_of(inside)
    header, levels = parted(loops, lambda loop: loop.starts("HL"))
    _check_levels([level[0].head for level in levels], reading)
    bht = find(header, "BHT", "BHT").one("BHT")
    sender, receiver = find(header, "1000A", "NM1", "41"), find(header, "1000B", "NM1", "40")
    named, to, contact = sender.one("NM1"), receiver.one("NM1"), contact_of(sender.one("PER"))
    claims = tuple(_claims(levels, reading))
    reading.claim = ""
    reading.unread(header)
    return Submission(
        control=transaction.control_number, reference=bht.at(3), resent=bht.at(2) == "18",
        submitter=Submitter(name=name_of(named), id=named.at(9), contact=contact or Contact()),
        receiver=Receiver(name=to.at(3), id=to.at(9)), claims=claims,
    )


def _check_levels(heads: Sequence[Segment], reading: Reading) -> None:
    """HL01 counts from one, HL02 names the level above, HL04 says whether there is one below."""
    above = {"22": "20", "23": "22"}
    last: dict[str, str] = {}
    for number, head in enumerate(heads, 1):
        level = head.at(3)
        below = "1" if number < len(heads) and above.get(heads[number].at(3)) == level else "0"
        right = (str(number), last.get(above.get(level, ""), ""), below)
        if (head.at(1), head.at(2), head.at(4)) != right or level not in {"20", "22", "23"}:
            reading.fault("hierarchy", f"The level {head.at(1)} does not fit into the tree of levels", loop="2000",
                          segment="HL", element="HL01")
        last[level] = head.at(1)


def _claims(levels: Sequence[list[Loop]], reading: Reading) -> Iterator[Claim]:
    """Each claim with the levels above it."""
    billing, subscriber, payer = _billing([]), _subscriber([], reading), Payer(name="", id="")
    patient: Patient | None = None
    for level in levels:
        above, claims = parted(level, lambda loop: loop.starts("CLM"))
        reading.claim = ""
        kind = above[0].head.at(3)
        above[0].one("HL")
        if kind == "20":
            billing, patient = _billing(above), None
        elif kind == "22":
            subscriber, payer, patient = _subscriber(above, reading), _payer(above), None
        elif kind == "23":
            patient = _patient(above, reading)
        reading.unread(above)
        for loops in claims:
            yield claim_of(loops, reading, billing=billing, subscriber=subscriber, payer=payer, patient=patient)


def _billing(loops: Sequence[Loop]) -> BillingProvider:
    top = loops[0] if loops else Loop([ABSENT])
    top.label = "2000A"
    own, pay_to = find(loops, "2010AA", "NM1", "85"), find(loops, "2010AB", "NM1", "87")
    named, tax = own.one("NM1"), own.one("REF", "EI", "SY")
    kind: Literal["EI", "SY"] = "SY" if tax.at(1) == "SY" else "EI"
    if pay_to.head is not ABSENT:
        pay_to.one("NM1")
    return BillingProvider(
        name=name_of(named), npi=named.at(9), address=some_address(own), tax_id=tax.at(2), tax_id_kind=kind,
        taxonomy=top.one("PRV", "BI").at(3), contact=contact_of(own.one("PER")), pay_to=address_of(pay_to),
    )


def _subscriber(loops: Sequence[Loop], reading: Reading) -> Subscriber:
    top = loops[0] if loops else Loop([ABSENT])
    top.label = "2000B"
    sbr, own = top.one("SBR"), find(loops, "2010BA", "NM1", "IL")
    named, born = own.one("NM1"), own.one("DMG")
    return Subscriber(
        responsibility=sbr.at(1), relationship=sbr.at(2), group_number=sbr.at(3), group_name=sbr.at(4),
        insurance_type=sbr.at(5), filing=sbr.at(9), name=name_of(named), member_id=named.at(9),
        address=address_of(own), born_on=reading.day(born, 2, "2010BA"), sex=born.at(3),
        property_claim=own.said("REF", "Y4"),
    )


def _payer(loops: Sequence[Loop]) -> Payer:
    own = find(loops, "2010BB", "NM1", "PR")
    named = own.one("NM1")
    ids = tuple((one.at(1), one.at(2)) for one in own.all("REF", "G2", "LU"))
    return Payer(name=named.at(3), id=named.at(9), address=address_of(own), billing_ids=ids)


def _patient(loops: Sequence[Loop], reading: Reading) -> Patient:
    loops[0].label = "2000C"
    own = find(loops, "2010CA", "NM1", "QC")
    named, born = own.one("NM1"), own.one("DMG")
    born_on = reading.day(born, 2, "2010CA")
    if born_on is None:
        reading.fault("no_birth_date", "The patient has no birth date", loop="2010CA", segment="DMG", element="DMG02")
    return Patient(
        relationship=loops[0].one("PAT").at(1), name=name_of(named), address=some_address(own),
        born_on=born_on or date.min, sex=born.at(3), property_claim=own.said("REF", "Y4"),
    )
