"""Sessions invoiced before there were books enter them at the first start, so that the books are whole."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from domain.access import SignedIn
from domain.invoicing.shares import spread
from domain.ledger.at_session import follow_sessions
from domain.ledger.charging import Claimed, Due, post_charges
from domain.ledger.entries import practice_day
from storage.models import ClaimLine, InvoiceLine, Practice, SessionPayment
from storage.open_items import unposted
from storage.transactions import one_transaction


async def open_books(*, by: SignedIn, now: datetime) -> int:
    """Post what is missing; returns how many sessions were. Doing it again posts nothing."""
    async with one_transaction():
        if not await Practice.exists():
            return 0
        on = await practice_day(now)
        missing, with_money = await unposted()
        await follow_sessions(with_money, by=by, now=now)
        dues, claimed = await _issued(missing)
        if dues or claimed:
            await post_charges(dues, claimed, by=by, on=on, now=now)
        return len(missing)


async def _issued(sessions: list[int]) -> tuple[list[Due], list[Claimed]]:
    """What the live documents of these sessions ask for, from their lines."""
    which = {"session_id__in": sessions, "live": True}
    invoiced = await InvoiceLine.filter(**which).order_by("id").values(
        "session_id", "invoice_id", "charge_line_id", "amount_cents", client_id="session__client_id", day="session__day")
    claimed = [
        Claimed(**row) for row in await ClaimLine.filter(**which).order_by("id").values(
            "session_id", "claim_id", "charge_line_id", "charge_cents", client_id="session__client_id",
            day="session__day", payer_id="claim__payer_id", policy_id="claim__policy_id")
    ]
    paid: defaultdict[int, int] = defaultdict(int)
    for session, cents in await SessionPayment.filter(session_id__in=sessions).values_list("session_id", "cents"):
        paid[session] += cents
    dues = _dues(invoiced, paid)
    return dues + _shares_paid_at_once(claimed, dues, paid), claimed


def _dues(invoiced: list[dict[str, Any]], paid: dict[int, int]) -> list[Due]:
    """A session's payments fall on its invoices as their amounts do."""
    parts: dict[int, dict[int, list[dict[str, Any]]]] = {}
    for row in invoiced:
        parts.setdefault(row["session_id"], {}).setdefault(row["invoice_id"], []).append(row)
    dues = []
    for session, by_invoice in parts.items():
        amounts = [sum(row["amount_cents"] for row in rows) for rows in by_invoice.values()]
        for (invoice, rows), cents in zip(by_invoice.items(), spread(paid[session], amounts), strict=True):
            dues.append(Due(
                session_id=session, client_id=rows[0]["client_id"], day=rows[0]["day"], invoice_id=invoice,
                lines=[(row["charge_line_id"], row["amount_cents"]) for row in rows], paid_cents=cents))
    return dues


def _shares_paid_at_once(claimed: list[Claimed], dues: list[Due], paid: dict[int, int]) -> list[Due]:
    """An insured session without an invoice: what was paid at it was the client's share."""
    known = {due.session_id for due in dues}
    lines: dict[int, list[Claimed]] = {}
    for one in claimed:
        if one.session_id not in known and paid[one.session_id]:
            lines.setdefault(one.session_id, []).append(one)
    return [
        Due(session_id=session, client_id=own[0].client_id, day=own[0].day, invoice_id=None, paid_cents=paid[session],
            lines=list(zip((one.charge_line_id for one in own), _share(paid[session], own), strict=True)))
        for session, own in lines.items()
    ]


def _share(cents: int, own: list[Claimed]) -> list[int]:
    charges = [one.charge_cents for one in own]
    return spread(min(cents, sum(charges)), charges)
