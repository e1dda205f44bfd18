"""What a payer may refuse and a person may let pass: one warning each, and when it keeps quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims.day_book import DayBook, Visit
from domain.claims.facts import DiagnosisFacts, SessionFacts
from domain.claims.to_fix import Checking
from tests.fixtures import billing_facts as facts
from tests.fixtures.builders import MONDAY_NINE

LENGTH = timedelta(minutes=55)


def warned(session: SessionFacts, *, practice: Any = None, on: date | None = None, book: DayBook | None = None) -> list[str]:
    found = Checking(practice or facts.a_practice(), day_book=book).to_look_at(session, on=on)
    assert {one.severity for one in found} <= {"warning"}
    return [one.code for one in found]


def with_payer(**but: Any) -> Any:
    return facts.a_client(policies=(facts.a_policy(payer=facts.a_payer(**but)),))


def test_a_usual_session_has_nothing_to_look_at() -> None:
    assert warned(facts.a_session(), on=facts.DAY) == []


@pytest.mark.parametrize(("codes", "pointers", "found"), [
    (("Z63.0", "F41.1"), "", ["z_code_first"]),
    (("Z63.0", "F41.1"), "BA", []),
    (("F41.1", "Z63.0"), "", []),
    (("F41.1", "Z63.0"), "B", ["z_code_first"]),
])
def test_a_z_code_that_a_line_points_at_first_is_told(codes: tuple[str, ...], pointers: str, found: list[str]) -> None:
    client = facts.a_client(diagnoses=tuple(DiagnosisFacts(code=code) for code in codes))
    assert warned(facts.a_session(client=client, lines=(facts.a_line(pointers=pointers),))) == found


@pytest.mark.parametrize(("place", "modifiers", "wanted", "found"), [
    ("11", "95", "95", ["remote_modifier_in_person"]),
    ("11", "GT", "", ["remote_modifier_in_person"]),
    ("11", "HO", "95", []),
    ("10", "", "95", ["no_telehealth_modifier"]),
    ("02", "95", "GT", ["no_telehealth_modifier"]),
    ("10", "HO,95", "95", []),
    ("10", "", "", []),
])
def test_place_and_telehealth_modifier_say_the_same(place: str, modifiers: str, wanted: str, found: list[str]) -> None:
    session = facts.a_session(client=with_payer(telehealth_modifier=wanted), place_of_service=place,
                              lines=(facts.a_line(modifiers=modifiers),))
    assert warned(session) == found


def test_two_lines_alike_are_told_and_a_modifier_tells_them_apart() -> None:
    assert warned(facts.a_session(lines=(facts.a_line(), facts.a_line()))) == ["same_code_twice"]
    assert warned(facts.a_session(lines=(facts.a_line(), facts.a_line(modifiers="59")))) == []
    assert warned(facts.a_session(lines=(facts.a_line(), facts.a_line("90785")))) == []


@pytest.mark.parametrize(("days", "after", "found"), [
    (90, 90, []), (90, 91, ["late_filing"]), (None, 4000, []),
])
def test_a_first_claim_after_the_payers_days_is_told_and_never_an_error(days: int | None, after: int, found: list[str]) -> None:
    session = facts.a_session(client=with_payer(days_to_file=days))
    on = facts.DAY + timedelta(days=after)
    assert warned(session, on=on) == found
    assert Checking(facts.a_practice()).to_fix(session, on=on) == ()


def test_the_last_day_to_file_is_named() -> None:
    session = facts.a_session(client=with_payer(days_to_file=30))
    [found] = Checking(facts.a_practice()).to_look_at(session, on=date(2027, 1, 1))
    assert found.sentence == "Bluebell Health takes claims for 30 days; the last day for this one was Nov 11, 2026"


def test_a_payer_without_its_id_is_told_once_the_practice_files_by_file() -> None:
    session = facts.a_session(client=with_payer(payer_id=""))
    assert warned(session) == []
    assert warned(session, practice=facts.a_practice(files_electronically=True)) == ["no_payer_id"]
    known = facts.a_session(client=with_payer(payer_id="BLUE1"))
    assert warned(known, practice=facts.a_practice(files_electronically=True)) == []


def test_medicaid_is_told_apart_by_taxonomies() -> None:
    bare = facts.a_provider(taxonomy="")
    practice = facts.a_practice(taxonomy="")
    medicaid = with_payer(kind="medicaid")
    assert warned(facts.a_session(client=medicaid, provider=bare), practice=practice) == ["no_taxonomy", "no_taxonomy"]
    assert warned(facts.a_session(client=medicaid)) == []
    assert warned(facts.a_session(provider=bare), practice=practice) == []


def test_what_the_client_pays_is_judged_by_no_payers_rule() -> None:
    client = facts.a_client(policies=(), diagnoses=(DiagnosisFacts(code="Z63.0"),))
    assert warned(facts.a_session(client=client, lines=(facts.a_line(), facts.a_line())), on=date(2030, 1, 1)) == []


# ---- the day's other visits ----


def at(minutes: int = 0, **but: Any) -> SessionFacts:
    starts = MONDAY_NINE + timedelta(minutes=minutes)
    return facts.a_session(**{"starts_at": starts, "ends_at": starts + LENGTH} | but)


def visit(minutes: int = 0, **but: Any) -> Visit:
    starts = MONDAY_NINE + timedelta(minutes=minutes)
    usual = {"session_id": 5000, "day": facts.DAY, "client_id": 1, "provider_id": 1, "starts_at": starts,
             "ends_at": starts + LENGTH}
    return Visit(**usual | but)


@pytest.mark.parametrize(("other", "found"), [
    ({"client_id": 2}, ["two_clients_at_once"]),
    ({"client_id": 2, "minutes": 54}, ["two_clients_at_once"]),
    ({"client_id": 2, "minutes": 55}, []),
    ({"client_id": 2, "minutes": -55}, []),
    ({"client_id": 2, "appointment_id": 7}, []),
    ({"client_id": 2, "appointment_id": 8}, ["two_clients_at_once"]),
    ({"client_id": 2, "provider_id": 2}, []),
    ({"provider_id": 2}, ["two_providers_at_once"]),
    ({"provider_id": 2, "minutes": 60}, []),
    ({"billed": frozenset({("90837", ())}), "minutes": 120}, ["same_code_twice"]),
    ({"billed": frozenset({("90837", ("59",))}), "minutes": 120}, []),
    ({"billed": frozenset({("90837", ())}), "client_id": 2, "minutes": 120}, []),
])
def test_the_days_other_visits_are_compared(other: dict[str, Any], found: list[str]) -> None:
    session = at(appointment_id=7)
    assert warned(session, book=DayBook([visit(**other)])) == found


def test_a_session_never_clashes_with_itself() -> None:
    session = at()
    own = visit(session_id=session.id, client_id=2, billed=frozenset({("90837", ())}))
    assert warned(session, book=DayBook([own, replace(own, client_id=1)])) == []


def test_the_other_session_is_named_so_that_a_person_finds_it() -> None:
    [found] = Checking(facts.a_practice(), day_book=DayBook([visit(client_id=2)])).to_look_at(at())
    assert found.sentence == "Imogen Larkspur has another client at the same time, in session 5000"
    assert (found.keeper, found.field) == ("session", "starts_at")


@given(st.integers(-180, 180), st.integers(1, 180), st.integers(1, 180))
def test_being_at_once_is_mutual(offset: int, long: int, other_long: int) -> None:
    def ends(starts: datetime, minutes: int) -> datetime:
        return starts + timedelta(minutes=minutes)

    other_starts = MONDAY_NINE + timedelta(minutes=offset)
    mine = at(ends_at=ends(MONDAY_NINE, long))
    theirs = facts.a_session(client=facts.a_client(id=2), starts_at=other_starts, ends_at=ends(other_starts, other_long))
    as_visit = visit(session_id=mine.id, ends_at=mine.ends_at)
    their_visit = visit(session_id=theirs.id, client_id=2, starts_at=theirs.starts_at, ends_at=theirs.ends_at)
    shares_a_minute = offset < long and -offset < other_long
    assert ("two_clients_at_once" in warned(mine, book=DayBook([their_visit]))) is shares_a_minute
    assert ("two_clients_at_once" in warned(theirs, book=DayBook([as_visit]))) is shares_a_minute


def test_a_fee_for_a_missed_visit_is_told_where_a_payer_forbids_it() -> None:
    practice = facts.a_practice(missed_visit_code_id=9)
    fee = facts.a_line("NS-FEE", client_only=True, billing_code_id=9)
    medicaid = with_payer(forbids_missed_fee=True)
    assert warned(facts.a_session(client=medicaid, insured=False, lines=(fee,)), practice=practice) == ["missed_fee_forbidden"]
    assert warned(facts.a_session(client=with_payer(), insured=False, lines=(fee,)), practice=practice) == []
    assert warned(facts.a_session(client=medicaid), practice=practice) == []
