"""A program killed at any moment of generating: each session is invoiced once or still ready, and no number is missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from domain.invoicing import draw_missing
from storage import database
from storage.models import ClaimLine, ClientSession, Counter, Invoice, InvoiceLine
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session
from tests.fixtures.builders import a_client, a_session

GENERATING = """
    import asyncio
    from pathlib import Path
    from domain import invoicing, jobs
    from storage import database
    from tests.fixtures.builders import NOW, OWNER, TODAY

    async def generate_one_after_the_other():
        folder = Path({folder!r})
        await database.connect(folder / database.FILE)
        jobs.set_up(jobs.Workplace(folder=folder, now=lambda: NOW))
        print("begun", flush=True)
        for first in range(1, 61, 2):
            made = await invoicing.generate([first, first + 1], by=OWNER, on=TODAY, now=NOW)
            invoicing.keep_drawing(made.batch_id)

    asyncio.run(generate_one_after_the_other())
"""


@pytest.mark.sqlite
@pytest.mark.parametrize("moment", [0.05, 0.15, 0.35])
async def test_each_session_is_invoiced_once_or_ready(practice_db, moment: float) -> None:
    for number in range(30):
        await an_insured_session(await an_insured_client(f"Client Number{number}"))
        await a_session(await a_client(f"Bo Number{number}"))
    await database.close_database()
    killed_after(moment, textwrap.dedent(GENERATING).format(folder=str(practice_db)))
    await database.connect(practice_db / database.FILE)
    on_paper = set(await InvoiceLine.all().values_list("session_id", flat=True))
    on_paper |= set(await ClaimLine.all().values_list("session_id", flat=True))
    invoiced = set(await ClientSession.filter(status="invoiced").values_list("id", flat=True))
    assert invoiced == on_paper
    assert await ClientSession.filter(status="ready").count() == 60 - len(invoiced)
    await no_number_is_missing()
    workplace = a_workplace(practice_db)
    assert await draw_missing(workplace) == 0
    assert await Invoice.filter(sha256=None).count() == 0


async def no_number_is_missing() -> None:
    numbers = sorted(await Invoice.all().values_list("number", flat=True))
    assert numbers == [f"2026-{place:04}" for place in range(1, len(numbers) + 1)]
    counter = await Counter.get_or_none(name="invoice-2026")
    assert (counter.reached if counter else 0) == len(numbers)


def killed_after(seconds: float, words: str) -> None:
    """Run it, and kill it some time after it has begun."""
    process = subprocess.Popen([sys.executable, "-c", words], env=os.environ | {"PYTHONPATH": "."}, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    process.stdout.close()
