"""What one client invoice says: the frozen record, from the parts of a bill-to person. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from domain.claims.facts import ClientFacts, Postal, PracticeFacts, ProviderFacts
from domain.documents.records import (
    Diagnosis,
    InvoiceLine,
    InvoiceRecord,
    InvoiceSection,
    Party,
    Payment,
    PracticeBlock,
    ProviderBlock,
)
from domain.documents.wording import money
from domain.invoicing.parts import LinePart, Part
from domain.invoicing.shares import WHOLE


def invoice_record(parts: Sequence[Part], practice: PracticeFacts, *, number: str, message: str, on: date) -> InvoiceRecord:
    """The record of one person's invoice: a section for each client and provider, days in order."""
    person = parts[0].person
    return InvoiceRecord(
        number=number,
        issued_on=on,
        due_on=on + timedelta(days=practice.invoice_due_days),
        practice=practice_block(practice),
        bill_to=Party(name=person.name, lines=address_lines(person.address), phone=person.phone, email=person.email),
        sections=sections(parts, practice),
        payments=payments(parts),
        message=message,
        with_diagnoses=any(wants_diagnoses(part.session.client, practice) for part in parts),
        font_path=practice.extra_font,
    )


def sections(parts: Sequence[Part], practice: PracticeFacts) -> tuple[InvoiceSection, ...]:
    """The lines of each client with each provider."""
    found: dict[tuple[int, int], list[Part]] = {}
    for part in parts:
        found.setdefault((part.session.client.id, part.session.provider.id), []).append(part)
    return tuple(section(together, practice) for together in found.values())


def section(parts: Sequence[Part], practice: PracticeFacts) -> InvoiceSection:
    """One client with one provider; diagnoses and numbers only where client or practice want them."""
    session = parts[0].session
    told = wants_diagnoses(session.client, practice)
    return InvoiceSection(
        client_name=session.client.name,
        provider=provider_block(session.provider) if told else ProviderBlock(
            name=session.provider.name, credentials=session.provider.credentials),
        lines=tuple(
            invoice_line(part, line)
            for part in sorted(parts, key=lambda part: (part.session.day, part.session.id))
            for line in part.lines
        ),
        diagnoses=diagnoses(session.client) if told else (),
    )


def invoice_line(part: Part, own: LinePart) -> InvoiceLine:
    """A charge as this person sees it."""
    line = own.line
    return InvoiceLine(
        day=part.session.day,
        code=line.code,
        description=line.description,
        units=line.units,
        modifiers=line.modifier_list,
        amount_cents=own.cents,
        note=note(part, own),
    )


def note(part: Part, own: LinePart) -> str:
    """Why the amount is not the whole fee."""
    policy, line = part.session.policy, own.line
    percent = f"{part.person.share_points / 100:g} %" if part.person.share_points < WHOLE else ""
    whole = money(line.total_cents)
    if policy is None or line.client_only:
        return f"{percent} of {whole}" if percent else ""
    billed = f"of {whole}, billed to {policy.payer.name}"
    return f"{percent} of the client's share {billed}" if percent else f"Your share {billed}"


def payments(parts: Sequence[Part]) -> tuple[Payment, ...]:
    """What was taken at the sessions, in order of days."""
    taken = [own for part in parts for own in part.payments]
    ordered = sorted(taken, key=lambda own: own.payment.received_on)
    return tuple(
        Payment(received_on=own.payment.received_on, method=own.payment.method.capitalize(), amount_cents=own.cents)
        for own in ordered
    )


def wants_diagnoses(client: ClientFacts, practice: PracticeFacts) -> bool:
    """The client's own wish, else the practice's."""
    own = client.invoice_with_diagnoses
    return practice.invoice_with_diagnoses if own is None else own


def practice_block(practice: PracticeFacts) -> PracticeBlock:
    """The letterhead."""
    elsewhere = practice.pay_to.street.strip()
    return PracticeBlock(
        legal_name=practice.billing_name or practice.name,
        lines=address_lines(practice.address),
        phone=practice.phone,
        email=practice.email,
        tax_id=practice.tax_id,
        tax_id_kind=kind_of(practice.tax_id_kind),
        npi=practice.npi,
        pay_to=(practice.pay_to_name or practice.billing_name or practice.name, *address_lines(practice.pay_to))
        if elsewhere else (),
    )


def provider_block(provider: ProviderFacts) -> ProviderBlock:
    """A provider with the numbers that payers ask for."""
    return ProviderBlock(
        name=provider.name,
        credentials=provider.credentials,
        npi=provider.npi,
        license_number=provider.license,
        supervised_by=provider.supervisor.name if provider.supervisor else "",
    )


def diagnoses(client: ClientFacts) -> tuple[Diagnosis, ...]:
    """The client's diagnoses in order."""
    return tuple(Diagnosis(code=one.code, description=one.description) for one in client.diagnoses)


def address_lines(postal: Postal) -> tuple[str, ...]:
    """Street lines, then city, state and ZIP, as on an envelope."""
    town = ", ".join(filter(None, (postal.city, " ".join(filter(None, (postal.state, postal.zip))))))
    return tuple(filter(None, (postal.street, postal.street2, town)))


def kind_of(kind: str) -> Literal["EIN", "SSN"]:
    """The record's two kinds of tax id."""
    return "SSN" if kind == "SSN" else "EIN"
