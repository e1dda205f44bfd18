"""What four programs export is read with the right hours, people and changes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.importing.calendar_file import CalendarOccurrence
from domain.importing.calendar_properties import Attendee
from tests.fixtures.imports.calendar_text import NEW_YORK, exported_by


def when(occurrences: tuple[CalendarOccurrence, ...], title: str) -> list[str]:
    """The New York wall clock of every occurrence with a title that begins so."""
    return [
        one.starts_at.astimezone(NEW_YORK).strftime("%b %d %H:%M") for one in occurrences if one.title.startswith(title)
    ]


@pytest.mark.parametrize("program", ["google", "apple", "outlook", "thunderbird"])
def test_an_export_is_read_without_a_problem(program):
    assert exported_by(program).problems == ()


def test_googles_weekly_session_keeps_its_wall_clock_over_the_end_of_summer_time():
    found = exported_by("google").occurrences
    assert when(found, "Ivy") == [
        "Oct 07 11:00", "Oct 14 11:00", "Oct 21 11:00", "Oct 29 15:00", "Nov 04 11:00", "Nov 18 11:00", "Nov 25 11:00",
    ]  # fmt: skip
    assert found[0].starts_at == datetime(2026, 10, 7, 15, tzinfo=UTC)


def test_a_moved_occurrence_keeps_the_key_of_the_start_it_had():
    moved = next(one for one in exported_by("google").occurrences if one.code == "TELE")
    assert moved.key == ("5k2ivyw7q0c9n3@google.com", "20261028T150000Z")


def test_an_occurrence_cancelled_in_google_is_a_cancelled_row():
    cancelled = [one for one in exported_by("google").occurrences if one.cancelled]
    assert [one.recurrence_id for one in cancelled] == ["20261104T160000Z"]


def test_an_occurrence_deleted_from_its_series_is_named_as_removed():
    assert exported_by("google").removed == (("5k2ivyw7q0c9n3@google.com", "20261111T160000Z"),)


def test_folded_lines_and_escapes_become_the_note_as_typed():
    ivy = exported_by("google").occurrences[0]
    assert ivy.note == (
        "Weekly session. Door code by text message, the day before.\n"
        "Bring the sleep diary – and the “good week” list from September; thank you!"
    )
    assert ivy.location == "12 Imaginary Lane, Nowhere Falls"


def test_invited_people_are_read_and_rooms_are_not():
    ivy = exported_by("google").occurrences[0]
    assert ivy.attendees == (Attendee("Imogen Larkspur", "imogen@example.org"), Attendee("", "ivy@example.com"))


def test_an_all_day_event_is_whole_days_in_the_practices_zone():
    closed = next(one for one in exported_by("google").occurrences if one.all_day)
    assert (closed.title, closed.recurrence_id) == ("Office closed", "")
    assert (closed.starts_at, closed.ends_at) == (
        datetime(2026, 11, 26, 5, tzinfo=UTC),
        datetime(2026, 11, 28, 5, tzinfo=UTC),
    )


def test_apples_series_counts_its_rule_and_adds_its_extra_dates():
    found = exported_by("apple").occurrences  # two in the afternoon in Los Angeles is five in New York
    assert when(found, "Applewick") == [
        "Oct 13 17:00", "Oct 27 17:00", "Nov 10 17:00", "Nov 16 13:00", "Nov 18 13:00", "Nov 24 17:00",
    ]  # fmt: skip


def test_a_time_without_a_zone_is_the_practices_time_and_a_length_gives_the_end():
    intake = next(one for one in exported_by("apple").occurrences if one.title == "Intake")
    assert (intake.starts_at, intake.ends_at) == (
        datetime(2026, 10, 14, 13, tzinfo=UTC),
        datetime(2026, 10, 14, 14, 15, tzinfo=UTC),
    )
    assert intake.attendees == (Attendee("Quillfeather, Fern", "fern@example.com"),)


def test_an_event_without_an_end_ends_when_it_starts():
    call = next(one for one in exported_by("apple").occurrences if one.title == "Call the pharmacy")
    assert call.ends_at == call.starts_at


def test_a_yearly_holiday_is_known_by_its_day():
    holiday = next(one for one in exported_by("apple").occurrences if one.all_day)
    assert (holiday.title, holiday.recurrence_id) == ("Indigenous Peoples’ Day", "20261012")


def test_outlooks_windows_zone_and_its_exceptions_are_understood():
    found = exported_by("outlook").occurrences
    assert when(found, "Milo") == [
        "Oct 13 16:30", "Oct 20 16:30", "Oct 27 16:30", "Nov 03 16:30", "Nov 10 16:30", "Nov 18 09:30",
        "Dec 01 16:30", "Dec 08 16:30", "Dec 15 16:30",
    ]  # fmt: skip
    assert found[0].categories == ("Play therapy", "Blue Category")


def test_a_zone_that_only_the_file_defines_is_taken_from_the_file():
    assert when(exported_by("outlook").occurrences, "Nettie") == ["Nov 05 09:45"]


def test_outlooks_all_day_mark_makes_whole_days_of_utc_times():
    conference = next(one for one in exported_by("outlook").occurrences if one.title == "Conference")
    assert conference.all_day
    assert conference.starts_at == datetime(2026, 11, 9, 5, tzinfo=UTC)


def test_a_meeting_that_outlook_calls_canceled_is_cancelled():
    assert [one.title for one in exported_by("outlook").occurrences if one.cancelled] == ["Canceled: Quince Thimbleton"]


def test_thunderbirds_zone_name_and_bare_days_in_rules_are_understood():
    found = exported_by("thunderbird").occurrences
    assert when(found, "Linus") == ["Oct 30 14:00", "Dec 22 10:00"]
    assert found[-1].recurrence_id == "20261225T190000Z"
    assert found[0].categories == ("Intake", "Couples, family")


def test_a_wholly_cancelled_event_stays_as_a_cancelled_row():
    otto = next(one for one in exported_by("thunderbird").occurrences if one.title.startswith("Otto"))
    assert (otto.cancelled, otto.attendees) == (True, (Attendee("Otto Marmaladski", "otto@example.com"),))


@pytest.mark.parametrize("program", ["google", "apple", "outlook", "thunderbird"])
def test_keys_are_unique_and_the_same_in_every_reading(program):
    first, again = exported_by(program), exported_by(program)
    keys = [one.key for one in first.occurrences]
    assert len(set(keys)) == len(keys)
    assert [(one.key, one.fingerprint) for one in again.occurrences] == [
        (one.key, one.fingerprint) for one in first.occurrences
    ]
