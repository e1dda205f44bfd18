"""Fees from a day on, contract rates and sliding-scale fees on the screen."""

from __future__ import annotations

import pytest

from storage.models import AddOn, ContractRate, Fee
from tests.fixtures.billing import a_workplace
from tests.fixtures.builders import TODAY, a_billing_code, a_client, a_payer, a_provider
from tests.fixtures.screens import choose, field, press, screens, typed
from ui import routes
from ui.pages.billing_codes import billing_codes
from ui.pages.client import client
from ui.pages.payers import payers

PAGES = {routes.BILLING_CODES: billing_codes, routes.PAYERS: payers, routes.CLIENT: client}


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


async def test_a_provider_s_fee_is_set_from_a_day_on_and_taken_away_again() -> None:
    code, provider = await a_billing_code(), await a_provider()
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.BILLING_CODES, code.id, field="code"))
        await press(user, "Fees by provider and day")
        await user.should_see("None yet: the code's own fee holds for everybody.")
        with user:
            field(user, "whose-fee").value = provider.id
        typed(user, "amount-for-one-unit", "180")
        await press(user, "Add fee")
        await press(user, "Add fee")
        await user.should_see("Imogen Larkspur")
        await user.should_see("from Oct 14, 2026, holds today")
        assert [(row.provider_id, row.cents, row.starts_on) for row in await Fee.all()] == [(provider.id, 18000, TODAY)]
        await press(user, "Remove Imogen Larkspur $180.00 from Oct 14, 2026")
        await user.should_see("None yet: the code's own fee holds for everybody.")
        await press(user, "Undo")
        await user.should_see("from Oct 14, 2026, holds today")


async def test_contract_rates_are_pasted_and_a_wrong_row_keeps_none() -> None:
    payer = await a_payer()
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.PAYERS, payer.id, field="name"))
        await press(user, "Contract rates")
        await press(user, "Paste rates")
        typed(user, "rows", "90837, 142.50\nnonsense, 100")
        await press(user, "Keep rates")
        await user.should_see("Line 2: “NONSENSE” is no code of five letters or digits, like 90837.")
        assert await ContractRate.all().count() == 0
        typed(user, "rows", "90837, 142.50\n90834, 108")
        await press(user, "Keep rates")
        await user.should_see("2 rates read, 2 new or changed")
        await user.should_see("$142.50")
    assert sorted(await ContractRate.all().values_list("code", "cents")) == [("90834", 10800), ("90837", 14250)]


async def test_a_client_s_sliding_scale_fee_is_shown_on_the_page() -> None:
    code, person = await a_billing_code(), await a_client()
    async with screens(PAGES) as open_:
        user = await open_(routes.client(person.id))
        await choose(user, "Sliding-scale fees")
        await user.should_see("None: the practice's fees hold.")
        with user:
            field(user, "billing-code").value = code.id
        typed(user, "amount-for-one-unit", "60")
        await press(user, "Add fee")
        await user.should_see("Sliding scale 90837")


async def test_the_table_of_add_ons_is_edited_as_a_whole() -> None:
    await a_billing_code()
    async with screens(PAGES) as open_:
        user = await open_(routes.BILLING_CODES)
        await choose(user, "Add-on codes")
        await user.should_see("Stands with")
        await press(user, "Remove 90833")
        await press(user, "Add a code")
        typed(user, "add-on", "90863")
        await press(user, "Save")
        await user.should_see("Name at least one code that it adds to.")
        typed(user, "stands-with", "90832-90838")
        await press(user, "Save")
        await user.should_see("Add-on codes saved")
    assert dict(await AddOn.all().order_by("code").values_list("code", "primaries"))["90863"] == "90832–90838"
    assert not await AddOn.exists(code="90833")
