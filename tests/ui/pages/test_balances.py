"""Balances Due You on the screen: what is due today, live, and the acts that lead on."""

from __future__ import annotations

import pytest

from domain.claim_files import mark_sent
from domain.ledger.payments import ReceivedDraft, record_payment
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_session
from tests.fixtures.screens import eventually, press, rows, screens, table, typed
from ui import routes
from ui.components.table import LongTable
from ui.pages.balances import balances

PAGES = {routes.BALANCES: balances}


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


async def test_it_opens_on_what_is_due_today_and_shows_the_rest_on_demand() -> None:
    [claim] = (await make(await an_insured_session(await an_insured_client()))).claims
    async with screens(PAGES) as open_:
        user = await open_(routes.BALANCES)
        await user.should_see("Due today  1")
        assert [(row["name"], row["payer"], row["open"]) for row in rows(user)] == [("Rowan Applewick", "Bluebell Health", "$125.00")]
        assert "To send" in rows(user)[0]["state"]
        assert "Send claim" in rows(user)[0]["act"]
        await mark_sent([claim], way="post", sent_on=TODAY, on=TODAY, by=OWNER, now=NOW)  # at another desk
        await user.should_see("Nothing is due today")
        await press(user, "Show everything unpaid")
        await eventually(lambda: len(rows(user)) == 2)
        await user.should_see("2 balances · Clients $25.00 · Insurers $125.00")
        assert [row["_group"] for row in table(user).rows if "_group" in row] == ["Clients", "Bluebell Health"]


async def test_a_payment_is_recorded_from_the_row_and_the_row_goes() -> None:
    client = await a_client()
    await make(await a_session(client))
    async with screens(PAGES) as open_:
        user = await open_(f"{routes.BALANCES}?all=1")
        await user.should_see("Everything  1")
        [row] = rows(user)
        user.find(LongTable).trigger("tap", row["id"])
        await user.should_see("What is open")
        user.find(LongTable).trigger("act", {"act": "pay", "id": row["id"]})
        await user.should_see("What it pays")
        typed(user, "amount", "150")
        await press(user, "Record payment")
        await user.should_see("Nobody owes you anything")
        assert rows(user) == []


async def test_credit_is_applied_from_the_row() -> None:
    client = await a_client()
    await make(await a_session(client))
    await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=4000, pays="nothing"), by=OWNER, now=NOW)
    async with screens(PAGES) as open_:
        user = await open_(f"{routes.BALANCES}?all=1")
        await user.should_see("Everything  1")
        assert "Apply credit" in rows(user)[0]["act"]
        user.find(LongTable).trigger("act", {"act": "apply", "id": rows(user)[0]["id"]})
        await eventually(lambda: rows(user)[0]["open"] == "$110.00")


async def test_nothing_unpaid_is_told_with_the_next_step() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.BALANCES)
        await user.should_see("Nobody owes you anything")
        await user.should_see("Open Invoice Clients and Insurance")
