"""Which authorization a visit draws on, what is left of each, and when it should be told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from domain.billing_rule import NOT_SENT
from domain.claims.authorizing import Allotment, AuthorizationFacts, Draw, allotted, running_out
from tests.fixtures.billing_facts import DAY, an_authorization


def a_draw(session: int, day: date = DAY, **but: Any) -> Draw:
    usual = {"id": session, "turn": (True, day, session), "policy_id": 1, "provider_id": 1, "units": (("90837", 1),)}
    return Draw(**usual | but)


def of(draws: list[Draw], *authorizations: AuthorizationFacts) -> Allotment:
    return allotted({1: list(authorizations)}, draws)


def numbers(allotment: Allotment) -> dict[int, tuple[str, bool]]:
    return {session: (one.facts.number, one.over) for session, one in allotment.of_session.items()}


def test_visits_take_the_authorization_that_ends_first_and_the_next_one_when_it_is_used_up() -> None:
    soon = an_authorization(number="SOON", ends_on=date(2026, 10, 31), granted=3, used_before=1)
    late = an_authorization(number="LATE", ends_on=date(2026, 12, 31))
    found = of([a_draw(3), a_draw(1), a_draw(2)], late, soon)
    assert numbers(found) == {1: ("SOON", False), 2: ("SOON", False), 3: ("LATE", False)}
    assert (found.left(soon), found.left(late)) == (0, 9)


def test_a_visit_past_the_last_one_still_names_the_authorization_and_is_over_it() -> None:
    one = an_authorization(granted=1)
    found = of([a_draw(1), a_draw(2)], one)
    assert numbers(found) == {1: ("AUTH-1", False), 2: ("AUTH-1", True)}
    assert found.left(one) == -1


def test_invoiced_visits_keep_their_place_when_an_earlier_day_is_added() -> None:
    issued = a_draw(5, turn=(False, DAY, 5))
    added = a_draw(6, DAY - timedelta(days=7))
    assert numbers(of([added, issued], an_authorization(granted=1))) == {5: ("AUTH-1", False), 6: ("AUTH-1", True)}


@pytest.mark.parametrize("other", [
    {"provider_id": 2}, {"codes": ("90834",)}, {"policy_id": 2}, {"starts_on": DAY + timedelta(days=1)},
    {"ends_on": DAY - timedelta(days=1)},
])
def test_an_authorization_for_another_provider_code_policy_or_time_is_not_drawn_on(other: dict[str, Any]) -> None:
    assert of([a_draw(1)], an_authorization(**other)).of_session == {}


def test_units_are_counted_by_the_codes_that_it_is_for() -> None:
    one = an_authorization(counts="units", codes=("96130", "96131"), granted=8)
    found = of([a_draw(1, units=(("96130", 1), ("96131", 3), ("90785", 1)))], one)
    assert found.left(one) == 4


def test_a_number_typed_at_the_session_chooses_and_a_number_nobody_knows_draws_on_none() -> None:
    first, second = an_authorization(number="ONE", ends_on=date(2026, 11, 1)), an_authorization(number="TWO")
    found = of([a_draw(1, number="TWO"), a_draw(2, number="THREE")], first, second)
    assert numbers(found) == {1: ("TWO", False)}
    assert (found.left(first), found.left(second)) == (10, 9)


def test_what_is_booked_comes_after_all_sessions_and_is_counted_apart() -> None:
    one = an_authorization(granted=2)
    booked = Draw(id=9, booked=True, turn=(True, DAY - timedelta(days=1), NOT_SENT), policy_id=1, provider_id=1, units=(("", 1),))
    found = of([booked, a_draw(1)], one)
    assert (found.used[one.id], found.booked[one.id], found.left(one)) == (1, 1, 1)


@pytest.mark.parametrize(("ends_in", "left", "told"), [
    (40, 3, ""), (40, 2, "2 visits left"), (40, 1, "1 visit left"), (40, 0, "Used up"), (15, 5, ""), (14, 5, "Ends in 14 days"),
    (1, 2, "2 visits left, ends in 1 day"), (0, 5, "Ends today"), (-1, 5, "Ended on Oct 11"), (None, None, ""),
])
def test_it_is_told_at_two_left_and_two_weeks_before_the_end(ends_in: int | None, left: int | None, told: str) -> None:
    ends_on = None if ends_in is None else DAY + timedelta(days=ends_in)
    assert running_out(an_authorization(ends_on=ends_on), left, DAY) == told
