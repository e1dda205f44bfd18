"""Opens the very statements that were made: one, or all of a press as one PDF or ZIP."""

from __future__ import annotations

import asyncio

from domain import access, jobs
from domain.access import SignedIn
from domain.errors import NotFound
from domain.invoicing.cabinet import fetch
from domain.invoicing.stored import FileGone, StoredPdf, file_name
from domain.statements.drawing import draw_missing, job_name
from storage.models import Statement


async def stored_statement(statement_id: int, *, seen_by: SignedIn) -> StoredPdf:
    """The statement as it was made. Raises NotFound or FileGone."""
    await access.require(seen_by)
    return (await _opened(id=statement_id))[0]


async def pile_of_statements(run_id: int, *, seen_by: SignedIn) -> list[StoredPdf]:
    """All statements of a press, by name. Raises NotFound or FileGone."""
    await access.require(seen_by)
    return await _opened(run_id=run_id)


async def _opened(**which: int) -> list[StoredPdf]:
    """Those whose turn to be drawn has not come are drawn first."""
    if undrawn := await Statement.filter(sha256=None, **which).distinct().values_list("run_id", flat=True):
        run_id = int(str(undrawn[0]))
        if jobs.at_work(job_name(run_id)):
            await jobs.finished(job_name(run_id))
        else:
            await draw_missing(jobs.workplace(), run_id)
    rows = await Statement.filter(**which).order_by("id").values_list("id", "bill_to_name", "run__made_on", "sha256")
    if not rows:
        raise NotFound(what="This statement")
    return [await _from_cabinet(key, name, f"{on}", sha256) for key, name, on, sha256 in rows]


async def _from_cabinet(key: int, name: str, on: str, sha256: str | None) -> StoredPdf:
    content = await asyncio.to_thread(fetch, jobs.workplace().documents, sha256) if sha256 else None
    if content is None:
        raise FileGone(what=f"the statement for {name}")
    return StoredPdf(f"{file_name(f'Statement {on} {name}')[:100]} {key}.pdf", content)
