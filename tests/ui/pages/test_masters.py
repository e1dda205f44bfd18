"""Billing Codes, Appointment Types, Providers, Locations and Payers on the screen."""

from __future__ import annotations

import pytest

from storage.models import AppointmentType, BillingCode, BillingWay, Location, Payer, Provider
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
from tests.fixtures.screens import eventually, field, press, questions, rows, screens, tap, typed
from ui import routes
from ui.pages.appointment_types import appointment_types
from ui.pages.billing_codes import billing_codes
from ui.pages.locations import locations
from ui.pages.payers import payers
from ui.pages.providers import providers

pytestmark = pytest.mark.usefixtures("practice_db")
PAGES = {
    routes.BILLING_CODES: billing_codes, routes.APPOINTMENT_TYPES: appointment_types, routes.PROVIDERS: providers,
    routes.LOCATIONS: locations, routes.PAYERS: payers,
}


async def test_usual_codes_are_added_with_the_fees_typed_beside_them() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.BILLING_CODES)
        await user.should_see("No Billing Codes yet")
        await press(user, "Add usual codes")
        await user.should_see("Add usual codes")
        typed(user, "fee-for-90837", "150")
        typed(user, "fee-for-ns-fee", "60.00")
        await press(user, "Add 2 Billing Codes")
        await user.should_see("2 Billing Codes added")
        await eventually(lambda: [row["_name"] for row in rows(user)] == ["90837", "NS-FEE"])
    assert [row.fee_cents for row in await BillingCode.all().order_by("code")] == [15_000, 6_000]


async def test_money_that_can_not_be_read_is_told_before_anything_is_saved() -> None:
    code = await a_billing_code()
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.BILLING_CODES, code.id, field="fee_cents"))
        await user.should_see("Edit Billing Code")
        typed(user, "fee-for-one-unit", "a lot")
        await press(user, "Save")
        await user.should_see("Write an amount such as 120.00.")
        typed(user, "fee-for-one-unit", "160")
        await press(user, "Save")
        await user.should_see("90837 saved")
        await press(user, "Undo")
        await user.should_see("90837 is as it was")
    assert (await BillingCode.get(id=code.id)).fee_cents == 15_000


async def test_retiring_a_code_that_service_codes_bill_is_asked_first() -> None:
    code = await a_billing_code()
    await a_service_code("IN60", bills=[code])
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.BILLING_CODES, code.id))
        await user.should_see("Retire code")
        await press(user, "Retire code")
        await eventually(lambda: questions(user) == ["Retire 90837?"])
        await user.should_see("IN60 still bills it.")
        await press(user, "Keep it")
        await eventually(lambda: not questions(user))
    assert (await BillingCode.get(id=code.id)).archived_at is None


async def test_the_search_narrows_the_list_and_says_when_nothing_fits() -> None:
    await a_billing_code("90837")
    await a_billing_code("90834", description="Therapy, 45 min")
    async with screens(PAGES) as open_:
        user = await open_(routes.BILLING_CODES)
        await user.should_see("Therapy, 60 min")
        typed(user, "search-billing-codes", "45")
        await eventually(lambda: [row["_name"] for row in rows(user)] == ["90834"])
        typed(user, "search-billing-codes", "zzz")
        await user.should_see("Nothing called “zzz”")
        await press(user, "Show all")
        await eventually(lambda: len(rows(user)) == 2)


async def test_a_type_is_added_retired_and_used_again() -> None:
    old = await a_type(name="Therapy session")
    await an_appointment(type=old)
    async with screens(PAGES) as open_:
        user = await open_(routes.APPOINTMENT_TYPES)
        await press(user, "New Appointment Type")
        await user.should_see(marker="name")
        typed(user, "name", "Intake")
        typed(user, "length", 60)
        await press(user, "Save")
        await user.should_see("Intake saved")
        tap(user, old.id)
        await user.should_see("Retire type")
        await press(user, "Retire type")
        await user.should_see("Therapy session retired")
        tap(user, old.id)
        await user.should_see("Use again")
        await press(user, "Use again")
        await user.should_see("Therapy session is in use again")
    assert {row.name for row in await AppointmentType.filter(archived_at=None)} == {"Therapy session", "Intake"}


