"""Which sessions share a form; a form's six lines and twelve diagnoses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims.facts import DiagnosisFacts, SessionFacts
from domain.claims.packing import forms
from domain.claims.pointing import session_codes
from tests.fixtures import billing_facts as facts


def ids(packed: list[list[SessionFacts]]) -> list[list[int]]:
    return [[session.id for session in form] for form in packed]


def test_sessions_of_one_policy_and_provider_share_a_form_in_order_of_their_days() -> None:
    late = facts.a_session(day=facts.DAY + timedelta(days=7))
    early = facts.a_session()
    assert ids(forms([late, early])) == [[early.id, late.id]]


def test_a_seventh_line_begins_another_form() -> None:
    sessions = [facts.a_session(day=facts.DAY + timedelta(days=day)) for day in range(7)]
    assert [len(form) for form in forms(sessions)] == [6, 1]


def test_the_lines_of_one_session_never_part() -> None:
    two = [facts.a_session(lines=tuple(facts.a_line() for _ in range(4))) for _ in range(2)]
    assert ids(forms(two)) == [[two[0].id], [two[1].id]]


def test_what_the_client_pays_is_on_no_form() -> None:
    assert forms([facts.a_session(insured=False)]) == []
    mixed = facts.a_session(lines=(facts.a_line(), facts.a_line("NS-FEE", client_only=True)))
    assert [len(session.claim_lines) for session in forms([mixed])[0]] == [1]


@pytest.mark.parametrize("other", [
    {"provider": facts.a_provider(id=2)},
    {"provider": facts.a_provider(bills_as_entity=True, id=3)},
    {"location": facts.a_location(id=2)},
    {"place_of_service": "10"},
    {"authorization_number": "A-1"},
    {"client": facts.a_client(referrer_last_name="Finch", referrer_npi="1245319599")},
    {"client": facts.a_client(other_accident=True)},
    {"client": facts.a_client(id=2)},
    {"client": facts.a_client(policies=(facts.a_policy(id=2),))},
    {"client": facts.a_client(policies=(facts.a_policy(), facts.a_policy(id=9, rank="secondary")))},
])
def test_what_has_one_box_on_the_form_must_be_alike(other: dict[str, Any]) -> None:
    assert len(forms([facts.a_session(), facts.a_session(**other)])) == 2


def test_a_supervisor_named_in_box_17_parts_forms() -> None:
    supervised = facts.a_provider(supervisor=facts.a_provider(id=2))
    assert len(forms([facts.a_session(), facts.a_session(provider=supervised)])) == 2


def test_a_thirteenth_diagnosis_begins_another_form() -> None:
    many = tuple(DiagnosisFacts(code=f"F{number}.1") for number in range(20, 36))
    client = facts.a_client(diagnoses=many)
    sessions = [facts.a_session(client=client, day=facts.DAY + timedelta(days=day), lines=(facts.a_line(pointers=letters),))
                for day, letters in enumerate(("ABCD", "EFGH", "IJKL", "MNOP"))]
    assert [len(form) for form in forms(sessions)] == [3, 1]


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 3), st.integers(0, 12), st.integers(0, 9)), max_size=25))
def test_any_mix_is_packed_whole_and_within_the_forms_limits(mix: list[tuple[int, int, int, int]]) -> None:
    codes = tuple(DiagnosisFacts(code=f"F{number}.1") for number in range(20, 36))
    sessions = [
        facts.a_session(
            client=facts.a_client(id=client, diagnoses=codes), day=facts.DAY + timedelta(days=day),
            lines=tuple(facts.a_line(pointers="".join(chr(65 + (start + step) % 16) for step in range(4)))
                        for start in range(first, first + lines)))
        for lines, client, first, day in mix
    ]
    fitting = [session for session in sessions if len(session_codes(session)) <= 12]
    packed = forms(fitting)
    assert sorted(session.id for form in packed for session in form) == sorted(session.id for session in fitting)
    for form in packed:
        assert sum(len(session.claim_lines) for session in form) <= 6
        assert len({code for session in form for code in session_codes(session)}) <= 12
        assert len({session.client.id for session in form}) == 1
        assert [session.day for session in form] == sorted(session.day for session in form)


def test_a_payer_that_wants_it_gets_one_day_a_form() -> None:
    payer = facts.a_payer(one_day_a_claim=True)
    client = facts.a_client(policies=(facts.a_policy(payer=payer),))
    days = [facts.a_session(client=client, day=day) for day in (facts.DAY, facts.DAY, facts.DAY.replace(day=13))]
    assert [len(form) for form in forms(days)] == [2, 1]
