"""What people type for money, days and times."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.components.typed import (
    Unreadable,
    amount_text,
    cents_from,
    day_from,
    day_text,
    money_text,
    time_from,
    time_span_text,
    time_text,
    weekday_text,
)

OCT_14 = date(2026, 10, 14)


@pytest.mark.parametrize(("typed", "cents"), [
    ("$1,200.50", 120050), ("1200.5", 120050), ("1,200", 120000), ("1200", 120000), (" $ 15 ", 1500), (".5", 50),
    ("7.", 700), ("0", 0), ("-5", -500), ("-$5.25", -525), ("$-5.25", -525), ("1,234,567.89", 123456789),
])
def test_an_amount_is_read_as_people_write_it(typed, cents):
    assert cents_from(typed) == cents


@pytest.mark.parametrize("typed", ["", "abc", "12x", "1,20,0", "1.234", "$", ".", "1,50", "12 50", "١٢x"])
def test_what_is_no_amount_is_told_with_an_example(typed):
    with pytest.raises(Unreadable) as refused:
        cents_from(typed)
    assert any(digit.isdigit() for digit in refused.value.sentence)


def test_a_comma_before_the_cents_is_explained():
    with pytest.raises(Unreadable, match=r"after a point: 1\.50"):
        cents_from("1,50")


@given(st.integers(-100_000_000, 100_000_000))
def test_an_amount_written_is_read_back_to_the_cent(cents):
    assert cents_from(money_text(cents)) == cents
    assert cents_from(amount_text(cents)) == cents


@pytest.mark.parametrize("typed", [
    "Oct 14, 2026", "October 14 2026", "oct 14 2026", "Wed, Oct 14, 2026", "14 Oct 2026", "10/14/2026", "10-14-2026",
    "10/14/26", "2026-10-14", "10142026", "Oct 14th, 2026", "Oct 14", "10/14", "today", "Wednesday, October 14, 2026",
])
def test_a_day_is_read_as_people_write_it(typed):
    assert day_from(typed, today=OCT_14) == OCT_14


def test_two_digits_of_a_birth_year_are_the_past():
    assert day_from("3/4/61", today=OCT_14) == date(1961, 3, 4)


@pytest.mark.parametrize("typed", ["", "14/10/2026", "Feb 30, 2026", "soon", "Foo 3, 2026", "2026", "10/14/202"])
def test_what_is_no_day_is_told(typed):
    with pytest.raises(Unreadable):
        day_from(typed, today=OCT_14)


def test_without_a_known_today_the_year_is_asked_for():
    with pytest.raises(Unreadable, match="year"):
        day_from("Oct 14")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_day_written_is_read_back(day):
    assert day_from(day_text(day)) == day
    assert weekday_text(day).endswith(f" {day.day}")


@pytest.mark.parametrize(("typed", "at"), [
    ("9", time(9)), ("9:30", time(9, 30)), ("930", time(9, 30)), ("2", time(14)), ("2p", time(14)), ("2 pm", time(14)),
    ("2:15 PM", time(14, 15)), ("14:15", time(14, 15)), ("12", time(12)), ("12:30 am", time(0, 30)),
    ("8 a.m.", time(8)),
    ("07:00", time(7)), ("06:00", time(6)), ("1045", time(10, 45)),
])
def test_a_time_is_read_as_people_write_it(typed, at):
    assert time_from(typed) == at


@pytest.mark.parametrize("typed", ["", "25", "9:75", "13 pm", "noonish", "0 am", "12345"])
def test_what_is_no_time_is_told(typed):
    with pytest.raises(Unreadable):
        time_from(typed)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_time_written_is_read_back(at):
    assert time_from(time_text(at)) == at


def test_a_span_names_the_half_of_the_day_once_when_it_can():
    assert time_span_text(time(9), time(9, 50)) == "9:00 – 9:50 AM"
    assert time_span_text(time(11, 30), time(12, 30)) == "11:30 AM – 12:30 PM"
