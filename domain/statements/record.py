"""What each statement says: a client's account by person, and one person's clients together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.claims.facts import PracticeFacts
from domain.client_sessions import METHODS
from domain.documents.account_records import AccountSection, MoneyLine, OwedLine, StatementRecord
from domain.documents.records import Party
from domain.invoicing.invoice import practice_block
from domain.reading.account import OpenItem
from domain.statements.gathering import Account, Accounts, Received
from domain.statements.shares import Key, Persons, key_of, persons_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A statement with the clients whose accounts it shows."""

    record: StatementRecord
    client_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What all statements of one press share."""

    on: date
    since: date
    message: str = ""


def drafted(found: Accounts, sheet: Sheet) -> list[Drafted]:
    """One statement a person, by name; a section for each of their clients. An account with nothing to say has none."""
    sheets: dict[Key, tuple[Party, list[tuple[int, AccountSection]]]] = {}
    for account in sorted(found.accounts, key=lambda one: one.client.name.casefold()):
        for party, section in sections(account, found):
            own = key_of(party) if party.lines else (*key_of(party), str(account.client.id))
            sheets.setdefault(own, (party, []))[1].append((account.client.id, section))
    made = [
        Drafted(record=statement_record(party, [section for _, section in parts], found.practice, sheet),
                client_ids=tuple(client for client, _ in parts))
        for party, parts in sheets.values()
    ]
    return sorted(made, key=lambda one: one.record.bill_to.name.casefold())


def statement_record(
    party: Party, parts: Sequence[AccountSection], practice: PracticeFacts, sheet: Sheet
) -> StatementRecord:
    """The frozen record of one statement."""
    return StatementRecord(
        made_on=sheet.on, payments_since=sheet.since, practice=practice_block(practice), bill_to=party,
        sections=tuple(parts), message=sheet.message, font_path=practice.extra_font)


def sections(account: Account, found: Accounts) -> list[tuple[Party, AccountSection]]:
    """A client's account, each person's part; of a person who no longer pays only what they still owe."""
    persons = persons_of(account.client, [found.invoiced_to[key] for key in sorted(account.invoices())])
    parts = []
    for at, party in enumerate(persons.parties):
        earlier = at >= len(persons.now)
        section = AccountSection(
            client_name=account.client.name,
            owed=tuple(line for item in account.owed if (line := owed_line(item, persons, at, found)).open_cents),
            payments=tuple(paid for one in account.payments if (paid := money_line(one, persons, at, found)).cents),
            waiting=() if earlier else account.waiting,
            credit_cents=persons.parts(account.credit_cents, None)[at],
            held_cents=persons.parts(account.held_cents, None)[at],
        )
        if section.owed or (not earlier and (section.payments or section.waiting or section.credit_cents or section.held_cents)):
            parts.append((party, section))
    return parts


def owed_line(item: OpenItem, persons: Persons, at: int, found: Accounts) -> OwedLine:
    """One person's part of what is open of an item."""
    party = found.invoiced_to.get(item.invoice_id or 0)
    return OwedLine(day=item.day, what=item.what, document=item.document, since=item.since,
                    cents=persons.parts(item.cents, party)[at], open_cents=persons.parts(item.open_cents, party)[at])


def money_line(one: Received, persons: Persons, at: int, found: Accounts) -> MoneyLine:
    """One person's part of a payment: what paid their invoices, and their share of the rest."""
    paid = sum(persons.parts(cents, found.invoiced_to.get(invoice or 0))[at] for cents, invoice in one.paid)
    return MoneyLine(received_on=one.received_on, method=METHODS.get(one.method, one.method), reference=one.reference,
                     cents=paid + persons.parts(one.left_cents, None)[at])
