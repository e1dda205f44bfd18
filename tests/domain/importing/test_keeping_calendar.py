"""Importing a calendar file: matched, kept once, followed on the next import; what was billed is left alone."""

from datetime import date, datetime, timedelta

import pytest

from domain import scheduling
from domain.importing.calendar_file import read_calendar
from domain.importing.calendar_preview import CalendarPreview, held_as, preview_calendar, verdict
from domain.importing.keeping import ImportedCalendar, Plan, keep_calendar
from storage.models import Appointment, Attendance
from storage.transactions import one_transaction
from tests.fixtures.builders import (
    NOW,
    OWNER,
    ZONE,
    a_client,
    a_location,
    a_provider,
    a_service_code,
    a_session,
    a_type,
)

pytestmark = pytest.mark.usefixtures("practice_db")


def an_event(uid: str, title: str, start: str, end: str = "", *more: str) -> str:
    lines = [f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART;TZID=America/New_York:{start}", *more]
    if end:
        lines.append(f"DTEND;TZID=America/New_York:{end}")
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def a_file(*events: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""]).encode()


async def previewed(*events: str) -> CalendarPreview:
    file = read_calendar(a_file(*events), zone=ZONE, start=date(2026, 9, 1), end=date(2026, 12, 31))
    return await preview_calendar(file, seen_by=OWNER)


async def imported(*events: str, **plan) -> ImportedCalendar:
    preview = await previewed(*events)
    usual = {"provider_id": (await a_provider()).id}
    return await keep_calendar(preview.rows, preview.taken_out, Plan(**usual | plan), by=OWNER, now=NOW)


async def verdicts(*events: str) -> list[tuple[str, str]]:
    preview = await previewed(*events)
    told = [verdict(row, ZONE, preview.clients) for row in preview.rows]
    return [(one.state, one.sentence) for one in told]


ROWAN = an_event("a@x", "Rowan Applewick #IN60", "20261012T090000", "20261012T095000")
ROWAN_LATER = an_event("a@x", "Rowan Applewick #IN60", "20261012T100000", "20261012T105000")
ROWAN_CANCELED = an_event("a@x", "Rowan Applewick #IN60", "20261012T090000", "20261012T095000", "STATUS:CANCELLED")


async def test_an_event_becomes_the_appointment_of_the_client_it_names():
    client, code = await a_client("Rowan Applewick"), await a_service_code("IN60")
    kind, place, provider = await a_type(), await a_location(), await a_provider()
    done = await imported(ROWAN, provider_id=provider.id, type_id=kind.id, location_id=place.id)
    [made] = done.made
    draft = await scheduling.draft_of(made, seen_by=OWNER)
    assert draft.members == [scheduling.MemberDraft(client_id=client.id, service_code_id=code.id)]
    assert (draft.provider_id, draft.type_id, draft.location_id) == (provider.id, kind.id, place.id)
    assert draft.starts_at == datetime(2026, 10, 12, 9, tzinfo=ZONE)
    assert draft.ends_at - draft.starts_at == timedelta(minutes=50)


async def test_the_same_file_again_makes_nothing_and_changes_nothing():
    await a_client("Rowan Applewick")
    await imported(ROWAN)
    before = await Appointment.all().values()
    again = await imported(ROWAN)
    assert (again.made, again.changed, again.canceled, again.unchanged) == ([], [], [], 1)
    assert await Appointment.all().values() == before


async def test_a_change_made_here_stays_when_the_file_says_nothing_new():
    await a_client("Rowan Applewick")
    [made] = (await imported(ROWAN)).made
    draft = await scheduling.draft_of(made, seen_by=OWNER)
    draft.starts_at -= timedelta(minutes=30)
    await scheduling.change(draft, by=OWNER, now=NOW)
    await imported(ROWAN)
    assert (await Appointment.get(id=made)).starts_at == draft.starts_at


