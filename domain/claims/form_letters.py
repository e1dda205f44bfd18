"""Letters that a CMS-1500 can't print: payers read plain capitals, so accents go, but other scripts have no way in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.claims.facts import ClientFacts, PayerFacts, PolicyFacts, PracticeFacts, ProviderFacts
from domain.claims.reasons import Place, Reason
from domain.documents.cms1500.nucc import capitals


def of_client(client: ClientFacts) -> Iterator[Reason]:
    """Boxes 2, 5 and 17."""
    names = ("insurer_first_name", "insurer_middle_name", "insurer_last_name", "referrer_first_name",
             "referrer_last_name")
    texts = {name: getattr(client, name) for name in names}
    where = {"street": f"{client.address.street} {client.address.street2}", "city": client.address.city}
    yield from _strange(texts | where, client.name, Place("client", client.id))


def of_policy(policy: PolicyFacts, client: ClientFacts) -> Iterator[Reason]:
    """Boxes 1a, 4, 7, 9 and 11."""
    names = ("member_id", "group_number", "plan_name", "subscriber_first_name", "subscriber_middle_name",
             "subscriber_last_name")
    texts = {name: getattr(policy, name) for name in names}
    where = {"subscriber_street": policy.subscriber_address.street, "subscriber_city": policy.subscriber_address.city}
    whose = f"{client.name}'s policy with {policy.payer.name}"
    yield from _strange(texts | where, whose, Place("policy", policy.id, client.id))


def of_payer(payer: PayerFacts) -> Iterator[Reason]:
    """The carrier block."""
    texts = {"name": payer.name, "street": payer.address.street, "city": payer.address.city}
    yield from _strange(texts, payer.name, Place("payer", payer.id))


def of_provider(provider: ProviderFacts) -> Iterator[Reason]:
    """Boxes 17, 31 and 33."""
    names = ("first_name", "last_name", "credentials", "entity_name")
    texts = {name: getattr(provider, name) for name in names}
    yield from _strange(texts, provider.name, Place("provider", provider.id))


def of_practice(practice: PracticeFacts) -> Iterator[Reason]:
    """Box 33."""
    texts = {"billing_name": practice.billing_name, "street": practice.address.street, "city": practice.address.city}
    yield from _strange(texts, "the practice", Place("practice", 1))


def _strange(texts: Mapping[str, str], whose: str, place: Place) -> Iterator[Reason]:
    for field, text in texts.items():
        if text.isascii():
            continue
        if letters := sorted({letter for letter in capitals(text) if not " " <= letter <= "~"}):
            sentence = f"An insurance form cannot print {' '.join(letters)}, written for {whose}"
            yield place.reason("unprintable_on_form", sentence, "Write it in Latin letters", field)
