"""The practice's form and the staff accounts on the screen."""

from __future__ import annotations

import pytest

from domain.practice import draft_of_practice, keep_practice
from storage.models import Practice, Staff
from tests.fixtures.builders import NOW, OWNER, a_billing_code
from tests.fixtures.screens import eventually, field, press, questions, rows, screens, tap, typed
from ui import routes
from ui.components.day_toggles import DayToggles
from ui.pages.practice import practice
from ui.pages.staff import staff

pytestmark = pytest.mark.usefixtures("practice_db")
PAGES = {routes.PRACTICE: practice, routes.STAFF: staff}


async def test_the_practice_is_saved_and_put_back_by_undo() -> None:
    fee = await a_billing_code("NS-FEE", 6_000, client_only=True)
    async with screens(PAGES) as open_:
        user = await open_(routes.PRACTICE)
        await user.should_see("Numbers for claims")
        typed(user, "phone", "5185550100")
        typed(user, "day-starts", "7:30 am")
        typed(user, "to-the-right", 1.5)
        typed(user, "missed-visit-fee", fee.id)
        with user:
            next(iter(user.find(DayToggles).elements)).toggle("6")
        await press(user, "Save")
        await user.should_see("Practice saved")
        row = await Practice.get(id=1)
        assert (row.phone, row.day_starts_minute, row.form_offset_x, row.working_days, row.missed_visit_code_id) == (
            "(518) 555-0100", 450, 15, "123456", fee.id,
        )
        assert field(user, "phone").value == "(518) 555-0100"
        await press(user, "Undo")
        await user.should_see("The practice is as it was")
    assert (await Practice.get(id=1)).working_days == "12345"


async def test_what_is_wrong_stands_beside_its_field() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.PRACTICE)
        await user.should_see("Numbers for claims")
        typed(user, "group-npi", "1234567890")
        typed(user, "tax-id", "12")
        await press(user, "Save")
        await user.should_see("This is not an NPI")
        assert "nine digits" in field(user, "tax-id").error
    assert (await Practice.get(id=1)).npi == "1234567893"


async def test_what_another_person_saved_appears_beside_what_is_typed_here() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.PRACTICE)
        await user.should_see("Numbers for claims")
        typed(user, "city", "Troy")
        theirs = await draft_of_practice(seen_by=OWNER)
        theirs.invoice_due_days = 14
        await keep_practice(theirs, by=OWNER, now=NOW)
        await eventually(lambda: field(user, "due-after").value == 14)
        assert field(user, "city").value == "Troy"
        await press(user, "Save")
        await user.should_see("Practice saved")
    row = await Practice.get(id=1)
    assert (row.city, row.invoice_due_days) == ("Troy", 14)


async def test_an_account_is_added_and_removed_with_a_question_by_name() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.STAFF)
        await user.should_see("Ada Fernwhistle")
        await press(user, "New staff account")
        await user.should_see(marker="first-password")
        typed(user, "name", "Bram Tanglewood")
        typed(user, "email", "bram@example.com")
        typed(user, "first-password", "short")
        await press(user, "Save")
        await user.should_see("Use at least 10 characters")
        typed(user, "first-password", "long enough now")
        await press(user, "Save")
        await user.should_see("Bram Tanglewood can sign in now")
        await eventually(lambda: len(rows(user)) == 2)
        bram = await Staff.get(email="bram@example.com")
        tap(user, bram.id)
        await user.should_see("Give a new password")
        await press(user, "Remove account")
        await eventually(lambda: questions(user) == ["Remove Bram Tanglewood?"])
        await press(user, "Remove account")
        await user.should_see("can no longer sign in")
        await eventually(lambda: len(rows(user)) == 1)


async def test_the_last_owner_is_kept_and_told_why() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.STAFF, 1))
        await user.should_see("Your own account")
        typed(user, "owner", False)
        await press(user, "Save")
        await user.should_see("Ada Fernwhistle is the only owner.")
    assert (await Staff.get(id=1)).is_owner
