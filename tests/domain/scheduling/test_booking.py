"""Making appointments: what is kept, what is refused and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain import scheduling
from domain.errors import NotSignedIn, Refused
from domain.scheduling import AppointmentDraft, MemberDraft, Repeat
from storage.changes import listen
from storage.models import Appointment, Attendance, AuditEntry, SignIn
from tests.fixtures.builders import (
    MONDAY_NINE,
    NOW,
    OWNER,
    a_client,
    a_location,
    a_provider,
    a_service_code,
    a_type,
    an_appointment,
)

pytestmark = pytest.mark.usefixtures("practice_db")
BY = {"by": OWNER, "now": NOW}


async def a_draft(**but) -> AppointmentDraft:
    usual = {
        "starts_at": MONDAY_NINE, "ends_at": MONDAY_NINE + timedelta(minutes=50),
        "provider_id": (await a_provider()).id, "members": [MemberDraft(client_id=(await a_client()).id)],
    }  # fmt: skip
    return AppointmentDraft(**usual | but)


async def refused_by(draft: AppointmentDraft) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        await scheduling.book(draft, **BY)
    assert not await Appointment.exists()
    return refused.value.fields


async def test_a_booked_appointment_reads_back_as_its_draft():
    code, place = await a_service_code(), await a_location()
    draft = await a_draft(location_id=place.id, type_id=(await a_type()).id, note="Knock twice", held_as="video")
    draft.members[0].service_code_id = code.id
    made = await scheduling.book(draft, **BY)
    assert await scheduling.draft_of(made, seen_by=OWNER) == replace(draft, id=made)


async def test_a_group_keeps_a_status_and_code_for_each_member_and_one_for_new_members():
    group, other = await a_service_code("GRP"), await a_service_code("TALK")
    members = [
        MemberDraft(client_id=(await a_client("Ash Reed")).id, service_code_id=group.id),
        MemberDraft(client_id=(await a_client("Elm Reed")).id, service_code_id=other.id, status="no_show"),
    ]
    draft = await a_draft(kind="group", title="Teens", members=members, service_code_id=group.id)
    made = await scheduling.book(draft, **BY)
    assert await scheduling.draft_of(made, seen_by=OWNER) == replace(draft, id=made)


async def test_participants_of_a_family_carry_no_code():
    code = await a_service_code("FAM")
    members = [
        MemberDraft(client_id=(await a_client("Ash Reed")).id, service_code_id=code.id),
        MemberDraft(client_id=(await a_client("Elm Reed")).id, service_code_id=code.id, participant=True),
    ]
    made = await scheduling.book(await a_draft(kind="family", members=members, service_code_id=code.id), **BY)
    assert (await Appointment.get(id=made)).service_code_id is None
    kept = await Attendance.filter(appointment_id=made).order_by("id").values_list("participant", "service_code_id")
    assert kept == [(False, code.id), (True, None)]


async def test_booking_is_announced_and_written_down():
    heard = []
    stop = listen(heard.append)
    made = await scheduling.book(await a_draft(), **BY)
    stop()
    assert heard == [{"appointment": frozenset({made})}]
    entry = await AuditEntry.get()
    assert (entry.act, entry.subject_ids, entry.at) == ("booked an appointment", str(made), NOW)


async def test_a_signed_out_person_books_nothing():
    draft = await a_draft()
    await (await SignIn.get()).update_from_dict({"ended_at": NOW}).save()
    with pytest.raises(NotSignedIn):
        await scheduling.book(draft, **BY)
    assert not await Appointment.exists()


async def test_an_empty_draft_says_everything_that_is_missing():
    draft = AppointmentDraft(starts_at=MONDAY_NINE, ends_at=MONDAY_NINE)
    assert await refused_by(draft) == {
        "ends_at": "The end must come after the start.",
        "provider_id": "Choose a provider.",
        "client_id": "Choose a client.",
    }


async def test_an_appointment_without_clients_needs_words():
    assert await refused_by(await a_draft(kind="none", members=[])) == {
        "title": "Write what it is, such as Lunch or Supervision."
    }


async def test_an_appointment_lasts_a_day_at_most():
    draft = await a_draft(ends_at=MONDAY_NINE + timedelta(hours=26))
    assert list(await refused_by(draft)) == ["ends_at"]


async def test_a_couple_has_one_identified_client():
    members = [MemberDraft(client_id=(await a_client()).id), MemberDraft(client_id=(await a_client("B C")).id)]
    assert await refused_by(await a_draft(kind="family", members=members)) == {
        "members": "Choose the one identified client, whose session it becomes."
    }


async def test_a_client_is_in_a_group_once():
    client = await a_client("Ash Reed")
    members = [MemberDraft(client_id=client.id), MemberDraft(client_id=client.id)]
    assert await refused_by(await a_draft(kind="group", members=members)) == {
        "members": "Ash Reed is listed twice. Remove one."
    }


async def test_what_is_archived_is_not_chosen_anew():
    gone = {"archived_at": NOW}
    provider, client = await a_provider(**gone), await a_client(**gone)
    code, place, kind = await a_service_code(**gone), await a_location(**gone), await a_type(**gone)
    draft = await a_draft(
        provider_id=provider.id, location_id=place.id, type_id=kind.id, service_code_id=code.id,
        members=[MemberDraft(client_id=client.id)],
    )  # fmt: skip
    assert list(await refused_by(draft)) == ["provider_id", "location_id", "type_id", "service_code_id", "client_id"]


async def test_a_repeat_makes_plain_appointments_all_or_none():
    draft = await a_draft()
    made = await scheduling.book_repeating(draft, Repeat("two_weeks", 4), **BY)
    kept = await Appointment.filter(id__in=made).order_by("starts_at")
    days = [date(2026, 10, 12), date(2026, 10, 26), date(2026, 11, 9), date(2026, 11, 23)]
    assert [one.starts_at.date() for one in kept] == days
    assert [one.starts_at.hour for one in kept] == [13, 13, 14, 14]  # nine on the wall, also after November 1
    assert await Attendance.all().count() == 4
    with pytest.raises(Refused):
        await scheduling.book_repeating(replace(draft, provider_id=None), Repeat("week", 4), **BY)
    assert await Appointment.all().count() == 4


async def test_book_next_is_the_same_again_for_those_who_still_come():
    code = await a_service_code()
    draft = await a_draft(note="Brought a letter", kind="group")
    gone = MemberDraft(client_id=(await a_client("Gone Away")).id, status="canceled")
    draft.members = [replace(draft.members[0], status="completed", service_code_id=code.id), gone]
    later = MONDAY_NINE + timedelta(weeks=1)
    again = scheduling.next_of(replace(draft, id=5, version=3), starts_at=later, ends_at=later + timedelta(minutes=50))
    assert (again.id, again.version, again.note) == (None, 1, "")
    assert again.members == [replace(draft.members[0], status="scheduled", service_code_id=code.id)]


async def test_a_new_draft_starts_as_the_client_was_seen_last():
    code = await a_service_code(default_minutes=45)
    client, provider, place = await a_client(), await a_provider(), await a_location()
    await an_appointment(client, service_code=code, provider=provider, location=place, held_as="video")
    draft = await scheduling.new_draft(NOW, client_id=client.id, seen_by=OWNER)
    assert (draft.provider_id, draft.location_id, draft.held_as) == (provider.id, place.id, "video")
    assert draft.members == [MemberDraft(client_id=client.id, service_code_id=code.id)]
    assert draft.ends_at - draft.starts_at == timedelta(minutes=45)


async def test_a_new_draft_of_a_new_client_takes_their_own_provider_and_the_types_minutes():
    await a_provider()
    own = await a_provider(first_name="Nell")
    await a_type(default_minutes=30)
    client = await a_client(default_provider=own)
    draft = await scheduling.new_draft(NOW, client_id=client.id, seen_by=OWNER)
    assert (draft.provider_id, draft.ends_at - draft.starts_at) == (own.id, timedelta(minutes=30))
