"""A thousand sessions of three hundred clients as one job, beside bare fpdf2, and how long a browser waits meanwhile."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from domain import jobs
from domain.invoicing import draw_missing, generate
from domain.reading import calendar
from storage.models import Claim, ClientSession, Invoice
from tests.bench import papers
from tests.bench.run import Bench, say
from tests.fixtures import billing, builders
from tests.fixtures.builders import NOW, OWNER, TODAY

CLIENTS, SESSIONS, DAY = 300, 1000, timedelta(days=1)


async def ready_sessions() -> list[int]:
    """A thousand sessions to bill, of clients with a policy and a copay: each makes an invoice and a form."""
    payer, place, provider = await builders.a_payer(), await builders.a_location(), await builders.a_provider()
    for number in range(CLIENTS):
        client = await builders.a_client(f"Client Number{number}")
        await builders.a_diagnosis(client)
        await builders.a_policy(client, payer, copay_cents=2500)
        for turn in range(SESSIONS // CLIENTS + (number < SESSIONS % CLIENTS)):
            await billing.an_insured_session(
                client, provider=provider, location=place, starts_at=builders.MONDAY_NINE - turn * DAY)
    return await ClientSession.all().values_list("id", flat=True)  # type: ignore[return-value]


class Waiting:
    """Another browser's page, read over and over while the job runs: the longest and the usual wait, in seconds."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.over = False

    async def go(self) -> None:
        """Ask for a day of the calendar every fifty milliseconds."""
        while not self.over:
            asked = time.perf_counter()
            await calendar.appointments_between(NOW, NOW + DAY, seen_by=OWNER)
            self.waits.append(time.perf_counter() - asked)
            await asyncio.sleep(0.05)


async def one_job(pool: ProcessPoolExecutor, side_by_side: int, folder: Path) -> None:
    """Made, kept, drawn and stored; beside the same pages by bare fpdf2 on one core."""

    async def off_loop(work: Any, *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(pool, partial(work, *given))

    jobs.set_up(jobs.Workplace(folder=folder, now=lambda: NOW, off_loop=off_loop, side_by_side=side_by_side))
    ids = await ready_sessions()
    other = Waiting()
    reading = asyncio.create_task(other.go())
    gc.collect()
    started = time.perf_counter()
    made = await generate(ids, by=OWNER, on=TODAY, now=NOW)
    assert not made.left_out, made.left_out[:2]
    kept = time.perf_counter() - started
    assert await draw_missing(jobs.workplace(), made.batch_id) == 0
    whole = time.perf_counter() - started
    other.over = True
    await reading
    sheets = [papers.sheet_of(str(text)) for text in await Invoice.all().values_list("record", flat=True)]
    sheets += [sheet for text in await Claim.all().values_list("record", flat=True) for sheet in papers.forms_of(str(text))]
    gc.collect()
    began = time.perf_counter()
    await asyncio.to_thread(lambda: [papers.bare_page(sheet) for sheet in sheets])
    limit = time.perf_counter() - began
    longest, usual = max(other.waits), sorted(other.waits)[len(other.waits) // 2]
    say(f"1,000 sessions: {len(made.invoices)} invoices, {len(made.claims)} forms, {side_by_side} core(s)", whole, limit,
        f"{len(sheets)} pages by bare fpdf2", "at most 1.3 on one core")
    print(f"  made and kept after {kept:.2f} s; {len(sheets) / whole:.0f} pages a second; a page of another browser was read in "
          f"{usual * 1000:.0f} ms, at most {longest * 1000:.0f} ms   (aim 200)")


async def main() -> None:
    """On one core, then on all."""
    for cores in sorted({1, os.cpu_count() or 1}):
        async with Bench() as bench:
            with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
                await asyncio.gather(*(asyncio.get_running_loop().run_in_executor(pool, len, ()) for _ in range(cores)))
                await one_job(pool, cores, bench.folder)


if __name__ == "__main__":
    asyncio.run(main())
