"""Addresses under which issued documents are opened and downloaded: a PDF, a batch as one PDF or ZIP, a claim file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import Query, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from nicegui import app

from domain import claim_files, claim_life, invoicing, practice, statements
from domain.access import SignedIn
from domain.errors import NotFound, NotSignedIn, PracticeError
from domain.invoicing import Pile, StoredPdf
from domain.payer_files.underpaid_letter import underpaid_letter
from ui import clock, routes
from ui.signing_in import signed_in

Kind = Literal["invoices", "forms", "data", "all"]
KINDS: dict[Kind, str] = {
    "invoices": "Client invoices",
    "forms": "Insurance forms",
    "data": "Insurance forms, pre-printed",
    "all": "Invoices and forms",
}
PILES: dict[Kind, Pile] = {"invoices": "invoices", "forms": "forms", "data": "preprinted", "all": "all"}

Found = Awaitable[StoredPdf]
Seen = Callable[[SignedIn], Found]


def register() -> None:
    """Tell the server of the addresses. The ZIP comes before the PDF, whose address would take it too."""
    addresses: dict[str, Callable[..., Awaitable[Response]]] = {
        "invoice/{invoice_id}": invoice,
        "claim/{claim_id}": claim,
        "claim-data/{claim_id}": claim_data,
        "claim-file/{file_id}": claim_file,
        "filing-proof/{claim_id}": filing_proof,
        "batch/{batch_id}/{kind}.zip": batch_zip,
        "batch/{batch_id}/{kind}": batch_pdf,
        "superbill": superbill,
        "statement/{statement_id}": statement,
        "receipt/{payment_id}": receipt,
        "underpaid/{payer_id}": underpaid,
        "year": year,
        "statements/{run_id}.zip": statements_zip,
        "statements/{run_id}": statements_pdf,
        "form-test": form_test,
    }
    for path, opened in addresses.items():
        app.add_api_route(f"{routes.STORED_PDF}/{path}", opened, methods=["GET"], response_class=Response,
                          response_model=None)


async def invoice(request: Request, invoice_id: int) -> Response:
    """A client invoice, as it was issued."""
    return await answered(request, lambda user: invoicing.stored_invoice(invoice_id, seen_by=user))


async def claim(request: Request, claim_id: int) -> Response:
    """An insurance form with the form drawn, for plain paper."""
    return await answered(request, lambda user: invoicing.stored_claim(claim_id, seen_by=user))


async def claim_data(request: Request, claim_id: int) -> Response:
    """What is typed on an insurance form, for pre-printed ones."""
    return await answered(request, lambda user: invoicing.stored_claim(claim_id, printing="preprinted", seen_by=user))


async def claim_file(request: Request, file_id: int) -> Response:
    """A claim file (837P), as it was written."""
    async def opened(user: SignedIn) -> StoredPdf:
        found = await claim_files.claim_file(file_id, seen_by=user)
        return StoredPdf(found.name, found.content)

    return await answered(request, opened)


async def filing_proof(request: Request, claim_id: int) -> Response:
    """When a claim was filed, with all that says so."""
    async def drawn(user: SignedIn) -> StoredPdf:
        return await claim_life.filing_proof(claim_id, seen_by=user, on=await today(user))

    return await answered(request, drawn)


async def batch_pdf(request: Request, batch_id: int, kind: Kind) -> Response:
    """One kind of a batch's documents, as one PDF."""
    async def joined(user: SignedIn) -> StoredPdf:
        papers = await invoicing.pile(batch_id, PILES[kind], seen_by=user)
        return StoredPdf(f"{KINDS[kind]} {batch_id}.pdf", await invoicing.as_one_pdf(papers))

    return await answered(request, joined)


async def batch_zip(request: Request, batch_id: int, kind: Kind) -> Response:
    """One kind of a batch's documents, a file each."""
    async def packed(user: SignedIn) -> StoredPdf:
        papers = await invoicing.pile(batch_id, PILES[kind], seen_by=user)
        return StoredPdf(f"{KINDS[kind]} {batch_id}.zip", await invoicing.as_zip(papers))

    return await answered(request, packed)


