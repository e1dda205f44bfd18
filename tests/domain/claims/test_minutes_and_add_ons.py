"""Minutes against codes, units by time, and add-ons that stand only with others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.claims.add_ons import codes_from, of_add_ons, tidy_codes
from domain.claims.facts import AddOnFacts
from domain.claims.minutes import of_minutes, units_by_time
from tests.fixtures import billing_facts as facts
from tests.fixtures.builders import MONDAY_NINE

PLAY = AddOnFacts("90785", "90791, 90792, 90832–90838, 90853", "90839, 90840, 90846, 90847")
CRISIS = AddOnFacts("90840", "90839")


def told(minutes: int, *codes: str, units: int = 1, **but: int) -> list[str]:
    """The codes of the warnings about a session of this length."""
    lines = tuple(facts.a_line(code, units=units, **but) for code in codes)
    session = facts.a_session(lines=lines, starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + timedelta(minutes=minutes))
    return [reason.code for reason in of_minutes(session)]


@pytest.mark.parametrize(("code", "right", "wrong"), [
    ("90832", (16, 37), (15, 38)), ("90834", (38, 52), (37, 53)), ("90837", (53, 180), (52,)), ("90839", (30, 74), (29, 75)),
])
def test_a_code_is_for_its_minutes(code: str, right: tuple[int, ...], wrong: tuple[int, ...]) -> None:
    assert [told(minutes, code) for minutes in right] == [[] for _ in right]
    assert [told(minutes, code) for minutes in wrong] == [["minutes_of_code"] for _ in wrong]


@pytest.mark.parametrize(("minutes", "units", "found"), [
    (74, 1, ["minutes_of_code"]), (75, 1, []), (104, 1, []), (105, 1, ["units_of_time"]), (105, 2, []), (134, 2, []),
    (135, 2, ["minutes_of_code"]),
])
def test_more_crisis_time_has_a_unit_for_each_half_hour_after_the_first_hour(minutes: int, units: int, found: list[str]) -> None:
    lines = (facts.a_line("90839"), facts.a_line("90840", units=units))
    session = facts.a_session(lines=lines, starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + timedelta(minutes=minutes))
    assert [reason.code for reason in of_minutes(session)] == found


def test_the_code_that_fits_is_named() -> None:
    session = facts.a_session(starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + timedelta(minutes=45))
    [reason] = of_minutes(session)
    assert reason.sentence == "90837 is for 53 minutes or more, and this session has 45. 90834 is for that."
    assert (reason.keeper, reason.id, reason.field, reason.severity) == ("session", session.id, "starts_at", "warning")


@pytest.mark.parametrize(("unit", "minutes", "units"), [
    (15, 5, 1), (15, 8, 1), (15, 22, 1), (15, 23, 2), (15, 60, 4), (60, 31, 1), (60, 90, 1), (60, 91, 2), (30, 46, 2),
])
def test_a_unit_counts_once_its_midpoint_is_passed(unit: int, minutes: int, units: int) -> None:
    assert units_by_time("96130", unit, minutes) == units


def test_units_are_checked_only_of_codes_billed_by_time() -> None:
    assert told(50, "H0004", units=1) == []
    assert told(50, "H0004", units=1, unit_minutes=15) == ["units_of_time"]
    assert told(50, "H0004", units=3, unit_minutes=15) == []


def found(*codes: str) -> list[str]:
    session = facts.a_session(lines=tuple(facts.a_line(code) for code in codes))
    return [reason.code for reason in of_add_ons(session, (PLAY, CRISIS))]


@pytest.mark.parametrize(("codes", "warned"), [
    (("90834", "90785"), []), (("90853", "90785"), []), (("90785",), ["add_on_alone"]), (("96130", "90785"), ["add_on_alone"]),
    (("90847", "90785"), ["add_on_against"]), (("90839", "90840"), []), (("90837", "90840"), ["add_on_alone"]),
    (("90839", "90840", "90785"), ["add_on_against"]), (("90837",), []),
])
def test_add_ons_stand_with_the_codes_they_add_to(codes: tuple[str, ...], warned: list[str]) -> None:
    assert found(*codes) == warned


def test_lists_of_codes_hold_ranges() -> None:
    listed = codes_from("90791, 90832–90838; 99202 - 99205")
    assert [code in listed for code in ("90791", "90792", "90835", "90838", "99203", "99206")] == [
        True, False, True, True, True, False]
    assert tidy_codes("90791  90832 -90838") == "90791, 90832–90838"
    with pytest.raises(ValueError, match="E/M"):
        codes_from("90791, E/M")
