"""The masters' lists: one test runs each query."""

from __future__ import annotations

import pytest

from domain.reading import masters
from storage.models import Staff
from tests.fixtures.builders import (
    NOW,
    OWNER,
    a_billing_code,
    a_client,
    a_location,
    a_payer,
    a_policy,
    a_provider,
    a_service_code,
    a_type,
    an_appointment,
)

pytestmark = pytest.mark.usefixtures("practice_db")


async def test_a_service_code_shows_what_it_bills_as_people_write_it() -> None:
    short, add_on = await a_billing_code("90832", 9_000), await a_billing_code("90785", 2_500, default_units=2)
    remote = await a_billing_code("90834", 12_000, modifiers="95")
    await a_service_code("PLAY", bills=[short, add_on])
    await a_service_code("TELE", bills=[remote])
    await a_service_code("OLD", archived_at=NOW)
    rows = {row.code: row for row in await masters.service_codes(seen_by=OWNER)}
    assert (rows["PLAY"].codes, rows["PLAY"].fee_cents) == ("90832 + 90785", 14_000)
    assert (rows["TELE"].codes, rows["TELE"].fee_cents) == ("90834 · 95", 12_000)
    assert (rows["OLD"].archived, rows["OLD"].codes) == (True, "")


async def test_a_billing_code_tells_which_service_codes_bill_it() -> None:
    code = await a_billing_code("90837", default_units=2)
    await a_service_code("IN60", bills=[code])
    await a_service_code("OLD", bills=[code], archived_at=NOW)
    row = (await masters.billing_codes(seen_by=OWNER))[0]
    assert (row.billed_by, row.amount_cents, row.archived) == (("IN60",), 30_000, False)


async def test_what_uses_a_master_is_counted_in_words() -> None:
    code = await a_service_code()
    await an_appointment(await a_client(), service_code=code)
    assert await masters.uses_of("service_code", code.id, seen_by=OWNER) == {"appointment": 1, "": 1}
    assert await masters.uses_of("location", 1, seen_by=OWNER) == {}


async def test_the_other_lists_read_their_rows() -> None:
    boss = await a_provider(last_name="Zephyr")
    await a_provider(first_name="Bram", npi="", supervisor=boss)
    await a_location(street2="Suite 2")
    payer = await a_payer()
    await a_policy(await a_client(), payer)
    await a_type()
    assert [(row.name, row.supervisor_name) for row in await masters.providers(seen_by=OWNER)] == [
        ("Bram Larkspur", "Imogen Zephyr"), ("Imogen Zephyr", ""),
    ]
    location = (await masters.locations(seen_by=OWNER))[0]
    assert (location.address, location.place_words) == ("1 Main Street, Suite 2, Albany, NY 12207-1001", "Office")
    assert [(row.name, row.policies) for row in await masters.payers(seen_by=OWNER)] == [("Bluebell Health", 1)]
    assert [row.name for row in await masters.appointment_types(seen_by=OWNER)] == ["Therapy session"]
    await Staff.create(name="Gone", email="gone@example.com", password_hash="x", created_at=NOW, removed_at=NOW)
    assert [(row.name, row.is_owner, row.last_signed_in_at) for row in await masters.staff(seen_by=OWNER)] == [
        ("Ada Fernwhistle", True, NOW),
    ]
