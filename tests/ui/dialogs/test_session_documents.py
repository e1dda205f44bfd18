"""From an invoiced session to the invoice and the insurance form it stands on."""

from __future__ import annotations

from domain.invoicing import void_claim
from domain.reading.documents import live_documents_of
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, drawn, make
from tests.fixtures.builders import NOW, OWNER
from tests.fixtures.screens import press, screens
from ui import routes
from ui.pages.client_sessions import client_sessions
from ui.pages.documents import documents

PAGES = {routes.CLIENT_SESSIONS: client_sessions, routes.DOCUMENTS: documents}


async def test_an_invoiced_session_leads_to_its_documents(practice_db) -> None:
    a_workplace(practice_db)
    session = await an_insured_session(await an_insured_client())
    await drawn(await make(session))
    async with screens(PAGES) as open_:
        user = await open_(routes.client_session(session.id))
        await user.should_see("This session is invoiced.")
        await user.should_see("Insurance form C202600001")
        await press(user, "Invoice 2026-0001")
        await user.should_see("Client sessions")
        await user.should_see(f"Session {session.id}")


async def test_a_void_document_no_longer_holds_its_session(practice_db) -> None:
    a_workplace(practice_db)
    session = await an_insured_session(await an_insured_client())
    made = await drawn(await make(session))
    found = await live_documents_of(session.id, seen_by=OWNER)
    assert [one.number for one in found] == ["C202600001", "2026-0001"]
    await void_claim(made.claims[0], reason="Wrong payer", by=OWNER, now=NOW)
    assert await live_documents_of(session.id, seen_by=OWNER) == []