async def test_an_event_moved_in_the_calendar_moves_its_appointment():
    await a_client("Rowan Applewick")
    [made] = (await imported(ROWAN)).made
    assert await verdicts(ROWAN_LATER) == [("changes", "The calendar file has it on Mon, Oct 12, 10:00 – 10:50 AM.")]
    assert (await imported(ROWAN_LATER)).changed == [made]
    assert (await Appointment.get(id=made)).starts_at == datetime(2026, 10, 12, 10, tzinfo=ZONE)


async def test_a_canceled_event_cancels_its_appointment_and_may_take_it_back():
    await a_client("Rowan Applewick")
    [made] = (await imported(ROWAN)).made
    assert (await imported(ROWAN_CANCELED)).canceled == [made]
    assert (await Attendance.get(appointment_id=made)).status == "canceled"
    assert (await imported(ROWAN_CANCELED)).unchanged == 1
    await imported(ROWAN)
    assert (await Attendance.get(appointment_id=made)).status == "scheduled"


async def test_a_cancellation_made_here_is_not_taken_back_by_the_file():
    await a_client("Rowan Applewick")
    [made] = (await imported(ROWAN)).made
    await scheduling.cancel(made, by=OWNER, now=NOW)
    await imported(ROWAN_LATER)
    assert (await Attendance.get(appointment_id=made)).status == "canceled"


async def test_a_canceled_event_never_imported_makes_nothing():
    await a_client("Rowan Applewick")
    done = await imported(ROWAN_CANCELED)
    assert (done.made, done.left_out) == ([], 1)


async def test_a_cancellation_leaves_alone_who_was_marked_as_having_come():
    await a_client("Rowan Applewick")
    [made] = (await imported(ROWAN)).made
    attendance = await Attendance.get(appointment_id=made)
    await scheduling.set_status("completed", attendances=[attendance.id], by=OWNER, now=NOW)
    done = await imported(ROWAN_CANCELED)
    assert done.left_alone == [("Rowan Applewick", "Canceled in the calendar, but who came is marked here already.")]
    assert (await Attendance.get(id=attendance.id)).status == "completed"
    assert (await Appointment.get(id=made)).changed_elsewhere == "The calendar file has it as canceled."


async def test_what_was_billed_is_left_alone_flagged_and_reported_until_the_file_agrees_again():
    await a_client("Rowan Applewick")
    [made] = (await imported(ROWAN)).made
    attendance = await Attendance.get(appointment_id=made).select_related("client")
    session = await a_session(attendance.client, attendance=attendance)
    done = await imported(ROWAN_LATER)
    sentence = (
        f"Sent to billing as session {session.id}, so it stays. "
        "The calendar file has it on Mon, Oct 12, 10:00 – 10:50 AM."
    )
    assert (done.changed, done.left_alone) == ([], [("Rowan Applewick", sentence)])
    kept = await Appointment.get(id=made)
    assert kept.starts_at == datetime(2026, 10, 12, 9, tzinfo=ZONE)
    assert kept.changed_elsewhere == "The calendar file has it on Mon, Oct 12, 10:00 – 10:50 AM."
    assert len((await imported(ROWAN_LATER)).left_alone) == 1
    await imported(ROWAN)
    assert (await Appointment.get(id=made)).changed_elsewhere == ""


async def test_a_removed_session_lets_the_next_import_follow():
    await a_client("Rowan Applewick")
    [made] = (await imported(ROWAN)).made
    attendance = await Attendance.get(appointment_id=made).select_related("client")
    session = await a_session(attendance.client, attendance=attendance)
    await imported(ROWAN_LATER)
    async with one_transaction():
        await session.update_from_dict({"undone_at": NOW}).save()
    assert (await imported(ROWAN_LATER)).changed == [made]
    assert (await Appointment.get(id=made)).changed_elsewhere == ""


async def test_what_is_billed_between_preview_and_import_is_left_alone():
    await a_client("Rowan Applewick")
    [made] = (await imported(ROWAN)).made
    preview = await previewed(ROWAN_LATER)
    attendance = await Attendance.get(appointment_id=made).select_related("client")
    await a_session(attendance.client, attendance=attendance)
    done = await keep_calendar(preview.rows, preview.taken_out, Plan(provider_id=1), by=OWNER, now=NOW)
    assert (done.changed, len(done.left_alone)) == ([], 1)


