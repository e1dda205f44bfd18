"""Opens the very PDFs that were issued, one at a time or as one PDF or ZIP, in the kinds that practices file."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from domain import access, jobs
from domain.access import SignedIn
from domain.documents import merge
from domain.errors import NotFound, PracticeError
from domain.invoicing.cabinet import fetch
from domain.invoicing.drawing import Paper, draw_some, job_name, keep_drawing
from domain.invoicing.shifting import moved, printer_offset
from storage.models import Claim, Invoice

Printing = Literal["plain", "preprinted"]
Pile = Literal["invoices", "forms", "preprinted", "all"]
PILES: tuple[Pile, ...] = ("invoices", "forms", "preprinted", "all")


class FileGone(PracticeError):
    """The database knows a PDF whose file is not in the data folder, or is not what was stored."""

    sentence = (
        "The stored PDF of {what} is missing or was changed on the disk. Nothing was changed now. "
        "Copy the documents folder back from a backup."
    )


class NothingToPrint(PracticeError):
    """A pile without a single document."""

    sentence = "There is nothing of this kind to open."


@dataclass(frozen=True, slots=True)
class StoredPdf:
    """A PDF with the name it is saved under."""

    name: str
    content: bytes


async def stored_invoice(invoice_id: int, *, seen_by: SignedIn) -> StoredPdf:
    """The invoice as it was issued. Raises NotFound or FileGone."""
    await access.require(seen_by)
    return (await _invoices(id=invoice_id))[0]


async def stored_claim(claim_id: int, *, printing: Printing = "plain", seen_by: SignedIn) -> StoredPdf:
    """The insurance form as it was issued, in one of its two printings. Raises NotFound or FileGone."""
    await access.require(seen_by)
    return (await _claims(printing, id=claim_id))[0]


async def pile(batch_id: int, what: Pile, *, seen_by: SignedIn) -> list[StoredPdf]:
    """The live documents of a batch of one kind. Raises NothingToPrint."""
    await access.require(seen_by)
    papers: list[StoredPdf] = []
    live = {"batch_id": batch_id, "voided_at": None}
    if what in {"forms", "all"} and await Claim.filter(**live).exists():
        papers += await _claims("plain", **live)
    if what == "preprinted" and await Claim.filter(**live).exists():
        papers += await _claims("preprinted", **live)
    if what in {"invoices", "all"} and await Invoice.filter(**live).exists():
        papers += await _invoices(**live)
    if not papers:
        raise NothingToPrint
    return papers


async def as_one_pdf(papers: Sequence[StoredPdf]) -> bytes:
    """All pages in one file."""
    return await asyncio.to_thread(merge.as_one_pdf, [paper.content for paper in papers])


async def as_zip(papers: Sequence[StoredPdf]) -> bytes:
    """Each in a file of its own; their numbers make the names differ."""
    return await asyncio.to_thread(merge.as_zip, [(paper.name, paper.content) for paper in papers])


async def _invoices(**which: object) -> list[StoredPdf]:
    wanted = ("id", "batch_id", "number", "bill_to_name", "sha256")
    rows = await Invoice.filter(**which).order_by("number").values_list(*wanted)
    if not rows:
        raise NotFound(what="This invoice")
    if undrawn := [Paper("invoice", row[0], row[1]) for row in rows if row[4] is None]:
        await _draw_now(undrawn)
        rows = await Invoice.filter(**which).order_by("number").values_list(*wanted)
    return [await _opened(f"invoice {number}", f"{number} {name}", sha) for _, _, number, name, sha in rows]


async def _claims(printing: Printing, **which: object) -> list[StoredPdf]:
    hashed = "sha256" if printing == "plain" else "data_sha256"
    wanted = ("id", "batch_id", "account_number", "client__name", "payer__name", hashed)
    rows = await Claim.filter(**which).order_by("account_number").values_list(*wanted)
    if not rows:
        raise NotFound(what="This insurance form")
    if undrawn := [Paper("claim", row[0], row[1]) for row in rows if row[5] is None]:
        await _draw_now(undrawn)
        rows = await Claim.filter(**which).order_by("account_number").values_list(*wanted)
    papers = [
        await _opened(f"insurance form {number}", f"{number} {client} {payer}", sha)
        for _, _, number, client, payer, sha in rows
    ]
    return papers if printing == "plain" else await _moved(papers)


async def _moved(papers: Sequence[StoredPdf]) -> list[StoredPdf]:
    """Pre-printed forms as the practice's printer wants them."""
    offset = await printer_offset()
    return [
        StoredPdf(f"{paper.name.removesuffix('.pdf')}, pre-printed.pdf",
                  await asyncio.to_thread(moved, paper.content, offset))
        for paper in papers
    ]


async def _draw_now(papers: Sequence[Paper]) -> None:
    """Someone opens documents before their turn came: one is drawn at once, many as the batch they are of."""
    if len(papers) == 1:
        await draw_some(papers, jobs.workplace(), asyncio.Semaphore())
        return
    for batch_id in {paper.batch_id for paper in papers}:
        keep_drawing(batch_id)
        await jobs.finished(job_name(batch_id))


async def _opened(what: str, name: str, sha256: str | None) -> StoredPdf:
    content = await asyncio.to_thread(fetch, jobs.workplace().documents, sha256) if sha256 else None
    if content is None:
        raise FileGone(what=what)
    return StoredPdf(f"{file_name(name)}.pdf", content)


def file_name(words: str) -> str:
    """A name that every file system takes."""
    return re.sub(r"\s+", " ", re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", words)).strip(" .")[:120]
