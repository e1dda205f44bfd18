"""Draws the PDFs of issued documents after they are kept: taken up again at a start, same record, same bytes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from tortoise.models import Model

from domain import jobs
from domain.documents.drawn import draw_claims, draw_invoices
from domain.invoicing.cabinet import store
from domain.jobs import Workplace
from storage.changes import Changes, announce
from storage.models import Batch, Claim, Invoice
from storage.transactions import one_transaction

log = logging.getLogger(__name__)

Kind = Literal["invoice", "claim"]
MOST_AT_ONCE = 16
STEPS = 12  # how often a browser hears of progress while a batch is drawn


@dataclass(frozen=True, slots=True)
class Paper:
    """A document still to be drawn."""

    kind: Kind
    id: int
    batch_id: int


def keep_drawing(batch_id: int) -> None:
    """Begin drawing what a batch lacks, in the background. Never inside a transaction."""
    jobs.start(job_name(batch_id), partial(draw_missing, jobs.workplace(), batch_id))


def take_up_drawing() -> None:
    """Begin drawing everything that an earlier run left undrawn; called at the start."""
    jobs.start("draw all", partial(draw_missing, jobs.workplace()))


def drawing_goes_on(batch_id: int) -> bool:
    """Whether somebody is at it; a batch with undrawn documents and nobody at it needs a new try."""
    return jobs.at_work(job_name(batch_id)) or jobs.at_work("draw all")


def job_name(batch_id: int) -> str:
    """The name under which a batch is drawn."""
    return f"draw {batch_id}"


async def draw_missing(workplace: Workplace, batch_id: int | None = None) -> int:
    """Draw and store each undrawn document of a batch, or of all; returns how many could not be drawn."""
    papers = await missing(batch_id)
    size = max(1, min(MOST_AT_ONCE, len(papers) // STEPS))
    queue = [together for kind in ("claim", "invoice") for together in _cut(papers, kind, size)]
    hands = asyncio.Semaphore(workplace.side_by_side)
    failed = sum(await asyncio.gather(*(draw_or_leave(together, workplace, hands) for together in queue)))
    batches = {paper.batch_id for paper in papers} | ({batch_id} if batch_id else set())
    await note_finished(batches, workplace)
    if failed:
        tell_unfinished(batches)
    return failed


async def draw_or_leave(papers: Sequence[Paper], workplace: Workplace, hands: asyncio.Semaphore) -> int:
    """A full disk or a lost process stops these few only; what is undrawn is drawn at the next try."""
    try:
        return await draw_some(papers, workplace, hands)
    except Exception as failure:  # noqa: BLE001
        log.warning("%s documents were not drawn: %s", len(papers), type(failure).__name__)
        return len(papers)


def _cut(papers: Sequence[Paper], kind: str, size: int) -> list[Sequence[Paper]]:
    of_kind = [paper for paper in papers if paper.kind == kind]
    return [of_kind[start : start + size] for start in range(0, len(of_kind), size)]


async def missing(batch_id: int | None = None) -> list[Paper]:
    """What is not drawn yet: claims by payer, then invoices, each in order of their numbers."""
    of = {"batch_id": batch_id} if batch_id else {}
    half_drawn = await Claim.filter(data_sha256=None, **of).order_by("payer_id", "id").values_list("id", "batch_id")
    plain = await Claim.filter(sha256=None, **of).exclude(data_sha256=None).values_list("id", "batch_id")
    invoices = await Invoice.filter(sha256=None, **of).order_by("id").values_list("id", "batch_id")
    claims = [Paper("claim", *row) for row in [*half_drawn, *plain]]
    return claims + [Paper("invoice", *row) for row in invoices]


async def draw_some(papers: Sequence[Paper], workplace: Workplace, hands: asyncio.Semaphore) -> int:
    """Draw a few documents away from the event loop; the next few are drawn while these are stored and noted."""
    kind = papers[0].kind
    async with hands:
        texts = await records_of(papers)
        drawn = await workplace.off_loop(
            draw_claims if kind == "claim" else draw_invoices, list(texts.values()), workplace.fonts)
    done = {key: files for key, files in zip(texts, drawn, strict=True) if files}
    flat = [file for files in done.values() for file in files]
    hashes = iter(await asyncio.to_thread(store, workplace.documents, flat))
    batches = {paper.batch_id for paper in papers}
    await note_drawn(kind, {key: [next(hashes) for _ in files] for key, files in done.items()}, batches)
    return len(texts) - len(done)


async def records_of(papers: Sequence[Paper]) -> dict[int, str]:
    """The frozen records, by id."""
    ids = [paper.id for paper in papers]
    model = Claim if papers[0].kind == "claim" else Invoice
    found = dict(await model.filter(id__in=ids).values_list("id", "record"))
    return {key: found[key] for key in ids if key in found}


async def note_drawn(kind: Kind, hashes: dict[int, list[str]], batches: Iterable[int]) -> None:
    """Keep the hashes of stored PDFs; whoever watches the batch hears of it."""
    if not hashes:
        return
    async with one_transaction() as changes:
        model: type[Model] = Claim if kind == "claim" else Invoice
        names = ("sha256", "data_sha256") if kind == "claim" else ("sha256",)
        rows = [model(id=key, **dict(zip(names, found, strict=True))) for key, found in hashes.items()]
        await model.bulk_update(rows, names)
        changes.add("batch", batches)


async def note_finished(batch_ids: set[int], workplace: Workplace) -> None:
    """A batch with nothing left to draw is finished."""
    for batch_id in batch_ids:
        if await missing(batch_id):
            continue
        async with one_transaction() as changes:
            if await Batch.filter(id=batch_id, finished_at=None).update(finished_at=workplace.now()):
                changes.add("batch", [batch_id])


def tell_unfinished(batch_ids: set[int]) -> None:
    """Nobody is at it any more: those who watch may ask for another try."""
    changes = Changes()
    changes.add("batch", batch_ids)
    announce(changes)
