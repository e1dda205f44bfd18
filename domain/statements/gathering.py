"""Reads accounts for statements: a dozen queries, however many clients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.breaths import with_breaths
from domain.claims.facts import ClientFacts, PracticeFacts
from domain.documents.account_records import Waiting
from domain.documents.records import Party, invoice_from_json
from domain.invoicing.gathering import clients_of, practice_facts
from domain.ledger.entries import Item, items, open_items
from domain.ledger.payments import held_payments
from domain.reading.account import OpenItem, described
from storage import open_items as sums
from storage.models import Invoice, LedgerEntry, OpeningBalance, Payer, Payment

PAYMENT = ("id", "client_id", "kind", "received_on", "method", "reference", "cents")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A payment or refund of the client's, with what it paid: each amount with the invoice it went to."""

    id: int
    received_on: date
    method: str
    reference: str
    cents: int  # of a refund below zero
    paid: tuple[tuple[int, int | None], ...]  # cents, invoice

    @property
    def left_cents(self) -> int:
        """What has paid no item of an account."""
        return self.cents - sum(cents for cents, _ in self.paid)


@dataclass(slots=True, kw_only=True)
class Account:
    """One client's own account, and what insurers owe for them."""

    client: ClientFacts
    owed: list[OpenItem] = field(default_factory=list)
    payments: list[Received] = field(default_factory=list)
    waiting: tuple[Waiting, ...] = ()
    credit_cents: int = 0
    held_cents: int = 0

    def invoices(self) -> set[int]:
        """All that are named."""
        named = {item.invoice_id for item in self.owed} | {key for one in self.payments for _, key in one.paid}
        return {key for key in named if key}


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The practice and the accounts asked for; `invoiced_to` says whose each invoice is."""

    practice: PracticeFacts
    accounts: list[Account]
    invoiced_to: Mapping[int, Party]


async def accounts(client_ids: Collection[int] | None, *, since: date, on: date) -> Accounts:
    """The accounts of these clients, or of all who owe something themselves, with their payments of the days."""
    open_ = await open_items(**({} if client_ids is None else {"client_id": client_ids}))
    own = [item for item in open_ if item.account.client_id and item.account.payer_id is None]
    asked = set(client_ids if client_ids is not None else _owing(own))
    own = [item for item in own if item.account.client_id in asked]
    held = await held_payments([item.payment_id for item in own if item.payment_id])
    found = {key: Account(client=facts) for key, facts in sorted((await clients_of(asked)).items())}
    for line in await described(own, today=on):
        found[line.account.client_id or 0].owed.append(line)
    for item in own:
        _note_money(found[item.account.client_id or 0], item, held=item.payment_id in held)
    waiting = await _waiting(asked)
    received = await payments_of(asked, since=since, until=on)
    for key, account in found.items():
        account.waiting, account.payments = waiting.get(key, ()), received.get(key, [])
    return Accounts(practice=await practice_facts(), accounts=list(found.values()),
                    invoiced_to=await parties_of(key for one in found.values() for key in one.invoices()))


def _owing(own: Iterable[Item]) -> set[int]:
    return {item.account.client_id for item in own if item.open_cents > 0 and item.account.client_id}


def _note_money(account: Account, item: Item, *, held: bool) -> None:
    if item.open_cents < 0 and held:
        account.held_cents -= item.open_cents
    elif item.open_cents < 0:
        account.credit_cents -= item.open_cents


async def _waiting(client_ids: Collection[int]) -> dict[int, tuple[Waiting, ...]]:
    """What insurers owe, by client."""
    names = dict(await Payer.all().values_list("id", "name"))
    found: defaultdict[int, list[Waiting]] = defaultdict(list)
    for (client, payer), cents in sorted((await sums.sums(client_id=client_ids)).items(), key=lambda pair: str(pair[0])):
        if client and payer and cents > 0:
            found[client].append(Waiting(name=names[payer], cents=cents))
    return {key: tuple(sorted(rows, key=lambda row: row.name)) for key, rows in found.items()}


async def payments_of(client_ids: Collection[int], *, since: date, until: date) -> dict[int, list[Received]]:
    """What these clients paid themselves in these days and was not taken back, by client, the oldest first."""
    rows = await Payment.filter(client_id__in=list(client_ids), party="client", received_on__gte=since,
                                received_on__lte=until).order_by("received_on", "id").values(*PAYMENT)
    back = await taken_back([row["id"] for row in rows])
    live = [row for row in rows if row["id"] not in back]
    paid = await _paid([row["id"] for row in live])
    found: defaultdict[int, list[Received]] = defaultdict(list)
    for row in live:
        found[row["client_id"]].append(_received(row, paid.get(row["id"], [])))
    return dict(found)


async def brought_forward(payment_ids: Collection[int]) -> set[int]:
    """Which of these are credits of an earlier program: they were received there."""
    rows = await OpeningBalance.filter(payment_id__in=list(payment_ids)).values_list("payment_id", flat=True)
    return {int(str(key)) for key in rows}


async def taken_back(payment_ids: Collection[int]) -> set[int]:
    """Which of these payments were taken back."""
    rows = await LedgerEntry.filter(payment_id__in=list(payment_ids), kind="reversal", reverses__kind="payment").values_list(
        "payment_id", flat=True)
    return {int(str(key)) for key in rows}


async def _paid(payment_ids: Collection[int]) -> dict[int, list[tuple[int, int | None]]]:
    rows = await sums.paid_by(payment_id=payment_ids) if payment_ids else []
    about = {item.id: item for item in await items(id={item for _, item, _ in rows})} if rows else {}
    found: defaultdict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for payment, item, cents in rows:
        found[payment].append((-cents, about[item].invoice_id))
    return dict(found)


def _received(row: dict[str, Any], paid: Iterable[tuple[int, int | None]]) -> Received:
    sign = -1 if row["kind"] == "refund" else 1
    return Received(id=row["id"], received_on=row["received_on"], method=row["method"], reference=row["reference"],
                    cents=sign * row["cents"], paid=tuple(paid))


async def parties_of(invoice_ids: Iterable[int]) -> dict[int, Party]:
    """To whom each invoice was made out."""
    rows = await Invoice.filter(id__in=sorted(set(invoice_ids))).values_list("id", "record")
    return {key: invoice_from_json(record).bill_to async for key, record in with_breaths(rows, every=50)}
