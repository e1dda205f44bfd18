"""Authorizations on the client's page: added beside the policies, counted by themselves, told in time, taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.authorizations import AuthorizationDraft, draft_of_authorization, keep_authorization
from storage.models import PriorAuthorization
from tests.fixtures.builders import MONDAY_NINE, NOW, OWNER, a_client, a_policy, a_session, an_attendance
from tests.fixtures.screens import eventually, press, questions, screens, typed
from ui import routes
from ui.pages.client import client as client_page

PAGES = {routes.CLIENT: client_page}

pytestmark = pytest.mark.usefixtures("practice_db")


async def test_an_authorization_is_added_beside_the_policies_and_told_when_two_visits_are_left() -> None:
    ivy = await a_client("Ivy Candlewright")
    policy = await a_policy(ivy)
    await a_session(ivy)
    await an_attendance(client=ivy, status="scheduled", starts_at=MONDAY_NINE + timedelta(days=7))
    async with screens(PAGES) as open_:
        user = await open_(routes.client(ivy.id))
        await press(user, "Add authorization")
        await user.should_see("Add an authorization for Ivy Candlewright")
        typed(user, "number", "az-2201")
        typed(user, "codes", "90837")
        typed(user, "granted", 3)
        await press(user, "Save")
        await user.should_see("Authorization AZ-2201 saved")
        await user.should_see("2 of 3 visits left")
        await user.should_see("90837, 1 visit booked")
        await user.should_see("2 visits left")
        await press(user, "Undo")
        await user.should_see("Authorization AZ-2201 removed again")
    assert await PriorAuthorization.filter(policy=policy).count() == 0


async def test_a_link_opens_the_authorization_that_mends_or_a_new_one_under_the_policy() -> None:
    ivy = await a_client("Ivy Candlewright")
    policy = await a_policy(ivy)
    draft = AuthorizationDraft(policy_id=policy.id, number="A-1", ends_on=date(2026, 10, 20))
    one = await keep_authorization(draft, by=OWNER, now=NOW)
    async with screens(PAGES) as open_:
        user = await open_(routes.client(ivy.id, section=f"authorization.{one}"))
        await eventually(lambda: questions(user) == ["Authorization of Ivy Candlewright"])
        await user.should_see("Ends in 6 days")
        typed(user, "granted", 12)
        await press(user, "Save")
        await user.should_see("Authorization A-1 saved")
        other = await open_(routes.client(ivy.id, section=f"authorization.new.{policy.id}"))
        await eventually(lambda: questions(other) == ["Add an authorization for Ivy Candlewright"])
    assert (await draft_of_authorization(one, seen_by=OWNER)).granted == 12
