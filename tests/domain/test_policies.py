"""Policies: kept with what may still be missing, ended rather than deleted once claimed, overlaps flagged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain import policies
from domain.billing_rule import Cover
from domain.errors import ChangedMeanwhile, NotFound, Refused
from domain.policies import PolicyClaimed, PolicyDraft, overlapping_primaries
from storage.changes import Announcement, listen
from storage.models import Batch, Claim, Policy
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_payer, a_policy

pytestmark = pytest.mark.usefixtures("practice_db")


async def test_a_policy_is_kept_and_the_clients_page_hears_it() -> None:
    client, payer = await a_client(), await a_payer()
    heard: list[Announcement] = []
    stop = listen(heard.append)
    draft = PolicyDraft(client_id=client.id, payer_id=payer.id, member_id=" demo-0042 ", copay_cents=None)
    kept = await policies.keep_policy(draft, by=OWNER, now=NOW)
    stop()
    row = await Policy.get(id=kept)
    assert (row.member_id, row.copay_cents, row.relationship) == ("DEMO-0042", 0, "self")
    assert heard == [{"policy": frozenset({kept}), "client": frozenset({client.id})}]


async def test_a_client_who_is_the_subscriber_leaves_those_fields_empty() -> None:
    policy = await a_policy(await a_client(), relationship="spouse", subscriber_first_name="Theo", subscriber_last_name="C")
    draft = await policies.draft_of_policy(policy.id, seen_by=OWNER)
    assert draft.subscriber_first_name == "Theo"
    await policies.keep_policy(replace(draft, relationship="self"), by=OWNER, now=NOW)
    assert (await Policy.get(id=policy.id)).subscriber_first_name == ""
    with pytest.raises(ChangedMeanwhile):
        await policies.keep_policy(draft, by=OWNER, now=NOW)


async def test_everything_wrong_with_a_policy_is_said_at_once() -> None:
    client = await a_client()
    wrong = PolicyDraft(
        client_id=client.id, rank="third", relationship="child", starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1),
        coinsurance_points=10_001, copay_cents=-1, deductible_left_cents=100, subscriber_birth_date=date(2030, 1, 1),
        subscriber_sex="X", subscriber_state="XX", subscriber_zip="1", subscriber_phone="1",
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        await policies.keep_policy(wrong, by=OWNER, now=NOW)
    assert set(refusal.value.fields) == {
        "payer_id", "rank", "ends_on", "coinsurance_points", "copay_cents", "deductible_checked_on",
        "subscriber_first_name", "subscriber_last_name", "subscriber_birth_date", "subscriber_sex",
        "subscriber_state", "subscriber_zip", "subscriber_phone",
    }


async def test_a_policy_needs_a_payer_and_a_client_that_are_there() -> None:
    client, payer = await a_client(), await a_payer()
    with pytest.raises(Refused):
        await policies.keep_policy(PolicyDraft(client_id=client.id, payer_id=99), by=OWNER, now=NOW)
    with pytest.raises(NotFound):
        await policies.keep_policy(PolicyDraft(client_id=99, payer_id=payer.id), by=OWNER, now=NOW)


async def test_a_policy_never_moves_to_another_client_by_an_edit() -> None:
    mine, other = await a_client(), await a_client("Other Person")
    policy = await a_policy(mine)
    draft = await policies.draft_of_policy(policy.id, seen_by=OWNER)
    await policies.keep_policy(replace(draft, client_id=other.id), by=OWNER, now=NOW)
    assert (await Policy.get(id=policy.id)).client_id == mine.id


async def test_a_claimed_policy_ends_instead_of_going() -> None:
    client = await a_client()
    policy, mistake = await a_policy(client), await a_policy(client, await a_payer(name="Mistake"))
    batch = await Batch.create(made_at=NOW)
    await Claim.create(account_number="1", batch=batch, client=client, policy=policy, payer_id=policy.payer_id,
                       issued_on=TODAY, total_cents=1, record="{}")  # fmt: skip
    with pytest.raises(PolicyClaimed) as refusal:
        await policies.delete_policy(policy.id, by=OWNER, now=NOW)
    assert refusal.value.at == "ends_on"
    await policies.delete_policy(mistake.id, by=OWNER, now=NOW)
    with pytest.raises(NotFound):
        await policies.delete_policy(mistake.id, by=OWNER, now=NOW)


def test_primaries_in_force_on_a_same_day_are_flagged() -> None:
    spring = Cover(id=1, payer_id=1, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
    summer = Cover(id=2, payer_id=2, starts_on=date(2026, 7, 1))
    assert overlapping_primaries([spring, summer]) == set()
    assert overlapping_primaries([spring, replace(summer, starts_on=date(2026, 6, 30))]) == {1, 2}
    assert overlapping_primaries([spring, replace(summer, starts_on=None, rank="secondary")]) == set()
    always = Cover(id=3, payer_id=3)
    assert overlapping_primaries([spring, summer, always]) == {1, 2, 3}


async def test_a_number_of_the_clients_own_is_kept_beside_the_subscribers_and_goes_with_them() -> None:
    policy = await a_policy(await a_client(), relationship="spouse", subscriber_first_name="Theo", subscriber_last_name="C")
    draft = replace(await policies.draft_of_policy(policy.id, seen_by=OWNER), patient_member_id=" demo-02 ")
    await policies.keep_policy(draft, by=OWNER, now=NOW)
    assert (await Policy.get(id=policy.id)).patient_member_id == "DEMO-02"
    again = replace(await policies.draft_of_policy(policy.id, seen_by=OWNER), relationship="self")
    await policies.keep_policy(again, by=OWNER, now=NOW)
    assert (await Policy.get(id=policy.id)).patient_member_id == ""
    with pytest.raises(Refused):
        await policies.keep_policy(replace(draft, medicare_second_reason="99"), by=OWNER, now=NOW)
