"""What a block reads out, and which days a view asks for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.components.event_calendar import CalendarEvent
from ui.components.event_calendar.rows import shown_days

NINE = datetime.fromisoformat("2026-10-14T09:00")


def an_event(**but) -> CalendarEvent:
    usual = {"id": "1", "start": NINE, "end": NINE + timedelta(minutes=50), "name": "Rowan Applewick", "code": "IN60"}
    return CalendarEvent(**usual | but)


def test_a_block_reads_out_as_one_sentence():
    assert an_event(status="attended", locked=True).spoken() == (
        "Rowan Applewick, 9:00 – 9:50 AM, IN60, Attended, sent to billing")


def test_the_usual_state_is_not_marked():
    assert an_event(status="scheduled").spoken() == "Rowan Applewick, 9:00 – 9:50 AM, IN60"
    assert an_event(status="scheduled").to_browser()["status"] == ""


def test_a_status_may_have_a_word_of_its_own():
    assert an_event(status="attended", status_word="3 of 5 attended").words == "3 of 5 attended"


def test_what_was_sent_to_billing_is_not_editable_in_the_browser():
    assert an_event().to_browser()["editable"] is True
    assert an_event(locked=True).to_browser()["editable"] is False


def test_a_moment_with_a_zone_is_refused():
    with pytest.raises(ValueError, match="wall time"):
        an_event(start=NINE.replace(tzinfo=UTC)).to_browser()


def test_a_view_asks_for_whole_weeks():
    wednesday = date(2026, 10, 14)
    assert shown_days("day", wednesday) == (wednesday, date(2026, 10, 15))
    assert shown_days("week", wednesday) == (date(2026, 10, 12), date(2026, 10, 19))
    assert shown_days("week", wednesday, week_starts_on=6) == (date(2026, 10, 11), date(2026, 10, 18))
    assert shown_days("month", wednesday) == (date(2026, 9, 28), date(2026, 11, 2))
    assert shown_days("month", date(2027, 2, 10)) == (date(2027, 2, 1), date(2027, 3, 1))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_month_is_inside_what_is_asked_for(day, week_starts_on):
    first, after = shown_days("month", day, week_starts_on=week_starts_on)
    assert first <= day.replace(day=1)
    assert after > day
    assert (after - first).days in {28, 35, 42}
    assert first.weekday() == after.weekday() == week_starts_on
    assert (after - timedelta(days=1)).month == day.month or (after - timedelta(days=7)).month == day.month
