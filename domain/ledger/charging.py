"""Sessions that were invoiced enter the books: the client's share on the client's account, the rest on the insurer's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from domain.access import SignedIn
from domain.errors import PracticeError
from domain.ledger.allocating import Left, allocated, left_of
from domain.ledger.at_session import follow_sessions, payments_of_sessions
from domain.ledger.entries import Account, Entry, items, post
from domain.ledger.reversing import reversal
from storage import open_items as reading
from storage.models import LedgerEntry, Payment


class InsurerPaid(PracticeError):
    """A document whose sessions an insurer paid on stays until that payment is taken back."""

    sentence = "{payer} paid on {what}. Take that payment back on the client's account first. Nothing was changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One bill-to person's part of a session: its lines, the invoice they stand on, and what was paid of it then.

    Without an invoice it is a share that was paid in full at the session, so that no invoice was due.
    """

    session_id: int
    client_id: int
    day: date
    invoice_id: int | None
    lines: Sequence[tuple[int, int]]  # charge line, cents
    paid_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A line that stands on a claim, with its whole charge."""

    session_id: int
    client_id: int
    payer_id: int
    policy_id: int
    day: date
    claim_id: int
    charge_line_id: int
    charge_cents: int


async def post_charges(
    dues: Sequence[Due], claimed: Sequence[Claimed], *, by: SignedIn, on: date, now: datetime
) -> None:
    """Post what clients and insurers owe of these sessions, and let the money taken at them pay it."""
    sessions = {due.session_id for due in dues} | {one.session_id for one in claimed}
    await follow_sessions(sessions, by=by, now=now)
    charges = [(due, charges_of(due)) for due in dues]
    asked = insurer_charges(claimed, shares_by_line(dues))
    paid = session_money_pays(charges, await _held_for(sessions), on=on)
    await post([*chain.from_iterable(own for _, own in charges), *asked, *paid], by=by, now=now)


def charges_of(due: Due) -> list[Entry]:
    """A person's lines; the day of effect is the day of service."""
    return [
        Entry(kind="charge", account=Account(due.client_id), cents=cents, effective_on=due.day, session_id=due.session_id,
              charge_line_id=line, invoice_id=due.invoice_id)
        for line, cents in due.lines
        if cents
    ]


def shares_by_line(dues: Iterable[Due]) -> dict[int, int]:
    """What all persons together owe of each charge line."""
    shares: dict[int, int] = {}
    for line, cents in chain.from_iterable(due.lines for due in dues):
        shares[line] = shares.get(line, 0) + cents
    return shares


def insurer_charges(claimed: Iterable[Claimed], shares: Mapping[int, int]) -> list[Entry]:
    """What is left to the insurer of each line; also nothing, for a remittance to stand on."""
    return [
        Entry(kind="charge", account=Account(one.client_id, one.payer_id, one.policy_id),
              cents=one.charge_cents - shares.get(one.charge_line_id, 0), effective_on=one.day,
              session_id=one.session_id, charge_line_id=one.charge_line_id, claim_id=one.claim_id)
        for one in claimed
    ]


def session_money_pays(
    charges: Sequence[tuple[Due, list[Entry]]], held: Mapping[int, list[Left]], *, on: date
) -> list[Entry]:
    """Each person's part of a payment pays the person's lines of that session, what is over the rest of the invoice."""
    paid: list[Entry] = []
    over: dict[int | None, list[Left]] = {}
    open_: dict[int | None, list[Left]] = {}
    for due, entries in charges:
        owed = [Left(entry, entry.cents) for entry in entries]
        money = taken(held.get(due.session_id, ()), due.paid_cents)
        paid += allocated(money, owed, on=on)
        if due.invoice_id:
            open_.setdefault(due.invoice_id, []).extend(owed)
            over.setdefault(due.invoice_id, []).extend(money)
    for invoice_id, money in over.items():
        paid += allocated(money, open_[invoice_id], on=on)
    return paid


def taken(pool: Iterable[Left], cents: int) -> list[Left]:
    """So much of the money in a pool, the first payment first."""
    parts = []
    for left in pool:
        part = min(left.cents, cents)
        if part:
            left.cents -= part
            cents -= part
            parts.append(Left(left.of, part))
    return parts


async def _held_for(sessions: Collection[int]) -> dict[int, list[Left]]:
    """Money taken at these sessions that has paid nothing yet, by session."""
    of = {key: session for key, session, *_ in await payments_of_sessions(sessions)}
    found: dict[int, list[Left]] = {}
    open_ = [item for item in await items(payment_id=of) if item.kind == "payment"] if of else []
    for left in left_of(sorted(open_, key=lambda item: (item.effective_on, item.id))):
        found.setdefault(of[left.of.payment_id or 0], []).append(left)
    return found


async def reverse_charges(sessions: Collection[int], *, what: str, reason: str, on: date, by: SignedIn, now: datetime) -> None:
    """A void document's charges are taken back; what had paid them is unapplied again. Raises InsurerPaid."""
    await refuse_paid_by_insurer(sessions, what=what)
    charges = [int(str(key)) for key in await LedgerEntry.filter(
        session_id__in=list(sessions), kind="charge").values_list("id", flat=True)]
    back = {int(str(key)) for key in await LedgerEntry.filter(
        reverses_id__in=charges).values_list("reverses_id", flat=True)}
    await post(await reversal(sorted(set(charges) - back), on=on, reason=reason), by=by, now=now)


async def refuse_paid_by_insurer(sessions: Collection[int], *, what: str) -> None:
    """Money of an insurer on a session is taken back first, by the person who knows why."""
    payments = {payment for payment, _, _ in await reading.paid_by(session_id=sessions)} if sessions else set()
    paid = await Payment.filter(id__in=list(payments), party="insurer").select_related("payer").first() if payments else None
    if paid is not None and paid.payer is not None:
        raise InsurerPaid(payer=paid.payer.name, what=what)
