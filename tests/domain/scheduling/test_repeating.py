"""Repeats: which days, and the same time on the wall."""

from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scheduling.drafts import AppointmentDraft, MemberDraft
from domain.scheduling.refusals import RepeatsTooOften
from domain.scheduling.repeating import Repeat, days_from, occurrences
from domain.scheduling.wall_clock import NoSuchTime, instant_of, wall_of

NEW_YORK = ZoneInfo("America/New_York")


def a_draft(day: date, at: time = time(9, 0), *, status: str = "scheduled") -> AppointmentDraft:
    start = instant_of(day, at, NEW_YORK)
    return AppointmentDraft(
        starts_at=start, ends_at=start + timedelta(minutes=50), provider_id=1,
        members=[MemberDraft(client_id=1, status=status, service_code_id=7)],
    )  # fmt: skip


def test_every_month_keeps_the_second_wednesday():
    days = list(islice(days_from(date(2026, 10, 14), "month"), 4))
    assert days == [date(2026, 10, 14), date(2026, 11, 11), date(2026, 12, 9), date(2027, 1, 13)]


def test_a_fifth_weekday_is_the_last_where_a_month_has_four():
    days = list(islice(days_from(date(2026, 10, 29), "month"), 3))
    assert days == [date(2026, 10, 29), date(2026, 11, 26), date(2026, 12, 31)]


def test_the_first_stays_as_it_was_and_the_others_are_not_yet_held():
    made = occurrences(a_draft(date(2026, 10, 14), status="completed"), Repeat("week", 3), NEW_YORK)
    assert [one.members[0].status for one in made] == ["completed", "scheduled", "scheduled"]
    assert [one.members[0].service_code_id for one in made] == [7, 7, 7]


@pytest.mark.parametrize("times", [-1, 0, 1, 61])
def test_a_repeat_makes_from_2_to_60(times):
    with pytest.raises(RepeatsTooOften):
        occurrences(a_draft(date(2026, 10, 14)), Repeat("week", times), NEW_YORK)


def test_a_repeat_into_a_skipped_hour_names_the_day():
    with pytest.raises(NoSuchTime) as refused:
        occurrences(a_draft(date(2026, 3, 1), time(2, 15)), Repeat("week", 3), NEW_YORK)
    assert "Sun, Mar 8" in refused.value.told()


@given(
    day=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    hour=st.integers(6, 21),
    every=st.sampled_from(["week", "two_weeks", "month"]),
    times=st.integers(2, 60),
)
def test_a_repeat_keeps_the_time_on_the_wall_over_clock_changes(day, hour, every, times):
    made = occurrences(a_draft(day, time(hour, 0)), Repeat(every, times), NEW_YORK)
    assert {wall_of(one.starts_at, NEW_YORK).time() for one in made} == {time(hour, 0)}
    assert {wall_of(one.ends_at, NEW_YORK).time() for one in made} == {time(hour, 50)}
    assert {wall_of(one.starts_at, NEW_YORK).weekday() for one in made} == {day.weekday()}
    assert len({one.starts_at for one in made}) == times
    assert datetime.combine(day, time(hour)) == wall_of(made[0].starts_at, NEW_YORK)
