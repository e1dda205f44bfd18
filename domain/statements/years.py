"""A year's summary for taxes: what was paid by the client's side in a year, by day, provider and service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain import access
from domain.access import SignedIn
from domain.claims.facts import ProviderFacts
from domain.documents.account_records import YearLine, YearRecord
from domain.documents.records import Party
from domain.documents.wording import numbers, with_credentials
from domain.documents.year import year_pdf
from domain.errors import NotFound, PracticeError
from domain.invoicing.gathering import clients_of, practice_facts, providers_by_id
from domain.invoicing.invoice import address_lines, practice_block
from domain.invoicing.stored import StoredPdf
from domain.ledger.entries import items
from domain.reading.account import OpenItem, in_words
from domain.statements.gathering import Received, brought_forward, parties_of, payments_of
from domain.statements.printing import printed
from domain.statements.shares import Persons, persons_of
from storage.models import Client, Payment
from storage.open_items import paid_by


class NothingPaid(PracticeError):
    """A summary of a year without payments would be an empty sheet."""

    sentence = "Nothing was paid in {year}. Choose another year."
    field = "year"


@dataclass(frozen=True, slots=True)
class Paid:
    """A part of a payment with the item it paid."""

    on: date
    item: OpenItem
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPaid:
    """All of a client's payments in a year; `invoiced_to` says whose each invoice is."""

    persons: Persons
    payments: Sequence[Received]
    paid: Sequence[Paid]
    invoiced_to: Mapping[int, Party]


async def years_of(client_id: int, *, seen_by: SignedIn) -> list[int]:
    """In which years something was paid, the latest first."""
    await access.require(seen_by)
    of_client = Payment.filter(client_id=client_id, party="client", opening_balances__id=None)
    days = await of_client.distinct().values_list("received_on", flat=True)
    return sorted({int(f"{day}"[:4]) for day in days}, reverse=True)


async def payers_in_year(client_id: int, year: int, *, seen_by: SignedIn) -> list[str]:
    """Who paid, in order: a summary may be made for one of them. Raises NothingPaid, NotFound."""
    await access.require(seen_by)
    return [party.name for party in (await year_paid(client_id, year)).persons.parties]


async def year_summary(
    client_id: int, year: int, *, person: int | None = None, seen_by: SignedIn, on: date
) -> StoredPdf:
    """The PDF; it is not kept. `person`: the place of one who pays, else all together to the client.

    Raises NothingPaid, NotFound, FieldRefused.
    """
    await access.require(seen_by)
    practice = await practice_facts()
    found = await year_paid(client_id, year)
    if person is not None and person >= len(found.persons.parties):
        raise NotFound(what="This bill-to person")
    providers = await providers_by_id()
    lines = year_lines(found, person, providers)
    record = YearRecord(
        year=year, made_on=on, practice=practice_block(practice), party=_party(found, person),
        client_name=found.persons.client.name, lines=tuple(lines), left_cents=credit_of(found, person),
        providers=tuple(_known(providers[key]) for key in _in_order(found)), font_path=practice.extra_font)
    return await printed(year_pdf, record, practice, f"Payments {year} {record.party.name}")


async def year_paid(client_id: int, year: int) -> YearPaid:
    """What was paid in a year, and by whom. Raises NothingPaid, NotFound."""
    if not await Client.exists(id=client_id):
        raise NotFound(what="This client")
    if not 1 <= year < date.max.year:
        raise NothingPaid(year=year)
    known = (await payments_of([client_id], since=date(year, 1, 1), until=date(year, 12, 31))).get(client_id, [])
    elsewhere = await brought_forward([one.id for one in known])
    payments = [one for one in known if one.id not in elsewhere]
    if not payments:
        raise NothingPaid(year=year)
    days = {one.id: one.received_on for one in payments}
    rows = await paid_by(payment_id=list(days))
    about = {one.id: one for one in await in_words(await items(id={item for _, item, _ in rows}), today=date(year, 12, 31))}
    services = {item.id for item in await items(id=list(about)) if item.kind != "payment"}
    invoiced_to = await parties_of(one.invoice_id for one in about.values() if one.invoice_id)
    return YearPaid(
        persons=persons_of((await clients_of({client_id}))[client_id], invoiced_to.values()), payments=payments,
        paid=[Paid(days[payment], about[item], -cents) for payment, item, cents in rows if item in services],
        invoiced_to=invoiced_to)


def year_lines(found: YearPaid, person: int | None, providers: Mapping[int, ProviderFacts]) -> list[YearLine]:
    """A line a service and payment, by day of payment."""
    lines = []
    for one in sorted(found.paid, key=lambda one: (one.on, one.item.day, one.item.id)):
        cents = _part(found, one.cents, person, found.invoiced_to.get(one.item.invoice_id or 0))
        provider = providers.get(one.item.provider_id or 0)
        if cents:
            lines.append(YearLine(paid_on=one.on, day=one.item.day, what=one.item.what, cents=cents,
                                  provider=with_credentials(provider.name, provider.credentials) if provider else ""))
    return lines


def credit_of(found: YearPaid, person: int | None) -> int:
    """Paid for no service yet, less what was given back."""
    paid = sum(one.cents for one in found.paid)
    return _part(found, sum(one.cents for one in found.payments) - paid, person, None)


def _part(found: YearPaid, cents: int, person: int | None, party: Party | None) -> int:
    return cents if person is None else found.persons.parts(cents, party)[person]


def _party(found: YearPaid, person: int | None) -> Party:
    """Who it is made out to: the one who pays; of several together the client."""
    if person is not None or len(found.persons.parties) == 1:
        return found.persons.parties[person or 0]
    client = found.persons.client
    return Party(name=client.name, lines=address_lines(client.address))


def _in_order(found: YearPaid) -> list[int]:
    return list(dict.fromkeys(one.item.provider_id for one in found.paid if one.item.provider_id))


def _known(provider: ProviderFacts) -> str:
    return numbers(with_credentials(provider.name, provider.credentials), ("NPI", provider.npi))
