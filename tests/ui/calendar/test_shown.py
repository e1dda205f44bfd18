"""What the calendar calls the days it shows, and where the arrows lead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading.calendar_setup import CalendarSetup
from ui.calendar.shown import VIEWS, Shown, shown_again

TODAY = date(2026, 10, 14)
WEEKDAYS = {1, 2, 3, 4, 5}


def titled(view, day=TODAY, *, used=(), working=WEEKDAYS, week_starts=1) -> str:
    shown = Shown(day=day, view=view, week_starts=week_starts)
    return shown.title(today=TODAY, working_days=working, used=used)


def test_a_title_names_the_days_that_are_shown():
    assert titled("day") == "Wednesday, October 14"
    assert titled("day", date(2027, 1, 4)) == "Monday, January 4, 2027"
    assert titled("week") == "October 12 – 16, 2026"
    assert titled("week", used=[date(2026, 10, 17)]) == "October 12 – 17, 2026"
    assert titled("week", date(2026, 9, 30)) == "September 28 – October 2, 2026"
    assert titled("week", date(2026, 12, 30)) == "December 28, 2026 – January 1, 2027"
    assert titled("month") == "October 2026"


def test_a_practice_that_works_on_sundays_has_its_week_from_sunday():
    assert titled("week", working={1, 2, 3, 4, 5, 7}, week_starts=7) == "October 11 – 16, 2026"


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(list(VIEWS)), st.sampled_from([1, 7]))
def test_the_day_is_always_among_those_shown_and_weeks_are_whole(day, view, week_starts):
    shown = Shown(day=day, view=view, week_starts=week_starts)
    first, after = shown.days()
    assert first <= day < after
    if view != "day":
        assert (after - first).days % 7 == 0
        assert first.isoweekday() == week_starts


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(list(VIEWS)))
def test_forth_and_back_shows_the_same_days_again(day, view):
    shown = Shown(day=day, view=view)
    before = shown.days()
    shown.step(1)
    assert shown.days()[0] > before[0]
    shown.step(-1)
    assert shown.days() == before


@pytest.mark.parametrize(("view", "days"), [("day", 1), ("week", 7), ("list", 7)])
def test_an_arrow_moves_by_what_is_shown(view, days):
    shown = Shown(day=TODAY, view=view)
    shown.step(1)
    assert shown.day == TODAY + timedelta(days=days)


def test_a_browser_shows_again_what_it_showed_but_no_provider_who_left():
    setup = CalendarSetup(
        providers={1: "Imogen Larkspur"}, service_codes={}, types={}, locations={}, usual_type=None, minutes_of_code={},
        minutes_of_type={}, working_days=frozenset(WEEKDAYS), opens_minute=480, closes_minute=1080,
    )  # fmt: skip
    again = shown_again({"view": "month", "provider": 1}, today=TODAY, setup=setup)
    assert (again.view, again.provider_id, again.day) == ("month", 1, TODAY)
    assert again.remembered() == {"view": "month", "provider": 1}
    strange = shown_again({"view": "year", "provider": 9}, today=TODAY, setup=setup)
    assert (strange.view, strange.provider_id) == ("week", None)
