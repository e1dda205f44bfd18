"""Reports on the screen: chosen, live, and downloaded by who is signed in."""

from __future__ import annotations

import pytest

from domain.ledger.payments import ReceivedDraft, record_payment
from domain.reports import ReportFilter
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import NOW, OWNER, TODAY
from tests.fixtures.screens import eventually, press, rows, screens
from ui import routes
from ui.pages.reports import reports
from ui.report_files import report_address

PAGES = {routes.REPORTS: reports}


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


async def test_each_report_is_one_tap_away_and_follows_the_books() -> None:
    client = await an_insured_client()
    await make(await an_insured_session(client))
    async with screens(PAGES) as open_:
        user = await open_(routes.REPORTS)
        await eventually(lambda: [row["c0"] for row in rows(user)] == ["Clients", "Bluebell Health", "Total"])
        await press(user, "Claims outstanding")
        await eventually(lambda: [row["c7"] for row in rows(user)] == ["$125.00"])
        await press(user, "Bank deposit")
        await user.should_see("No money was received in these days.")
        await record_payment(ReceivedDraft(client_id=client.id, received_on=TODAY, cents=2500), by=OWNER, now=NOW)  # at another desk
        await eventually(lambda: [row["c4"] for row in rows(user)] == ["$25.00"])
        await press(user, "Income")
        await eventually(lambda: [(row["c0"], row["c1"], row["c3"]) for row in rows(user)] == [("October 2026", "$150.00", "$25.00")])
        await press(user, "By provider")
        await eventually(lambda: [row["c1"] for row in rows(user)] == ["Imogen Larkspur"])
        await press(user, "Not yet billed")
        await user.should_see("Every session of these days is billed.")


def test_a_download_is_asked_for_with_the_filters_that_are_set() -> None:
    asked = ReportFilter(kind="income", by="code", start=TODAY, end=TODAY, provider_id=7)
    assert report_address(asked, "xlsx") == "/report-file/income.xlsx?by=code&start=2026-10-14&end=2026-10-14&provider=7"
