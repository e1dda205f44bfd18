"""A client's account on the screen: balance, statement, a payment recorded."""

from __future__ import annotations

import pytest

from domain.ledger.adjusting import add_charge
from domain.ledger.payments import ReceivedDraft, record_payment, take_back_payment
from domain.reading.account import client_account
from storage.models import Client
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_session
from tests.fixtures.screens import choose, eventually, press, questions, rows, screens, typed
from ui import routes
from ui.components.table import LongTable
from ui.pages.account import account
from ui.pages.client import client

PAGES = {routes.ACCOUNT: account, routes.CLIENT: client}


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


async def test_a_payment_is_recorded_and_pays_the_oldest() -> None:
    owner = await a_client()
    await make(await a_session(owner))
    async with screens(PAGES) as open_:
        user = await open_(routes.account(owner.id))
        await user.should_see("Open by age")
        assert [row["balance"] for row in rows(user)] == ["$150.00"]
        await press(user, "Record payment")
        await user.should_see("What it pays")
        typed(user, "amount", "200")
        await user.should_see("Pays $150.00 of $200.00. $50.00 stays unapplied, as credit.")
        await press(user, "Record payment")
        await eventually(lambda: [row["balance"] for row in rows(user)] == ["-$50.00", "$150.00"])


async def test_the_client_page_shows_what_is_waited_for_and_what_the_client_owes() -> None:
    owner = await an_insured_client()
    await make(await an_insured_session(owner))
    async with screens(PAGES) as open_:
        user = await open_(routes.client(owner.id))
        await user.should_see("Waiting for Bluebell Health")
        await user.should_see("Client owes")
        await user.should_see("$125.00")
    seen = await client_account((await Client.get()).id, today=TODAY, seen_by=OWNER)
    assert (seen.client_cents, seen.total_cents, [item.open_cents for item in seen.open_items]) == (2500, 15000, [2500, 12500])


async def test_a_double_tap_charges_once() -> None:
    owner = await a_client()
    async with screens(PAGES) as open_:
        user = await open_(routes.account(owner.id))
        await user.should_see("Open by age")
        await choose(user, "Add a charge")
        await user.should_see(marker="what-it-is-for")
        typed(user, "what-it-is-for", "Copy of records")
        typed(user, "amount", "20")
        await press(user, "Add charge")
        await press(user, "Add charge")
        await eventually(lambda: [row["balance"] for row in rows(user)] == ["$20.00"])
        await press(user, "Add charge")  # the dialog is still fading
    seen = await client_account(owner.id, today=TODAY, seen_by=OWNER)
    assert [line.cents for line in seen.lines] == [2000]


async def test_a_double_tap_gives_up_an_amount_once() -> None:
    owner = await a_client()
    await make(await a_session(owner))
    async with screens(PAGES) as open_:
        user = await open_(routes.account(owner.id))
        await user.should_see("Open by age")
        await choose(user, "Write off")
        await user.should_see(marker="reason")
        [item] = (await client_account(owner.id, today=TODAY, seen_by=OWNER)).open_items
        typed(user, f"amount-{item.id}", "10")
        typed(user, "reason", "Courtesy")
        await press(user, "Write off")
        await press(user, "Write off")
        await eventually(lambda: rows(user)[0]["balance"] == "$140.00")
        await press(user, "Write off")
    assert (await client_account(owner.id, today=TODAY, seen_by=OWNER)).total_cents == 14000


async def test_a_charge_is_taken_back_whatever_it_was_called() -> None:
    owner = await a_client()
    await add_charge(owner.id, 2000, "Copies {of} 100%", on=TODAY, by=OWNER, now=NOW)
    async with screens(PAGES) as open_:
        user = await open_(routes.account(owner.id))
        await user.should_see("Open by age")
        [row] = rows(user)
        user.find(LongTable).trigger("act", {"act": "undo", "id": row["id"]})
        await eventually(lambda: "Take back copies {of} 100%?" in questions(user))
        typed(user, "reason", "Not asked for")
        await press(user, "Take back")
        await eventually(lambda: rows(user)[0]["balance"] == "$0.00")


async def test_a_payment_has_its_receipt_until_it_is_taken_back_and_a_year_its_summary() -> None:
    owner = await a_client()
    await make(await a_session(owner))
    payment = await record_payment(ReceivedDraft(client_id=owner.id, received_on=TODAY, cents=4000), by=OWNER, now=NOW)
    async with screens(PAGES) as open_:
        user = await open_(routes.account(owner.id))
        await eventually(lambda: f"/pdf/receipt/{payment}" in rows(user)[0]["paper"])
        assert rows(user)[1]["paper"] == ""
        await choose(user, "Year's summary for taxes")
        await user.should_see("Download summary")
        await press(user, "Download summary")
        await user.should_see("Summary of 2026 made")
        await take_back_payment(payment, reason="Bounced", by=OWNER, now=NOW)
        await eventually(lambda: [row["paper"] for row in rows(user)] == ["", "", ""])
        await choose(user, "Year's summary for taxes")
        await eventually(lambda: questions(user) == ["Year's summary for taxes"])
        await press(user, "Download summary")
        await user.should_see("Nothing was paid in 2026.")
