"""Who bills a payer for whom, from a day on: the claim of each day says what held then, on paper and in its file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.billing_ways import Way, Ways
from domain.claims.form import claim_record
from domain.claims.to_fix import Checking
from domain.claims.x12.professional.check import check_claim
from domain.claims.x12.professional.make import electronic_claim
from domain.errors import FieldRefused, NotFound, Refused
from domain.invoicing.gathering import gathered
from domain.reading.billing_ways import billing_ways
from domain.who_bills import WayDraft, add_way, remove_way
from storage.models import Provider
from tests.fixtures.builders import (
    MONDAY_NINE,
    NOW,
    OWNER,
    TODAY,
    a_client,
    a_diagnosis,
    a_location,
    a_payer,
    a_policy,
    a_provider,
    a_session,
)

pytestmark = pytest.mark.usefixtures("practice_db")
BOSS_NPI = "1346234564"


def test_a_payers_own_way_goes_before_the_one_for_all_and_the_latest_begun_holds() -> None:
    def a_way(way: str, payer_id: int | None = None, starts_on: date | None = None) -> Way:
        return Way(provider_id=1, payer_id=payer_id, starts_on=starts_on, way=way)

    ways = Ways([a_way("not_enrolled"), a_way("own", 3), a_way("not_enrolled", 3, TODAY), a_way("own", None, TODAY)])
    yesterday = TODAY - timedelta(days=1)
    assert [ways.bills(1, payer, day) for payer in (3, 4) for day in (yesterday, TODAY)] == [True, False, False, True]
    assert ways.bills(2, 3, TODAY)


async def a_boss() -> Provider:
    return await a_provider(first_name="Wren", last_name="Winter", npi=BOSS_NPI, credentials="PhD", taxonomy="103TC0700X")


async def set_way(provider: Provider, way: str, supervisor: Provider | None = None, **but) -> int:
    draft = WayDraft(provider_id=provider.id, way=way, supervisor_id=supervisor.id if supervisor else None, **but)
    return await add_way(draft, by=OWNER, now=NOW)


async def an_insured_session(provider: Provider):
    client = await a_client()
    await a_diagnosis(client)
    await a_policy(client, await a_payer(zip="06101-0001"))
    return await a_session(client, provider=provider, location=await a_location())


async def claim_of():
    asked = await gathered()
    [session] = asked.sessions
    return asked, session, claim_record([session], asked.practice, account_number="C1", paid_cents=0, on=TODAY)


async def test_under_a_supervisor_the_claim_is_in_the_supervisors_name() -> None:
    provider, boss = await a_provider(), await a_boss()
    await an_insured_session(provider)
    await set_way(provider, "under_supervisor", boss)
    asked, session, record = await claim_of()
    [line] = record.lines
    assert (line.rendering_npi, line.rendering_id, record.provider_signature) == (BOSS_NPI, "103TC0700X", "Wren Winter PhD")
    assert (record.referrer, record.supervisor) == (None, None)
    electronic = electronic_claim(record)
    assert electronic.rendering is not None
    assert (electronic.rendering.npi, electronic.rendering.name.last, electronic.supervisor) == (BOSS_NPI, "WINTER", None)
    assert check_claim(electronic) == []
    assert Checking(asked.practice).to_fix(session) == ()


async def test_with_a_supervisor_told_box_17_and_the_file_name_both() -> None:
    provider, boss = await a_provider(), await a_boss()
    await an_insured_session(provider)
    await set_way(provider, "with_supervisor", boss)
    _, _, record = await claim_of()
    assert record.referrer is not None
    assert (record.referrer.qualifier, record.referrer.npi, record.lines[0].rendering_npi) == ("DQ", BOSS_NPI, provider.npi)
    electronic = electronic_claim(record)
    assert electronic.rendering is not None
    assert electronic.supervisor is not None
    assert (electronic.rendering.npi, electronic.supervisor.npi) == (provider.npi, BOSS_NPI)


async def test_in_their_own_name_a_supervisor_of_the_record_is_not_told() -> None:
    provider = await a_provider(supervisor=await a_boss())
    await an_insured_session(provider)
    assert (await claim_of())[2].supervisor is not None
    await set_way(provider, "own")
    assert (await claim_of())[2].supervisor is None


async def test_who_is_not_enrolled_leaves_it_to_the_client_from_that_day_on() -> None:
    provider = await a_provider()
    session = await an_insured_session(provider)
    later = session.day + timedelta(days=1)
    await set_way(provider, "not_enrolled", starts_on=later)
    await a_session(await session.client, provider=provider, starts_at=MONDAY_NINE + timedelta(days=1))
    billed = {one.day: one.billing.why for one in (await gathered()).sessions}
    assert billed == {session.day: "insured", later: "not_billed_for_provider"}


async def test_what_the_supervisor_lacks_leads_to_the_supervisor() -> None:
    provider, boss = await a_provider(), await a_provider(first_name="Wren", npi="")
    await an_insured_session(provider)
    await set_way(provider, "under_supervisor", boss)
    await set_way(boss, "not_enrolled")
    asked, session, _ = await claim_of()
    [reason] = Checking(asked.practice).to_fix(session)
    assert (reason.keeper, reason.id, reason.field) == ("provider", boss.id, "npi")
    [warning] = Checking(asked.practice).to_look_at(session)
    assert (warning.code, warning.sentence) == (
        "supervisor_not_enrolled",
        "Imogen Larkspur is billed with Wren Larkspur, who is not enrolled with Bluebell Health")


async def test_ways_are_listed_set_once_a_day_and_taken_away() -> None:
    provider, payer = await a_provider(), await a_payer()
    kept = await set_way(provider, "not_enrolled", payer_id=payer.id)
    with pytest.raises(FieldRefused):
        await set_way(provider, "own", payer_id=payer.id)
    await set_way(provider, "own", payer_id=payer.id, starts_on=TODAY)
    rows = await billing_ways(payer_id=payer.id, today=TODAY, seen_by=OWNER)
    assert [(row.words, row.holds) for row in rows] == [("In their own name", True), ("Not enrolled: the client pays", False)]
    removed = await remove_way(kept, by=OWNER, now=NOW)
    assert (removed.way, removed.payer_id) == ("not_enrolled", payer.id)
    with pytest.raises(NotFound):
        await remove_way(kept, by=OWNER, now=NOW)


async def test_what_can_not_be_is_refused_beside_its_field() -> None:
    provider = await a_provider()
    with pytest.raises(Refused) as refusal:
        await add_way(WayDraft(provider_id=99, payer_id=99, way="with_supervisor"), by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {"provider_id", "payer_id", "supervisor_id"}
    with pytest.raises(Refused):
        await set_way(provider, "under_supervisor", provider)
