"""The first set-up, and the practice's own record."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from domain import access, practice
from domain.errors import ChangedMeanwhile, FieldRefused, Refused
from storage import database
from storage.models import AppointmentType, Location, Practice, Staff
from tests.fixtures.builders import NOW, OWNER, a_billing_code

GIVEN = ("Thistledown Counseling", "America/New_York", "Ada Fernwhistle", " Ada@Example.com ", "a long password")


@pytest.fixture
async def empty_db(connecting: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """A migrated database in which nobody has set up anything."""
    await connecting()
    try:
        yield
    finally:
        await database.close_database()


@pytest.mark.usefixtures("empty_db")
async def test_a_first_set_up_makes_a_practice_that_can_start_and_an_owner_who_can_sign_in() -> None:
    assert not await practice.is_set_up()
    assert await practice.public_name() == "Sessionbook"
    await practice.set_up(*GIVEN, now=NOW)
    assert await practice.is_set_up()
    assert await practice.public_name() == "Thistledown Counseling"
    owner = await access.who(await access.sign_in("ada@example.com", "a long password", now=NOW), now=NOW)
    assert owner is not None
    frame = await practice.shown_in_frame(seen_by=owner)
    assert (frame.name, frame.time_zone, frame.role, frame.is_demo) == (
        "Thistledown Counseling", "America/New_York", "Owner", False,
    )
    assert [row.name for row in await Location.all()] == ["Office"]
    assert await AppointmentType.filter(billable=True).count() == 2
    assert await AppointmentType.filter(billable=False).count() == 2


@pytest.mark.usefixtures("empty_db")
async def test_everything_wrong_with_a_set_up_is_said_at_once_and_nothing_is_kept() -> None:
    with pytest.raises(Refused) as refusal:
        await practice.set_up("", "Mars/Base", " ", "no address", "short", now=NOW)
    assert set(refusal.value.fields) == {"practice_name", "time_zone", "owner_name", "email", "password"}
    assert not await practice.is_set_up()


@pytest.mark.usefixtures("practice_db")
async def test_a_practice_is_set_up_once() -> None:
    with pytest.raises(practice.AlreadySetUp):
        await practice.set_up(*GIVEN, now=NOW)
    assert await Staff.all().count() == 1


@pytest.mark.usefixtures("practice_db")
async def test_the_practice_is_kept_with_tidy_numbers() -> None:
    fee = await a_billing_code("NS-FEE", 6_000, client_only=True)
    draft = await practice.draft_of_practice(seen_by=OWNER)
    changed = replace(draft, tax_id="47 1234567", zip="122071001", phone="5185550100", working_days="531",
                      missed_visit_code_id=fee.id, invoice_due_days=14, invoice_message=" Thank you. ", write_off_reasons="co45")  # fmt: skip
    await practice.keep_practice(changed, by=OWNER, now=NOW)
    row = await Practice.get(id=1)
    assert row.write_off_reasons == "CO-45"
    assert (row.tax_id, row.zip, row.phone, row.working_days, row.invoice_message) == (
        "47-1234567", "12207-1001", "(518) 555-0100", "135", "Thank you.",
    )
    with pytest.raises(ChangedMeanwhile):
        await practice.keep_practice(changed, by=OWNER, now=NOW)


@pytest.mark.usefixtures("practice_db")
async def test_everything_wrong_with_the_practice_is_said_at_once() -> None:
    insured = await a_billing_code()
    wrong = practice.PracticeDraft(
        tax_id="1", npi="1", taxonomy="1", phone="1", email="1", state="XX", zip="1", pay_to_zip="1", time_zone="X",
        working_days="", day_starts_minute=600, day_ends_minute=500, missed_visit_code_id=insured.id,
        invoice_due_days=None, form_offset_x=500,
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        await practice.keep_practice(wrong, by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {
        "name", "tax_id", "npi", "taxonomy", "phone", "email", "state", "zip", "pay_to_zip", "time_zone",
        "working_days", "day_ends_minute", "missed_visit_code_id", "invoice_due_days", "form_offset_x",
    }


@pytest.mark.usefixtures("practice_db")
async def test_a_person_keeps_how_they_like_the_screen() -> None:
    await practice.keep_theme("dark", by=OWNER)
    await practice.keep_letter_keys(on=False, by=OWNER)
    frame = await practice.shown_in_frame(seen_by=OWNER)
    assert (frame.theme, frame.letter_keys) == ("dark", False)
    with pytest.raises(FieldRefused):
        await practice.keep_theme("pink", by=OWNER)


def test_the_computer_proposes_a_zone() -> None:
    assert practice.zone_of_this_computer()
