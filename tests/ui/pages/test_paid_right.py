"""Paid right? on the screen: the list by payer, and a proposed rate that is taken and undone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.rates.keeping import RateDraft, add_rate
from storage.models import ContractRate, Location, Payer
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import MONDAY_NINE, NOW, OWNER, a_location
from tests.fixtures.payer_files import a_payment, an_answer, read
from tests.fixtures.screens import eventually, press, rows, screens
from ui import routes
from ui.pages.paid_right import paid_right_page
from ui.pages.payers import payers

PAGES = {routes.PAYERS: payers, routes.PAID_RIGHT: paid_right_page}


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


async def three_alike() -> None:
    """Three claims of one client, each allowed $105.00 where the contract says $120.00."""
    client = await an_insured_client()
    place = await Location.first() or await a_location()
    payer = await Payer.get()
    await add_rate(RateDraft(payer_id=payer.id, code="90837", starts_on=date(2026, 1, 1), cents=12000), by=OWNER, now=NOW)
    for week in range(3):
        session = await an_insured_session(client, starts_at=MONDAY_NINE - timedelta(days=7 * week), location=place)
        [claim] = (await make(session)).claims
        answer = await an_answer(claim, paid="80", cas=("PR*3*25", "CO*45*45"))
        await read(await a_payment(answer, cents="80", trace=f"T{week}"))


async def test_what_is_missing_is_listed_and_a_uniform_change_becomes_the_rate() -> None:
    await three_alike()
    async with screens(PAGES) as open_:
        user = await open_(routes.PAID_RIGHT)
        await user.should_see("$45.00 missing")
        assert [row["short"] for row in rows(user)] == ["$15.00", "$15.00", "$15.00", ""]
        await user.should_see("Bluebell Health allows $105.00 for 90837")
        await press(user, "Take $105.00 as the rate from Sep 28, 2026")
        await user.should_see("Nothing is missing")
        assert sorted(await ContractRate.all().values_list("cents", flat=True)) == [10500, 12000]
        await press(user, "Undo")
        await eventually(lambda: len(rows(user)) == 4)
    assert await ContractRate.all().values_list("cents", flat=True) == [12000]
