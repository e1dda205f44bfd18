"""The address under which a report is downloaded, as CSV or XLSX."""

from __future__ import annotations

from datetime import date
from typing import Literal
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from nicegui import app

from domain import reports
from domain.access import SignedIn
from domain.invoicing import StoredPdf
from domain.reports import ReportFilter, ReportKind
from ui import routes
from ui.stored_pdfs import answered, today

Form = Literal["csv", "xlsx"]


def register() -> None:
    """Tell the server of the address."""
    app.add_api_route(f"{routes.REPORT_FILE}/{{kind}}.{{form}}", report_file, methods=["GET"], response_class=Response, response_model=None)


def report_address(asked: ReportFilter, form: Form) -> str:
    """Where a report is downloaded with its filters."""
    filters = {"by": asked.by, "start": asked.start, "end": asked.end, "provider": asked.provider_id, "payer": asked.payer_id}
    said = urlencode({name: str(value) for name, value in filters.items() if value}, quote_via=quote)
    return f"{routes.REPORT_FILE}/{asked.kind}.{form}" + (f"?{said}" if said else "")


async def report_file(
    request: Request, kind: ReportKind, form: Form, by: str = "", start: date | None = None, end: date | None = None,
    provider: int | None = None, payer: int | None = None,
) -> Response:
    """A report as it is at this moment, for whoever is signed in."""
    asked = ReportFilter(kind=kind, by=by, start=start, end=end, provider_id=provider, payer_id=payer)

    async def drawn(user: SignedIn) -> StoredPdf:
        on = await today(user)
        found = await reports.report(asked, today=on, seen_by=user)
        content = reports.as_csv(found) if form == "csv" else reports.as_xlsx(found)
        return StoredPdf(f"{found.title} {on.isoformat()}.{form}", content)

    return await answered(request, drawn)
