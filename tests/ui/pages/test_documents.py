"""Invoices and claims made on the screen: listed by press, opened, found, voided with a reason, live."""

from __future__ import annotations

import pytest

from domain.invoicing import Generated, void_invoice
from domain.ledger.payments import ReceivedDraft, record_payment
from storage.models import ClientSession, Invoice
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, drawn, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_session
from tests.fixtures.screens import eventually, press, rows, screens, table, tap, typed
from ui import routes
from ui.dialogs.printing import save_pdf
from ui.pages.documents import documents

PAGES = {routes.DOCUMENTS: documents}


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


async def a_batch() -> Generated:
    """A form with its share's invoice, and a self-pay invoice."""
    insured = await an_insured_session(await an_insured_client())
    return await drawn(await make(insured, await a_session(await a_client("Alder Fiddlecrook"))))


async def test_the_list_shows_each_press_with_its_documents_and_their_very_pdfs() -> None:
    made = await a_batch()
    async with screens(PAGES) as open_:
        user = await open_(routes.DOCUMENTS)
        await user.should_see("Alder Fiddlecrook")
        head, form, *invoices = rows(user)
        assert "1 form, 2 invoices" in head["what"]
        assert form["what"] == "Insurance form C202600001"
        assert f"/pdf/claim/{made.claims[0]}" in form["open"]
        assert [row["total"] for row in invoices] == ["$150.00", "$25.00"]


async def test_an_empty_list_says_where_documents_come_from() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.DOCUMENTS)
        await user.should_see("No invoices or claims yet")
        await user.should_see("Open Invoice Clients and Insurance")


async def test_a_name_or_number_is_found_and_void_ones_can_be_looked_at_alone() -> None:
    made = await a_batch()
    number = (await Invoice.get(client__name="Alder Fiddlecrook")).id
    await void_invoice(number, reason="Wrong fee", by=OWNER, now=NOW)
    async with screens(PAGES) as open_:
        user = await open_(routes.DOCUMENTS)
        await user.should_see("Rowan Applewick")
        typed(user, "find-a-number-or-name", "applewick")
        await eventually(lambda: [row["id"] for row in rows(user)][1:] == [
            f"claim-{made.claims[0]}", *(f"invoice-{one}" for one in made.invoices if one != number)])
        typed(user, "find-a-number-or-name", "")
        await press(user, "Voided")
        await eventually(lambda: [row["id"] for row in rows(user)][1:] == [f"invoice-{number}"])


async def test_an_address_opens_one_document_with_its_sessions() -> None:
    made = await a_batch()
    async with screens(PAGES) as open_:
        user = await open_(f"{routes.DOCUMENTS}?claim={made.claims[0]}")
        await user.should_see("Bluebell Health")
        session = await ClientSession.get(client__name="Rowan Applewick")
        await user.should_see(f"Session {session.id}")
        assert table(user)._props["chosen"] == f"claim-{made.claims[0]}"


async def test_voiding_tells_what_goes_with_it_wants_a_reason_and_makes_sessions_ready() -> None:
    made = await a_batch()
    async with screens(PAGES) as open_:
        user = await open_(routes.DOCUMENTS)
        await user.should_see("Rowan Applewick")
        tap(user, f"claim-{made.claims[0]}")
        await user.should_see("Client sessions")
        await press(user, "Void")
        await user.should_see("Void insurance form C202600001?")
        await user.should_see("1 invoice and 1 insurance form")
        await press(user, "Void insurance form C202600001")
        await user.should_see("Say why it is voided")
        typed(user, "reason", "Wrong fee on Oct 12")
        await press(user, "Void insurance form C202600001")
        await user.should_see("1 session is ready again")
        await eventually(lambda: sum("Void" in row["status"] for row in rows(user)) == 2)
    assert (await ClientSession.get(client__name="Rowan Applewick")).status == "ready"
    assert await Invoice.filter(voided_at=None).count() == 1


async def test_what_another_person_generates_or_voids_is_seen_at_once() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.DOCUMENTS)
        await user.should_see("No invoices or claims yet")
        made = await make(await a_session())
        await user.should_see("Invoice 2026-0001")
        await void_invoice(made.invoices[0], reason="Wrong fee", by=OWNER, now=NOW)
        await eventually(lambda: "Void" in rows(user)[1]["status"])


async def test_a_superbill_needs_client_and_provider_and_is_refused_without_sessions() -> None:
    await a_session()
    async with screens(PAGES) as open_:
        user = await open_(routes.DOCUMENTS)
        await press(user, "New superbill")
        await user.should_see("It is not a bill.")
        await press(user, "Download superbill")
        await user.should_see("Choose the client.")


def test_a_download_is_asked_for_beside_what_the_address_asks(monkeypatch) -> None:
    from nicegui import ui

    asked: list[str] = []
    monkeypatch.setattr(ui.download, "from_url", asked.append)
    for address in ("/pdf/invoice/1", "/pdf/superbill?client=1", "/pdf/batch/1/all.zip"):
        save_pdf(address)
    assert asked == ["/pdf/invoice/1?download=1", "/pdf/superbill?client=1&download=1", "/pdf/batch/1/all.zip"]


async def test_an_invoice_shows_how_far_it_is_paid_and_hears_of_a_payment() -> None:
    client = await a_client("Alder Fiddlecrook")
    made = await drawn(await make(await a_session(client)))
    async with screens(PAGES) as open_:
        user = await open_(f"{routes.DOCUMENTS}?invoice={made.invoices[0]}")
        await eventually(lambda: "Open" in rows(user)[1]["status"])
        await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=4000), by=OWNER, now=NOW)
        await eventually(lambda: "Part paid" in rows(user)[1]["status"])
        await user.should_see("$110.00")
        await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=11000), by=OWNER, now=NOW)
        await eventually(lambda: "Paid" in rows(user)[1]["status"])
