"""A diagnosis must be billable on the day of service: an error in the years that are packaged, a warning after them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.claims.facts import DiagnosisFacts
from domain.claims.to_fix import Checking
from tests.fixtures import billing_facts as facts

CHECKING = Checking(facts.a_practice())


@pytest.mark.parametrize(("code", "day", "found"), [
    ("F41.1", facts.DAY, []),
    ("F41", facts.DAY, ["diagnosis_not_billable"]),
    ("F41.2", facts.DAY, ["unknown_diagnosis"]),
    ("F64.A", date(2026, 9, 30), ["diagnosis_too_new"]),
    ("F64.A", date(2026, 10, 1), []),
    ("S23.420A", date(2026, 10, 1), ["diagnosis_retired"]),
    ("ANXIOUS", facts.DAY, ["bad_diagnosis"]),
])
def test_each_diagnosis_is_judged_on_the_day_of_service(code: str, day: date, found: list[str]) -> None:
    client = facts.a_client(diagnoses=(DiagnosisFacts(code=code),))
    told = Checking(facts.a_practice()).to_fix(facts.a_session(client=client, day=day))
    assert [(one.code, one.keeper, one.field) for one in told] == [(one, "client", "diagnoses") for one in found]


def test_two_days_of_one_client_in_two_years_are_judged_apart() -> None:
    client = facts.a_client(diagnoses=(DiagnosisFacts(code="F64.A"),))
    codes = [[one.code for one in CHECKING.to_fix(facts.a_session(client=client, day=day))]
             for day in (date(2026, 9, 30), date(2026, 10, 1))]
    assert codes == [["diagnosis_too_new"], []]


def test_a_sentence_says_what_to_do() -> None:
    client = facts.a_client(diagnoses=(DiagnosisFacts(code="S23.420A"),))
    [told] = Checking(facts.a_practice()).to_fix(facts.a_session(client=client))
    assert told.sentence == "S23.420A could no longer be billed on Oct 12, 2026; ICD-10-CM has replaced it"
    assert told.mend == "Choose its successor"


def test_after_the_packaged_years_an_unknown_code_is_only_a_warning() -> None:
    client = facts.a_client(diagnoses=(DiagnosisFacts(code="F41.Z"),))
    session = facts.a_session(client=client, day=date(2030, 1, 15))
    checking = Checking(facts.a_practice())
    assert checking.to_fix(session) == ()
    assert [one.code for one in checking.to_look_at(session)] == ["unknown_diagnosis"]


def test_what_the_client_pays_may_have_any_diagnosis() -> None:
    client = facts.a_client(policies=(), diagnoses=(DiagnosisFacts(code="F41"),))
    assert Checking(facts.a_practice()).to_fix(facts.a_session(client=client)) == ()
