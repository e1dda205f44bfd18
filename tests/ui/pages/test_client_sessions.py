"""Client Sessions on the screen: how each stands, by the rule of the invoicing grid, and live."""

from __future__ import annotations

from datetime import date

import pytest
from nicegui.testing import User

from domain.clients import draft_of_client, keep_client
from domain.reading.to_invoice import waiting
from storage.models import Client
from tests.fixtures.billing import an_insured_client, an_insured_session
from tests.fixtures.builders import NOW, OWNER, ZONE, a_client, a_session
from tests.fixtures.screens import eventually, rows, screens
from ui import clock, routes
from ui.components.table import TAGS
from ui.pages.client import client
from ui.pages.client_sessions import client_sessions

pytestmark = pytest.mark.usefixtures("practice_db")
PAGES = {routes.CLIENT_SESSIONS: client_sessions, routes.CLIENT: client}


def stands(user: User) -> dict[int, str]:
    return {row["id"]: TAGS.sub("", row["status"]).strip() for row in rows(user)}


async def a_red_client() -> Client:
    return await an_insured_client("Mia Red", birth_date=None, policy={"member_id": ""})


async def give_birth_date(red: Client) -> None:
    draft = await draft_of_client(red.id, seen_by=OWNER)
    draft.birth_date = date(1991, 5, 4)
    await keep_client(draft, by=OWNER, now=NOW)


async def test_a_session_says_how_many_things_are_to_fix_as_the_grid_counts_them() -> None:
    now = {"starts_at": clock.now()}
    red = await an_insured_session(await a_red_client(), **now)
    ready = await a_session(await a_client("Bo Self"), **now)
    held = await a_session(await a_client("Cy Held"), status="held", held_reason="Asked to wait", **now)
    invoiced = await a_session(await a_client("Di Done"), status="invoiced", **now)
    [counted] = [len(row.reasons) for row in await waiting(on=clock.today(ZONE), seen_by=OWNER) if row.id == red.id]
    async with screens(PAGES) as open_:
        user = await open_(routes.CLIENT_SESSIONS)
        await user.should_see("Mia Red")
        assert stands(user) == {red.id: f"{counted} to fix", ready.id: "Ready", held.id: "On hold", invoiced.id: "Invoiced"}
    assert counted == 2


async def test_the_number_to_fix_falls_by_itself_when_somebody_mends_one() -> None:
    red = await a_red_client()
    session = await an_insured_session(red, starts_at=clock.now())
    async with screens(PAGES) as open_:
        user = await open_(routes.CLIENT_SESSIONS)
        await eventually(lambda: stands(user) == {session.id: "2 to fix"})
        await give_birth_date(red)
        await eventually(lambda: stands(user) == {session.id: "1 to fix"})


async def test_a_clients_page_says_the_same_of_its_sessions() -> None:
    red = await a_red_client()
    await an_insured_session(red)
    async with screens(PAGES) as open_:
        user = await open_(routes.client(red.id))
        await user.should_see(content="2 to fix")
        await give_birth_date(red)
        await user.should_see(content="1 to fix")
