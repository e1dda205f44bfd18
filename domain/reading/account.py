"""What a client owes and what insurers owe for them: balances, open items with their age, money not applied yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.ledger.entries import Account, Item, open_items
from domain.ledger.payments import held_payments
from domain.reading.statement import StatementLine, statement
from storage import open_items as sums
from storage.models import ChargeLine, Claim, ClientSession, Invoice, LedgerEntry, Payer, Payment


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """Something that is owed. `since`: a client owes from the day of the invoice, an insurer from the day of service."""

    id: int
    account: Account
    day: date
    what: str
    document: str
    cents: int
    open_cents: int
    since: date
    age_days: int
    session_id: int | None
    provider_id: int | None
    invoice_id: int | None
    claim_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InsurerBalance:
    """What one insurer owes for a client."""

    payer_id: int
    name: str
    cents: int
    unapplied_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAccount:
    """One client's account: `client_cents` below zero is money of the client's that the practice has."""

    client_cents: int
    unapplied_cents: int  # of the client's payments, what has paid nothing and may
    held_cents: int  # taken at sessions that are not invoiced yet
    insurers: tuple[InsurerBalance, ...]
    last_payment: tuple[date, int] | None
    open_items: tuple[OpenItem, ...]
    lines: tuple[StatementLine, ...]  # of the account asked for, oldest first

    @property
    def total_cents(self) -> int:
        """Client and insurers together."""
        return self.client_cents + sum(one.cents for one in self.insurers)

    def open_on(self, payer_id: int | None) -> list[OpenItem]:
        """What is owed on one of the accounts, oldest first."""
        return [item for item in self.open_items if item.account.payer_id == payer_id]

    def unapplied_on(self, payer_id: int | None) -> int:
        """Money on one of the accounts that has paid nothing yet."""
        if payer_id is None:
            return self.unapplied_cents
        return sum(one.unapplied_cents for one in self.insurers if one.payer_id == payer_id)


async def client_account(
    client_id: int, *, payer_id: int | None = None, today: date, seen_by: SignedIn
) -> ClientAccount:
    """A client's balances and open items, and the statement of one account; a fixed number of queries."""
    await access.require(seen_by)
    balances = await sums.sums(client_id=[client_id])
    open_ = await open_items(client_id=[client_id])
    held = await held_payments([item.payment_id for item in open_ if item.payment_id])
    return ClientAccount(
        client_cents=balances.get((client_id, None), 0),
        unapplied_cents=_unapplied(open_, held, None),
        held_cents=-sum(item.open_cents for item in open_ if item.payment_id in held),
        insurers=await _insurers(balances, open_),
        last_payment=await last_payment(client_id),
        open_items=tuple(await described(open_, today=today)),
        lines=tuple(await statement(client_id, payer_id=payer_id, open_=open_, seen_by=seen_by)),
    )


def _unapplied(open_: Iterable[Item], held: Collection[int], payer_id: int | None) -> int:
    return -sum(item.open_cents for item in open_
                if item.open_cents < 0 and item.account.payer_id == payer_id and item.payment_id not in held)


async def _insurers(balances: dict[tuple[int | None, int | None], int], open_: Sequence[Item]) -> tuple[InsurerBalance, ...]:
    named = {payer for _, payer in balances if payer is not None}
    rows = await Payer.filter(id__in=list(named)).order_by("name").values_list("id", "name")
    total = {payer: cents for (_, payer), cents in balances.items()}
    return tuple(InsurerBalance(payer_id=key, name=name, cents=total[key], unapplied_cents=_unapplied(open_, (), key))
                 for key, name in rows)


async def last_payment(client_id: int) -> tuple[date, int] | None:
    """The client's own latest payment that was not taken back."""
    rows = Payment.filter(client_id=client_id, party="client", kind="payment").order_by("-received_on", "-id").limit(20)
    found = await rows.values_list("id", "received_on", "cents")
    back = set(await LedgerEntry.filter(payment_id__in=[key for key, *_ in found], kind="reversal",
                                        reverses__kind="payment").values_list("payment_id", flat=True))
    return next(((day, cents) for key, day, cents in found if key not in back), None)


async def described(open_: Sequence[Item], *, today: date) -> list[OpenItem]:
    """What is owed of these items in words, with its age; four queries, however many."""
    return await in_words([item for item in open_ if item.open_cents > 0], today=today)


async def in_words(owed: Sequence[Item], *, today: date) -> list[OpenItem]:
    """These items as they are called, whether open or not, each with its day of service."""
    invoices = {key: (number, day) for key, number, day in await Invoice.filter(
        id__in=_named(owed, "invoice_id")).values_list("id", "number", "issued_on")}
    claims = dict(await Claim.filter(id__in=_named(owed, "claim_id")).values_list("id", "account_number"))
    codes = dict(await ChargeLine.filter(id__in=_named(owed, "charge_line_id")).values_list("id", "code"))
    sessions = {key: (provider, name, day) for key, provider, name, day in await ClientSession.filter(
        id__in=_named(owed, "session_id")).values_list("id", "provider_id", "service_code__name", "day")}
    return [_open_item(item, invoices, claims, codes, sessions, today) for item in owed]


def _named(items: Sequence[Item], name: str) -> list[int]:
    return sorted({key for item in items if (key := getattr(item, name)) is not None})


def _open_item(item: Item, invoices: Any, claims: Any, codes: Any, sessions: Any, today: date) -> OpenItem:
    number, issued = invoices.get(item.invoice_id, ("", None))
    provider, service, day = sessions.get(item.session_id, (None, "", item.effective_on))
    what = ", ".join(part for part in (service, codes.get(item.charge_line_id)) if part)
    theirs_since = issued if item.kind == "charge" and issued else item.effective_on
    since = theirs_since if item.account.payer_id is None else day
    document = f"Invoice {number}" if number else f"Form {claims[item.claim_id]}" if item.claim_id in claims else ""
    return OpenItem(
        id=item.id, account=item.account, day=day, what=what or item.reason or REFUND, document=document,
        cents=item.cents, open_cents=item.open_cents, since=since, age_days=max((today - since).days, 0),
        session_id=item.session_id, provider_id=provider, invoice_id=item.invoice_id, claim_id=item.claim_id,
    )


REFUND = "Refund of money that was taken back"


async def open_by_session(session_ids: Collection[int], *, seen_by: SignedIn) -> dict[int, tuple[int, int]]:
    """Of sessions in the books: what the client and what insurers still owe of each."""
    await access.require(seen_by)
    own = await sums.sums_of("session_id", session_ids, party="client")
    theirs = await sums.sums_of("session_id", session_ids, party="insurer")
    return {key: (own.get(key, 0), theirs.get(key, 0)) for key in {*own, *theirs}}


async def balances(client_ids: Collection[int], *, seen_by: SignedIn) -> dict[int, tuple[int, int]]:
    """By client: what they owe themselves, and what insurers owe for them. One query."""
    await access.require(seen_by)
    found: dict[int, tuple[int, int]] = {}
    for (client, payer), cents in (await sums.sums(client_id=client_ids)).items():
        own, theirs = found.get(client or 0, (0, 0))
        found[client or 0] = (own + cents, theirs) if payer is None else (own, theirs + cents)
    return found
