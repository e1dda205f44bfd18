"""What claims ask of the practice, its providers, locations and payers, the client and the policy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from domain.checks import is_ein, is_icd10, is_npi, is_ssn, is_state, is_taxonomy, is_zip, tidy_icd10
from domain.claims.facts import (
    ClientFacts,
    LocationFacts,
    PayerFacts,
    PolicyFacts,
    Postal,
    PracticeFacts,
    ProviderFacts,
)
from domain.claims.reasons import Place, Reason

PRACTICE = Place("practice", 1)
RELATIONSHIPS = frozenset({"self", "spouse", "child", "other"})  # CMS-1500 box 6


def of_practice(practice: PracticeFacts) -> Iterator[Reason]:
    """Boxes 25 and 33, when the practice bills."""
    if not practice.billing_name.strip():
        yield PRACTICE.reason("no_billing_name", "The practice has no legal billing name", "Add the legal name",
                              "billing_name")
    yield from _npi(practice.npi, "The practice", PRACTICE, "npi")
    yield from _tax_id(practice.tax_id, practice.tax_id_kind, "The practice", PRACTICE, "tax_id")
    yield from _taxonomy(practice.taxonomy, "The practice", PRACTICE)
    yield from of_practice_address(practice)


def of_practice_address(practice: PracticeFacts) -> Iterator[Reason]:
    """Box 33's address is the practice's, also for a provider who bills alone."""
    yield from _address(practice.address, "The practice", PRACTICE)


def of_provider(provider: ProviderFacts) -> Iterator[Reason]:
    """Box 24J, and boxes 25 and 33 of a provider who bills as an entity of their own."""
    place = Place("provider", provider.id)
    yield from _npi(provider.npi, provider.name, place, "npi")
    yield from _taxonomy(provider.taxonomy, provider.name, place)
    if not provider.bills_as_entity:
        return
    if provider.entity_npi:
        yield from _npi(provider.entity_npi, f"{provider.name}'s own practice", place, "entity_npi")
    yield from _tax_id(provider.entity_tax_id, provider.entity_tax_id_kind, provider.name, place, "entity_tax_id")


def of_supervisor(supervisor: ProviderFacts) -> Iterator[Reason]:
    """Box 17b with the qualifier DQ."""
    yield from _npi(supervisor.npi, f"The supervisor, {supervisor.name},", Place("provider", supervisor.id), "npi")


def of_location(location: LocationFacts) -> Iterator[Reason]:
    """Box 32."""
    place = Place("location", location.id)
    yield from _address(location.address, f"The location {location.name}", place)
    if location.npi and not is_npi(location.npi):
        yield from _npi(location.npi, f"The location {location.name}", place, "npi")


def of_payer(payer: PayerFacts) -> Iterator[Reason]:
    """The carrier block, and the id that electronic claims are addressed by."""
    place = Place("payer", payer.id)
    yield from _address(payer.address, payer.name, place, "claims address")
    # 005010X222A1, 2010BB NM109: 2 to 80 characters; clearinghouses give out letters and digits.
    if payer.payer_id and not re.fullmatch(r"[0-9A-Z-]{2,80}", payer.payer_id.strip().upper()):
        yield place.reason("bad_payer_id", f"{payer.name} has a payer ID that is not letters and digits: "
                           f"{payer.payer_id}", "Correct the payer ID", "payer_id")


def of_client(client: ClientFacts) -> Iterator[Reason]:
    """Boxes 2, 3, 5, 10, 17 and 21."""
    place = Place("client", client.id)
    if not client.insurer_first_name.strip() or not client.insurer_last_name.strip():
        yield place.reason("no_insurer_name", f"{client.name} has no first and last name as the insurer has them",
                           "Add the name", "insurer_last_name" if client.insurer_first_name else "insurer_first_name")
    if client.birth_date is None:
        yield place.reason("no_birth_date", f"{client.name} has no birth date", "Add the birth date", "birth_date")
    if not client.insurer_sex:
        yield place.reason("no_sex", f"{client.name} has no sex as the insurer has it", "Add it", "insurer_sex")
    yield from _address(client.address, client.name, place)
    if client.auto_accident and not is_state(client.auto_accident_state):
        yield place.reason("no_accident_state", f"{client.name}'s auto accident has no state", "Add the state",
                           "auto_accident_state")
    if client.referrer_last_name:
        who = f"{client.referrer_first_name} {client.referrer_last_name}, who referred {client.name},".strip()
        yield from _npi(client.referrer_npi, who, place, "referrer_npi")
    yield from _diagnoses(client, place)


def _diagnoses(client: ClientFacts, place: Place) -> Iterator[Reason]:
    if not client.diagnoses:
        yield place.reason("no_diagnosis", f"{client.name} has no diagnosis", "Add a diagnosis", "diagnoses")
    for diagnosis in client.diagnoses:
        if not is_icd10(diagnosis.code):
            yield place.reason("bad_diagnosis", f"{diagnosis.code} is not an ICD-10-CM code", "Correct the diagnosis",
                               "diagnoses")
    times = Counter(tidy_icd10(diagnosis.code) for diagnosis in client.diagnoses)
    for code, count in times.items():
        if count > 1:
            yield place.reason("double_diagnosis", f"{code} stands {count} times among {client.name}'s diagnoses",
                               "Remove one", "diagnoses")


def of_policy(policy: PolicyFacts, client: ClientFacts) -> Iterator[Reason]:
    """Boxes 1a, 4, 7 and 11a."""
    place = Place("policy", policy.id, client.id)
    if not policy.member_id.strip():
        yield place.reason("no_member_id", f"{client.name} has no member id with {policy.payer.name}",
                           "Add the member id", "member_id")
    if policy.relationship not in RELATIONSHIPS:
        yield place.reason("no_relationship", f"{client.name}'s policy with {policy.payer.name} does not say how they "
                           "are related to the subscriber", "Choose the relationship", "relationship")
    elif policy.relationship != "self":
        yield from _subscriber(policy, client, place)


def _subscriber(policy: PolicyFacts, client: ClientFacts, place: Place) -> Iterator[Reason]:
    who = f"The subscriber of {client.name}'s policy with {policy.payer.name}"
    if not policy.subscriber_first_name.strip() or not policy.subscriber_last_name.strip():
        field = "subscriber_last_name" if policy.subscriber_first_name else "subscriber_first_name"
        yield place.reason("no_subscriber_name", f"{who} has no first and last name", "Add the name", field)
    if policy.subscriber_birth_date is None:
        yield place.reason("no_subscriber_birth_date", f"{who} has no birth date", "Add the birth date",
                           "subscriber_birth_date")
    if not policy.subscriber_sex:
        yield place.reason("no_subscriber_sex", f"{who} has no sex as the insurer has it", "Add it", "subscriber_sex")
    yield from _address(policy.subscriber_address, who, place, prefix="subscriber_")


def _npi(npi: str, who: str, place: Place, field: str) -> Iterator[Reason]:
    if not npi.strip():
        yield place.reason("no_npi", f"{who} has no billing number (NPI)", "Add the NPI", field)
    elif not is_npi(npi):
        yield place.reason("bad_npi", f"{who} has an NPI with a mistyped digit: {npi}", "Correct the NPI", field)


def _taxonomy(taxonomy: str, who: str, place: Place) -> Iterator[Reason]:
    """It may be missing; one that is there must have the code set's form."""
    if taxonomy and not is_taxonomy(taxonomy):
        yield place.reason("bad_taxonomy", f"{who} has a taxonomy code that cannot be right: {taxonomy}",
                           "Correct the taxonomy", "taxonomy")


