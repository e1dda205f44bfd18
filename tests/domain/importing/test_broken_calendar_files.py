"""What is wrong in a calendar file is told by line, and never stops the rest."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.importing.calendar_file import MOST_OCCURRENCES
from domain.importing.chosen_file import NotACalendarFile
from tests.fixtures.imports.calendar_text import HERE, a_calendar, an_event, read

GOOD = an_event(UID="good@example.com", SUMMARY="Poppy Larkwhistle")


def refused(raw: bytes) -> str:
    with pytest.raises(NotACalendarFile) as refusal:
        read(raw)
    assert refusal.value.at == "file"
    return refusal.value.told()


def zipped(name: str) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(name, "content")
    return kept.getvalue()


HOW = "Export the calendar as an .ics file and choose that."


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", f"This file is empty. {HOW}"),
        (b"\xef\xbb\xbf \r\n", f"This file is empty. {HOW}"),
        (b"%PDF-1.7 ...", f"This is a PDF, not a calendar file. {HOW}"),
        (zipped("xl/workbook.xml"), f"This is an Excel workbook, not a calendar file. {HOW}"),
        (zipped("calendar.ics"), "This is a ZIP file, not a calendar file. Unpack it and choose the file inside."),
        (b"<!DOCTYPE html><html></html>", f"This is a web page, not a calendar file. {HOW}"),
        (b"Name,Birth date\nIvy,5/4/1991\n", f"This file holds no calendar. {HOW}"),
        (b"BEGIN:VCARD\nFN:Ivy\nEND:VCARD\n", f"This file holds no calendar. {HOW}"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(raw, sentence):
    assert refused(raw) == sentence


def test_a_file_over_20_mb_is_refused():
    assert refused(b"BEGIN:VCALENDAR\r\n" + b"X" * 20_000_001).startswith("This file is larger than 20 MB.")


def test_a_calendar_without_events_is_an_empty_list():
    found = read(a_calendar())
    assert (found.occurrences, found.problems) == ((), ())


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (an_event(DTSTART=""), "“Ivy Candlewright” has no start. Give it a date and time in the calendar."),
        (
            an_event(DTSTART="yesterday"),
            "“Ivy Candlewright” has a date or time that can't be read: DTSTART yesterday on line 6.",
        ),
        (an_event(DTSTART="20261314T090000Z"), "can't be read: DTSTART 20261314T090000Z on line 6."),
        (an_event(DTSTART="00010101T090000Z"), "has a date that can't be right: DTSTART 00010101T090000Z on line 6."),
        (an_event(DTEND="20261014T100000Z"), "ends before it starts. Correct its end in the calendar."),
        (an_event("DURATION:P9000W"), "has a length that can't be right: DURATION P9000W on line 7."),
        (an_event("DURATION:-PT1H"), "ends before it starts."),
        (an_event("RRULE:FREQ=SOMETIMES"), "repeats by a rule that can't be read: FREQ=SOMETIMES"),
        (an_event("RRULE:FREQ=SECONDLY"), "repeats more often than daily. Make single events of it in the calendar."),
        (an_event("RRULE:FREQ=WEEKLY;INTERVAL=0"), "repeats by a rule that counts from zero."),
        (an_event("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), "repeats on a day that does not exist."),
        (
            an_event("RRULE:FREQ=DAILY;BYHOUR=9,10,11;BYMINUTE=0,10,20,30,40,50;BYSECOND=0,1"),
            "repeats many times a day.",
        ),
        (an_event("EXDATE:never", "RRULE:FREQ=WEEKLY"), "can't be read: EXDATE never on line 7."),
        ("BEGIN:VEVENT\r\nSUMMARY:Cut off", "This event has no end: the file may have been cut off."),
    ],
)
def test_a_broken_event_is_told_by_its_line_and_the_others_are_read(broken, sentence):
    found = read(a_calendar(broken, GOOD))
    assert [one.uid for one in found.occurrences] == ["good@example.com"]
    (problem,) = found.problems
    assert (problem.line, problem.left_out) == (3, True)
    assert sentence in problem.sentence


def test_a_file_cut_off_in_the_middle_keeps_what_came_whole():
    raw = a_calendar(GOOD, an_event(UID="cut@example.com"))
    found = read(raw[: raw.rindex(b"DTSTART")])
    assert [one.uid for one in found.occurrences] == ["good@example.com"]
    assert [problem.line for problem in found.problems] == [8]


def test_a_file_cut_off_between_two_events_is_told_too():
    raw = a_calendar(GOOD, an_event(UID="cut@example.com"))
    found = read(raw[: raw.rindex(b"BEGIN:VEVENT")])
    assert [one.uid for one in found.occurrences] == ["good@example.com"]
    (problem,) = found.problems
    assert (problem.line, problem.left_out) == (7, True)
    assert problem.sentence == "The file breaks off here; what came after this line is missing. Export the calendar again."


def test_an_attendee_that_cant_be_read_does_not_lose_the_appointment():
    found = read(a_calendar(an_event('ATTENDEE;CN="Ivy:mailto:ivy@example.com')))
    assert len(found.occurrences) == 1


def test_a_bad_part_of_a_zone_definition_makes_the_zone_unknown_and_no_more():
    zone = "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nTZOFFSETTO:nonsense\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    found = read(a_calendar(zone, an_event(DTSTART=";TZID=Ours:20261014T110000")))
    assert len(found.occurrences) == 1
    assert "The time zone “Ours”" in found.problems[0].sentence


def test_more_occurrences_than_a_practice_has_are_cut_and_told():
    daily = [an_event("RRULE:FREQ=DAILY", UID=f"{number}", DTSTART="20261001T120000Z") for number in range(240)]
    found = read(a_calendar(*daily))
    assert len(found.occurrences) == MOST_OCCURRENCES
    (problem,) = found.problems
    assert problem.sentence == (
        "This range holds more than 20,000 appointments. "
        "Only the first 20,000 of the file were read: choose a shorter range for the others."
    )


def test_ten_thousand_events_are_read_in_a_few_seconds():
    event = an_event(
        "DTSTAMP:20261010T000000Z",
        "STATUS:CONFIRMED",
        "DESCRIPTION:A note of a usual length\\, with a comma and a line\\nbreak.",
        "ATTENDEE;CN=Ivy Candlewright;PARTSTAT=ACCEPTED:mailto:ivy@example.com",
        DTSTART=";TZID=America/New_York:20261014T110000",
        DTEND=";TZID=America/New_York:20261014T115000",
    )
    raw = a_calendar(*(event.replace("one@", f"{number}@") for number in range(10_000)))
    begun = time.perf_counter()
    found = read(raw)
    assert len(found.occurrences) == 10_000
    assert time.perf_counter() - begun < 15  # about two seconds on an idle core; the machine may be busy


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_damage_to_a_file_is_more_than_a_refusal_or_a_problem(data):
    program = data.draw(st.sampled_from(["google", "apple", "outlook", "thunderbird"]))
    lines = (HERE / f"{program}.ics").read_bytes().splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        cut = data.draw(st.integers(0, len(lines[place])))
        lines[place] = (
            lines[place][:cut] + data.draw(st.binary(max_size=6)) + lines[place][cut + data.draw(st.integers(0, 4)) :]
        )
    try:
        found = read(b"\r\n".join(lines))
    except NotACalendarFile:
        return
    assert all(one.ends_at >= one.starts_at for one in found.occurrences)
    assert all(problem.line > 0 and problem.sentence for problem in found.problems)
