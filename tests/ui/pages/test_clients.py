"""The list of clients and one client's page on the screen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from nicegui.testing.user_interaction import UserInteraction

from domain.clients import draft_of_client, keep_client
from domain.policies import PolicyDraft, keep_policy
from storage.models import Attendance, BillTo, ChargeLine, Client, Diagnosis, Policy
from tests.fixtures.builders import (
    NOW,
    OWNER,
    a_client,
    a_diagnosis,
    a_payer,
    a_policy,
    a_provider,
    a_service_code,
    a_session,
    an_appointment,
)
from tests.fixtures.screens import choose, eventually, field, press, questions, rows, screens, tap, typed
from ui import clock, routes
from ui.pages.client import client
from ui.pages.clients import clients

pytestmark = pytest.mark.usefixtures("practice_db")
PAGES = {routes.CLIENTS: clients, routes.CLIENT: client}


async def test_a_first_client_is_added_from_the_empty_page() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.CLIENTS)
        await user.should_see("No clients yet")
        await press(user, "New client")
        await user.should_see(marker="name-they-go-by")
        typed(user, "name-they-go-by", "Ivy Candlewright")
        typed(user, "birth-date", "5/4/1991")
        await press(user, "Add client")
        await user.should_see("Ivy Candlewright added")
        await user.should_see("May 4, 1991 (")
    assert (await Client.get()).birth_date == date(1991, 5, 4)


async def test_a_second_record_of_a_person_is_noticed_before_it_is_made() -> None:
    await a_client("Ivy Candlewright")
    async with screens(PAGES) as open_:
        user = await open_(f"{routes.CLIENTS}?new=1")
        await user.should_see(marker="name-they-go-by")
        typed(user, "name-they-go-by", "ivy candlewright")
        await press(user, "Add client")
        await user.should_see("There is a client ivy candlewright already.")
        assert await Client.all().count() == 1
        await press(user, "Add client")
        await eventually(lambda: not questions(user))
    assert await Client.all().count() == 2


async def test_the_list_is_searched_filtered_and_live() -> None:
    mine = await a_client("Ivy Candlewright", default_provider=await a_provider())
    await a_client("Milo Pebblebrook")
    async with screens(PAGES) as open_:
        user = await open_(routes.CLIENTS)
        await user.should_see("2 clients")
        typed(user, "search-clients", "milo")
        await eventually(lambda: [row["name"] for row in rows(user)] == ["Milo Pebblebrook"])
        typed(user, "search-clients", "")
        typed(user, "provider", mine.default_provider_id)
        await eventually(lambda: [row["name"] for row in rows(user)] == ["Ivy Candlewright"])
        draft = await draft_of_client(mine.id, seen_by=OWNER)
        draft.name = "Ivy Birch"
        await keep_client(draft, by=OWNER, now=NOW)
        await eventually(lambda: [row["name"] for row in rows(user)] == ["Ivy Birch"])
        tap(user, mine.id)
        await user.should_see("Insurance form")


async def test_a_long_list_is_turned_page_by_page() -> None:
    await Client.bulk_create([Client(name=f"Client {number:04}") for number in range(250)])
    async with screens(PAGES) as open_:
        user = await open_(routes.CLIENTS)
        await user.should_see("1 – 100 of 250")
        await press(user, "Clients after these")
        await user.should_see("101 – 200 of 250")
        await press(user, "Clients after these")
        await user.should_see("201 – 250 of 250")
        assert len(rows(user)) == 50


async def test_a_clients_page_shows_all_that_there_is() -> None:
    ivy = await a_client("Ivy Candlewright", pronouns="they, them", default_provider=await a_provider())
    await a_policy(ivy, group_number="7001")
    await a_diagnosis(ivy)
    code = await a_service_code()
    await a_session(ivy, attendance=await Attendance.get(appointment=await an_appointment(ivy, service_code=code)))
    ahead = clock.now() + timedelta(days=2)
    await an_appointment(ivy, starts_at=ahead, status="scheduled")
    async with screens(PAGES) as open_:
        user = await open_(routes.client(ivy.id))
        for words in ("Ivy Candlewright", "Active client", "they, them", "Member DEMO-0042, group 7001", "F41.1",
                      "Main diagnosis", "Next visit", "1 in all", "The client pays alone."):
            await user.should_see(words)


async def test_a_link_opens_the_editor_at_its_field_and_what_is_saved_appears_on_the_page() -> None:
    ivy = await a_client("Ivy Candlewright", insurer_sex="")
    async with screens(PAGES) as open_:
        user = await open_(routes.client(ivy.id, section="insurer_sex"))
        await eventually(lambda: questions(user) == ["Insurance form of Ivy Candlewright"])
        typed(user, "sex", "F")
        await press(user, "Save")
        await user.should_see("Ivy Candlewright saved")
        assert (await Client.get(id=ivy.id)).insurer_sex == "F"
        await press(user, "Undo")
        await user.should_see("Ivy Candlewright is as it was")
        await user.should_see("No sex yet")


async def test_each_link_of_the_invoice_grid_leads_to_its_editor() -> None:
    ivy = await a_client("Ivy Candlewright")
    policy = await a_policy(ivy)
    leads = {
        routes.client(ivy.id, section="birth_date"): "Ivy Candlewright",
        routes.client(ivy.id, section="street"): "Ivy Candlewright",
        routes.client(ivy.id, section="referrer_npi"): "Insurance form of Ivy Candlewright",
        routes.client(ivy.id, section="diagnoses"): "Diagnoses of Ivy Candlewright",
        routes.client(ivy.id, section="bill_to"): "Invoices of Ivy Candlewright go to",
        routes.client(ivy.id, section="policies"): "Policy of Ivy Candlewright",
        routes.client(ivy.id, section="member_id"): "Policy of Ivy Candlewright",
        routes.policy(ivy.id, policy.id, field="subscriber_birth_date"): "Policy of Ivy Candlewright",
    }
    async with screens(PAGES) as open_:
        for address, title in leads.items():
            user = await open_(address)
            await eventually(lambda: questions(user) == [title])  # noqa: B023  asked at once


async def test_a_policy_is_added_and_two_primaries_on_one_day_are_flagged() -> None:
    ivy, payer = await a_client("Ivy Candlewright"), await a_payer()
    async with screens(PAGES) as open_:
        user = await open_(routes.client(ivy.id))
        await user.should_see("No policy: the client pays.")
        await press(user, "Add policy")
        await user.should_see(marker="payer")
        await press(user, "Save")
        await user.should_see("Choose the payer.")
        typed(user, "payer", payer.id)
        typed(user, "member-id", "demo-1")
        typed(user, "subscriber", "spouse")
        typed(user, "first-name", "Theo")
        typed(user, "last-name", "Birch")
        typed(user, "deductible-left", "100")
        await press(user, "Save")
        await user.should_see("Policy with Bluebell Health saved")
        kept = await Policy.get()
        assert (kept.member_id, kept.subscriber_last_name, kept.deductible_checked_by) == ("DEMO-1", "Birch", "Ada Fernwhistle")
        other = await a_payer(name="Old Oak Mutual")
        await keep_policy(PolicyDraft(client_id=ivy.id, payer_id=other.id), by=OWNER, now=NOW)
        await user.should_see("Another primary policy on the same days")


async def test_a_diagnosis_is_found_by_words_and_comes_with_its_title() -> None:
    ivy = await a_client("Ivy Candlewright")
    async with screens(PAGES) as open_:
        user = await open_(routes.client(ivy.id, section="diagnoses"))
        await user.should_see(marker="icd-10-cm-code")
        typed(user, "icd-10-cm-code", "generalized anxiety")
        await user.should_see("Generalized anxiety disorder")
        offer = next(one for one in user.client.elements.values() if "sb-offer" in one.classes)
        UserInteraction(user, {offer}, None).click()
        assert field(user, "icd-10-cm-code").value == "F41.1"
        assert not [one for one in user.client.elements.values() if "sb-offer" in one.classes]
        await press(user, "Save")
        await user.should_see("Diagnoses of Ivy Candlewright saved")
    kept = await Diagnosis.get(client=ivy)
    assert (kept.code, kept.description) == ("F41.1", "Generalized anxiety disorder")


async def test_diagnoses_are_put_in_order_and_waiting_lines_follow() -> None:
    ivy = await a_client("Ivy Candlewright")
    await a_diagnosis(ivy, "F33.1", 1)
    session = await a_session(ivy, lines=[{"pointers": "A"}])
    async with screens(PAGES) as open_:
        user = await open_(routes.client(ivy.id))
        await user.should_see("F33.1")
        await press(user, "Add diagnosis")
        await user.should_see("Move diagnosis 2 up")
        codes = sorted((one for one in user.client.elements.values() if "icd-10-cm-code" in one._markers), key=lambda one: one.id)
        with user:
            codes[1].value = "f5101"
        await press(user, "Move diagnosis 2 up")
        await press(user, "Save")
        await user.should_see("Diagnoses of Ivy Candlewright saved")
    assert [row.code for row in await Diagnosis.filter(client=ivy).order_by("position")] == ["F51.01", "F33.1"]
    assert (await ChargeLine.get(session=session)).pointers == "B"


async def test_two_persons_share_the_invoices_and_the_rest_follows() -> None:
    ivy = await a_client("Ivy Candlewright")
    async with screens(PAGES) as open_:
        user = await open_(routes.client(ivy.id, section="bill_to"))
        await user.should_see("Add somebody who pays")
        await press(user, "Add somebody who pays")
        await user.should_see("First person")
        await press(user, "Add a second person")
        await user.should_see("$150.01 becomes $75.01 and $75.00")
        fields = {number: [one for one in user.client.elements.values() if marker in one._markers]
                  for number, marker in ((1, "name"), (2, "share"))}
        with user:
            for box, name in zip(sorted(fields[1], key=lambda one: one.id), ("Mother", "Father"), strict=True):
                box.value = name
            min(fields[2], key=lambda one: one.id).value = 60
        await press(user, "Save")
        await user.should_see("Saved who gets the invoices")
        await user.should_see("60 %")
    assert [(row.name, row.share_points) for row in await BillTo.all().order_by("position")] == [("Mother", 6_000), ("Father", 4_000)]


async def test_another_persons_change_of_the_client_reaches_the_open_editor() -> None:
    ivy = await a_client("Ivy Candlewright")
    async with screens(PAGES) as open_:
        user = await open_(routes.client(ivy.id, section="phone"))
        await eventually(lambda: questions(user) == ["Ivy Candlewright"])
        typed(user, "phone", "518 555 0199")
        theirs = await draft_of_client(ivy.id, seen_by=OWNER)
        theirs.city, theirs.phone = "Troy", "518 555 0111"
        await keep_client(theirs, by=OWNER, now=NOW)
        await user.should_see("Ada Fernwhistle changed Phone while you were editing.")
        assert (field(user, "city").value, field(user, "phone").value) == ("Troy", "518 555 0199")
        await press(user, "See the change")
        await user.should_see("Take theirs")
        await press(user, "Take theirs")
        await eventually(lambda: field(user, "phone").value == "(518) 555-0111")


async def test_a_client_is_archived_and_comes_back_by_undo() -> None:
    ivy = await a_client("Ivy Candlewright")
    await a_policy(ivy)
    async with screens(PAGES) as open_:
        user = await open_(routes.client(ivy.id))
        await user.should_see("Active client")
        await choose(user, "Archive")
        await user.should_see("Ivy Candlewright archived")
        await user.should_see("Archived")
        await press(user, "Undo")
        await user.should_see("Ivy Candlewright is active again")
        await user.should_see("Active client")


async def test_a_merged_record_points_to_the_one_that_was_kept() -> None:
    ivy = await a_client("Ivy Candlewright")
    old = await a_client("I. Candlewright")
    async with screens(PAGES) as open_:
        user = await open_(routes.client(ivy.id))
        await user.should_see("Active client")
        await choose(user, "Merge with another record")
        await user.should_see("A merge cannot be undone.")
        await press(user, "Merge records")
        await user.should_see("Choose the other record of this person.")
        with user:
            picker = field(user, "the-other-record-of-this-person")
            picker.set_options({old.id: old.name}, value=old.id)
        await press(user, "Merge records")
        await eventually(lambda: "Merge I. Candlewright into Ivy Candlewright?" in questions(user))
        await press(user, "Merge records")
        await user.should_see("I. Candlewright merged")
        other = await open_(routes.client(old.id))
        await other.should_see("This record was merged into Ivy Candlewright.")


async def test_an_address_of_no_client_says_so() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.client(99))
        await user.should_see("This client is not there")
        await press(user, "See all clients")
        await user.should_see("No clients yet")
