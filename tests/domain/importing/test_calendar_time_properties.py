"""Whatever the zone and the hour, an event keeps its instant and a series its wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tests.fixtures.imports.calendar_text import NEW_YORK, a_calendar, an_event, read

ZONES = st.sampled_from(
    [
        "America/New_York", "America/Los_Angeles", "America/Phoenix", "America/St_Johns", "America/Sao_Paulo", "UTC",
        "Europe/London", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia",
    ]
)  # fmt: skip
WALL_TIMES = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001


def around(moment: datetime, days: int = 2) -> tuple[date, date]:
    return (moment - timedelta(days=days)).date(), (moment + timedelta(days=days)).date()


@settings(deadline=None)
@given(wall=WALL_TIMES, zone=ZONES, minutes=st.integers(0, 600))
def test_an_event_at_any_wall_time_in_any_zone_keeps_its_instants(wall, zone, minutes):
    instant = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    written = Event()
    written.add("UID", "one")
    written.add("DTSTART", instant.astimezone(ZoneInfo(zone)))
    written.add("DTEND", (instant + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone)))
    calendar = Calendar()
    calendar.add_component(written)
    first, last = around(wall)
    found = read(calendar.to_ical(), start=first, end=last)
    fold = instant.astimezone(ZoneInfo(zone)).fold  # a repeated hour can't be told in a file: it is its first run
    if not fold and not (instant + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone)).fold:
        assert [(one.starts_at, one.ends_at) for one in found.occurrences] == [
            (instant, instant + timedelta(minutes=minutes))
        ]


@settings(deadline=None, max_examples=60)
@given(
    first=st.dates(date(2026, 1, 1), date(2027, 6, 30)),
    hour=st.integers(7, 20),
    zone=st.sampled_from(["America/New_York", "America/Los_Angeles", "Europe/Berlin", "Australia/Sydney"]),
    weeks=st.integers(1, 3),
)
def test_a_weekly_session_keeps_its_wall_clock_over_every_clock_change(first, hour, zone, weeks):
    start = f"{first:%Y%m%d}T{hour:02}0000"
    raw = a_calendar(an_event(f"RRULE:FREQ=WEEKLY;INTERVAL={weeks};COUNT=20", DTSTART=f";TZID={zone}:{start}"))
    found = read(raw, start=date(2025, 12, 1), end=date(2029, 12, 31)).occurrences
    walls = [one.starts_at.astimezone(ZoneInfo(zone)) for one in found]
    assert [wall.date() for wall in walls] == [first + timedelta(weeks=weeks * number) for number in range(20)]
    assert {(wall.hour, wall.minute) for wall in walls} == {(hour, 0)}
    assert [one.recurrence_id for one in found] == [one.starts_at.strftime("%Y%m%dT%H%M%SZ") for one in found]


@settings(deadline=None, max_examples=60)
@given(
    removed=st.sets(st.integers(0, 9)),
    moved=st.dictionaries(st.integers(0, 9), st.integers(-72, 72), max_size=4),
    cut=st.integers(0, 70),
)
def test_neither_exceptions_nor_the_range_ever_change_a_key(removed, moved, cut):
    begin = datetime(2026, 10, 5, 9, tzinfo=NEW_YORK)  # ten Mondays, over November 1
    originals = [(begin + timedelta(weeks=number)) for number in range(10)]
    local = "%Y%m%dT%H%M%S"
    series = an_event(
        "RRULE:FREQ=WEEKLY;COUNT=10",
        *(f"EXDATE;TZID=America/New_York:{originals[number].strftime(local)}" for number in sorted(removed)),
        DTSTART=f";TZID=America/New_York:{begin.strftime(local)}",
    )
    changed = [
        an_event(
            f"RECURRENCE-ID;TZID=America/New_York:{originals[number].strftime(local)}",
            DTSTART=f";TZID=America/New_York:{(originals[number] + timedelta(hours=hours)).strftime(local)}",
        )
        for number, hours in moved.items()
        if number not in removed
    ]
    raw = a_calendar(series, *changed)
    keys = {originals[number].astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for number in set(range(10)) - removed}
    whole = read(raw, start=date(2026, 9, 1), end=date(2027, 1, 31)).occurrences
    assert {one.recurrence_id for one in whole} == keys
    assert len(whole) == len(keys)
    until = date(2026, 10, 1) + timedelta(days=cut)
    parts = [
        *read(raw, start=date(2026, 9, 1), end=until).occurrences,
        *read(raw, start=until + timedelta(days=1), end=date(2027, 1, 31)).occurrences,
    ]
    assert {(one.key, one.starts_at) for one in parts} == {(one.key, one.starts_at) for one in whole}
    assert len(parts) == len(whole)
