"""Send to Billing: each attended appointment once, with the codes the rules say."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from domain import sending
from domain.access import SignedIn
from domain.client_sessions import remove_sessions
from domain.errors import NotSignedIn
from domain.sending import send_to_billing
from storage.changes import listen
from storage.models import Attendance, ChargeLine, ClientSession, Practice, SignIn
from tests.fixtures.builders import (
    MONDAY_NINE,
    NOW,
    OWNER,
    ZONE,
    a_billing_code,
    a_client,
    a_payer,
    a_policy,
    a_provider,
    a_service_code,
    a_session,
    a_type,
    an_appointment,
    an_attendance,
)

pytestmark = pytest.mark.usefixtures("practice_db")


async def the_row(**but) -> sending.Row:
    """What Send to Billing says of the one appointment there is."""
    rows = await sending.listed(MONDAY_NINE - timedelta(days=40), NOW + timedelta(days=40), seen_by=OWNER, now=NOW, **but)
    assert len(rows) == 1
    return rows[0]


async def test_an_appointment_is_sent_to_billing_once():
    seen = await an_attendance()
    first = await send_to_billing([seen.id], by=OWNER, now=NOW)
    again = await send_to_billing([seen.id], by=OWNER, now=NOW + timedelta(seconds=1))
    assert (len(first.made), again.made, again.skipped[0].state) == (1, [], "billed")
    assert await ClientSession.all().count() == 1
    assert first.amount_cents == 15000


async def test_three_sends_at_once_make_one_session():
    seen = await an_attendance()
    sent = await asyncio.gather(*(send_to_billing([seen.id], by=OWNER, now=NOW) for _ in range(3)))
    assert sorted(len(each.made) for each in sent) == [0, 0, 1]


async def test_a_removed_session_unlocks_its_appointment_for_another_send():
    seen = await an_attendance()
    sent = await send_to_billing([seen.id], by=OWNER, now=NOW)
    assert await remove_sessions(sent.session_ids, reason="wrong code", by=OWNER, now=NOW) == 1
    assert len((await send_to_billing([seen.id], by=OWNER, now=NOW)).made) == 1


async def test_the_service_codes_billing_codes_come_in_order():
    codes = [await a_billing_code("90832", 9000), await a_billing_code("90785", 2500)]
    seen = await an_attendance(service_code=await a_service_code("PLAY", bills=codes))
    sent = await send_to_billing([seen.id], by=OWNER, now=NOW)
    assert await ChargeLine.filter(session_id=sent.session_ids[0]).order_by("position").values_list("code", flat=True) == [
        "90832", "90785"]
    assert sent.amount_cents == 11500


async def test_without_a_service_code_the_client_s_last_saved_codes_are_taken():
    client, provider = await a_client(), await a_provider()
    code = await a_billing_code("90834", 12000)
    await a_session(client, saved_at=NOW - timedelta(days=7), day=date(2026, 10, 7), provider=provider,
                    lines=[{"code": "90834", "billing_code": code, "fee_cents": 9900, "units": 3, "modifiers": "95,HO"}])
    await an_attendance(client=client, service_code=None)
    row = await the_row()
    assert (row.state, row.codes_from, row.copied_from) == ("to_send", "last_saved", date(2026, 10, 7))
    taken = row.codes[0]
    assert (taken.code, taken.units, taken.fee_cents, taken.modifiers) == ("90834", 1, 12000, "HO")


async def test_the_last_saved_codes_with_this_provider_come_before_newer_ones_with_another():
    client, mine, other = await a_client(), await a_provider(), await a_provider(first_name="Nell")
    await a_session(client, provider=mine, saved_at=NOW - timedelta(days=9), lines=[{"code": "90834"}])
    await a_session(client, provider=other, saved_at=NOW - timedelta(days=1), lines=[{"code": "90847"}])
    await an_appointment(client, provider=mine)
    assert (await the_row()).codes[0].code == "90834"


async def test_client_only_fees_and_codes_marked_once_are_passed_over():
    client = await a_client()
    intake = await a_billing_code("90791", 20000, once=True)
    await a_session(client, saved_at=NOW - timedelta(days=9), lines=[{"code": "90837"}])
    await a_session(client, saved_at=NOW - timedelta(days=3), lines=[{"code": "90791", "billing_code": intake}])
    await a_session(client, saved_at=NOW - timedelta(days=2), lines=[{"code": "NS-FEE", "client_only": True}])
    await an_appointment(client)
    assert (await the_row()).codes[0].code == "90837"


async def test_without_codes_anywhere_the_row_asks_and_nothing_is_sent():
    await an_appointment()
    row = await the_row()
    assert (row.state, row.mend) == ("without_code", "choose_code")
    sent = await send_to_billing([row.visit.attendance_id], by=OWNER, now=NOW)
    assert (sent.made, sent.skipped[0].reason) == ([], row.reason)


async def test_a_service_code_that_names_an_archived_billing_code_asks_and_bills_no_part_of_it():
    codes = [await a_billing_code("90832", 9000), await a_billing_code("90785", 2500, archived_at=NOW)]
    client = await a_client()
    await a_session(client, saved_at=NOW - timedelta(days=7), lines=[{"code": "90834"}])
    seen = await an_attendance(client=client, service_code=await a_service_code("PLAY", bills=codes))
    row = await the_row()
    assert (row.state, row.codes, row.mend) == ("without_code", (), "choose_code")
    assert row.reason == "PLAY bills 90785, which is archived."
    assert (await send_to_billing([seen.id], by=OWNER, now=NOW)).made == []
    assert [code.code for code in (await the_row(chosen={seen.id: [codes[0].id]})).codes] == ["90832"]


async def test_billing_codes_chosen_in_the_row_are_taken():
    code = await a_billing_code()
    await an_appointment()
    attendance = await Attendance.first()
    sent = await send_to_billing([attendance.id], by=OWNER, now=NOW, chosen={attendance.id: [code.id]})
    assert sent.made[0].codes[0].code == "90837"


async def test_the_service_code_decides_over_the_type_whether_it_is_billable():
    not_billed = await a_type(name="Consultation", billable=False)
    await an_attendance(type=not_billed)
    assert (await the_row()).state == "to_send"


async def test_a_type_that_is_not_billable_says_so():
    await an_appointment(type=await a_type(name="Consultation", billable=False))
    row = await the_row()
    assert (row.state, row.mend) == ("not_billable", "appointment_type")


async def test_a_service_code_that_is_not_billable_says_so():
    await an_attendance(service_code=await a_service_code("SUPV", billable=False))
    assert (await the_row()).mend == "service_codes"


@pytest.mark.parametrize("status", ["no_show", "late_canceled"])
async def test_a_missed_visit_makes_only_the_practices_own_fee(status):
    fee = await a_billing_code("NS-FEE", 6000, client_only=True)
    await Practice.filter(id=1).update(missed_visit_code_id=fee.id)
    await an_attendance(status=status)
    row = await the_row()
    assert (row.state, [c.code for c in row.codes], row.codes_from) == ("to_send", ["NS-FEE"], "missed_visit")


async def test_a_missed_visit_without_such_a_fee_is_not_billable():
    await an_attendance(status="no_show")
    assert (await the_row()).mend == "practice"


async def test_a_visit_that_has_not_ended_is_not_yet_held():
    await an_attendance(starts_at=NOW - timedelta(minutes=20))
    assert (await the_row()).state == "not_held"


async def test_scheduled_counts_as_attended_unless_the_practice_asks_for_the_mark():
    await an_attendance(status="scheduled")
    assert (await the_row()).state == "to_send"
    await Practice.filter(id=1).update(attendance_mark_required=True)
    assert (await the_row()).state == "to_mark"


async def test_a_group_becomes_one_session_a_client_who_attended():
    group = await an_appointment(await a_client("A One"), await a_client("B Two"), await a_client("C Three"),
                                 service_code=await a_service_code("GRP", bills=[await a_billing_code("90853", 5500)]))
    ids = await Attendance.filter(appointment=group).order_by("id").values_list("id", flat=True)
    await Attendance.filter(id=ids[2]).update(status="canceled")
    sent = await send_to_billing(ids, by=OWNER, now=NOW)
    assert (len(sent.made), [row.reason for row in sent.skipped]) == (2, ["Canceled"])


async def test_a_remote_visit_takes_place_and_modifier_this_payer_wants():
    client = await a_client()
    await a_policy(client, await a_payer(telehealth_modifier="93"))
    seen = await an_attendance(client=client, held_as="video", client_at_home=False)
    sent = await send_to_billing([seen.id], by=OWNER, now=NOW)
    session = await ClientSession.get(id=sent.session_ids[0])
    assert session.place_of_service == "02"
    assert (await ChargeLine.get(session=session)).modifiers == "93"


async def test_the_day_of_service_is_the_practice_s_day_across_the_clock_change():
    late = datetime(2026, 10, 31, 23, 30, tzinfo=ZONE).astimezone(UTC)
    seen = await an_attendance(starts_at=late)
    sent = await send_to_billing([seen.id], by=OWNER, now=late + timedelta(hours=5))
    assert (await ClientSession.get(id=sent.session_ids[0])).day == date(2026, 10, 31)


async def test_a_signed_out_person_sends_nothing():
    seen = await an_attendance()
    await SignIn.filter(id=1).update(ended_at=NOW)
    with pytest.raises(NotSignedIn):
        await send_to_billing([seen.id], by=OWNER, now=NOW)
    with pytest.raises(NotSignedIn):
        await send_to_billing([seen.id], by=SignedIn(9, 9, "Nobody"), now=NOW)
    assert await ClientSession.all().count() == 0


async def test_a_send_is_one_announcement_after_the_commit():
    told = []
    stop = listen(told.append)
    ids = [(await an_attendance(client=await a_client(f"Client {n}"))).id for n in range(5)]
    await send_to_billing(ids, by=OWNER, now=NOW)
    stop()
    assert [set(each) for each in told] == [{"session", "appointment"}]
    assert len(told[0]["session"]) == 5
