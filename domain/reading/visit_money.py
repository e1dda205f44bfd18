"""The client's share of a visit and what was taken toward it: before it is sent, after, and once it is invoiced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain import access
from domain.access import SignedIn
from domain.claims.facts import PolicyFacts
from domain.invoicing.gathering import gathered, policies_by_client
from domain.invoicing.generating import deductible_used, deductible_used_of
from domain.invoicing.parts import NOTHING, parts_of, shares
from domain.invoicing.shares import expected_share
from domain.ledger.entries import items
from domain.ledger.for_visits import taken_at_visits
from domain.rates.lookup import Rates
from domain.reading import to_send
from domain.reading.rates import rates
from domain.reading.to_send import Books, Visit
from domain.sending import Row, judged, priced
from storage import open_items as sums
from storage.models import Attendance, ClientSession

NO_CODES = "Not known before it has a Service Code"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitMoney:
    """One client's money at a visit. `share_cents` None: not known or nothing to bill, with `why`."""

    attendance_id: int
    client_id: int
    client_name: str
    share_cents: int | None
    why: str = ""
    taken_cents: int = 0
    left_cents: int = 0
    balance_cents: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """A share, why there is none, what was taken, and what is left of it."""

    share_cents: int | None = None
    why: str = ""
    taken_cents: int = 0
    left_cents: int = 0


async def visit_money(appointment_id: int, *, seen_by: SignedIn) -> list[VisitMoney]:
    """Of each client who is billed for this appointment, in the order they were added."""
    await access.require(seen_by)
    ids = [key for key, in await Attendance.filter(appointment_id=appointment_id, participant=False).order_by("id").values_list("id")]
    visits = await to_send.visits(ids)
    expected = await _of_sessions(visits) | await _of_unsent([visit for visit in visits if visit.session_id is None])
    balances = await sums.sums(client_id={visit.client_id for visit in visits if visit.client_id})
    by_id = {visit.attendance_id or 0: visit for visit in visits}
    return [
        VisitMoney(
            attendance_id=key, client_id=visit.client_id or 0, client_name=visit.client_name,
            share_cents=of.share_cents, why=of.why, taken_cents=of.taken_cents, left_cents=of.left_cents,
            balance_cents=balances.get((visit.client_id, None), 0))
        for key in ids if (visit := by_id.get(key)) and (of := expected.get(key))
    ]


async def _of_sessions(visits: Iterable[Visit]) -> dict[int, Expected]:
    """Sent ones: as they will be invoiced, or as they are."""
    sent = {visit.session_id: visit.attendance_id or 0 for visit in visits if visit.session_id}
    invoiced = {key for key, in await ClientSession.filter(id__in=list(sent), status="invoiced").values_list("id")}
    found = await _invoiced({key: visit for key, visit in sent.items() if key in invoiced})
    waiting = (await gathered(id__in=[key for key in sent if key not in invoiced])).sessions if len(invoiced) < len(sent) else []
    due = shares(waiting, await deductible_used(waiting))
    for session in waiting:
        cents = sum(part.total_cents for part in parts_of(session, due.get(session.id, NOTHING)))
        found[sent[session.id]] = Expected(cents, "", session.paid_cents, max(cents - session.paid_cents, 0))
    return found


async def _invoiced(sent: Mapping[int, int]) -> dict[int, Expected]:
    """What the books say of the client's part."""
    share: dict[int, int] = dict.fromkeys(sent, 0)
    left: dict[int, int] = dict.fromkeys(sent, 0)
    for item in await items(session_id=sent) if sent else ():
        if item.account.payer_id is None and item.cents > 0:
            share[item.session_id or 0] += item.cents
            left[item.session_id or 0] += item.open_cents
    return {visit: Expected(share[key], "", share[key] - left[key], left[key]) for key, visit in sent.items()}


async def _of_unsent(visits: Sequence[Visit]) -> dict[int, Expected]:
    """What sending would make of them, and what was taken already."""
    if not visits:
        return {}
    books = await to_send.books(visits)
    policies = {policy.id: policy for listed in (
        await policies_by_client({visit.client_id for visit in visits if visit.client_id})).values() for policy in listed}
    used, allowed = await deductible_used_of(policies.values()), await rates()
    taken: dict[int, int] = {}
    for payment in await taken_at_visits([visit.attendance_id or 0 for visit in visits]):
        key: int = payment.attendance_id  # type: ignore[attr-defined]
        taken[key] = taken.get(key, 0) + payment.cents
    found = {}
    for visit in visits:
        key = visit.attendance_id or 0
        row = await _as_sent(visit, books, visit.ends_at)
        cents = None if not row.codes else share_of(row, policies, used, allowed, books)
        why = "" if cents is not None else NO_CODES if row.state == "without_code" else row.reason
        found[key] = Expected(cents, why, taken.get(key, 0), max((cents or 0) - taken.get(key, 0), 0))
    return found


async def _as_sent(visit: Visit, books: Books, now: datetime) -> Row:
    """The verdict once it is over, also where somebody must mark it as attended before."""
    [row] = await judged([visit], books, now=now)
    return priced(visit, books) if row.state == "to_mark" else row


def share_of(
    row: Row, policies: Mapping[int, PolicyFacts], used: Mapping[int, int], allowed: Rates, books: Books
) -> int:
    """What the client is expected to pay of a visit that would make this row."""
    policy = policies.get(row.billing.policy_id or 0) if row.billing and row.billing.kind == "insurance" else None
    if policy is None:
        return row.amount_cents
    own = sum(code.fee_cents * code.units for code in row.codes if code.client_only)
    if policy.is_eap:
        return own
    day = row.visit.starts_at.astimezone(books.zone).date()
    expected = 0
    for code in row.codes:
        if not code.client_only:
            rate = allowed.allowed(policy.payer.id, code.code, code.modifiers.split(","), on=day)
            expected += code.units * (code.fee_cents if rate is None else min(rate, code.fee_cents))
    share = expected_share(
        expected, copay_cents=policy.copay_cents, coinsurance_points=policy.coinsurance_points,
        deductible_left_cents=max(policy.deductible_left_cents - used.get(policy.id, 0), 0))
    return own + share.cents
