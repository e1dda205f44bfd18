"""Statements on the screen: of one client from the account, of all who owe as a job, listed, live, told what is in the way."""

from __future__ import annotations

import pytest

from domain.ledger.adjusting import add_charge
from storage.models import Statement, StatementRun
from tests.fixtures.billing import a_workplace, bill_to, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_session
from tests.fixtures.screens import eventually, press, questions, rows, screens, typed
from ui import routes
from ui.pages.account import account
from ui.pages.statements import statements

PAGES = {routes.STATEMENTS: statements, routes.ACCOUNT: account}


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


async def who_owes(*names: str) -> None:
    await make(*[await a_session(await a_client(name)) for name in names])


async def test_statements_of_all_who_owe_are_made_drawn_and_listed_on_every_screen() -> None:
    await who_owes("Alder Fiddlecrook", "Bryony Moss")
    async with screens(PAGES) as open_:
        user, other = await open_(routes.STATEMENTS), await open_(routes.STATEMENTS)
        await user.should_see("No statements yet")
        await press(user, "Make statements")
        await user.should_see("$300.00")
        typed(user, "message", "Thank you")
        await press(user, "Make 2 statements")
        await user.should_see("2 statements ready")
        await user.should_see("$300.00 due in all.")
        for screen in (user, other):
            await eventually(lambda screen=screen: [row["due"] for row in rows(screen)] == ["$300.00", "$150.00", "$150.00"])
        first = await Statement.all().order_by("id").first()
        assert f"/pdf/statement/{first.id}" in rows(user)[1]["open"]
        typed(other, "find-a-name", "moss")
        await eventually(lambda: [row["due"] for row in rows(other)] == ["$150.00", "$150.00"])


async def test_a_double_tap_makes_them_once() -> None:
    await who_owes("Alder Fiddlecrook")
    async with screens(PAGES) as open_:
        user = await open_(routes.STATEMENTS)
        await press(user, "Make statements")
        await user.should_see("Statements for all who owe")
        await press(user, "Make 1 statement")
        await press(user, "Make 1 statement")
        await user.should_see("1 statement ready")
    assert await StatementRun.all().count() == 1


async def test_an_account_makes_a_statement_for_each_who_pays_and_lists_them() -> None:
    client = await a_client("Mia Brook")
    await bill_to(client, ("Ada Payer", 60), ("Ben Payer", 40))
    await make(await a_session(client))
    async with screens(PAGES) as open_:
        user = await open_(routes.account(client.id))
        await press(user, "Make a statement")
        await user.should_see("Statement for Mia Brook")
        await user.should_see("$90.00")
        await press(user, "Make 2 statements")
        await user.should_see("2 statements ready")
        await user.should_see("Statements made")
        await user.should_see("Oct 14, 2026, Ben Payer")


async def test_what_is_in_the_way_is_said_before_and_beside_the_field() -> None:
    await who_owes("Alder Fiddlecrook")
    nowhere = await a_client("Bryony Moss", street="", city="", state="", zip="")
    await add_charge(nowhere.id, 1000, "Letter", on=TODAY, by=OWNER, now=NOW)
    await add_charge((await a_client("漢字")).id, 1000, "Letter", on=TODAY, by=OWNER, now=NOW)
    async with screens(PAGES) as open_:
        user = await open_(routes.STATEMENTS)
        await press(user, "Make statements")
        await user.should_see("No address to mail to.")
        await user.should_see("No font here has 字 漢")
        typed(user, "list-payments-since", "12/31/2026")
        await press(user, "Make 2 statements")
        await user.should_see("This day is still ahead.")
        typed(user, "list-payments-since", "1/1/2026")
        await press(user, "Make 2 statements")
        await user.should_see("Not made for 漢字.")
        assert "No address" in rows(user)[2]["status"]


async def test_nobody_who_owes_and_an_empty_account_have_a_sentence() -> None:
    client = await a_client()
    async with screens(PAGES) as open_:
        user = await open_(routes.STATEMENTS)
        await press(user, "Make statements")
        await user.should_see("No client owes anything today.")
        user = await open_(routes.account(client.id))
        await press(user, "Make a statement")
        await eventually(lambda: "Statement for Rowan Applewick" in questions(user))
        await press(user, "Make statement")
        await user.should_see("There is nothing to state.")
