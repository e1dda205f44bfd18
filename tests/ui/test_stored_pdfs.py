"""The addresses of issued documents: opened in the tab, saved when asked, for signed-in people only."""

import io
import zipfile
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from nicegui import app, core, ui
from nicegui.testing.user_simulation import user_simulation
from pypdf import PdfReader

from domain.access import hashed
from domain.invoicing import stored_invoice, void_batch
from domain.ledger.payments import ReceivedDraft, record_payment
from domain.statements import make_statements
from storage.models import SignIn
from storage.transactions import one_transaction
from tests.domain.documents.reading import text_of
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, drawn, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_session
from ui import routes, stored_pdfs

TOKEN = "a browser's token"


@pytest.fixture(autouse=True)
async def _signed_in(practice_db):
    a_workplace(practice_db)
    async with one_transaction():
        await SignIn.filter(id=OWNER.sign_in_id).update(token_hash=hashed(TOKEN), expires_at=NOW + timedelta(days=36500))


@asynccontextmanager
async def browser(*, signed_in: bool = True):
    """A browser that has visited the sign-in page, or has not."""
    def root() -> None:
        app.storage.user["token"] = TOKEN if signed_in else ""
        ui.label("here")

    async with user_simulation(root=root):
        stored_pdfs.register()
        core.app.router.routes.sort(key=lambda route: not getattr(route, "path", "").startswith(routes.STORED_PDF))
        transport = httpx.ASGITransport(core.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            await client.get("/")
            yield client


async def a_batch():
    """One insurance form, the invoice of its share, and a self-pay invoice of a Greek name."""
    insured = await an_insured_session(await an_insured_client())
    return await make(insured, await a_session(await a_client("Ελένη Παπαδάκη", insurer_last_name="Papadaki")))


async def test_the_very_pdf_opens_in_the_tab_and_stays_in_no_cache():
    made = await drawn(await a_batch())
    async with browser() as client:
        answer = await client.get(f"/pdf/invoice/{made.invoices[0]}")
    assert answer.status_code == 200
    assert answer.content == (await stored_invoice(made.invoices[0], seen_by=OWNER)).content
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline; filename*=UTF-8''2026-0001%20")
    assert answer.headers["cache-control"] == "no-store"


async def test_a_pdf_is_saved_when_asked_under_a_name_in_any_script():
    made = await a_batch()
    async with browser() as client:
        names = [(await client.get(f"/pdf/invoice/{one}?download=1")).headers["content-disposition"] for one in made.invoices]
    assert all(name.startswith("attachment;") for name in names)
    assert any("%CE%95%CE%BB" in name for name in names)


async def test_a_form_opens_in_both_printings_before_it_was_drawn():
    made = await a_batch()
    async with browser() as client:
        plain = await client.get(f"/pdf/claim/{made.claims[0]}")
        bare = await client.get(f"/pdf/claim-data/{made.claims[0]}")
    assert "HEALTH INSURANCE CLAIM FORM" in text_of(plain.content)
    assert "HEALTH INSURANCE CLAIM FORM" not in text_of(bare.content)
    assert "APPLEWICK" in text_of(bare.content)


@pytest.mark.parametrize(("kind", "papers"), [("invoices", 2), ("forms", 1), ("data", 1), ("all", 3)])
async def test_a_batch_opens_as_one_pdf_and_is_saved_as_a_zip(kind, papers):
    made = await a_batch()
    async with browser() as client:
        pdf = await client.get(f"/pdf/batch/{made.batch_id}/{kind}")
        packed = await client.get(f"/pdf/batch/{made.batch_id}/{kind}.zip")
    assert len(PdfReader(io.BytesIO(pdf.content)).pages) == papers
    assert packed.headers["content-type"] == "application/zip"
    assert packed.headers["content-disposition"].startswith("attachment;")
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert len(archive.namelist()) == papers


async def test_a_superbill_and_the_test_sheet_open():
    session = await a_session()
    days = f"start={session.day}&end={session.day}"
    async with browser() as client:
        bill = await client.get(f"/pdf/superbill?client={session.client_id}&provider={session.provider_id}&{days}")
        sheet = await client.get("/pdf/form-test")
    assert "90837" in text_of(bill.content)
    assert "ALIGNMENT" in text_of(sheet.content)


async def test_statements_receipts_and_a_years_summary_open():
    client = await a_client()
    await make(await a_session(client))
    payment = await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=4000), by=OWNER, now=NOW)
    run = await make_statements(client.id, since=TODAY, by=OWNER, now=NOW)
    async with browser() as tab:
        one, all_ = await tab.get("/pdf/statement/1"), await tab.get(f"/pdf/statements/{run}")
        packed = await tab.get(f"/pdf/statements/{run}.zip")
        receipt, year = await tab.get(f"/pdf/receipt/{payment}"), await tab.get(f"/pdf/year?client={client.id}&year=2026")
        none = await tab.get(f"/pdf/year?client={client.id}&year=2020")
    assert "Amount due $110.00" in text_of(one.content)
    assert "Amount due $110.00" in text_of(all_.content)
    assert "filename*=UTF-8''Statement%202026-10-14%20Rowan%20Applewick" in one.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert len(archive.namelist()) == 1
    assert "Received $40.00" in text_of(receipt.content)
    assert "Paid in 2026 $40.00" in text_of(year.content)
    assert (none.status_code, none.text) == (409, "Nothing was paid in 2020. Choose another year.")


@pytest.mark.parametrize(
    "path", ["invoice/1", "claim/1", "claim-data/1", "batch/1/all", "batch/1/all.zip", "form-test",
             "statement/1", "statements/1", "statements/1.zip", "receipt/1", "year?client=1&year=2026", "superbill?client=1&provider=1&start=2026-10-01&end=2026-10-31"])
async def test_who_is_not_signed_in_sees_only_the_sign_in_page(path):
    await a_batch()
    async with browser(signed_in=False) as client:
        answer = await client.get(f"/pdf/{path}")
    assert (answer.status_code, answer.headers["location"]) == (307, routes.SIGN_IN)
    assert b"%PDF" not in answer.content


async def test_who_was_signed_out_meanwhile_sees_no_document():
    made = await a_batch()
    async with browser() as client:
        async with one_transaction():
            await SignIn.filter(id=OWNER.sign_in_id).update(ended_at=NOW)
        answer = await client.get(f"/pdf/invoice/{made.invoices[0]}")
    assert answer.status_code == 307


async def test_what_is_not_there_is_told_in_a_sentence():
    made = await a_batch()
    await void_batch(made.batch_id, reason="Wrong fee", by=OWNER, now=NOW)
    async with browser() as client:
        gone = await client.get("/pdf/invoice/4711")
        empty = await client.get(f"/pdf/batch/{made.batch_id}/all")
        wrong = await client.get(f"/pdf/batch/{made.batch_id}/everything")
    assert (gone.status_code, "no longer there" in gone.text) == (404, True)
    assert (empty.status_code, empty.text) == (409, "There is nothing of this kind to open.")
    assert wrong.status_code == 422
