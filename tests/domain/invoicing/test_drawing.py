"""PDFs: stored under their hash, drawn again to the same bytes, taken up after a kill, opened as they were issued."""

import hashlib
import io
import os
import signal
import subprocess
import sys
import textwrap
import zipfile

import pytest
from pypdf import PdfReader

from domain import jobs
from domain.errors import NotFound
from domain.invoicing import (
    FileGone,
    NothingToPrint,
    as_one_pdf,
    as_zip,
    form_test,
    keep_drawing,
    pile,
    stored_claim,
    stored_invoice,
    superbill,
    take_up_drawing,
    void_invoice,
)
from domain.invoicing.cabinet import address
from domain.invoicing.superbills import NoSessions
from storage import database
from storage.models import Batch, Claim, Invoice, Practice
from storage.transactions import one_transaction
from tests.domain.documents.reading import Typed, text_of
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, drawn, make, paid
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_session


@pytest.fixture(autouse=True)
def _workplace(practice_db):
    a_workplace(practice_db)


async def a_batch():
    """One form with its share, and a self-pay invoice."""
    insured = await an_insured_session(await an_insured_client())
    return await make(insured, await a_session(await a_client("Alder Fiddlecrook")))


async def hashes() -> list[str | None]:
    forms = await Claim.all().order_by("id").values_list("sha256", "data_sha256")
    invoices = await Invoice.all().order_by("id").values_list("sha256", flat=True)
    return [*[one for row in forms for one in row], *invoices]


async def test_generating_draws_nothing_and_drawing_stores_each_under_its_hash(practice_db):
    made = await a_batch()
    assert await hashes() == [None] * 4
    await drawn(made)
    for sha256 in await hashes():
        assert hashlib.sha256(address(practice_db / "documents", sha256).read_bytes()).hexdigest() == sha256
    assert (await Batch.get()).finished_at == NOW


async def test_what_a_kill_left_undrawn_is_drawn_at_the_next_start_to_the_same_bytes(practice_db):
    made = await a_batch()
    await drawn(made)
    wanted = await hashes()
    async with one_transaction():
        await Claim.all().update(sha256=None, data_sha256=None)
        await Invoice.all().update(sha256=None)
        await Batch.all().update(finished_at=None)
    a_workplace(practice_db / "elsewhere")
    take_up_drawing()
    await jobs.finished("draw all")
    assert await hashes() == wanted
    assert (await Batch.get()).finished_at is not None


KILLED = """
    import asyncio, os, signal
    from pathlib import Path
    from domain import invoicing, jobs
    from storage import database
    from tests.fixtures.builders import NOW, OWNER, TODAY

    async def die():
        folder = Path({folder!r})
        await database.connect(folder / database.FILE)
        jobs.set_up(jobs.Workplace(folder=folder, now=lambda: NOW))
        made = await invoicing.generate({ids}, by=OWNER, on=TODAY, now=NOW)
        invoicing.keep_drawing(made.batch_id)
        os.kill(os.getpid(), signal.SIGKILL)

    asyncio.run(die())
"""


