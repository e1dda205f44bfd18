"""What the calendar is drawn with, and finding an appointment by name."""

from datetime import timedelta

import pytest

from domain import scheduling
from domain.reading.calendar_setup import appointments_named, calendar_setup, client_names
from tests.fixtures.builders import (
    MONDAY_NINE,
    NOW,
    OWNER,
    a_client,
    a_location,
    a_provider,
    a_service_code,
    a_type,
    an_appointment,
)

pytestmark = pytest.mark.usefixtures("practice_db")


async def test_the_calendar_offers_what_is_in_use():
    provider, code, place = await a_provider(), await a_service_code(), await a_location()
    await a_provider(archived_at=NOW)
    await a_service_code("OLD", archived_at=NOW)
    admin, therapy = await a_type(name="Admin", billable=False), await a_type(name="Therapy")
    setup = await calendar_setup(seen_by=OWNER)
    assert setup.providers == {provider.id: "Imogen Larkspur"}
    assert list(setup.service_codes) == [code.id]
    assert setup.locations == {place.id: "Office"}
    assert (setup.types, setup.usual_type) == ({admin.id: "Admin", therapy.id: "Therapy"}, therapy.id)
    assert (setup.working_days, setup.week_starts, setup.opens_minute) == (frozenset({1, 2, 3, 4, 5}), 1, 480)


async def test_what_is_to_come_is_found_before_what_was():
    client = await a_client("Quince Thimbleton")
    starts = [MONDAY_NINE + timedelta(days=days) for days in (-7, 0, 7, 14)]
    made = [(await an_appointment(client, starts_at=start)).id for start in starts]
    await an_appointment(await a_client("Somebody Else"))
    found = await appointments_named("thimble", near=NOW, seen_by=OWNER)
    assert [line.id for line in found] == [made[2], made[3], made[1], made[0]]


async def test_a_title_is_found_too_and_nothing_by_nothing():
    provider = await a_provider()
    lunch = scheduling.AppointmentDraft(
        starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + timedelta(hours=1), kind="none", title="Team lunch",
        provider_id=provider.id,
    )  # fmt: skip
    made = await scheduling.book(lunch, by=OWNER, now=NOW)
    assert [line.id for line in await appointments_named("LUNCH", near=NOW, seen_by=OWNER)] == [made]
    assert await appointments_named("  ", near=NOW, seen_by=OWNER) == []


async def test_clients_are_called_by_what_they_go_by():
    client = await a_client("Quince Thimbleton")
    assert await client_names([client.id, 99], seen_by=OWNER) == {client.id: "Quince Thimbleton"}
