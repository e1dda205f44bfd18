"""Which report, for which days, provider and payer; read for whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain import access
from domain.access import SignedIn
from domain.reading.open_lines import open_books
from domain.reports.day_lists import deposit, not_billed
from domain.reports.income import income
from domain.reports.open_balances import aging, chosen, claims_outstanding
from domain.reports.table import Report

ReportKind = Literal["aging", "income", "not-billed", "claims", "deposit"]
KINDS: dict[ReportKind, str] = {
    "aging": "Aging", "income": "Income", "not-billed": "Not yet billed", "claims": "Claims outstanding", "deposit": "Bank deposit",
}
BY: dict[ReportKind, dict[str, str]] = {  # what a report can be split by, the usual first
    "aging": {"payer": "By payer", "client": "By client"},
    "income": {"month": "By month", "provider": "By provider", "code": "By code"},
    "deposit": {"": "Any way", "cash": "Cash", "card": "Card", "check": "Check", "transfer": "Transfer"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFilter:
    """What is asked; what a report has no use for is left alone."""

    kind: ReportKind = "aging"
    by: str = ""
    start: date | None = None
    end: date | None = None
    provider_id: int | None = None
    payer_id: int | None = None


async def report(asked: ReportFilter, *, today: date, seen_by: SignedIn) -> Report:
    """Read it from the books as they stand."""
    await access.require(seen_by)
    by = asked.by if asked.by in BY.get(asked.kind, {}) else next(iter(BY.get(asked.kind, {"": ""})))
    days = {"start": asked.start, "end": asked.end}
    if asked.kind == "income":
        return await income(by, **days, provider_id=asked.provider_id)
    if asked.kind == "deposit":
        return await deposit(**days, method=by)
    if asked.kind == "not-billed":
        return await not_billed(**days, provider_id=asked.provider_id)
    books = chosen(await open_books(today=today), asked.provider_id, asked.payer_id)
    return claims_outstanding(books, today) if asked.kind == "claims" else aging(books, by, today)
