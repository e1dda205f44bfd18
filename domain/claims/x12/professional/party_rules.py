"""What the check asks of everybody in a claim: numbers with their check digits, names, and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from domain.checks import is_ein, is_npi, is_ssn, is_state, is_taxonomy
from domain.claims.x12.professional.fault import Fault, Faults
from domain.claims.x12.professional.records import Address, Claim, Name, Provider

PO_BOX = re.compile(r"\b(P\.? ?O\.? ?(BOX|DRAWER|BX)|POST(AL)? OFFICE (BOX|DRAWER)|LOCK ?BOX)\b")
PROVIDER_IDS = frozenset({"0B", "1G", "G2", "LU"})  # license, UPIN, the payer's own number, location number
REFERRER_IDS = frozenset({"0B", "1G", "G2"})
FACILITY_IDS = frozenset({"0B", "G2", "LU"})


class Placed(NamedTuple):
    """An address with its loop and the words for whose it is."""

    loop: str
    whose: str
    address: Address
    exact: bool = False
    """Nine digits and a street are asked for."""


def billing_numbers(claim: Claim) -> Faults:
    """2000A and 2010AA: NPI, tax id, taxonomy."""
    billing = claim.billing
    yield from _npi(billing.npi, "2010AA", "The billing provider")
    tax_id = billing.tax_id
    whole = re.fullmatch(r"[0-9]{9}", tax_id) is not None
    right = is_ein(f"{tax_id[:2]}-{tax_id[2:]}") if billing.tax_id_kind == "EI" else is_ssn(
        f"{tax_id[:3]}-{tax_id[3:5]}-{tax_id[5:]}")
    if not whole or not right:
        words = "EIN" if billing.tax_id_kind == "EI" else "Social Security number"
        yield Fault("billing_tax_id", "2010AA REF02", f"The billing provider's {words} is not nine digits that can be right")
    if billing.taxonomy and not is_taxonomy(billing.taxonomy):
        yield Fault("taxonomy", "2000A PRV03", f"{billing.taxonomy} is not a taxonomy code")


def provider_numbers(claim: Claim) -> Faults:
    """2310A to D."""
    for loop, who, provider, allowed in _providers(claim):
        yield from _npi(provider.npi, loop, who)
        if provider.taxonomy and (loop != "2310B" or not is_taxonomy(provider.taxonomy)):
            yield Fault("taxonomy", f"{loop} PRV03", f"{who} has a taxonomy code that does not belong here")
        yield from _ids(provider.ids, allowed, loop, who)
        if not provider.name.person and loop != "2310B":
            yield Fault("not_a_person", f"{loop} NM102", f"{who} must be a person")
    if claim.facility:
        if claim.facility.npi:
            yield from _npi(claim.facility.npi, "2310C", "The service facility")
        yield from _ids(claim.facility.ids, FACILITY_IDS, "2310C", "The service facility")


def _providers(claim: Claim) -> Iterator[tuple[str, str, Provider, frozenset[str]]]:
    known = (("2310A", "Who referred", claim.referrer, REFERRER_IDS),
             ("2310B", "The rendering provider", claim.rendering, PROVIDER_IDS),
             ("2310D", "The supervisor", claim.supervisor, PROVIDER_IDS))
    return ((loop, who, provider, allowed) for loop, who, provider, allowed in known if provider is not None)


def _npi(npi: str, loop: str, who: str) -> Faults:
    if not is_npi(npi):
        yield Fault("npi", f"{loop} NM109", f"{who} has {f'an NPI with a wrong digit: {npi}' if npi else 'no NPI'}")


def _ids(ids: tuple[tuple[str, str], ...], allowed: frozenset[str], loop: str, who: str) -> Faults:
    if any(qualifier not in allowed or not said for qualifier, said in ids):
        yield Fault("provider_id", f"{loop} REF01", f"{who} has a number of a kind that does not belong here")


def payer_numbers(claim: Claim) -> Faults:
    """2010BB: the payer's id, and what it calls the billing provider."""
    payer = claim.payer
    if not payer.id or not payer.name:
        yield Fault("payer_id", "2010BB NM109", "The payer has no payer id or no name")
    yield from _ids(payer.billing_ids, frozenset({"G2", "LU"}), "2010BB", "The billing provider")


