"""Our own check of an 837P, run before it is written and again on the file read back: what payers refuse claims for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from domain.claims.x12.findings import Finding
from domain.claims.x12.professional import (
    claim_rules,
    line_rules,
    other_rules,
    party_rules,
    subscriber_rules,
    text_rules,
)
from domain.claims.x12.professional.fault import Fault, Faults, Rule
from domain.claims.x12.professional.read import read_file
from domain.claims.x12.professional.records import GUIDE, MOST_CLAIMS, Claim, ClaimFile, Submission
from domain.claims.x12.professional.text_rules import Text, contact_texts, name_texts, text_faults
from domain.claims.x12.professional.write import written_file
from domain.claims.x12.refusals import FileRefused
from domain.claims.x12.writing import Envelope

RULES: tuple[Rule, ...] = (
    *party_rules.RULES, *subscriber_rules.RULES, *claim_rules.RULES, *line_rules.RULES, *other_rules.RULES,
    *text_rules.RULES,
)  # fmt: skip


def check_claim(claim: Claim) -> list[Finding]:
    """Everything wrong with one claim."""
    return [_found(fault, claim.number) for rule in RULES for fault in rule(claim)]


def check_records(file: ClaimFile) -> list[Finding]:
    """Everything wrong with a file that is about to be written."""
    found = [_found(fault) for fault in (*_envelope(file.envelope), *_submissions(file.submissions), *_numbers(file.claims))]
    found += _not_yet(file.claims, file.envelope.made_at.date())
    for claim in file.claims:
        found += check_claim(claim)
    return found


def check_bytes(content: bytes) -> list[Finding]:
    """Everything wrong with a written file: its form, its records, and that nothing in it was passed over."""
    try:
        back = read_file(content)
    except FileRefused as refused:
        return [Finding(code="damaged", sentence=refused.told())]
    found = [*back.findings, *check_records(back.file)]
    if not back.findings and written_file(back.file) != content.strip():
        found.append(Finding(code="not_as_written", sentence="The file holds something that its claims do not say"))
    return found


def written_and_checked(file: ClaimFile) -> tuple[bytes, list[Finding]]:
    """The bytes of a file, and what is wrong with it before and after; it may go out only without findings."""
    if before := check_records(file):
        return b"", before
    content = written_file(file)
    return content, check_bytes(content)


def _found(fault: Fault, claim: str = "") -> Finding:
    loop, _, element = fault.place.rpartition(" ")
    segment = element.partition("-")[0][:-2]
    return Finding(code=fault.code, sentence=fault.sentence, loop=loop, segment=segment, element=element, claim=claim,
                   line=fault.line)


def _envelope(envelope: Envelope) -> Faults:
    """ISA and GS."""
    for place, said, longest in (("ISA06", envelope.sender_id, 15), ("ISA08", envelope.receiver_id, 15),
                                 ("GS02", envelope.group_sender or envelope.sender_id, 15),
                                 ("GS03", envelope.group_receiver or envelope.receiver_id, 15)):
        if len(said) < 2:
            yield Fault("trading_partner", place, "The id of sender or receiver is missing")
        yield from text_faults(Text(place, said, longest))
    if not all(1 <= number <= 999_999_999 for number in (envelope.interchange_control, envelope.group_control)):
        yield Fault("control_number", "ISA13", "The control numbers of a file run from 1 to 999,999,999")
    if (envelope.kind, envelope.guide) != ("HC", GUIDE):
        yield Fault("guide", "GS08", f"This is not a file of claims by the guide {GUIDE}")


def _submissions(submissions: Sequence[Submission]) -> Faults:
    """ST, BHT, 1000A and 1000B."""
    controls = [one.control for one in submissions]
    if len(set(controls)) < len(controls) or not all(c.isdigit() and 4 <= len(c) <= 9 for c in controls):
        yield Fault("set_control", "ST02", "Each transaction has a control number of its own, of four to nine digits")
    for one in submissions:
        if not 1 <= len(one.claims) <= MOST_CLAIMS:
            yield Fault("claim_count", "ST01", f"A transaction holds one to {MOST_CLAIMS} claims, not {len(one.claims)}")
        if not (one.submitter.id and one.submitter.name.last and one.receiver.id and one.receiver.name):
            yield Fault("trading_partner", "1000A NM109", "Submitter or receiver has no name or no id")
        contact = one.submitter.contact
        if not (contact.phone or contact.email or contact.fax):
            yield Fault("contact", "1000A PER04", "There is no way to reach the submitter")
        if all((contact.phone, contact.extension, contact.email, contact.fax)):
            yield Fault("contact", "1000A PER08", "A contact has room for three of phone, extension, email and fax")
        yield from _texts(one)


def _texts(one: Submission) -> Faults:
    texts = (Text("BHT03", one.reference, 30), Text("1000A NM109", one.submitter.id, 80),
             Text("1000B NM109", one.receiver.id, 80), Text("1000B NM103", one.receiver.name, 60),
             *name_texts(one.submitter.name, "1000A"), *contact_texts(one.submitter.contact, "1000A"))
    for text in texts:
        yield from text_faults(text)


def _numbers(claims: Iterable[Claim]) -> Faults:
    """Our control number is what answers are matched by."""
    for number, times in Counter(claim.number for claim in claims).items():
        if times > 1:
            yield Fault("claim_number_twice", "2300 CLM01", f"The claim number {number} stands {times} times in the file")


def _not_yet(claims: Iterable[Claim], made_on: date) -> Iterator[Finding]:
    """A claim is for what has been done."""
    for claim in claims:
        for number, line in enumerate(claim.lines, 1):
            if (line.last_day or line.first_day) > made_on:
                fault = Fault("not_yet", "2400 DTP03", f"{line.last_day or line.first_day} is after the day of the file", number)
                yield _found(fault, claim.number)
