"""The session's editor: fields tied to the session, refusals beside them, and nothing typed is lost to another's change."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from nicegui.testing.user_interaction import UserInteraction

from domain.client_sessions import hold, keep_session
from domain.invoicing import accept_warnings
from domain.policies import draft_of_policy, keep_policy
from domain.reading.sessions import draft_of
from storage.models import ChargeLine, ClientSession, PriorAuthorization
from tests.fixtures.builders import (
    NOW,
    OWNER,
    ZONE,
    a_billing_code,
    a_client,
    a_location,
    a_payer,
    a_policy,
    a_provider,
    a_session,
)
from tests.fixtures.screens import eventually, field, press, questions, screens, typed
from ui import routes
from ui.pages.client import client as client_page
from ui.pages.client_sessions import client_sessions

PAGES = {routes.CLIENT_SESSIONS: client_sessions}

pytestmark = pytest.mark.usefixtures("practice_db")


async def opened(open_, session: ClientSession):
    user = await open_(routes.client_session(session.id))
    await user.should_see("Paid at the session")
    return user


async def test_what_is_typed_stays_when_another_keeps_a_change_and_both_are_kept() -> None:
    session = await a_session()
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        typed(user, "note", "Mine")
        theirs = await draft_of(session.id, seen_by=OWNER)
        theirs.authorization_number = "AUTH7"
        await keep_session(theirs, by=OWNER, now=NOW)
        await user.should_see("changed Authorization number. It is shown here now.")
        assert field(user, "note").value == "Mine"
        assert field(user, "authorization-number").value == "AUTH7"
        await press(user, "Save")
        await user.should_see(f"Session {session.id} saved")
    kept = await draft_of(session.id, seen_by=OWNER)
    assert (kept.note, kept.authorization_number) == ("Mine", "AUTH7")


async def test_what_is_to_fix_and_what_is_worth_a_look_stand_above_the_form_until_mended() -> None:
    client = await a_client("Rowan Applewick")
    policy = await a_policy(client, ends_on=date(2026, 9, 30))
    session = await a_session(client)
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        await user.should_see("Policy with Bluebell Health ended on Sep 30, 2026; billed to client")
        draft = await draft_of_policy(policy.id, seen_by=OWNER)
        draft.ends_on = None
        await keep_policy(draft, by=OWNER, now=NOW)
        await user.should_see("has no diagnosis")
        await user.should_not_see("Policy with Bluebell Health ended")


async def test_an_accepted_warning_stays_in_sight_and_can_be_asked_about_again() -> None:
    client = await a_client("Rowan Applewick")
    await a_policy(client, ends_on=date(2026, 9, 30))
    session = await a_session(client)
    await accept_warnings([(session.id, "policy_ended")], "Pays this one alone", by=OWNER, now=NOW)
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        await user.should_see("Accepted: Policy with Bluebell Health ended on Sep 30, 2026; billed to client")
        link = next(one for one in user.client.elements.values() if "sb-mend" in one.classes and one.tag == "button")
        UserInteraction(user, {link}, None).click()
        await user.should_see("It will be asked again")
        told = "Policy with Bluebell Health ended on Sep 30, 2026; billed to client"
        await eventually(lambda: told in {getattr(one, "text", "") for one in user.client.elements.values()})


async def test_the_link_of_a_policy_that_ended_opens_the_policy_at_its_last_day() -> None:
    client = await a_client("Rowan Applewick")
    await a_policy(client, ends_on=date(2026, 9, 30))
    session = await a_session(client)
    async with screens(PAGES | {routes.CLIENT: client_page}) as open_:
        user = await opened(open_, session)
        link = next(one for one in user.client.elements.values() if "sb-mend" in one.classes and one.tag == "button")
        UserInteraction(user, {link}, None).click()
        await user.should_see("Policy of Rowan Applewick")
        assert field(user, "last-day").value == "Sep 30, 2026"


async def test_two_changes_of_one_field_are_shown_side_by_side_and_the_person_chooses() -> None:
    session = await a_session()
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        typed(user, "note", "Mine")
        theirs = await draft_of(session.id, seen_by=OWNER)
        theirs.note = "Theirs"
        await keep_session(theirs, by=OWNER, now=NOW)
        await user.should_see("changed Note while you were editing.")
        await press(user, "See the change")
        await user.should_see("Theirs")
        await press(user, "Keep mine")
        await press(user, "Save")
        await user.should_see(f"Session {session.id} saved")
    assert (await draft_of(session.id, seen_by=OWNER)).note == "Mine"


async def test_another_s_lines_are_taken_over_where_none_were_touched_here() -> None:
    session = await a_session()
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        theirs = await draft_of(session.id, seen_by=OWNER)
        theirs.lines[0].fee_cents = 9900
        await keep_session(theirs, by=OWNER, now=NOW)
        await eventually(lambda: field(user, "fee").value == "99.00")
        await user.should_see("Total $99.00")


async def test_leaving_with_something_typed_asks_first() -> None:
    session = await a_session()
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        typed(user, "note", "Not to be lost")
        await press(user, "Close")
        await eventually(lambda: "Leave without saving?" in questions(user))
        await press(user, "Keep editing")
        assert field(user, "note").value == "Not to be lost"


async def test_a_line_s_refusal_stands_beside_its_field_and_nothing_is_kept() -> None:
    session = await a_session()
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        typed(user, "modifiers", "955")
        await press(user, "Save")
        await user.should_see("Up to four modifiers of two letters or digits")
        assert field(user, "modifiers").error
    assert (await ChargeLine.get(session=session)).modifiers == ""


async def test_an_empty_line_asks_for_its_code_and_a_session_without_lines_for_one() -> None:
    session = await a_session()
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        await press(user, "Add a Billing Code")
        await press(user, "Save")
        await user.should_see("Choose a billing code.")
        await press(user, "Remove line 2")
        await press(user, "Remove line 1")
        await press(user, "Save")
        await user.should_see("Add at least one billing code.")


async def test_a_chosen_code_brings_its_fee_and_modifiers() -> None:
    code = await a_billing_code("90834", 12000, modifiers="HO")
    session = await a_session()
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        typed(user, "billing-code", code.id)
        await user.should_see("Total $120.00")
        await press(user, "Save")
        await user.should_see(f"Session {session.id} saved")
    line = await ChargeLine.get(session=session)
    assert (line.code, line.fee_cents, line.modifiers, line.billing_code_id) == ("90834", 12000, "HO", code.id)


async def test_the_place_of_service_follows_how_it_was_held() -> None:
    place = await a_location(place_of_service="53")
    session = await a_session(location=place, place_of_service="53")
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        typed(user, "how-it-was-held", "video")
        assert field(user, "place-of-service").value == "10"
        typed(user, "the-client-was-at-home", False)
        assert field(user, "place-of-service").value == "02"
        typed(user, "how-it-was-held", "in_person")
        assert field(user, "place-of-service").value == "53"


async def test_saving_without_touching_the_times_keeps_the_instants_of_a_repeated_hour() -> None:
    second = datetime(2026, 11, 1, 1, 15, fold=1, tzinfo=ZONE).astimezone(UTC)
    session = await a_session(starts_at=second, ends_at=second + timedelta(minutes=30))
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        typed(user, "note", "Touched")
        await press(user, "Save")
        await user.should_see(f"Session {session.id} saved")
    assert (await ClientSession.get(id=session.id)).starts_at == second


async def test_an_hour_that_the_clocks_skip_is_refused_beside_the_time() -> None:
    session = await a_session(await a_client("Wren Tumbleton"))
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        typed(user, "date", "Mar 8, 2026")
        typed(user, "from", "2:30 AM")
        await press(user, "Save")
        await user.should_see("does not exist on Sun, Mar 8")


async def test_a_held_session_can_be_released_from_its_editor() -> None:
    session = await a_session()
    await hold([session.id], "Waiting", by=OWNER, now=NOW)
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        await press(user, "Release")
        await user.should_see(f"Session {session.id} is ready again")
    assert (await ClientSession.get(id=session.id)).status == "ready"


async def test_a_double_tap_makes_one_session() -> None:
    client, code, provider = await a_client("Rowan Applewick"), await a_billing_code(), await a_provider()
    async with screens(PAGES) as open_:
        user = await open_(f"{routes.CLIENT_SESSIONS}?new_for={client.id}")
        await user.should_see("Paid at the session")
        typed(user, "billing-code", code.id)
        typed(user, "provider", provider.id)
        await press(user, "Save")
        await press(user, "Save")
        await user.should_see("saved")
        await asyncio.sleep(0.2)
    assert await ClientSession.all().count() == 1


async def test_the_payers_note_and_the_visits_left_stand_above_the_form() -> None:
    client, payer = await a_client(), await a_payer(note="Call before noon.")
    policy = await a_policy(client, payer)
    await PriorAuthorization.create(policy=policy, number="BH-1", granted=3)
    session = await a_session(client)
    async with screens(PAGES) as open_:
        user = await opened(open_, session)
        await user.should_see("Bluebell Health: Call before noon.")
        await user.should_see("Authorization BH-1: 2 of 3 visits left")
