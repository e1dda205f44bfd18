"""Authorizations are kept, counted from sessions and appointments, printed on claims, and told before they run out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.authorizations import AuthorizationDraft, delete_authorization, draft_of_authorization, keep_authorization
from domain.claims.form import claim_record
from domain.claims.x12.professional.make import electronic_claim
from domain.client_sessions import remove_sessions
from domain.errors import InUse, NotFound, Refused
from domain.invoicing.gathering import gathered
from domain.invoicing.planning import planned
from domain.policies import delete_policy
from domain.reading import sessions, to_invoice
from domain.reading.authorizations import authorizations_of
from storage.models import Location, Policy, PriorAuthorization
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
    an_attendance,
)

pytestmark = pytest.mark.usefixtures("practice_db")


async def kept(policy: Policy, **but) -> PriorAuthorization:
    draft = replace(AuthorizationDraft(policy_id=policy.id, number="AUTH-1", granted=10), **but)
    return await PriorAuthorization.get(id=await keep_authorization(draft, by=OWNER, now=NOW))


async def an_insured_session(client, day: int = 0, **but):
    but.setdefault("location", await Location.first() or await a_location())
    return await a_session(client, starts_at=MONDAY_NINE + timedelta(days=day), **but)


async def row_of(client):
    [row] = await authorizations_of([client.id], today=TODAY, seen_by=OWNER)
    return row


async def test_an_authorization_is_kept_tidy_and_changed_at_its_version() -> None:
    policy = await a_policy(await a_client())
    one = await kept(policy, number=" ab12 ", codes="90834, 90837 90834", used_before=None)
    assert (one.number, one.codes, one.used_before, one.counts) == ("AB12", "90834,90837", 0, "visits")
    draft = await draft_of_authorization(one.id, seen_by=OWNER)
    await keep_authorization(replace(draft, granted=12), by=OWNER, now=NOW)
    assert (await draft_of_authorization(one.id, seen_by=OWNER)).granted == 12


async def test_what_can_not_be_is_refused_beside_its_field() -> None:
    draft = AuthorizationDraft(number=" ", codes="PLAY", counts="hours", granted=0, used_before=-1,
                               starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1), provider_id=99)
    with pytest.raises(Refused) as refusal:
        await keep_authorization(draft, by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {
        "number", "codes", "counts", "granted", "used_before", "ends_on", "provider_id", "policy_id"}
    eap = await a_policy(await a_client(), is_eap=True)
    with pytest.raises(Refused) as refusal:
        await kept(eap, counts="units")
    assert set(refusal.value.fields) == {"counts"}


async def test_used_counts_sessions_and_booked_counts_appointments_that_still_come() -> None:
    client = await a_client()
    await kept(await a_policy(client), granted=10, used_before=4)
    await an_insured_session(client)
    await a_session(client, bill_to="client")
    removed = await an_insured_session(client, 1)
    await remove_sessions([removed.id], reason="Twice", by=OWNER, now=NOW)
    await an_attendance(client=client, status="scheduled", starts_at=MONDAY_NINE + timedelta(days=7))
    await an_attendance(client=client, status="canceled", starts_at=MONDAY_NINE + timedelta(days=8))
    sent = await an_attendance(client=client, starts_at=MONDAY_NINE + timedelta(days=2))
    await an_insured_session(client, 2, attendance=sent)
    row = await row_of(client)
    assert (row.used, row.booked, row.left, row.left_words) == (6, 1, 4, "4 of 10 visits left")


async def test_the_right_number_stands_in_box_23_and_in_the_file() -> None:
    client = await a_client()
    await a_diagnosis(client)
    policy = await a_policy(client)
    await kept(policy, number="FIRST", granted=1, ends_on=date(2026, 12, 1))
    await kept(policy, number="SECOND", granted=5, ends_on=date(2026, 12, 31))
    for day in (0, 1, 2):
        await an_insured_session(client, day)
    asked = await gathered()
    [group] = planned(asked.sessions).groups
    made = [claim_record(form, asked.practice, account_number="C1", paid_cents=0, on=TODAY) for form in group.forms]
    assert [(one.authorization, len(one.lines)) for one in made] == [("FIRST", 1), ("SECOND", 2)]
    assert [electronic_claim(one).authorization for one in made] == ["FIRST", "SECOND"]


async def test_a_session_past_the_last_visit_waits_and_is_ready_when_another_is_removed() -> None:
    client = await a_client()
    await a_diagnosis(client)
    await kept(await a_policy(client, await a_payer(asks_authorization=True)), granted=1)
    first, second = [await an_insured_session(client, day) for day in (0, 1)]
    rows = {row.id: row for row in await to_invoice.waiting(on=TODAY, seen_by=OWNER)}
    assert [one.code for one in rows[second.id].reasons] == ["authorization_used_up"]
    assert rows[first.id].ready
    await remove_sessions([first.id], reason="Entered by mistake", by=OWNER, now=NOW)
    told = {"session": {first.id}}
    after = await to_invoice.brought_up_to_date(rows, told, on=TODAY, seen_by=OWNER)
    assert after[second.id].ready


async def test_an_assistance_program_pays_in_full_until_it_is_used_up_then_the_other_policy_pays() -> None:
    client = await a_client()
    await a_diagnosis(client)
    await a_policy(client, copay_cents=2500)
    eap = await a_policy(client, await a_payer(name="Fern EAP"), is_eap=True, copay_cents=9900)
    await kept(eap, granted=2, number="EAP-1")
    for day in (0, 1, 2):
        await an_insured_session(client, day)
    listed = await sessions.listed(sessions.SessionFilter(), seen_by=OWNER)
    assert [row.payer_name for row in listed] == ["Bluebell Health", "Fern EAP", "Fern EAP"]
    plan = planned((await gathered()).sessions)
    assert sorted(share.cents for share in plan.shares.values()) == [2500]


async def test_with_one_visit_left_the_earlier_session_has_it_whichever_provider_was_seen() -> None:
    client = await a_client()
    await a_policy(client)
    eap = await a_policy(client, await a_payer(name="Fern EAP"), is_eap=True)
    await kept(eap, granted=1)
    other = await a_provider(first_name="Juniper", npi="1679576722")
    await an_insured_session(client, 1)
    await an_insured_session(client, 0, provider=other)
    listed = await sessions.listed(sessions.SessionFilter(), seen_by=OWNER)
    assert [row.payer_name for row in listed] == ["Bluebell Health", "Fern EAP"]


async def test_a_policy_with_an_authorization_is_not_deleted_and_an_authorization_is_with_nobody_the_wiser() -> None:
    policy = await a_policy(await a_client())
    one = await kept(policy)
    with pytest.raises(InUse):
        await delete_policy(policy.id, by=OWNER, now=NOW)
    await delete_authorization(one.id, by=OWNER, now=NOW)
    with pytest.raises(NotFound):
        await draft_of_authorization(one.id, seen_by=OWNER)
    await delete_policy(policy.id, by=OWNER, now=NOW)
