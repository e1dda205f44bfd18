"""Income by month, provider and code: charged and written off by day of service, received by the day the money came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from domain.reports.table import Cell, Report, ReportColumn
from storage import report_rows

BROUGHT_FORWARD, NO_SESSION, NOT_APPLIED = "Brought forward", "Without a session", "Not applied yet"
CHARGED, WRITTEN_OFF, RECEIVED = range(3)
Sums = defaultdict[tuple[str, str], list[int]]


async def income(by: str, *, start: date | None, end: date | None, provider_id: int | None) -> Report:
    """A row a month, or a row for each provider or code of it; four statements."""
    name = NAMES[by]
    sums: Sums = defaultdict(lambda: [0, 0, 0])

    def add(row: Mapping[str, Any], what: str, place: int, cents: int) -> None:
        sums[row["day"].strftime("%Y-%m"), what][place] += cents

    def mine(row: Mapping[str, Any]) -> bool:
        return provider_id is None or row.get("provider_id") == provider_id

    for row in filter(mine, await report_rows.posted("charge", start, end)):
        add(row, (BROUGHT_FORWARD if by != "month" else "") if row["brought_forward"] else name(row), CHARGED, row["cents"])
    for row in filter(mine, await report_rows.posted("adjustment", start, end)):
        add(row, name(row), WRITTEN_OFF, -row["cents"])
    for row in filter(mine, await report_rows.applied(start, end)):
        add(row, name(row), RECEIVED, row["cents"])
        if provider_id is None:
            add(row, NOT_APPLIED if by != "month" else "", RECEIVED, -row["cents"])
    if provider_id is None:
        for row in await report_rows.payments(start, end):
            if row["brought_forward"]:
                add(row, BROUGHT_FORWARD if by != "month" else "", CHARGED, -row["cents"])
            else:
                add(row, NOT_APPLIED if by != "month" else "", RECEIVED, row["cents"])
    return _report(by, sums)


def _report(by: str, sums: Sums) -> Report:
    last = (BROUGHT_FORWARD, NOT_APPLIED)
    keys = sorted((key for key, cents in sums.items() if any(cents)), key=lambda key: (key[0], key[1] in last, key[1].casefold()))
    what = () if by == "month" else (ReportColumn(by.capitalize()),)
    rows: list[tuple[Cell, ...]] = [(month, *((name,) if what else ()), *sums[month, name]) for month, name in keys]
    return Report(
        title="Income by month" if by == "month" else f"Income by {by}", rows=rows, grouped=bool(what),
        about="Charged and written off by the day of service; received by the day the money came, as it is applied now.",
        columns=(ReportColumn("Month", "month"), *what, ReportColumn("Charged", "money"), ReportColumn("Written off", "money"), ReportColumn("Received", "money")))


def _provider(row: Mapping[str, Any]) -> str:
    return " ".join(part for part in (row["first_name"], row["last_name"]) if part) or NO_SESSION


NAMES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "month": lambda _row: "", "provider": _provider, "code": lambda row: row["code"] or NO_SESSION,
}
