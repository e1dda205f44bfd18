"""How a range of days is written and which ranges are offered."""

from datetime import date

import pytest

from ui.components.date_range import Days, usual_ranges

OCT_14 = date(2026, 10, 14)


@pytest.mark.parametrize(("days", "words"), [
    (Days.month_of(OCT_14), "October 2026"),
    (Days(date(2026, 10, 5), date(2026, 10, 11)), "Oct 5 – Oct 11, 2026"),
    (Days(date(2026, 12, 28), date(2027, 1, 3)), "Dec 28, 2026 – Jan 3, 2027"),
    (Days(OCT_14, OCT_14), "Wed, Oct 14, 2026"),
    (Days(None, OCT_14), "Up to Oct 14, 2026"),
    (Days(OCT_14, None), "From Oct 14, 2026"),
    (Days(None, None), "Any date"),
])
def test_a_range_is_written_in_the_fewest_words(days, words):
    assert days.text() == words


def test_the_long_way_names_both_days():
    assert Days.month_of(OCT_14).long_text() == "Oct 1 – Oct 31, 2026"


def test_this_month_is_offered_first():
    ranges = usual_ranges(date(2027, 1, 1), week_starts_on=6)
    assert next(iter(ranges)) == "This month"
    assert ranges["Last month"] == Days(date(2026, 12, 1), date(2026, 12, 31))
    assert ranges["This week"] == Days(date(2026, 12, 27), date(2027, 1, 2))
    assert ranges["Up to today"] == Days(None, date(2027, 1, 1))
