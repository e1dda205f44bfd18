"""What the boxes of one CMS-1500 (02/12) say, from the records, by the NUCC instruction manual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, cast

from domain.claims.facts import (
    ClientFacts,
    LineFacts,
    PayerFacts,
    PolicyFacts,
    Postal,
    PracticeFacts,
    ProviderFacts,
    SessionFacts,
)
from domain.claims.packing import authorization_of, secondary_of, site_of
from domain.claims.payer_rules import PayerRule, modifiers_of, number_of
from domain.claims.pointing import pointed_at, session_codes
from domain.claims.session_rules import MOST_DIAGNOSES
from domain.documents.claim_record import (
    Address,
    ClaimRecord,
    DatedFact,
    Insured,
    OtherInsured,
    Patient,
    Payer,
    PayerKind,
    PersonName,
    Rank,
    Referrer,
    Relationship,
    ServiceLine,
    Sex,
    Site,
)

ON_FILE = "SIGNATURE ON FILE"
BOX_31_WIDTH = 21  # characters, as assets/cms1500/positions.csv has it
TAXONOMY = "ZZ"  # NUCC: the qualifier for a taxonomy on paper, where the 837P has PXC


def claim_record(
    form: Sequence[SessionFacts], practice: PracticeFacts, *, account_number: str, paid_cents: int, on: date
) -> ClaimRecord:
    """The record of one form; its sessions are alike (see packing)."""
    first = form[0]
    client, provider, policy = first.client, first.rendering, cast("PolicyFacts", first.policy)
    codes = form_diagnoses(form)
    secondary, site = secondary_of(first), site_of(first)
    return ClaimRecord(
        account_number=account_number,
        made_on=on,
        payer=payer(policy.payer),
        rank=cast("Rank", policy.rank),
        pay_to=address(practice.pay_to) if practice.pay_to.street else None,
        patient=patient(client, policy),
        insured=insured(client, policy),
        other_insured=other_insured(client, secondary) if secondary else None,
        another_plan=secondary is not None,
        patient_signature=ON_FILE if client.release_signed_on else "",
        patient_signed_on=client.release_signed_on,
        insured_signature=ON_FILE if client.assignment_signed_on else "",
        onset=DatedFact(on=client.onset_on, qualifier=client.onset_qualifier) if client.onset_on else None,
        referrer=named_in_17(first),
        supervisor=supervising(first.supervisor),
        diagnoses=codes,
        authorization=authorization_of(first),
        lines=tuple(service_line(session, line, codes) for session in form for line in session.claim_lines),
        tax_id=provider.entity_tax_id if provider.bills_as_entity else practice.tax_id,
        tax_id_kind=_kind(provider.entity_tax_id_kind if provider.bills_as_entity else practice.tax_id_kind),
        accept_assignment=client.accept_assignment,
        paid_cents=paid_cents,
        provider_signature=signed_by(provider),
        provider_signed_on=on,
        facility=Site(name=site.name, address=address(site.address), npi=site.npi,
                      other_id=_number(number_of(first, "facility"))) if site else None,
        billing=with_number(billing(provider, practice), number_of(first, "billing")),
    )


def signed_by(provider: ProviderFacts) -> str:
    """CMS-1500 box 31: name and credentials where the line holds them, else the name, else initial and last name."""
    whole = f"{provider.name} {provider.credentials}".strip()
    shorter = (whole, provider.name, f"{provider.first_name[:1]} {provider.last_name}".strip())
    return next((words for words in shorter if len(words) <= BOX_31_WIDTH), whole)


def form_diagnoses(form: Sequence[SessionFacts]) -> tuple[str, ...]:
    """Box 21: what the lines point at, filled up to twelve with the client's others, in the client's order."""
    listed = [diagnosis.code for diagnosis in form[0].client.diagnoses]
    needed = {code for session in form for code in session_codes(session)}
    room = MOST_DIAGNOSES - len(needed)
    for code in listed:
        if code not in needed and room > 0:
            needed.add(code)
            room -= 1
    return tuple(code for code in listed if code in needed)


def service_line(session: SessionFacts, line: LineFacts, codes: tuple[str, ...]) -> ServiceLine:
    """Box 24. Pointers become letters of this form's box 21 (24E takes letters, not codes)."""
    own = tuple(diagnosis.code for diagnosis in session.client.diagnoses)
    provider, given = session.rendering, number_of(session, "rendering")
    return ServiceLine(
        first_day=session.day,
        place=session.place_of_service,
        code=line.code,
        modifiers=modifiers_of(session, line),
        pointers="".join(chr(ord("A") + codes.index(code)) for code in pointed_at(line, own)),
        charge_cents=line.total_cents,
        units=line.units,
        rendering_npi=provider.npi,
        rendering_name=PersonName(last=provider.last_name, first=provider.first_name),
        rendering_id_qualifier=given.qualifier if given else TAXONOMY if provider.taxonomy else "",
        rendering_id=given.value if given else provider.taxonomy,
        rendering_taxonomy=provider.taxonomy if given and given.qualifier != TAXONOMY else "",
    )


