"""Warnings: a provider or client in two places at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain import scheduling
from tests.fixtures.builders import MONDAY_NINE, OWNER, a_client, a_provider, an_appointment

pytestmark = pytest.mark.usefixtures("practice_db")


async def told_about(draft: scheduling.AppointmentDraft) -> list[str]:
    return [conflict.sentence for conflict in await scheduling.conflicts(draft, seen_by=OWNER)]


async def test_a_provider_booked_twice_is_told():
    here = await an_appointment(await a_client("Quince Thimbleton"))
    draft = await scheduling.draft_of(here.id, seen_by=OWNER)
    assert await told_about(draft) == []
    draft.members[0].client_id = (await a_client("Other Person")).id
    assert await told_about(replace(draft, id=None)) == ["Imogen Larkspur also has Quince Thimbleton, 9:00 – 9:50 AM."]


async def test_a_client_in_two_places_is_told():
    here = await an_appointment(await a_client("Quince Thimbleton"))
    other = await a_provider(first_name="Nell", last_name="Wintergloam")
    draft = replace(await scheduling.draft_of(here.id, seen_by=OWNER), id=None, provider_id=other.id)
    assert await told_about(draft) == ["Quince Thimbleton is also with Imogen Larkspur, 9:00 – 9:50 AM."]


@pytest.mark.parametrize("status", ["canceled", "late_canceled"])
async def test_a_canceled_appointment_is_in_nobodys_way(status):
    here = await an_appointment(await a_client("Quince Thimbleton"), status=status)
    draft = replace(await scheduling.draft_of(here.id, seen_by=OWNER), id=None)
    draft.members[0].status = "scheduled"
    assert await told_about(draft) == []


async def test_back_to_back_is_no_conflict():
    here = await an_appointment()
    draft = replace(await scheduling.draft_of(here.id, seen_by=OWNER), id=None)
    for start in (draft.ends_at, draft.starts_at - timedelta(minutes=50)):
        assert await told_about(replace(draft, starts_at=start, ends_at=start + timedelta(minutes=50))) == []


async def test_a_blocked_hour_is_in_the_way():
    provider, client = await a_provider(), await a_client()
    lunch = scheduling.AppointmentDraft(
        starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + timedelta(hours=1), kind="none", title="Lunch",
        provider_id=provider.id,
    )  # fmt: skip
    await scheduling.book(lunch, by=OWNER, now=MONDAY_NINE)
    draft = replace(lunch, kind="one", title="", members=[scheduling.MemberDraft(client_id=client.id)])
    assert await told_about(draft) == ["Imogen Larkspur also has Lunch, 9:00 – 10:00 AM."]
