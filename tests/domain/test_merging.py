"""Two records of one person become one; nothing is lost, and issued documents keep what they said."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import FieldRefused, NotFound
from domain.merging import BothBilled, merge_clients
from storage.changes import Announcement, listen
from storage.models import (
    Appointment,
    Attendance,
    Batch,
    BillTo,
    ChargeLine,
    Claim,
    Client,
    ClientSession,
    Diagnosis,
    Invoice,
    Policy,
)
from tests.fixtures.builders import (
    NOW,
    OWNER,
    TODAY,
    a_client,
    a_diagnosis,
    a_payer,
    a_policy,
    a_session,
    an_appointment,
)

pytestmark = pytest.mark.usefixtures("practice_db")


async def two() -> tuple[Client, Client]:
    return await a_client("Ivy Candlewright"), await a_client("I. Candlewright", email="ivy@example.com", note="Old note")


async def test_everything_of_the_other_record_moves() -> None:
    keep, other = await two()
    appointment = await an_appointment(other)
    session = await a_session(other)
    await a_policy(other)
    heard: list[Announcement] = []
    stop = listen(heard.append)
    merged = await merge_clients(keep.id, other.id, by=OWNER, now=NOW)
    stop()
    assert (merged.appointments, merged.sessions, merged.policies) == (1, 1, 1)
    assert (await Attendance.get(appointment=appointment)).client_id == keep.id
    assert (await ClientSession.get(id=session.id)).client_id == keep.id
    assert (await Policy.get()).client_id == keep.id
    assert (await Appointment.get(id=appointment.id)).version == 2
    gone = await Client.get(id=other.id)
    assert (gone.merged_into_id, gone.archived_at) == (keep.id, NOW)
    assert heard[0]["client"] == frozenset({keep.id, other.id})
    assert heard[0]["appointment"] == frozenset({appointment.id})
    assert heard[0]["session"] == frozenset({session.id})


async def test_the_kept_record_takes_only_what_it_does_not_say() -> None:
    keep, other = await two()
    await Client.filter(id=other.id).update(birth_date=date(1990, 1, 1), pronouns="they, them")
    await merge_clients(keep.id, other.id, by=OWNER, now=NOW)
    row = await Client.get(id=keep.id)
    assert (row.name, row.birth_date, row.email, row.pronouns, row.note) == (
        "Ivy Candlewright", date(1991, 5, 4), "ivy@example.com", "they, them", "Old note",
    )
    assert row.insurer_first_name == "Ivy"


async def test_both_records_at_one_appointment_become_one_visit() -> None:
    keep, other = await two()
    group = await an_appointment(keep, other, status="scheduled")
    await Attendance.filter(client=other).update(status="completed")
    await merge_clients(keep.id, other.id, by=OWNER, now=NOW)
    visit = await Attendance.get(appointment=group)
    assert (visit.client_id, visit.status) == (keep.id, "completed")


async def test_of_two_visits_the_billed_one_stays_with_its_session() -> None:
    keep, other = await two()
    group = await an_appointment(keep, other)
    billed = await Attendance.get(client=other)
    session = await a_session(other, attendance=billed)
    undone = await a_session(keep, attendance=await Attendance.get(client=keep), undone_at=NOW)
    await merge_clients(keep.id, other.id, by=OWNER, now=NOW)
    visit = await Attendance.get(appointment=group)
    assert (visit.id, visit.client_id) == (billed.id, keep.id)
    assert (await ClientSession.get(id=session.id)).attendance_id == billed.id
    assert (await ClientSession.get(id=undone.id)).attendance_id == billed.id


async def test_two_billed_visits_at_one_appointment_are_refused_and_nothing_moves() -> None:
    keep, other = await two()
    await an_appointment(keep, other)
    for client in (keep, other):
        await a_session(client, attendance=await Attendance.get(client=client))
    with pytest.raises(BothBilled) as refusal:
        await merge_clients(keep.id, other.id, by=OWNER, now=NOW)
    assert "Oct 12" in refusal.value.told()
    assert (await Client.get(id=other.id)).merged_into_id is None
    assert await Attendance.filter(client=other).count() == 1


async def test_diagnoses_come_behind_and_the_lines_of_both_mean_the_same_as_before() -> None:
    keep, other = await two()
    await a_diagnosis(keep, "F33.1", 1)
    await a_diagnosis(other, "F51.01", 1)
    await a_diagnosis(other, "F33.1", 2)
    mine = await a_session(keep, lines=[{"pointers": "A"}])
    theirs = await a_session(other, lines=[{"pointers": "AB"}])
    await merge_clients(keep.id, other.id, by=OWNER, now=NOW)
    codes = [row.code for row in await Diagnosis.filter(client=keep).order_by("position")]
    assert codes == ["F33.1", "F51.01"]
    assert (await ChargeLine.get(session=mine)).pointers == "A"
    assert (await ChargeLine.get(session=theirs)).pointers == "BA"
    assert await Diagnosis.filter(client=other).count() == 0


async def test_the_same_cover_written_twice_becomes_one_and_its_claims_stay() -> None:
    keep, other = await two()
    payer = await a_payer()
    kept, twin = await a_policy(keep, payer), await a_policy(other, payer)
    next_year = await a_policy(other, payer, starts_on=date(2027, 1, 1))
    await Policy.filter(id=kept.id).update(ends_on=date(2026, 12, 31))
    batch = await Batch.create(made_at=NOW)
    claim = await Claim.create(account_number="1", batch=batch, client=other, policy=twin, payer=payer,
                               issued_on=TODAY, total_cents=1, record='{"name": "I."}')  # fmt: skip
    invoice = await Invoice.create(number="2026-0001", batch=batch, client=other, bill_to_name="I. Candlewright",
                                   issued_on=TODAY, due_on=TODAY, total_cents=1, record='{"name": "I."}')  # fmt: skip
    merged = await merge_clients(keep.id, other.id, by=OWNER, now=NOW)
    assert merged.documents == 2
    assert {row.id for row in await Policy.filter(client=keep)} == {kept.id, next_year.id}
    moved = await Claim.get(id=claim.id)
    assert (moved.policy_id, moved.client_id, moved.record) == (kept.id, keep.id, '{"name": "I."}')
    said = await Invoice.get(id=invoice.id)
    assert (said.client_id, said.bill_to_name, said.record) == (keep.id, "I. Candlewright", '{"name": "I."}')


async def test_bill_to_persons_come_along_only_where_there_are_none() -> None:
    keep, other = await two()
    await BillTo.create(client=other, position=1, name="Mother")
    await merge_clients(keep.id, other.id, by=OWNER, now=NOW)
    assert (await BillTo.get(client=keep)).name == "Mother"
    third = await a_client("Third Record")
    await BillTo.create(client=third, position=1, name="Father")
    await merge_clients(keep.id, third.id, by=OWNER, now=NOW)
    assert (await BillTo.get(client=keep)).name == "Mother"
    assert (await BillTo.get(client=third)).name == "Father"


async def test_a_record_is_not_merged_with_itself_nor_twice() -> None:
    keep, other = await two()
    with pytest.raises(FieldRefused):
        await merge_clients(keep.id, keep.id, by=OWNER, now=NOW)
    await merge_clients(keep.id, other.id, by=OWNER, now=NOW)
    with pytest.raises(NotFound):
        await merge_clients(keep.id, other.id, by=OWNER, now=NOW)
    with pytest.raises(NotFound):
        await merge_clients(other.id, keep.id, by=OWNER, now=NOW)


async def test_what_was_merged_before_follows() -> None:
    keep, other = await two()
    first = await a_client("First Record", merged_into=other, archived_at=NOW)
    await merge_clients(keep.id, other.id, by=OWNER, now=NOW)
    assert (await Client.get(id=first.id)).merged_into_id == keep.id
