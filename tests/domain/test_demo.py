"""The demo practice: believable, the same on the same day, and gone in one step."""

from datetime import timedelta

import pytest

from domain import access, demo, practice, sending
from storage import database
from storage.models import Appointment, Attendance, Client, ClientSession, Policy, Provider
from tests.fixtures.builders import NOW


@pytest.fixture
async def made(connecting):
    """An empty database filled with the demo; yields its owner, signed in."""
    await connecting()
    try:
        how = await demo.make(now=NOW)
        yield await access.who(await access.sign_in(how.email, how.password, now=NOW), now=NOW)
    finally:
        await database.close_database()


async def test_it_has_three_providers_forty_clients_and_three_months(made):
    assert (await Provider.all().count(), await Client.all().count()) == (3, 40)
    first = (await Appointment.all().order_by("starts_at").first()).starts_at
    last = (await Appointment.all().order_by("-starts_at").first()).starts_at
    assert last - first > timedelta(days=85)
    assert 20 < await Policy.all().count() < 35


async def test_this_month_has_appointments_to_send_some_billed_and_one_without_a_code(made):
    start = NOW.replace(day=1, hour=4)
    rows = await sending.listed(start, start + timedelta(days=31), seen_by=made, now=NOW)
    states = {row.state for row in rows}
    assert {"to_send", "billed", "not_billable", "not_held"} <= states
    assert sum(row.state == "to_send" for row in rows) > 8


async def test_the_same_day_gives_the_same_demo(made):
    def seen(rows):
        return [tuple(row) for row in rows]

    async def all_visits():
        return seen(await Attendance.all().order_by("id").values_list("client__name", "status", "appointment__starts_at"))

    first = await all_visits()
    await demo.erase(by=made)
    await demo.make(now=NOW)
    assert await all_visits() == first


async def test_it_is_erased_in_one_step(made):
    await demo.erase(by=made)
    assert not await practice.is_set_up()
    assert await ClientSession.all().count() == 0


async def test_a_real_practice_is_not_erased(practice_db):
    from tests.fixtures.builders import OWNER

    with pytest.raises(demo.NotADemo):
        await demo.erase(by=OWNER)

