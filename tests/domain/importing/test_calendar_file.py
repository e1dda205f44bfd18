"""The rules of reading a calendar file, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.importing.calendar_file import code_in
from tests.fixtures.imports.calendar_text import a_calendar, an_event, read


def starts(raw: bytes, **but) -> list[str]:
    return [one.starts_at.strftime("%m-%d %H:%M") for one in read(raw, **but).occurrences]


@pytest.mark.parametrize(
    ("tzid", "utc"),
    [
        ("America/New_York", "10-14 15:00"),
        ("Eastern Standard Time", "10-14 15:00"),
        ("eastern standard time", "10-14 15:00"),
        ("W. Europe Standard Time", "10-14 09:00"),
        ('"(UTC-05:00) Eastern Time (US & Canada)"', "10-14 15:00"),
        ("(GMT-08:00) Pacific Time (US & Canada)", "10-14 18:00"),
        ("US/Central", "10-14 16:00"),
        ("tzone://Microsoft/Utc", "10-14 11:00"),
        ("/freeassociation.sourceforge.net/Tzfile/America/Denver", "10-14 17:00"),
        ("/softwarestudio.org/Olson_20011030_5/America/Argentina/Buenos_Aires", "10-14 14:00"),
    ],
)
def test_a_zone_is_known_by_every_name_that_programs_give_it(tzid, utc):
    found = read(a_calendar(an_event(DTSTART=f";TZID={tzid}:20261014T110000")))
    assert [one.starts_at.strftime("%m-%d %H:%M") for one in found.occurrences] == [utc]
    assert found.problems == ()


def test_an_unknown_zone_is_told_and_the_practices_taken():
    found = read(a_calendar(an_event(DTSTART=";TZID=Narnia:20261014T110000")))
    assert found.occurrences[0].starts_at == datetime(2026, 10, 14, 15, tzinfo=UTC)
    (problem,) = found.problems
    assert not problem.left_out
    assert problem.sentence == (
        "The time zone “Narnia” of “Ivy Candlewright” is not known. "
        "The practice's own (America/New_York) was taken: check the time."
    )


def test_the_calendars_own_zone_is_meant_by_times_without_one():
    raw = a_calendar(an_event(DTSTART="20261014T110000"), head=("X-WR-TIMEZONE:America/Chicago",))
    assert starts(raw) == ["10-14 16:00"]


def test_the_file_of_one_practice_does_not_change_the_zones_of_another():
    def zoned(hours: str) -> bytes:
        standard = (
            f"BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:{hours}\r\nTZOFFSETTO:{hours}\r\nEND:STANDARD"
        )
        zone = f"BEGIN:VTIMEZONE\r\nTZID:Ours\r\n{standard}\r\nEND:VTIMEZONE"
        return a_calendar(zone, an_event(DTSTART=";TZID=Ours:20261014T110000"))

    assert starts(zoned("-0300")) == ["10-14 14:00"]
    assert starts(zoned("-0800")) == ["10-14 19:00"]


def test_the_range_holds_its_first_and_last_day_as_they_go_in_the_practices_zone():
    raw = a_calendar(
        an_event(UID="a", DTSTART="20261001T035959Z"),  # still September 30 in New York
        an_event(UID="b", DTSTART="20261001T040000Z"),
        an_event(UID="c", DTSTART="20261101T035959Z"),  # October 31
        an_event(UID="d", DTSTART="20261101T040000Z"),
    )
    found = read(raw, start=date(2026, 10, 1), end=date(2026, 10, 31))
    assert [one.uid for one in found.occurrences] == ["b", "c"]


def test_an_occurrence_moved_into_the_range_is_in_it_and_one_moved_out_is_not():
    series = an_event("RRULE:FREQ=WEEKLY", DTSTART=";TZID=America/New_York:20260902T110000")
    into = an_event("RECURRENCE-ID;TZID=America/New_York:20260923T110000", DTSTART="20261005T130000Z")
    out = an_event("RECURRENCE-ID;TZID=America/New_York:20261028T110000", DTSTART="20261102T130000Z")
    found = read(a_calendar(series, into, out), start=date(2026, 10, 1), end=date(2026, 10, 31))
    assert [one.recurrence_id for one in found.occurrences] == [
        "20260923T150000Z", "20261007T150000Z", "20261014T150000Z", "20261021T150000Z",
    ]  # fmt: skip


def test_a_change_of_this_and_all_later_ones_keeps_every_original_start_as_key():
    series = an_event("RRULE:FREQ=WEEKLY;COUNT=4", DTSTART=";TZID=America/New_York:20261021T110000")
    later = an_event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/New_York:20261028T110000",
        DTSTART=";TZID=America/New_York:20261028T140000",
    )
    found = read(a_calendar(series, later)).occurrences
    assert [(one.recurrence_id, one.starts_at.strftime("%m-%d %H:%M")) for one in found] == [
        ("20261021T150000Z", "10-21 15:00"),
        ("20261028T150000Z", "10-28 18:00"),
        ("20261104T160000Z", "11-04 19:00"),
        ("20261111T160000Z", "11-11 19:00"),
    ]


def test_an_exception_is_the_same_key_whatever_zone_it_is_written_in():
    series = an_event("RRULE:FREQ=WEEKLY;COUNT=2", DTSTART=";TZID=America/New_York:20261014T110000")
    in_utc = an_event("RECURRENCE-ID:20261021T150000Z", SUMMARY="Moved", DTSTART="20261022T150000Z")
    found = read(a_calendar(series, in_utc)).occurrences
    assert [(one.title, one.recurrence_id) for one in found] == [
        ("Ivy Candlewright", "20261014T150000Z"),
        ("Moved", "20261021T150000Z"),
    ]


def test_an_exception_that_names_only_its_day_replaces_that_days_occurrence():
    series = an_event("RRULE:FREQ=WEEKLY;COUNT=2", DTSTART=";TZID=America/New_York:20261014T110000")
    moved = an_event("RECURRENCE-ID;VALUE=DATE:20261021", DTSTART="20261022T150000Z")
    assert [one.recurrence_id for one in read(a_calendar(series, moved)).occurrences] == [
        "20261014T150000Z",
        "20261021T150000Z",
    ]


def test_an_exception_whose_series_is_not_in_the_file_stands_alone():
    raw = a_calendar(an_event("RECURRENCE-ID:20261013T150000Z"))
    assert [one.recurrence_id for one in read(raw).occurrences] == ["20261013T150000Z"]


@pytest.mark.parametrize("until", ["20261104", "20261104T110000", "20261104T160000Z"])
def test_the_last_day_of_a_rule_counts_however_it_is_written(until):
    raw = a_calendar(an_event(f"RRULE:FREQ=WEEKLY;UNTIL={until}", DTSTART=";TZID=America/New_York:20261028T110000"))
    assert starts(raw) == ["10-28 15:00", "11-04 16:00"]


def test_a_series_that_began_years_ago_is_expanded_only_inside_the_range():
    raw = a_calendar(an_event("RRULE:FREQ=WEEKLY;BYDAY=WE", DTSTART=";TZID=America/New_York:20190102T110000"))
    assert len(starts(raw, start=date(2026, 10, 1), end=date(2026, 10, 31))) == 4


def test_a_length_is_exact_hours_over_a_clock_change():
    raw = a_calendar(an_event("DURATION:PT2H", DTSTART=";TZID=America/New_York:20261101T003000"))
    (one,) = read(raw).occurrences
    assert (one.ends_at - one.starts_at).total_seconds() == 7200


def test_an_hour_that_the_clocks_skip_is_taken_as_the_clock_ran_before():
    raw = a_calendar(an_event(DTSTART=";TZID=America/New_York:20260308T023000"))
    assert starts(raw, start=date(2026, 3, 1), end=date(2026, 3, 31)) == ["03-08 07:30"]


def test_an_all_day_event_whose_end_is_its_own_day_lasts_that_day():
    raw = a_calendar(an_event(DTSTART=";VALUE=DATE:20261014", DTEND=";VALUE=DATE:20261014"))
    (one,) = read(raw).occurrences
    assert (one.ends_at - one.starts_at).total_seconds() == 86_400


def test_the_newer_of_two_copies_is_taken_and_the_other_told():
    raw = a_calendar(an_event("SEQUENCE:2", SUMMARY="New"), an_event("SEQUENCE:1", SUMMARY="Old"))
    found = read(raw)
    assert [one.title for one in found.occurrences] == ["New"]
    assert [(problem.line, problem.sentence) for problem in found.problems] == [
        (9, "“Old” is in the file again on line 3. The newer one was taken.")
    ]


def test_an_event_without_uid_gets_the_same_key_in_every_export():
    first = read(a_calendar(an_event(UID="")))
    again = read(a_calendar(an_event(UID="other"), an_event("LOCATION:Room 2", UID="")))
    assert first.occurrences[0].key in {one.key for one in again.occurrences}


def test_two_joined_calendars_keep_their_own_zones_and_heads():
    one = a_calendar(an_event(UID="a", DTSTART="20261014T110000"), head=("X-WR-TIMEZONE:America/Chicago",))
    two = a_calendar(an_event(UID="b", DTSTART="20261014T110000"), head=("X-WR-CALNAME:Second",))
    found = read(one + two)
    assert [(each.uid, each.starts_at.hour) for each in found.occurrences] == [("b", 15), ("a", 16)]
    assert found.name == "Second"


@pytest.mark.parametrize("ending", [b"\r\n", b"\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(ending, mark):
    raw = mark + a_calendar(an_event("DESCRIPTION:Fol", "  ded")).replace(b"\r\n", ending)
    (one,) = read(raw).occurrences
    assert (one.note, one.line) == ("Fol ded", 3)


def test_a_fold_in_the_middle_of_a_letter_is_mended():
    raw = a_calendar(an_event(SUMMARY="Núria Café")).replace("ú".encode(), b"\xc3\r\n \xba")
    assert read(raw).occurrences[0].title == "Núria Café"


def test_letters_of_an_older_encoding_are_read():
    raw = a_calendar(an_event(SUMMARY="Núria “new”")).decode().encode("cp1252")
    assert read(raw).occurrences[0].title == "Núria “new”"


def test_a_file_in_utf_16_is_read():
    raw = a_calendar(an_event(SUMMARY="Núria")).decode().encode("utf-16")
    assert read(raw).occurrences[0].title == "Núria"


def test_a_note_with_raw_line_breaks_keeps_its_lines():
    raw = a_calendar(an_event("DESCRIPTION:First", "second line"))
    assert read(raw).occurrences[0].note == "First\nsecond line"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Rowan A. #in60", "IN60"),
        ("#TELE Ivy", "TELE"),
        ("Ivy (#FAM)", "FAM"),
        ("Ivy #NS-FEE.", "NS-FEE"),
        ("Ivy #IN60 #TELE", "IN60"),
        ("Room #", ""),
        ("see https://example.com/#top", ""),
        ("C#4 Ivy", ""),
        ("", ""),
    ],
)
def test_the_code_is_the_first_one_marked_in_the_title(title, code):
    assert code_in(title) == code


def test_the_fingerprint_changes_with_what_is_said_and_not_with_the_export():
    (one,) = read(a_calendar(an_event("DTSTAMP:20261001T000000Z"))).occurrences
    (exported_again,) = read(a_calendar(an_event("DTSTAMP:20261124T000000Z", "SEQUENCE:0"))).occurrences
    assert one.fingerprint == exported_again.fingerprint
    assert one.fingerprint != replace(one, cancelled=True).fingerprint
    assert one.fingerprint != replace(one, ends_at=datetime(2026, 10, 14, 12, tzinfo=UTC)).fingerprint


def test_a_practice_in_another_zone_sees_the_same_instant():
    raw = a_calendar(an_event(DTSTART=";TZID=America/New_York:20261014T110000"))
    assert starts(raw, zone=ZoneInfo("Pacific/Honolulu")) == ["10-14 15:00"]
