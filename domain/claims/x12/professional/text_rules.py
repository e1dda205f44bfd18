"""What the check asks of every text in a claim: letters that the guide allows, and no more than an element holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from domain.claims.x12.characters import strange
from domain.claims.x12.professional.fault import Fault, Faults
from domain.claims.x12.professional.party_rules import addresses_of
from domain.claims.x12.professional.records import Claim, Contact, Name


class Text(NamedTuple):
    """A text with its place and the longest it may be (X12 data elements as the guide narrows them)."""

    place: str
    said: str
    longest: int
    line: int = 0


def texts_of(claim: Claim) -> Iterator[Text]:
    """Every text of a claim."""
    yield from _names(claim)
    yield from _addresses(claim)
    yield from _claim(claim)
    yield from _others(claim)
    for number, line in enumerate(claim.lines, 1):
        yield Text("2400 SV101-7", line.description, 80, number)
        yield Text("2400 REF02", line.control, 30, number)
        yield Text("2400 REF02", line.authorization, 50, number)
        yield Text("2400 NTE02", line.note, 80, number)
        for decision in line.decisions:
            yield Text("2430 SVD01", decision.payer_id, 80, number)


def _names(claim: Claim) -> Iterator[Text]:
    yield from name_texts(claim.billing.name, "2010AA")
    yield from name_texts(claim.subscriber.name, "2010BA")
    if claim.patient:
        yield from name_texts(claim.patient.name, "2010CA")
    for loop, provider in (("2310A", claim.referrer), ("2310B", claim.rendering), ("2310D", claim.supervisor)):
        if provider:
            yield from name_texts(provider.name, loop)
            yield from (Text(f"{loop} REF02", said, 50) for _, said in provider.ids)
    if claim.facility:
        yield Text("2310C NM103", claim.facility.name, 60)
        yield from (Text("2310C REF02", said, 50) for _, said in claim.facility.ids)
    yield Text("2010BB NM103", claim.payer.name, 60)


def name_texts(name: Name, loop: str) -> Iterator[Text]:
    """NM103 to NM107."""
    yield Text(f"{loop} NM103", name.last, 60)
    yield Text(f"{loop} NM104", name.first, 35)
    yield Text(f"{loop} NM105", name.middle, 25)
    yield Text(f"{loop} NM107", name.suffix, 10)


def contact_texts(contact: Contact, loop: str) -> Iterator[Text]:
    """PER."""
    yield Text(f"{loop} PER02", contact.name, 60)
    for said in (contact.phone, contact.extension, contact.email, contact.fax):
        yield Text(f"{loop} PER04", said, 256)


def _addresses(claim: Claim) -> Iterator[Text]:
    for loop, _, address, _ in addresses_of(claim):
        yield Text(f"{loop} N301", address.street, 55)
        yield Text(f"{loop} N302", address.street2, 55)
        yield Text(f"{loop} N401", address.city, 30)
    if claim.billing.contact:
        yield from contact_texts(claim.billing.contact, "2010AA")


def _claim(claim: Claim) -> Iterator[Text]:
    subscriber = claim.subscriber
    yield Text("2010BA NM109", subscriber.member_id, 80)
    yield Text("2000B SBR03", subscriber.group_number, 50)
    yield Text("2000B SBR04", subscriber.group_name, 60)
    yield Text("2010BA REF02", subscriber.property_claim, 50)
    if claim.patient:
        yield Text("2010CA REF02", claim.patient.property_claim, 50)
    yield Text("2010BB NM109", claim.payer.id, 80)
    yield from (Text("2010BB REF02", said, 50) for _, said in claim.payer.billing_ids)
    for said in (claim.authorization, claim.referral, claim.original_reference, claim.record_number):
        yield Text("2300 REF02", said, 50)
    yield Text("2300 NTE02", claim.note, 80)


def _others(claim: Claim) -> Iterator[Text]:
    for other in claim.others:
        yield from name_texts(other.name, "2330A")
        yield Text("2330A NM109", other.member_id, 80)
        yield Text("2320 SBR03", other.group_number, 50)
        yield Text("2320 SBR04", other.group_name, 60)
        yield Text("2330B NM103", other.payer_name, 60)
        yield Text("2330B NM109", other.payer_id, 80)
        yield Text("2330B REF02", other.claim_control, 50)
        yield Text("2330B REF02", other.authorization, 50)


def letters_and_lengths(claim: Claim) -> Faults:
    """All texts of a claim."""
    for text in texts_of(claim):
        yield from text_faults(text)


def text_faults(text: Text) -> Faults:
    """Letters outside of the guide's sets, spaces at an end, and what is too long."""
    if letters := strange(text.said):
        yield Fault("characters", text.place, f"“{text.said}” holds what a claim file must not: {' '.join(letters)}", text.line)
    if text.said != text.said.strip():
        yield Fault("spaces", text.place, f"“{text.said}” begins or ends with a space", text.line)
    if len(text.said) > text.longest:
        yield Fault("too_long", text.place, f"“{text.said}” has more than {text.longest} letters", text.line)


RULES = (letters_and_lengths,)
