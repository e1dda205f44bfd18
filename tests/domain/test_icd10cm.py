"""The ICD-10-CM code set: every code of the packaged years, billable on the right days, found by code and by words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import icd10cm
from domain.checks import is_icd10
from domain.icd10cm import code_set, dotted, fiscal_year, plain, standing, suggestions

DAY = date(2026, 10, 12)


@pytest.mark.parametrize(("year", "codes"), [(2025, 74_260), (2026, 74_719), (2027, 74_879)])
def test_each_year_has_as_many_billable_codes_as_were_published(year: int, codes: int) -> None:
    lines = code_set().text.splitlines()[1:]
    known = [icd10cm.Code(dotted(code), title, int(since) if since else None, int(until) if until else None)
             for code, since, until, title in (line.split("\t") for line in lines)]
    assert sum(one.billable_in(year) for one in known) == codes
    assert all(is_icd10(one.code) and one.title for one in known)


@pytest.mark.parametrize(("code", "day", "found"), [
    ("F41.1", DAY, "billable"),
    ("f411", DAY, "billable"),
    ("F41", DAY, "heading"),
    ("F43.1", DAY, "heading"),
    ("F41.2", DAY, "unknown"),
    ("Q99.99", DAY, "unknown"),
    ("G35", date(2025, 9, 30), "billable"),
    ("G35", date(2025, 10, 1), "heading"),
    ("S23.420A", date(2026, 9, 30), "billable"),
    ("S23.420A", date(2026, 10, 1), "retired"),
    ("F64.A", date(2026, 9, 30), "not_yet"),
    ("F64.A", date(2026, 10, 1), "billable"),
])
def test_a_code_stands_as_it_did_on_the_day_of_service(code: str, day: date, found: str) -> None:
    assert standing(code, day) == found


def test_days_outside_the_packaged_years_are_judged_by_the_nearest() -> None:
    assert standing("G35", date(2019, 5, 1)) == "billable"
    assert standing("F64.A", date(2030, 5, 1)) == "billable"
    assert icd10cm.is_known_year(DAY)
    assert not icd10cm.is_known_year(date(2030, 5, 1))


def test_a_fiscal_year_begins_on_october_first() -> None:
    assert [fiscal_year(date(2026, month, day)) for month, day in ((9, 30), (10, 1), (12, 31))] == [2026, 2027, 2027]


@given(st.sampled_from(code_set().text.splitlines()[1:]), st.integers(2025, 2027))
def test_every_packaged_code_is_found_and_everything_shorter_is_no_billable_code_of_its_year(line: str, year: int) -> None:
    code, since, until, _ = line.split("\t")
    day = date(year, 1, 15)
    billable = (not since or int(since) <= year) and (not until or year <= int(until))
    assert (standing(code, day) == "billable") is billable
    if billable:
        assert {standing(code[:length], day) for length in range(3, len(code))} <= {"heading"}


def test_dots_come_and_go_without_loss() -> None:
    assert [dotted(plain(code)) for code in ("F41.1", "F99", "S23.420A")] == ["F41.1", "F99", "S23.420A"]


@pytest.mark.parametrize(("typed", "first"), [
    ("F41.", "F41.0"), ("f43.2", "F43.20"), ("generalized anxiety", "F41.1"), ("PTSD", "F43.10"),
    ("recurrent depressive moderate", "F33.1"), ("spouse", "Z63.0"),
])
def test_codes_are_suggested_by_their_beginning_or_by_words(typed: str, first: str) -> None:
    assert first in [one.code for one in suggestions(typed, DAY)][:3]


def test_what_cannot_be_billed_on_the_day_is_not_suggested() -> None:
    assert "F64.A" in [one.code for one in suggestions("F64", DAY)]
    assert "F64.A" not in [one.code for one in suggestions("F64", date(2026, 9, 30))]
    assert "F41" not in [one.code for one in suggestions("F41", DAY)]


@pytest.mark.parametrize("typed", ["", "  ", "F", "an", "no such words at all"])
def test_too_little_or_nothing_fitting_suggests_nothing(typed: str) -> None:
    assert suggestions(typed, DAY) == []