async def superbill(
    request: Request, client: int, provider: int, start: Annotated[date, Query()], end: Annotated[date, Query()]
) -> Response:
    """What a client had from a provider over some days, for the client's own insurer."""
    async def drawn(user: SignedIn) -> StoredPdf:
        return await invoicing.superbill(client, provider, start, end, seen_by=user, on=await today(user))

    return await answered(request, drawn)


async def statement(request: Request, statement_id: int) -> Response:
    """An account statement, as it was made."""
    return await answered(request, lambda user: statements.stored_statement(statement_id, seen_by=user))


async def receipt(request: Request, payment_id: int) -> Response:
    """That a client's payment was received, or given back."""
    async def drawn(user: SignedIn) -> StoredPdf:
        return await statements.receipt(payment_id, seen_by=user, on=await today(user))

    return await answered(request, drawn)


async def underpaid(request: Request, payer_id: int) -> Response:
    """A letter to a payer about what it allowed short of its contract."""
    async def drawn(user: SignedIn) -> StoredPdf:
        return await underpaid_letter(payer_id, seen_by=user, on=await today(user))

    return await answered(request, drawn)


async def year(request: Request, client: int, year: int, person: int | None = None) -> Response:
    """What was paid for a client in a year, for taxes."""
    async def drawn(user: SignedIn) -> StoredPdf:
        return await statements.year_summary(client, year, person=person, seen_by=user, on=await today(user))

    return await answered(request, drawn)


async def statements_pdf(request: Request, run_id: int) -> Response:
    """All statements of a press, as one PDF."""
    async def joined(user: SignedIn) -> StoredPdf:
        papers = await statements.pile_of_statements(run_id, seen_by=user)
        return StoredPdf(f"Statements {run_id}.pdf", await invoicing.as_one_pdf(papers))

    return await answered(request, joined)


async def statements_zip(request: Request, run_id: int) -> Response:
    """All statements of a press, a file each."""
    async def packed(user: SignedIn) -> StoredPdf:
        papers = await statements.pile_of_statements(run_id, seen_by=user)
        return StoredPdf(f"Statements {run_id}.zip", await invoicing.as_zip(papers))

    return await answered(request, packed)


async def form_test(request: Request) -> Response:
    """The sheet to try pre-printed forms with."""
    async def drawn(user: SignedIn) -> StoredPdf:
        return await invoicing.form_test(seen_by=user, on=await today(user))

    return await answered(request, drawn)


async def today(user: SignedIn) -> date:
    """The practice's day."""
    shown = await practice.shown_in_frame(seen_by=user)
    return clock.today(ZoneInfo(shown.time_zone))


async def answered(request: Request, seen: Seen) -> Response:
    """The file for whoever is signed in; the others go to the sign-in page; a refusal is its sentence."""
    if (user := await signed_in()) is None:
        return RedirectResponse(routes.SIGN_IN)
    try:
        found = await seen(user)
    except NotSignedIn:
        return RedirectResponse(routes.SIGN_IN)
    except PracticeError as refusal:
        return PlainTextResponse(refusal.told(), 404 if isinstance(refusal, NotFound) else 409, headers=PRIVATE)
    return as_file(found, download="download" in request.query_params)


PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


KINDS_OF_FILE = {"pdf": "application/pdf", "zip": "application/zip", "csv": "text/csv; charset=utf-8",
                 "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "837": "text/plain; charset=us-ascii"}


def as_file(found: StoredPdf, *, download: bool) -> Response:
    """Shown in the tab, or saved: PDFs when asked, others always. Nothing of it stays in the browser's cache."""
    kind = found.name.rpartition(".")[2]
    how = "attachment" if download or kind != "pdf" else "inline"
    return Response(
        found.content,
        media_type=KINDS_OF_FILE.get(kind, KINDS_OF_FILE["pdf"]),
        headers=PRIVATE | {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(found.name, safe='')}"},
    )