def _tax_id(tax_id: str, kind: str, who: str, place: Place, field: str) -> Iterator[Reason]:
    words = "EIN" if kind == "EIN" else "Social Security number"
    if not tax_id.strip():
        yield place.reason("no_tax_id", f"{who} has no tax id ({words})", "Add the tax id", field)
    elif not (is_ein(tax_id) if kind == "EIN" else is_ssn(tax_id)):
        yield place.reason("bad_tax_id", f"{who} has a tax id that is not a whole {words}", "Correct the tax id", field)


def _address(
    address: Postal, who: str, place: Place, what: str = "address", *, prefix: str = ""
) -> Iterator[Reason]:
    """One reason an address, at the first field that is missing."""
    parts = {"street": address.street, "city": address.city, "state": address.state, "zip": address.zip}
    missing = [name for name, said in parts.items() if not said.strip()]
    words = {"zip": "ZIP code"}
    if len(missing) == len(parts):
        yield place.reason("no_address", f"{who} has no {what}", "Add the address", f"{prefix}street")
    elif missing:
        listed = " and ".join(words.get(name, name) for name in missing)
        yield place.reason("no_address", f"{who} has no {listed} in the {what}", "Complete the address",
                           prefix + missing[0])
    elif not is_state(address.state) or not is_zip(address.zip):
        wrong = "zip" if is_state(address.state) else "state"
        yield place.reason("bad_address", f"{who} has a {words.get(wrong, wrong)} in the {what} that cannot be right",
                           "Correct the address", prefix + wrong)
