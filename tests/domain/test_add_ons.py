"""The table of add-ons is kept as a whole, and what it says is asked of sessions that wait."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.add_ons import AddOnDraft, keep_add_ons, listed
from domain.errors import ChangedMeanwhile, Refused
from domain.reading import to_invoice
from domain.sending import send_to_billing
from storage.models import AddOn, Practice
from tests.fixtures.billing import an_insured_client, an_insured_session
from tests.fixtures.builders import (
    NOW,
    OWNER,
    TODAY,
    a_billing_code,
    a_client,
    a_payer,
    a_policy,
    a_service_code,
    an_attendance,
)

pytestmark = pytest.mark.usefixtures("practice_db")
ACT = {"by": OWNER, "now": NOW}


async def test_a_new_practice_has_the_usual_add_ons() -> None:
    assert [one.code for one in await listed(seen_by=OWNER)] == ["90785", "90833", "90836", "90838", "90840"]
    await an_insured_session(await an_insured_client(), lines=[{"code": "90847"}, {"code": "90785", "fee_cents": 2500}])
    [row] = await to_invoice.waiting(on=TODAY, seen_by=OWNER)
    assert [reason.sentence for reason in row.warnings] == ["90785 is never billed with 90847"]


async def test_the_table_is_kept_and_nobody_s_change_is_lost() -> None:
    had = await listed(seen_by=OWNER)
    await keep_add_ons([AddOnDraft("90785", "90847")], had=had, **ACT)
    with pytest.raises(ChangedMeanwhile):
        await keep_add_ons([], had=had, **ACT)
    assert [(one.code, one.primaries) for one in await AddOn.all()] == [("90785", "90847")]


async def test_what_is_no_code_is_told_by_row_and_field() -> None:
    drafts = [AddOnDraft("90785", "90834"), AddOnDraft("90785", ""), AddOnDraft("therapy", "E/M")]
    with pytest.raises(Refused) as refused:
        await keep_add_ons(drafts, had=await listed(seen_by=OWNER), **ACT)
    assert set(refused.value.fields) == {"0.code", "1.code", "1.primaries", "2.code", "2.primaries"}


async def test_a_visit_s_length_makes_the_units_of_a_code_billed_by_time() -> None:
    code = await a_billing_code("H0004", 3000, unit_minutes=15)
    seen = await an_attendance(service_code=await a_service_code("CASE", bills=[code]), minutes=53)
    assert (await send_to_billing([seen.id], **ACT)).amount_cents == 4 * 3000


async def test_no_fee_for_a_missed_visit_where_a_payer_forbids_it() -> None:
    fee = await a_billing_code("NS-FEE", 6000)
    await Practice.filter(id=1).update(missed_visit_code_id=fee.id)
    client, medicaid = await a_client(), await a_payer(kind="medicaid", forbids_missed_fee=True)
    policy = await a_policy(client, medicaid, rank="secondary")
    seen = await an_attendance(client=client, status="no_show")
    sent = await send_to_billing([seen.id], **ACT)
    assert (sent.made, sent.skipped[0].reason) == ([], "No-show, and Bluebell Health lets no client be charged for it")
    await policy.delete()
    await a_policy(client, await a_payer(name="Old Oak"), ends_on=TODAY + timedelta(days=90))
    sent = await send_to_billing([seen.id], **ACT)
    assert (sent.amount_cents, sent.made[0].codes[0].client_only, sent.made[0].billing.kind) == (6000, True, "client")
