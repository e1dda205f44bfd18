"""Draws the PDFs of statements after they are kept: as a job, taken up again at a start, same record, same bytes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from functools import partial
from typing import Any

from domain import jobs
from domain.documents.drawn import draw_statements
from domain.invoicing.cabinet import store
from domain.invoicing.drawing import MOST_AT_ONCE, STEPS
from domain.jobs import Workplace
from storage.changes import Changes, announce
from storage.models import Statement
from storage.transactions import one_transaction

log = logging.getLogger(__name__)


def keep_drawing(run_id: int) -> None:
    """Begin drawing what a press lacks, in the background. Never inside a transaction."""
    jobs.start(job_name(run_id), partial(draw_missing, jobs.workplace(), run_id))


def take_up_drawing() -> None:
    """Begin drawing what an earlier run of the program left undrawn; called at the start."""
    jobs.start("draw all statements", partial(draw_missing, jobs.workplace()))


def drawing_goes_on(run_id: int) -> bool:
    """Whether somebody is at it."""
    return jobs.at_work(job_name(run_id)) or jobs.at_work("draw all statements")


def job_name(run_id: int) -> str:
    """The name under which a press is drawn."""
    return f"draw statements {run_id}"


async def draw_missing(workplace: Workplace, run_id: int | None = None) -> int:
    """Draw and store each undrawn statement of a press, or of all; returns how many could not be drawn."""
    of = {"run_id": run_id} if run_id else {}
    rows: Any = await Statement.filter(sha256=None, **of).order_by("id").values_list("id", "run_id")
    runs = dict(rows)
    size = max(1, min(MOST_AT_ONCE, len(runs) // STEPS))
    hands = asyncio.Semaphore(workplace.side_by_side)
    pieces = [list(runs)[at : at + size] for at in range(0, len(runs), size)]
    failed = sum(await asyncio.gather(*(_draw_or_leave(some, runs, workplace, hands) for some in pieces)))
    if failed:  # nobody is at it any more: those who watch may ask for another try
        changes = Changes()
        changes.add("statement", set(runs.values()))
        announce(changes)
    return failed


async def _draw_or_leave(ids: Sequence[int], runs: dict[int, int], workplace: Workplace, hands: asyncio.Semaphore) -> int:
    """A full disk or a lost process stops these few only."""
    try:
        return await _draw(ids, runs, workplace, hands)
    except Exception as failure:  # noqa: BLE001
        log.warning("%s statements were not drawn: %s", len(ids), type(failure).__name__)
        return len(ids)


async def _draw(ids: Sequence[int], runs: dict[int, int], workplace: Workplace, hands: asyncio.Semaphore) -> int:
    async with hands:
        texts = dict(await Statement.filter(id__in=list(ids)).values_list("id", "record"))
        drawn = await workplace.off_loop(draw_statements, [texts[key] for key in ids], workplace.fonts)
    done = {key: files[0] for key, files in zip(ids, drawn, strict=True) if files}
    hashes = await asyncio.to_thread(store, workplace.documents, list(done.values()))
    await note_drawn(dict(zip(done, hashes, strict=True)), {runs[key] for key in ids})
    return len(ids) - len(done)


async def note_drawn(hashes: dict[int, str], runs: set[int]) -> None:
    """Keep the hashes of stored PDFs; whoever watches the press hears of it."""
    if not hashes:
        return
    async with one_transaction() as changes:
        await Statement.bulk_update([Statement(id=key, sha256=sha256) for key, sha256 in hashes.items()], ["sha256"])
        changes.add("statement", runs)