async def test_a_providers_entity_is_asked_only_where_there_is_one() -> None:
    boss = await a_provider(first_name="Wren", npi="")
    async with screens(PAGES) as open_:
        user = await open_(routes.PROVIDERS)
        await user.should_see("Wren Larkspur")
        await press(user, "New Provider")
        await user.should_see(marker="first-name")
        for marker, text in (("first-name", "Imogen"), ("last-name", "Vale"), ("npi", "1234567890")):
            typed(user, marker, text)
        typed(user, "bills-as-an-entity-of-their-own", True)
        typed(user, "supervised-by", boss.id)
        await press(user, "Save")
        await user.should_see("This is not an NPI")
        assert field(user, "legal-name").error == "Type the legal name that bills."
        typed(user, "npi", "1245319599")
        typed(user, "legal-name", "Vale LLC")
        await press(user, "Save")
        await user.should_see("Imogen Vale saved")
    kept = await Provider.get(first_name="Imogen")
    assert (kept.entity_name, kept.supervisor_id) == ("Vale LLC", boss.id)


async def test_a_location_is_mended_at_the_field_the_address_names() -> None:
    office = await a_location(street="", zip="")
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.LOCATIONS, office.id, field="street"))
        await user.should_see("Edit Location")
        typed(user, "street", "1 Main Street")
        typed(user, "zip", "122071001")
        await press(user, "Save")
        await user.should_see("Office saved")
    row = await Location.get(id=office.id)
    assert (row.street, row.zip) == ("1 Main Street", "12207-1001")


async def test_a_payer_says_who_bills_it_from_a_day_on() -> None:
    provider, payer = await a_provider(), await a_payer()
    boss = await a_provider(first_name="Wren", npi="")
    await a_policy(await a_client(), payer)
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.PAYERS, payer.id))
        await user.should_see("Used on 1 policy")
        await press(user, "Who bills")
        await user.should_see("Nothing set: in their own name; a supervisor of the provider is told.")
        typed(user, "provider", provider.id)
        typed(user, "how-it-is-billed", "under_supervisor")
        await press(user, "Add")
        await user.should_see("Choose the supervisor.")
        typed(user, "supervisor", boss.id)
        await press(user, "Add")
        await user.should_see("Imogen Larkspur: Under a supervisor's name: Wren Larkspur")
        await press(user, "Remove Imogen Larkspur, always")
        await user.should_see("Removed: Imogen Larkspur: Under a supervisor's name: Wren Larkspur")
        await press(user, "Undo")
        await user.should_see("It is as it was")
        await press(user, "Close")
        await press(user, "Modifiers and numbers")
        await user.should_see(marker="credential")
        typed(user, "credential", "LCSW")
        typed(user, "modifier-or-number", "aj")
        await press(user, "Add")
        await user.should_see("LCSW: AJ")
        await press(user, "Close")
        typed(user, "telehealth-modifier", "93")
        await press(user, "Save")
        await user.should_see("Bluebell Health saved")
    assert await BillingWay.filter(payer=payer, provider=provider, supervisor=boss).count() == 1
    assert (await Payer.get(id=payer.id)).telehealth_modifier == "93"


async def test_an_address_that_leads_nowhere_says_so() -> None:
    await a_payer()
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.PAYERS, 99))
        await user.should_see("This Payer is no longer there.")


async def test_a_master_that_is_deleted_elsewhere_is_told_to_who_edits_it() -> None:
    from domain.payers import delete_payer

    payer = await a_payer()
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.PAYERS, payer.id))
        await user.should_see("Edit Payer")
        typed(user, "phone", "518 555 0100")
        await delete_payer(payer.id, by=OWNER, now=NOW)
        await user.should_see("What you typed is still here.")
        assert field(user, "phone").value == "518 555 0100"