def names(claim: Claim) -> Faults:
    """A person has a last name, and a first name where the payer matches by it; an organization has one name only."""
    for loop, who, name in _names(claim):
        if not name.last or (name.person and not name.first and loop in {"2010BA", "2010CA", "2310B"}):
            element = "NM104" if name.last else "NM103"
            yield Fault("name", f"{loop} {element}", f"{who} has no {'first' if name.last else 'last'} name")
        if not name.person and (name.first or name.middle or name.suffix):
            yield Fault("organization_name", f"{loop} NM104", f"{who} is an organization and has a first name")


def _names(claim: Claim) -> Iterator[tuple[str, str, Name]]:
    yield "2010AA", "The billing provider", claim.billing.name
    yield "2010BA", "The subscriber", claim.subscriber.name
    if claim.patient:
        yield "2010CA", "The patient", claim.patient.name
    for loop, who, provider, _ in _providers(claim):
        yield loop, who, provider.name
    for other in claim.others:
        yield "2330A", f"The subscriber with {other.payer_name}", other.name
    if claim.facility:
        yield "2310C", "The service facility", Name(last=claim.facility.name, person=False)


def addresses_of(claim: Claim) -> Iterator[Placed]:
    """Every address of a claim."""
    yield Placed("2010AA", "The billing provider", claim.billing.address, exact=True)
    subscriber, patient = claim.subscriber.address, claim.patient
    known = (Placed("2010AB", "The pay-to address", claim.billing.pay_to) if claim.billing.pay_to else None,
             Placed("2010BA", "The subscriber", subscriber) if subscriber else None,
             Placed("2010BB", "The payer", claim.payer.address) if claim.payer.address else None,
             Placed("2010CA", "The patient", patient.address) if patient else None,
             Placed("2310C", "The service facility", claim.facility.address, exact=True) if claim.facility else None)
    yield from (one for one in known if one)
    for other in claim.others:
        if other.address:
            yield Placed("2330A", f"The subscriber with {other.payer_name}", other.address)


def addresses(claim: Claim) -> Faults:
    """Street, city, a real state, a ZIP of five or nine digits."""
    for loop, whose, address, _ in addresses_of(claim):
        if not address.street or not address.city:
            element = "N301" if not address.street else "N401"
            yield Fault("address", f"{loop} {element}", f"{whose} has no {'city' if address.street else 'street'}")
        if not is_state(address.state):
            yield Fault("state", f"{loop} N402", f"{whose} has no state as the post writes it: {address.state or 'none'}")
        if not re.fullmatch(r"[0-9]{5}([0-9]{4})?", address.zip):
            yield Fault("zip", f"{loop} N403", f"{whose} has no ZIP code of five or nine digits: {address.zip or 'none'}")


def exact_addresses(claim: Claim) -> Faults:
    """Billing provider and facility: where they really are, with nine digits; a PO box goes to the pay-to address."""
    for loop, whose, address, exact in addresses_of(claim):
        if exact and PO_BOX.search(f"{address.street} {address.street2}"):
            yield Fault("po_box", f"{loop} N301", f"{whose} must have a street address; a PO box goes to pay-to (2010AB)")
        if exact and re.fullmatch(r"[0-9]{5}(0000)?", address.zip):  # nothing is delivered to 0000
            yield Fault("zip_nine", f"{loop} N403", f"{whose} needs the ZIP code with all nine digits, not {address.zip}")


def pay_to(claim: Claim) -> Faults:
    """2010AB only where the money goes elsewhere."""
    if claim.billing.pay_to is not None and same_place(claim.billing.pay_to, claim.billing.address):
        yield Fault("pay_to_same", "2010AB N301", "The pay-to address is the billing provider's own; leave it out")


def same_place(one: Address, other: Address) -> bool:
    """Whether two addresses are one, whichever of them has the longer ZIP code."""
    def said(address: Address) -> tuple[str, str, str, str]:
        return (re.sub(r"[^A-Z0-9]", "", f"{address.street} {address.street2}".upper()), address.city.upper(),
                address.state, address.zip[:5])
    return said(one) == said(other)


RULES = (billing_numbers, provider_numbers, payer_numbers, names, addresses, exact_addresses, pay_to)