@pytest.mark.sqlite
async def test_a_program_killed_right_after_the_commit_loses_no_document(practice_db):
    session = await an_insured_session(await an_insured_client())
    await database.close_database()
    words = textwrap.dedent(KILLED).format(folder=str(practice_db), ids=[session.id])
    ended = subprocess.run([sys.executable, "-c", words], env=os.environ | {"PYTHONPATH": "."}, check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    await database.connect(practice_db / database.FILE)
    assert await hashes() == [None, None, None]
    take_up_drawing()
    await jobs.finished("draw all")
    assert None not in await hashes()
    assert "APPLEWICK" in text_of((await stored_claim((await Claim.get()).id, seen_by=OWNER)).content)


async def test_a_job_draws_a_batch_in_the_background():
    made = await a_batch()
    keep_drawing(made.batch_id)
    await jobs.finished(f"draw {made.batch_id}")
    assert None not in await hashes()


async def test_who_opens_a_document_before_its_turn_gets_it():
    made = await a_batch()
    paper = await stored_invoice(made.invoices[0], seen_by=OWNER)
    assert "2026-0001" in text_of(paper.content)
    assert (await hashes()).count(None) == 3, "only the one that was opened is drawn"
    assert (await pile(made.batch_id, "all", seen_by=OWNER))[0].content[:5] == b"%PDF-"
    assert None not in await hashes()


async def test_a_changed_or_missing_file_is_told_and_not_drawn_anew(practice_db):
    made = await drawn(await a_batch())
    sha256 = (await Invoice.get(id=made.invoices[0])).sha256
    file = address(practice_db / "documents", sha256)
    file.write_bytes(file.read_bytes() + b"%")
    with pytest.raises(FileGone) as refused:
        await stored_invoice(made.invoices[0], seen_by=OWNER)
    assert "invoice 2026-0001" in refused.value.told()
    file.unlink()
    with pytest.raises(FileGone):
        await stored_invoice(made.invoices[0], seen_by=OWNER)


async def test_a_record_that_can_not_be_drawn_stops_no_other():
    made = await a_batch()
    async with one_transaction():
        await Invoice.filter(id=made.invoices[0]).update(record="{}")
    from domain.invoicing import draw_missing

    assert await draw_missing(jobs.workplace(), made.batch_id) == 1
    assert (await hashes()).count(None) == 1
    assert (await Batch.get()).finished_at is None


@pytest.mark.parametrize(("kind", "papers", "pages"), [("invoices", 2, 2), ("forms", 1, 1), ("preprinted", 1, 1), ("all", 3, 3)])
async def test_a_batch_opens_in_four_kinds_as_one_pdf_or_zip(kind, papers, pages):
    made = await drawn(await a_batch())
    found = await pile(made.batch_id, kind, seen_by=OWNER)
    assert len(found) == papers
    assert len(PdfReader(io.BytesIO(await as_one_pdf(found))).pages) == pages
    with zipfile.ZipFile(io.BytesIO(await as_zip(found))) as archive:
        assert len(set(archive.namelist())) == papers
        assert all(text_of(archive.read(name)) for name in archive.namelist())


async def test_a_void_document_is_in_no_pile_but_still_opens():
    made = await drawn(await make(await a_session()))
    before = (await stored_invoice(made.invoices[0], seen_by=OWNER)).content
    await void_invoice(made.invoices[0], reason="Wrong fee", by=OWNER, now=NOW)
    with pytest.raises(NothingToPrint):
        await pile(made.batch_id, "all", seen_by=OWNER)
    assert (await stored_invoice(made.invoices[0], seen_by=OWNER)).content == before


async def test_a_document_that_is_not_there_is_told():
    with pytest.raises(NotFound):
        await stored_invoice(4711, seen_by=OWNER)


async def test_pre_printed_forms_move_as_the_printer_wants_and_the_stored_pdf_stays():
    made = await drawn(await make(await an_insured_session(await an_insured_client())))
    before = (await stored_claim(made.claims[0], printing="preprinted", seen_by=OWNER)).content
    async with one_transaction():
        await Practice.filter(id=1).update(form_offset_x=254, form_offset_y=-127)
    after = (await stored_claim(made.claims[0], printing="preprinted", seen_by=OWNER)).content
    pairs = list(zip(Typed(before).all, Typed(after).all, strict=True))
    assert pairs
    for (x, y, letter), (moved_x, moved_y, same) in pairs:
        assert same == letter
        assert moved_x - x == pytest.approx(1, abs=0.005)
        assert moved_y - y == pytest.approx(-0.5, abs=0.005)
    plain = (await stored_claim(made.claims[0], seen_by=OWNER)).content
    assert Typed(plain).all == Typed(before).all


async def test_the_test_sheet_fills_the_form_with_nobody():
    sheet = await form_test(seen_by=OWNER, on=TODAY)
    assert "ALIGNMENT" in text_of(sheet.content)


async def test_a_superbill_tells_charged_and_paid_and_leaves_no_debt():
    session = await a_session(await an_insured_client(), lines=[{}, {"code": "90785", "fee_cents": 2500}])
    await paid(session, 10000)
    paper = await superbill(session.client_id, session.provider_id, TODAY.replace(day=1), TODAY, seen_by=OWNER, on=TODAY)
    text = text_of(paper.content)
    for words in ("90837", "90785", "$175.00", "$100.00", "F41.1", "1245319599", "C-1001", "12-3456789"):
        assert words in text
    assert await Invoice.all().count() == 0


async def test_a_superbill_without_sessions_is_refused():
    session = await a_session()
    with pytest.raises(NoSessions):
        await superbill(session.client_id, session.provider_id, TODAY, TODAY, seen_by=OWNER, on=TODAY)
