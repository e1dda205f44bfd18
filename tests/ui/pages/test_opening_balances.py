"""Opening balances on the screen: a list is looked at first, and one balance is typed on an account."""

from __future__ import annotations

import pytest
from nicegui import ui
from nicegui.elements.upload_files import SmallFileUpload

from domain.reading.account import client_account
from storage.models import OpeningBalance
from tests.fixtures.billing import a_workplace
from tests.fixtures.builders import OWNER, TODAY, a_client, a_payer
from tests.fixtures.screens import choose, eventually, field, press, rows, screens, typed
from ui import routes
from ui.pages.account import account
from ui.pages.import_file import import_file

PAGES = {routes.IMPORT: import_file, routes.ACCOUNT: account}
LIST = b"Client,Insurance,Balance\nRowan Applewick,,125.00\nRowan Applewick,Bluebell Health,310.50\nNobody,,5\n"


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


async def test_a_list_is_looked_at_then_brought_forward_and_undone() -> None:
    client = await a_client()
    await a_payer()
    async with screens(PAGES) as open_:
        user = await open_(routes.IMPORT)
        await user.should_see("Opening balances (.csv)")
        upload = next(one for one in user.client.elements.values() if isinstance(one, ui.upload))
        with user:
            await upload.handle_uploads([SmallFileUpload("balances.csv", "", LIST)])
        await user.should_see("Nothing to bring forward")
        typed(user, "day-of-lines-without-one", "9/30/2026")
        await eventually(lambda: [row["balance"] for row in rows(user)] == ["", "$125.00", "$310.50"])
        with user:
            field(user, "leave-out-those-with-problems").value = True
        await press(user, "Bring 2 balances forward")
        await user.should_see("$435.50 in all")
        assert (await client_account(client.id, today=TODAY, seen_by=OWNER)).total_cents == 43550
        await press(user, "Undo")
        await user.should_see("All of them are taken back")
    assert (await client_account(client.id, today=TODAY, seen_by=OWNER)).total_cents == 0


async def test_one_balance_is_typed_on_the_account_once() -> None:
    client = await a_client()
    async with screens(PAGES) as open_:
        user = await open_(routes.account(client.id))
        await user.should_see("Open by age")
        await choose(user, "Bring a balance forward")
        await user.should_see("As of")
        await press(user, "Bring forward")
        await user.should_see("a credit of the client with a minus")
        typed(user, "balance", "-20")
        await press(user, "Bring forward")
        await press(user, "Bring forward")
        await eventually(lambda: [row["balance"] for row in rows(user)] == ["-$20.00"])
    assert [row.cents for row in await OpeningBalance.all()] == [-2000]
