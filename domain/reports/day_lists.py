"""Lists by day: payments for the bank deposit, and sessions that nobody was billed for yet."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from domain.client_sessions import METHODS
from domain.reports.table import Report, ReportColumn
from storage import report_rows
from storage.models import ChargeLine, ClientSession

STATUSES = {"ready": "Ready", "held": "On hold"}


async def deposit(*, start: date | None, end: date | None, method: str = "") -> Report:
    """Payments by the day they were received, refunds below zero; what was taken back is no payment."""
    found = [row for row in await report_rows.payments(start, end) if not row["brought_forward"] and method in {"", row["method"]}]
    return Report(
        title="Payments by day", about="For the bank deposit: by the day received. What was taken back is left out.", grouped=True,
        columns=(ReportColumn("Day", "day"), ReportColumn("From"), ReportColumn("How"), ReportColumn("Number"), ReportColumn("Amount", "money")),
        rows=[(row["day"], (row["payer_name"] or row["client_name"] or "") + (", refund" if row["kind"] == "refund" else ""),
               METHODS.get(row["method"], row["method"]), row["reference"], row["cents"]) for row in found])


async def not_billed(*, start: date | None, end: date | None, provider_id: int | None) -> Report:
    """Sessions that are ready or on hold, by day; two queries."""
    which: dict[str, Any] = {"day__gte": start, "day__lte": end, "provider_id": provider_id}
    sessions = await ClientSession.filter(
        undone_at=None, status__in=list(STATUSES), **{name: value for name, value in which.items() if value is not None},
    ).order_by("day", "id").values("id", "day", "status", "held_reason", client="client__name", first="provider__first_name", last="provider__last_name")
    codes: defaultdict[int, list[str]] = defaultdict(list)
    cents: defaultdict[int, int] = defaultdict(int)
    lines = ChargeLine.filter(session__undone_at=None, session__status__in=list(STATUSES)).order_by("session_id", "position")
    for session, code, units, fee in await lines.values_list("session_id", "code", "units", "fee_cents"):
        codes[session].append(code)
        cents[session] += units * fee
    return Report(
        title="Sessions not yet billed", about="Sessions without an invoice or claim, ready or on hold.",
        columns=(ReportColumn("Day", "day"), ReportColumn("Client"), ReportColumn("Provider"), ReportColumn("Codes"),
                 ReportColumn("Status"), ReportColumn("Amount", "money")),
        rows=[(row["day"], row["client"], f"{row['first']} {row['last']}".strip(), ", ".join(codes[row["id"]]),
               STATUSES[row["status"]] + (f": {row['held_reason']}" if row["held_reason"] else ""), cents[row["id"]]) for row in sessions])
