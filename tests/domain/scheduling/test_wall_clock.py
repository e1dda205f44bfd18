"""Wall time and instants over clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scheduling.wall_clock import NoSuchTime, day_bounds, end_of, instant_of, said_span, wall_of

NEW_YORK = ZoneInfo("America/New_York")
SPRING, FALL = date(2026, 3, 8), date(2026, 11, 1)


def test_a_skipped_hour_is_refused_with_a_sentence():
    with pytest.raises(NoSuchTime) as refused:
        instant_of(SPRING, time(2, 30), NEW_YORK)
    assert refused.value.told() == (
        "2:30 AM does not exist on Sun, Mar 8: the clocks go forward in that hour. Choose another time."
    )
    assert refused.value.at == "starts_at"


def test_an_hour_that_comes_twice_means_the_first():
    assert instant_of(FALL, time(1, 30), NEW_YORK) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_an_end_comes_after_its_start_also_in_the_hour_that_comes_twice():
    start = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert end_of(FALL, time(1, 20), NEW_YORK, after=start) == datetime(2026, 11, 1, 6, 20, tzinfo=UTC)


def test_an_end_past_midnight_is_the_next_days():
    start = instant_of(date(2026, 10, 14), time(23, 30), NEW_YORK)
    assert end_of(date(2026, 10, 14), time(0, 20), NEW_YORK, after=start) - start == timedelta(minutes=50)


def test_the_day_the_clocks_go_back_has_25_hours():
    start, end = day_bounds(FALL, FALL, NEW_YORK)
    assert end - start == timedelta(hours=25)


def test_a_day_whose_midnight_is_skipped_begins_at_its_first_moment():
    start, end = day_bounds(date(2026, 9, 6), date(2026, 9, 6), ZoneInfo("America/Santiago"))
    assert end - start == timedelta(hours=23)


def test_a_span_names_both_halves_of_the_day_only_when_they_differ():
    def span(hour: int, minutes: int) -> str:
        start = datetime(2026, 10, 14, hour, 30, tzinfo=NEW_YORK)
        return said_span(start, start + timedelta(minutes=minutes), NEW_YORK)

    assert (span(9, 50), span(11, 60)) == ("9:30 – 10:20 AM", "11:30 AM – 12:30 PM")


@given(
    day=st.dates(date(2020, 1, 1), date(2035, 12, 31)), at=st.times().map(lambda t: t.replace(microsecond=0)),
    zone=st.sampled_from(["America/New_York", "America/Phoenix", "Europe/Berlin", "Australia/Lord_Howe"]),
)  # fmt: skip
def test_a_wall_time_that_exists_reads_back_as_itself(day, at, zone):
    known = ZoneInfo(zone)
    try:
        instant = instant_of(day, at, known)
    except NoSuchTime:
        return
    assert wall_of(instant, known) == datetime.combine(day, at)
