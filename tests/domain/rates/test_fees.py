"""What is charged, and what the client is expected to pay of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.errors import FieldRefused, Refused
from domain.invoicing.gathering import gathered
from domain.invoicing.parts import shares
from domain.merging import merge_clients
from domain.rates.keeping import FeeDraft, RateDraft, add_fee, add_rate, keep_rates, remove_fee
from domain.rates.lookup import Rate
from domain.rates.offering import fee_for
from domain.reading import to_invoice
from domain.reading.one_client import one_client
from domain.reading.rates import fees_of_code, rates_of, sliding_fees
from domain.sending import send_to_billing
from storage.models import BillingCode, ChargeLine, Claim, ClientSession, ContractRate, Payer, Provider
from tests.fixtures.billing import an_insured_client, an_insured_session, make
from tests.fixtures.builders import (
    NOW,
    OWNER,
    TODAY,
    a_billing_code,
    a_client,
    a_payer,
    a_policy,
    a_session,
    an_attendance,
)

pytestmark = pytest.mark.usefixtures("practice_db")
DAY = date(2026, 10, 1)
ACT = {"by": OWNER, "now": NOW}


async def sent_fee(attendance_id: int) -> int:
    """What the one line of a visit costs once it is sent."""
    sent = await send_to_billing([attendance_id], **ACT)
    return (await ChargeLine.get(session_id=sent.session_ids[0])).fee_cents


async def test_a_session_takes_its_provider_s_fee_of_the_day_and_keeps_it() -> None:
    seen = await an_attendance()
    code, provider = await BillingCode.get(), await Provider.get()
    await add_fee(FeeDraft(billing_code_id=code.id, starts_on=DAY, cents=16000), **ACT)
    mine = await add_fee(FeeDraft(billing_code_id=code.id, provider_id=provider.id, starts_on=DAY, cents=17500), **ACT)
    assert await sent_fee(seen.id) == 17500
    await remove_fee(mine, **ACT)
    assert (await ChargeLine.get()).fee_cents == 17500
    assert await fee_for(code.id, client_id=None, provider_id=provider.id, on=TODAY, bill_to="automatic", seen_by=OWNER) == 16000


async def test_a_sliding_scale_fee_holds_only_where_the_client_is_billed() -> None:
    alone, insured = await a_client(), await an_insured_client("Fern Alder")
    of_alone = await an_attendance(client=alone)
    of_insured = await an_attendance(client=insured)
    code = await BillingCode.get()
    for client in (alone, insured):
        await add_fee(FeeDraft(billing_code_id=code.id, client_id=client.id, starts_on=DAY, cents=6000), **ACT)
    assert (await sent_fee(of_alone.id)) == 6000
    sent = await send_to_billing([of_insured.id], **ACT)
    assert sent.made[0].amount_cents == 15000
    for bill_to, cents in (("automatic", 15000), ("client", 6000)):
        assert await fee_for(code.id, client_id=insured.id, provider_id=1, on=TODAY, bill_to=bill_to, seen_by=OWNER) == cents


async def test_a_session_made_on_a_sliding_scale_that_goes_to_insurance_after_all_is_to_fix() -> None:
    code, client = await a_billing_code(), await a_client()
    await add_fee(FeeDraft(billing_code_id=code.id, client_id=client.id, starts_on=DAY, cents=6000), **ACT)
    await a_session(client, lines=[{"billing_code": code, "fee_cents": 6000}])
    await a_policy(client)
    [row] = await to_invoice.waiting(on=TODAY, seen_by=OWNER)
    assert "sliding_fee" in [reason.code for reason in row.reasons]
    await ChargeLine.filter(id__gt=0).update(fee_cents=15000)
    [row] = await to_invoice.waiting(on=TODAY, seen_by=OWNER)
    assert "sliding_fee" not in [reason.code for reason in row.reasons]


@pytest.mark.parametrize(("policy", "share_cents", "deductible"), [
    ({"copay_cents": 2500}, 2500, 0),
    ({"copay_cents": 2500, "deductible_left_cents": 50_000}, 11000, 11000),
    ({"copay_cents": 0, "coinsurance_points": 2000}, 2200, 0),
    ({"copay_cents": 2500, "deductible_left_cents": 5000, "coinsurance_points": 1000}, 5000 + 2500 + 350, 5000),
])
async def test_the_client_s_share_is_reckoned_from_what_the_payer_is_expected_to_allow(
    policy: dict[str, int], share_cents: int, deductible: int
) -> None:
    client = await an_insured_client(policy=policy)
    session = await an_insured_session(client)
    payer = await Payer.get()
    await add_rate(RateDraft(payer_id=payer.id, code="90837", starts_on=DAY, cents=11000), **ACT)
    found = shares((await gathered()).sessions, {})[session.id]
    assert (found.cents, found.deductible_cents) == (share_cents, deductible)


async def test_the_contract_rate_never_stands_on_the_claim() -> None:
    client = await an_insured_client()
    payer = await Payer.get()
    await add_rate(RateDraft(payer_id=payer.id, code="90837", starts_on=DAY, cents=11000), **ACT)
    await make(await an_insured_session(client))
    claim = await Claim.get()
    assert claim.total_cents == 15000
    assert "110" not in claim.record


async def test_the_same_day_has_one_fee_and_a_pasted_rate_takes_the_place_of_its_like() -> None:
    code, payer = await a_billing_code(), await a_payer()
    draft = FeeDraft(billing_code_id=code.id, starts_on=DAY, cents=16000)
    await add_fee(draft, **ACT)
    with pytest.raises(FieldRefused):
        await add_fee(draft, **ACT)
    with pytest.raises(Refused) as refused:
        await add_fee(FeeDraft(), **ACT)
    assert set(refused.value.fields) == {"billing_code_id", "starts_on", "cents"}
    rate = Rate(payer_id=payer.id, code="90837", starts_on=DAY, cents=11000)
    assert await keep_rates([rate], **ACT) == 1
    assert await keep_rates([rate], **ACT) == 0
    assert await keep_rates([Rate(payer_id=payer.id, code="90837", starts_on=DAY, cents=11500)], **ACT) == 1
    assert [row.cents for row in await ContractRate.all()] == [11500]
    assert [row.holds for row in await rates_of(payer.id, on=TODAY, seen_by=OWNER)] == [True]
    assert [(row.of, row.holds) for row in await fees_of_code(code.id, on=TODAY, seen_by=OWNER)] == [("Practice", True)]


async def test_merged_records_have_one_sliding_scale_fee_a_day() -> None:
    code, kept, gone = await a_billing_code(), await a_client(), await a_client("Rowan Apple")
    for client, day, cents in ((kept, DAY, 6000), (gone, DAY, 7000), (gone, date(2026, 9, 1), 5000)):
        await add_fee(FeeDraft(billing_code_id=code.id, client_id=client.id, starts_on=day, cents=cents), **ACT)
    await merge_clients(kept.id, gone.id, **ACT)
    assert [row.cents for row in await sliding_fees(kept.id, on=TODAY, seen_by=OWNER)] == [6000, 5000]
    assert await ClientSession.all().count() == 0


async def test_the_client_s_page_shows_visits_ahead_at_the_client_s_own_fee() -> None:
    client = await a_client()
    await an_attendance(client=client, status="scheduled", starts_at=NOW + timedelta(days=2))
    await add_fee(FeeDraft(billing_code_id=(await BillingCode.get()).id, client_id=client.id, starts_on=DAY, cents=6000), **ACT)
    seen = await one_client(client.id, today=TODAY, now=NOW, seen_by=OWNER)
    assert [visit.amount_cents for visit in seen.ahead] == [6000]
