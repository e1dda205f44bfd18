"""What the panel of an appointment says of the client's share: before it is sent, after, and once it is invoiced."""

from __future__ import annotations

from datetime import date

import pytest

from domain.ledger.at_visit import take_at_visit
from domain.ledger.payments import ReceivedDraft
from domain.rates.keeping import RateDraft, add_rate
from domain.reading.visit_money import VisitMoney, visit_money
from domain.scheduling import set_status
from domain.sending import send_to_billing
from storage.models import Attendance, ClientSession, Payer
from tests.fixtures.billing import a_workplace, an_insured_client, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_client, a_location, an_appointment, an_attendance

ACT = {"by": OWNER, "now": NOW}


@pytest.fixture(autouse=True)
def _workplace(practice_db) -> None:
    a_workplace(practice_db)


async def money_of(visit: Attendance) -> VisitMoney:
    """The one client's money."""
    [money] = await visit_money(visit.appointment_id, seen_by=OWNER)
    return money


async def take(visit: Attendance, cents: int) -> None:
    """A payment of today."""
    await take_at_visit(visit.id, ReceivedDraft(client_id=0, received_on=TODAY, method="cash", cents=cents), **ACT)


@pytest.mark.parametrize(("policy", "share"), [
    ({"copay_cents": 2500}, 2500), ({"deductible_left_cents": 50_000}, 11000), ({"coinsurance_points": 2000, "copay_cents": 0}, 2200),
    ({"is_eap": True}, 0),
])
async def test_the_share_follows_from_the_policy_and_is_the_same_before_and_after_sending(policy: dict[str, int], share: int) -> None:
    visit = await an_attendance(client=await an_insured_client(policy=policy), location=await a_location())
    payer = await Payer.get()
    await add_rate(RateDraft(payer_id=payer.id, code="90837", starts_on=date(2026, 1, 1), cents=11000), **ACT)
    before = await money_of(visit)
    assert (before.share_cents, before.left_cents, before.taken_cents) == (share, share, 0)
    sent = await send_to_billing([visit.id], **ACT)
    assert (await money_of(visit)).share_cents == share
    await make(await ClientSession.get(id=sent.session_ids[0]))
    after = await money_of(visit)
    assert (after.share_cents, after.left_cents, after.balance_cents) == (share, share, share)


async def test_what_was_taken_is_told_all_along() -> None:
    visit = await an_attendance(location=await a_location())
    await take(visit, 4000)
    for step in range(3):
        money = await money_of(visit)
        assert (money.share_cents, money.taken_cents, money.left_cents) == (15000, 4000, 11000)
        if step == 0:
            sent = await send_to_billing([visit.id], **ACT)
        elif step == 1:
            await make(await ClientSession.get(id=sent.session_ids[0]))
    assert money.balance_cents == 11000


async def test_without_codes_or_for_a_canceled_visit_no_share_is_guessed() -> None:
    visit = await an_attendance(service_code=None)
    assert (await money_of(visit)).why == "Not known before it has a Service Code"
    await set_status("canceled", attendances=[visit.id], **ACT)
    money = await money_of(visit)
    assert (money.share_cents, money.why) == (None, "Canceled")


async def test_of_a_group_each_client_has_a_line() -> None:
    group = await an_appointment(await a_client(), await a_client("Fern Alder"), status="scheduled")
    assert [money.client_name for money in await visit_money(group.id, seen_by=OWNER)] == ["Rowan Applewick", "Fern Alder"]
