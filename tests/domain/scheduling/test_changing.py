"""Changing, moving, marking and deleting; and what stays as billed."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain import scheduling
from domain.errors import ChangedMeanwhile, LockedByBilling, NotFound, Refused
from domain.scheduling import BilledBefore, MemberDraft
from domain.sending import send_to_billing
from storage.changes import listen
from storage.models import Appointment, Attendance, ClientSession
from tests.fixtures.builders import (
    MONDAY_NINE,
    NOW,
    OWNER,
    a_client,
    a_provider,
    a_service_code,
    a_session,
    an_appointment,
    an_attendance,
)

pytestmark = pytest.mark.usefixtures("practice_db")
BY = {"by": OWNER, "now": NOW}


async def billed(attendance: Attendance, **but) -> ClientSession:
    return await a_session(await attendance.client, attendance=attendance, **but)


async def draft_of(attendance: Attendance) -> scheduling.AppointmentDraft:
    return await scheduling.draft_of(attendance.appointment_id, seen_by=OWNER)


async def a_group() -> tuple[Appointment, list[Attendance]]:
    clients = [await a_client("Ash Reed"), await a_client("Elm Stone"), await a_client("Ivy Vale")]
    group = await an_appointment(*clients, status="scheduled")
    return group, await Attendance.filter(appointment=group).order_by("id")


async def test_every_part_of_an_unbilled_appointment_can_change():
    seen = await an_attendance()
    other, provider, code = await a_client("Elm Stone"), await a_provider(), await a_service_code("IN45")
    draft = await draft_of(seen)
    changed = replace(
        draft, starts_at=draft.starts_at + timedelta(hours=1), ends_at=draft.ends_at + timedelta(hours=2),
        provider_id=provider.id, note="Moved", members=[MemberDraft(client_id=other.id, service_code_id=code.id)],
    )  # fmt: skip
    await scheduling.change(changed, **BY)
    # The code is the client's; the appointment's own counts only for groups and without clients.
    assert await draft_of(seen) == replace(changed, version=2, service_code_id=None)


async def test_a_change_on_top_of_someone_elses_is_told_before_it_is_kept():
    seen = await an_attendance()
    mine, theirs = await draft_of(seen), await draft_of(seen)
    await scheduling.change(replace(theirs, note="Theirs"), **BY)
    with pytest.raises(ChangedMeanwhile):
        await scheduling.change(replace(mine, note="Mine"), **BY)
    assert (await draft_of(seen)).note == "Theirs"


async def test_a_mark_made_meanwhile_counts_as_a_change():
    seen = await an_attendance()
    draft = await draft_of(seen)
    await scheduling.set_status("no_show", attendances=[seen.id], **BY)
    with pytest.raises(ChangedMeanwhile):
        await scheduling.change(replace(draft, note="Mine"), **BY)


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": MONDAY_NINE - timedelta(minutes=5)},
        {"ends_at": MONDAY_NINE + timedelta(hours=2)},
        {"held_as": "phone"},
        {"kind": "family"},
        {"provider_id": 99},
        {"members": []},
    ],
)
async def test_a_billed_appointment_keeps_what_its_session_was_made_from(change):
    seen = await an_attendance()
    session = await billed(seen)
    draft = await draft_of(seen)
    with pytest.raises(LockedByBilling) as refused:
        await scheduling.change(replace(draft, **change), **BY)
    assert refused.value.told() == (
        f"Rowan Applewick's appointment was sent to billing as session {session.id}. "
        "Remove that session first to change it."
    )
    assert await draft_of(seen) == draft


async def test_the_note_of_a_billed_appointment_may_change():
    seen = await an_attendance()
    await billed(seen)
    draft = await draft_of(seen)
    await scheduling.change(replace(draft, note="Guardian joins", title="Family talk"), **BY)
    assert (await draft_of(seen)).note == "Guardian joins"


async def test_a_billed_client_keeps_status_and_code():
    seen = await an_attendance()
    await billed(seen)
    with pytest.raises(LockedByBilling):
        await scheduling.set_status("no_show", attendances=[seen.id], **BY)
    with pytest.raises(LockedByBilling):
        await scheduling.set_service_code(None, attendances=[seen.id], **BY)
    with pytest.raises(LockedByBilling):
        await scheduling.cancel(seen.appointment_id, **BY)
    assert (await Attendance.get(id=seen.id)).status == "completed"


async def test_a_removed_session_unlocks_the_appointment():
    seen = await an_attendance()
    await billed(seen, undone_at=NOW)
    await scheduling.set_status("no_show", attendances=[seen.id], **BY)
    draft = await draft_of(seen)
    await scheduling.change(replace(draft, starts_at=draft.starts_at + timedelta(minutes=10)), **BY)
    assert (await Attendance.get(id=seen.id)).status == "no_show"


async def test_in_a_group_the_unbilled_can_still_be_changed():
    group, (sent, waiting, going) = await a_group()
    await billed(sent)
    draft = await scheduling.draft_of(group.id, seen_by=OWNER)
    draft.members[1].status = "no_show"
    del draft.members[2]
    draft.members.append(MemberDraft(client_id=(await a_client("New Face")).id))
    await scheduling.change(draft, **BY)
    assert (await Attendance.get(id=waiting.id)).status == "no_show"
    assert not await Attendance.filter(id=going.id).exists()
    assert (await Attendance.get(id=sent.id)).status == "scheduled"


async def test_in_a_group_the_billed_ones_place_and_the_time_are_locked():
    group, (sent, *_) = await a_group()
    await billed(sent)
    draft = await scheduling.draft_of(group.id, seen_by=OWNER)
    for change in (
        {"members": draft.members[1:]},
        {"members": [replace(draft.members[0], status="no_show"), *draft.members[1:]]},
        {"starts_at": draft.starts_at - timedelta(minutes=15)},
    ):
        with pytest.raises(LockedByBilling):
            await scheduling.change(replace(draft, **change), **BY)


async def test_whoever_was_billed_once_stays_on_record():
    group, (sent, *_) = await a_group()
    session = await billed(sent, undone_at=NOW)
    draft = await scheduling.draft_of(group.id, seen_by=OWNER)
    with pytest.raises(BilledBefore) as refused:
        await scheduling.change(replace(draft, members=draft.members[1:]), **BY)
    assert refused.value.told() == (
        f"Ash Reed's appointment was billed before as session {session.id}, so it stays on record. Cancel it instead."
    )
    with pytest.raises(BilledBefore):
        await scheduling.delete(group.id, **BY)


async def test_an_archived_provider_may_stay_but_not_be_chosen():
    seen = await an_attendance()
    draft = await draft_of(seen)
    await (await (await Appointment.get(id=seen.appointment_id)).provider).update_from_dict({"archived_at": NOW}).save()
    await scheduling.change(replace(draft, note="Still hers"), **BY)
    other = await a_provider(archived_at=NOW)
    with pytest.raises(Refused):
        await scheduling.change(replace(await draft_of(seen), provider_id=other.id), **BY)


async def test_a_drag_moves_time_and_provider():
    seen = await an_attendance()
    provider = await a_provider()
    later = MONDAY_NINE + timedelta(hours=3)
    span = {"starts_at": later, "ends_at": later + timedelta(minutes=25), "provider_id": provider.id}
    await scheduling.move(seen.appointment_id, 1, **span, **BY)
    draft = await draft_of(seen)
    assert (draft.starts_at, draft.ends_at, draft.provider_id, draft.version) == (*span.values(), 2)
    with pytest.raises(ChangedMeanwhile):
        await scheduling.move(seen.appointment_id, 1, **span, **BY)


async def test_a_drag_of_a_billed_appointment_is_refused():
    seen = await an_attendance()
    await billed(seen)
    with pytest.raises(LockedByBilling):
        await scheduling.move(
            seen.appointment_id, 1, starts_at=NOW, ends_at=NOW + timedelta(hours=1), provider_id=1, **BY
        )


@pytest.mark.parametrize("first", ["move", "send"])
async def test_a_move_and_a_send_at_once_never_leave_a_session_of_another_time(first):
    seen = await an_attendance()
    later = MONDAY_NINE + timedelta(hours=1)
    moving = scheduling.move(
        seen.appointment_id, 1, starts_at=later, ends_at=later + timedelta(minutes=50), provider_id=1, **BY
    )
    sending = send_to_billing([seen.id], **BY)
    both = [moving, sending] if first == "move" else [sending, moving]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert all(not isinstance(one, Exception) or isinstance(one, LockedByBilling) for one in outcomes)
    session, appointment = await ClientSession.get(), await Appointment.get()
    assert session.starts_at == appointment.starts_at


async def test_an_appointment_without_clients_has_a_status_and_code_of_its_own():
    code = await a_service_code("SUPV")
    provider = await a_provider()
    draft = scheduling.AppointmentDraft(
        starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + timedelta(hours=1), kind="none", title="Supervision",
        provider_id=provider.id,
    )  # fmt: skip
    made = await scheduling.book(draft, **BY)
    await scheduling.set_service_code(code.id, appointment=made, **BY)
    await scheduling.cancel(made, **BY)
    kept = await Appointment.get(id=made)
    assert (kept.service_code_id, kept.status, kept.version) == (code.id, "canceled", 3)


async def test_canceling_leaves_those_who_already_had_canceled():
    group, (first, second, third) = await a_group()
    await scheduling.set_status("canceled", attendances=[first.id], **BY)
    await scheduling.cancel(group.id, late=True, **BY)
    statuses = await Attendance.filter(appointment=group).order_by("id").values_list("status", flat=True)
    assert statuses == ["canceled", "late_canceled", "late_canceled"]
    assert {second.id, third.id}


async def test_a_mark_is_announced_with_its_appointment():
    seen = await an_attendance()
    heard = []
    stop = listen(heard.append)
    await scheduling.set_status("arrived", attendances=[seen.id], **BY)
    stop()
    assert heard == [{"appointment": frozenset({seen.appointment_id})}]


async def test_a_deleted_appointment_can_be_put_back():
    group, members = await a_group()
    await group.update_from_dict({"calendar_uid": "abc@example", "imported_as": "fingerprint"}).save()
    before = await scheduling.draft_of(group.id, seen_by=OWNER)
    deleted = await scheduling.delete(group.id, **BY)
    assert not await Appointment.exists()
    assert not await Attendance.exists()
    again = await scheduling.put_back(deleted, **BY)
    assert replace(await scheduling.draft_of(again, seen_by=OWNER), id=0, version=0) == replace(before, id=0, version=0)
    assert (await Appointment.get(id=again)).calendar_uid == "abc@example"
    assert len(members) == 3


async def test_what_is_gone_is_said_to_be_gone():
    seen = await an_attendance()
    draft = await draft_of(seen)
    await scheduling.delete(seen.appointment_id, **BY)
    for act in (
        scheduling.change(draft, **BY),
        scheduling.cancel(seen.appointment_id, **BY),
        scheduling.set_status("arrived", attendances=[seen.id], **BY),
        scheduling.delete(seen.appointment_id, **BY),
    ):
        with pytest.raises(NotFound):
            await act
