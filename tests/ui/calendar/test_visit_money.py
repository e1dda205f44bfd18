"""A payment is taken in the panel of an appointment, once, and taken back there."""

from __future__ import annotations

import pytest

from storage.models import Payment
from tests.fixtures.billing import a_workplace
from tests.fixtures.builders import an_attendance
from tests.fixtures.screens import press, screens
from ui import routes
from ui.pages.calendar import calendar


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


async def test_a_payment_is_taken_once_and_can_be_undone() -> None:
    visit = await an_attendance()
    async with screens({routes.CALENDAR: calendar}) as open_:
        user = await open_(f"{routes.CALENDAR}?appointment={visit.appointment_id}")
        await user.should_see("Client's share")
        await user.should_see("Still due")
        await press(user, "Take payment")
        await user.should_see("Payment of Rowan Applewick")
        await press(user, "Take payment")
        await press(user, "Take payment")
        await user.should_see("$150.00 taken of Rowan Applewick")
        await user.should_see("-$150.00")
        assert [(row.cents, row.attendance_id) for row in await Payment.all()] == [(15000, visit.id)]
        await press(user, "Undo")
        await user.should_see("The payment is taken back")
        await user.should_not_see("-$150.00", retries=100)