def payer(facts: PayerFacts) -> Payer:
    """The carrier block, and where a claim by file goes."""
    return Payer(name=facts.name, kind=cast("PayerKind", facts.kind), address=address(facts.address), id=facts.payer_id)


def patient(client: ClientFacts, policy: PolicyFacts) -> Patient:
    """Boxes 2, 3, 5, 6 and 10."""
    return Patient(
        name=client_name(client),
        born_on=client.birth_date,
        sex=cast("Sex", client.insurer_sex),
        address=address(client.address, client.phone),
        relationship=cast("Relationship", policy.relationship),
        accident_at_work=client.employment_accident,
        accident_by_car=client.auto_accident,
        accident_state=client.auto_accident_state,
        accident_other=client.other_accident,
        member_id=policy.patient_member_id if policy.relationship != "self" else "",
    )


def insured(client: ClientFacts, policy: PolicyFacts) -> Insured:
    """Boxes 1a, 4, 7 and 11; a subscriber who is the client is written out, as NUCC has it."""
    own = policy.relationship == "self"
    return Insured(
        member_id=policy.member_id,
        name=client_name(client) if own else subscriber_name(policy),
        address=address(client.address, client.phone) if own else address(
            policy.subscriber_address, policy.subscriber_phone),
        group_number="NONE" if policy.payer.kind == "medicare" and policy.rank == "primary" else policy.group_number,
        born_on=client.birth_date if own else policy.subscriber_birth_date,
        sex=cast("Sex", client.insurer_sex if own else policy.subscriber_sex),
        plan_name=policy.plan_name or policy.payer.name,
    )


def other_insured(client: ClientFacts, policy: PolicyFacts) -> OtherInsured:
    """Boxes 9, 9a and 9d, from the secondary policy."""
    return OtherInsured(
        name=client_name(client) if policy.relationship == "self" else subscriber_name(policy),
        policy_number=policy.member_id or policy.group_number,
        plan_name=policy.plan_name or policy.payer.name,
        payer=payer(policy.payer),
        rank=cast("Rank", policy.rank),
        relationship=cast("Relationship", policy.relationship),
        group_number=policy.group_number,
    )


def named_in_17(session: SessionFacts) -> Referrer | None:
    """Box 17 holds one: the referrer (DN) goes before the supervisor (DQ)."""
    client = session.client
    if client.referrer_last_name:
        name = PersonName(last=client.referrer_last_name, first=client.referrer_first_name)
        return Referrer(name=name, qualifier="DN", npi=client.referrer_npi)
    return supervising(session.supervisor)


def supervising(supervisor: ProviderFacts | None) -> Referrer | None:
    """Who supervises the provider, if anybody does."""
    if supervisor is None:
        return None
    name = PersonName(last=supervisor.last_name, first=supervisor.first_name)
    return Referrer(name=name, qualifier="DQ", credentials=supervisor.credentials, npi=supervisor.npi)


def billing(provider: ProviderFacts, practice: PracticeFacts) -> Site:
    """Box 33: the practice, or the provider who bills as an entity of their own, at the practice's address."""
    where = address(practice.address, practice.phone)
    if provider.bills_as_entity:
        person = None if provider.entity_name else PersonName(last=provider.last_name, first=provider.first_name)
        return Site(name=provider.entity_name or provider.name, address=where, person=person,
                    npi=provider.entity_npi or provider.npi, other_id=_taxonomy(provider.taxonomy))
    return Site(name=practice.billing_name, address=where, npi=practice.npi, other_id=_taxonomy(practice.taxonomy))


def with_number(site: Site, given: PayerRule | None) -> Site:
    """Box 33b: the payer's own number, where it gave one; a claim by file has room for the taxonomy beside it."""
    if given is None:
        return site
    taxonomy = "" if given.qualifier == TAXONOMY else site.other_id.removeprefix(TAXONOMY)
    return replace(site, other_id=_number(given), taxonomy=taxonomy)


def _number(given: PayerRule | None) -> str:
    return f"{given.qualifier}{given.value}" if given else ""


def client_name(client: ClientFacts) -> PersonName:
    """The name as the insurer has it."""
    return PersonName(last=client.insurer_last_name, first=client.insurer_first_name,
                      middle=client.insurer_middle_name, suffix=client.insurer_suffix)


def subscriber_name(policy: PolicyFacts) -> PersonName:
    """Who holds the policy, when that is not the client."""
    return PersonName(last=policy.subscriber_last_name, first=policy.subscriber_first_name,
                      middle=policy.subscriber_middle_name)


def address(postal: Postal, phone: str = "") -> Address:
    """An address as the form takes it."""
    return Address(street=postal.street, street2=postal.street2, city=postal.city, state=postal.state, zip=postal.zip,
                   phone=phone)


def _taxonomy(code: str) -> str:
    return f"{TAXONOMY}{code}" if code else ""


def _kind(kind: str) -> Literal["EIN", "SSN"]:
    return "SSN" if kind == "SSN" else "EIN"
