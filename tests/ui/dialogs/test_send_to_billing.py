"""Send to Billing on the screen: what is left out says why in its own row, with the way to mend it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.sending import send_to_billing
from tests.fixtures.builders import OWNER, a_client, a_service_code, an_attendance
from tests.fixtures.screens import press, questions, screens
from ui import clock, routes
from ui.components.table import TAGS, LongTable
from ui.dialogs.send_to_billing import SendToBilling
from ui.pages.client_sessions import client_sessions
from ui.visit import Visit

pytestmark = pytest.mark.usefixtures("practice_db")
PAGES = {routes.CLIENT_SESSIONS: client_sessions}


def said(row: dict) -> str:
    return " ".join(TAGS.sub(" ", row["_rest"]).split())


async def test_what_is_left_out_says_why_in_its_row_and_shows_a_mark_for_the_tick_box() -> None:
    just_held = {"starts_at": clock.now() - timedelta(minutes=2), "minutes": 1}
    sent = await an_attendance(**just_held, client=await a_client("Ann Birch"))
    [session] = (await send_to_billing([sent.id], by=OWNER, now=clock.now())).session_ids
    waits = await an_attendance(**just_held, client=await a_client("Bo Self"))
    supervision = await a_service_code("SUPV", billable=False)
    not_billable = await an_attendance(**just_held, client=await a_client("Cy Reed"), service_code=supervision)
    without_code = await an_attendance(**just_held, client=await a_client("Di Dell"), service_code=None)
    async with screens(PAGES) as open_:
        user = await open_(routes.CLIENT_SESSIONS)
        await press(user, "Import Calendar Appointments")
        await user.should_see("0 of 1 selected")
        table = [one for one in user.client.elements.values() if isinstance(one, LongTable)][-1]
        shown = {row["id"]: row for row in table.rows if not row.get("_group")}
        table._tell(table.on_act, "choose_code", without_code.id, "")
        await user.should_see("It stays on the appointment.")
    assert (shown[waits.id]["_rest"], shown[waits.id]["_mark"]) == ("", "")
    billed = shown[sent.id]
    assert f"Open session {session}" in said(billed)
    assert "sb-lock" in billed["_mark"]
    assert "Change in Service Codes" in said(shown[not_billable.id])
    assert 'data-act="service_codes"' in shown[not_billable.id]["_rest"]
    asks = shown[without_code.id]
    assert (asks["_tone"], asks["_mark"]) == ("warn", "")
    assert said(asks).endswith("Choose a Service Code")


async def test_a_second_tap_while_the_pop_up_fades_opens_no_second_result() -> None:
    attendance = await an_attendance(starts_at=clock.now() - timedelta(minutes=61), minutes=60)
    shown: list[SendToBilling] = []

    async def fading() -> None:
        shown[0].after = None
        shown[0].table.ticked = {attendance.id}  # nobody has read the rows again yet
        await shown[0].send()

    async def page(visit: Visit) -> None:
        shown.append(SendToBilling(visit, after=fading))
        await shown[0].open()

    async with screens({"/pop-up": page}) as open_:
        user = await open_("/pop-up")
        await user.should_see("0 of 1 selected")
        shown[0].table.tick([attendance.id])
        with user:
            await shown[0].send()
        assert [title for title in questions(user) if "created" in title] == ["1 client session created"]