async def test_a_series_loses_the_occurrence_that_the_file_takes_out():
    await a_client("Rowan Applewick")
    series = ("20261012T090000", "20261012T095000", "RRULE:FREQ=WEEKLY;COUNT=3")
    made = (await imported(an_event("s@x", "Rowan Applewick", *series))).made
    assert len(made) == 3
    gone = an_event("s@x", "Rowan Applewick", *series, "EXDATE;TZID=America/New_York:20261019T090000")
    preview = await previewed(gone)
    assert [one.appointment_id for one in preview.taken_out] == [made[1]]
    assert (await imported(gone)).canceled == [made[1]]
    assert (await previewed(gone)).taken_out == []


async def test_an_event_of_nobody_known_waits_for_a_choice():
    await a_client("Ash Reed")
    await a_client("Ash Stone")
    lunch = an_event("l@x", "Lunch", "20261012T120000", "20261012T130000")
    ash = an_event("m@x", "Ash", "20261012T130000", "20261012T135000")
    assert await verdicts(lunch) == [
        ("to_fix", "No client of this name. Choose one, or keep it as time without a client.")
    ]
    assert (await imported(lunch)).left_out == 1
    preview = await previewed(lunch, ash)
    preview.rows[0].without_client = True
    done = await keep_calendar(preview.rows[:1], [], Plan(provider_id=1), by=OWNER, now=NOW)
    kept = await Appointment.get(id=done.made[0])
    assert (kept.kind, kept.title) == ("none", "Lunch")


async def test_two_clients_of_one_name_are_named_in_the_question():
    await a_client("Rowan Applewick", birth_date=date(1991, 5, 4))
    await a_client("Rowan Applewick", birth_date=date(2004, 12, 24))
    told = "It may be Rowan Applewick, 05/04/1991 or Rowan Applewick, 12/24/2004. Choose one."
    assert await verdicts(ROWAN) == [("to_fix", told)]


async def test_an_unknown_code_in_the_title_is_remarked():
    await a_client("Rowan Applewick")
    assert await verdicts(ROWAN) == [("new", "There is no Service Code IN60.")]


async def test_an_all_day_event_is_left_out_unless_chosen():
    holiday = "BEGIN:VEVENT\r\nUID:h@x\r\nSUMMARY:Columbus Day\r\nDTSTART;VALUE=DATE:20261012\r\nEND:VEVENT"
    assert await verdicts(holiday) == [("left_out", "All day.")]


async def test_an_event_without_an_end_lasts_as_long_as_its_service_code():
    await a_client("Rowan Applewick")
    await a_service_code("IN60", default_minutes=60)
    [made] = (await imported(an_event("a@x", "Rowan Applewick #IN60", "20261012T090000"))).made
    kept = await Appointment.get(id=made)
    assert kept.ends_at - kept.starts_at == timedelta(minutes=60)


async def test_hundreds_are_kept_in_parts_that_tell_how_far_they_are():
    await a_client("Rowan Applewick")
    daily = an_event("d@x", "Rowan Applewick", "20260901T090000", "20260901T093000", "RRULE:FREQ=DAILY;COUNT=120")
    evening = an_event("e@x", "Rowan Applewick", "20260901T190000", "20260901T193000", "RRULE:FREQ=DAILY;COUNT=120")
    preview = await previewed(daily, evening)
    told: list[int] = []
    provider = await a_provider()
    done = await keep_calendar(
        preview.rows, [], Plan(provider_id=provider.id), by=OWNER, now=NOW, on_progress=told.append
    )
    assert (len(done.made), told) == (240, [200, 240])
    assert await Attendance.all().count() == 240


@pytest.mark.parametrize(
    ("place", "held"),
    [
        ("https://us02web.zoom.us/j/123", "video"),
        ("Telehealth", "video"),
        ("By phone", "phone"),
        ("Room 2, 1 Main Street", "in_person"),
        ("", "in_person"),
    ],
)
def test_how_it_is_held_is_read_from_the_place(place, held):
    assert held_as(place) == held
