"""A claim's life by itself: where it stands, its deadlines, and from when it waits for somebody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.claims.life import Course, Limits, Step, days_left_words, in_time_order, working_days_after

MADE = date(2026, 10, 1)  # a Thursday
LIMITS = Limits(to_file=90, to_correct=180, to_appeal=60)


def step(state: str, days: int, **but) -> Step:
    """Something so many days after the claim was made."""
    on = MADE + timedelta(days)
    return Step(state=state, on=on, at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC), **but)


def course(*steps: Step, **but) -> Course:
    usual = {"limits": LIMITS, "first_day": date(2026, 9, 21), "filed_from": date(2026, 9, 21), "by_file": True}
    return Course(steps=(step("generated", 0), *in_time_order(steps)), **usual | but)


def kinds(one: Course, days: int) -> list[str]:
    return [need.kind for need in one.needs(MADE + timedelta(days))]


def test_the_latest_word_says_where_a_claim_stands() -> None:
    steps = [step("sent", 1), step("accepted", 2), step("denied", 20), step("appealed", 25, note_id=1), step("paid", 60), step("closed", 61, note_id=2)]
    stood = [course(*steps[:count]).state for count in range(len(steps) + 1)]
    assert stood == ["generated", "sent", "accepted", "denied", "appealed", "paid", "closed"]


def test_an_answer_to_the_file_that_is_read_late_undoes_no_decision() -> None:
    assert course(step("sent", 1), step("paid", 10), step("accepted", 11)).state == "paid"
    assert course(step("sent", 1), step("rejected", 2), step("accepted", 3)).state == "accepted"


def test_a_note_changes_nothing_of_where_it_stands() -> None:
    assert course(step("sent", 1), step("note", 5, note_id=1)).state == "sent"


def test_the_payers_number_is_that_of_its_decision_before_that_of_its_acknowledgement() -> None:
    answered = [step("sent", 1), step("accepted", 2, number="1K-1")]
    assert course(*answered).payer_number == "1K-1"
    assert course(*answered, step("denied", 9, number="CLP07"), step("note", 10, number="CALL-5", note_id=1)).payer_number == "CLP07"


@pytest.mark.parametrize(("today", "found"), [(5, []), (6, ["unanswered"]), (30, ["unanswered"]), (31, ["undecided"])])
def test_a_file_is_answered_within_three_business_days_and_decided_within_thirty_days(today: int, found: list[str]) -> None:
    """Sent on Friday: Monday, Tuesday, Wednesday; then the thirty days of the decision."""
    assert kinds(course(step("sent", 1)), today) == found


def test_a_999_is_no_277ca() -> None:
    assert kinds(course(step("sent", 1), step("accepted", 2, code="999")), 6) == ["unanswered"]
    assert kinds(course(step("sent", 1), step("accepted", 2, code="A2:20")), 6) == []


def test_a_claim_on_paper_waits_for_its_decision_alone() -> None:
    assert kinds(course(step("sent", 1), by_file=False), 20) == []
    assert kinds(course(step("sent", 1), by_file=False), 31) == ["undecided"]


def test_a_day_to_look_again_lets_a_claim_rest_until_then_but_no_deadline() -> None:
    noted = step("note", 3, note_id=1, next_look_on=MADE + timedelta(20))
    denied = course(step("sent", 1), step("denied", 2), noted, limits=Limits(to_appeal=30))
    assert kinds(denied, 10) == []
    assert kinds(denied, 19) == ["deadline"]
    assert kinds(denied, 20) == ["denied", "deadline", "look"]


def test_the_limit_to_file_runs_from_the_service_until_the_claim_is_taken() -> None:
    by = date(2026, 9, 21) + timedelta(90)
    assert course().deadlines.file_by == by
    assert course(step("sent", 1)).deadlines.file_by is None
    assert course(step("sent", 1), step("rejected", 2)).deadlines.file_by == by


def test_limits_to_correct_and_appeal_run_from_the_last_decision() -> None:
    told = course(step("sent", 1), step("paid", 10), step("denied", 20)).deadlines
    assert (told.file_by, told.correct_by, told.appeal_by) == (None, MADE + timedelta(200), MADE + timedelta(80))
    assert told.next == ("appeal", MADE + timedelta(80))


def test_what_is_closed_followed_or_void_has_no_deadline_and_needs_nothing() -> None:
    for state in ("closed", "followed", "void"):
        over = course(step("sent", 1), step("denied", 2), step(state, 3))
        assert over.deadlines.next is None
        assert over.needs(MADE + timedelta(400)) == ()


def test_a_deadline_that_is_near_or_passed_is_told() -> None:
    late = course(step("sent", 1), step("rejected", 2))
    day = date(2026, 12, 20)
    assert [need.sentence for need in late.needs(day - timedelta(14)) if need.kind == "deadline"] == ["14 days left to file (Dec 20, 2026)"]
    assert [need.sentence for need in late.needs(day + timedelta(2)) if need.kind == "deadline"] == ["2 days late to file (Dec 20, 2026)"]
    assert days_left_words(day, day) == "last day today"


def test_weekends_are_no_business_days() -> None:
    assert working_days_after(date(2026, 10, 2), 3) == date(2026, 10, 7)
    assert working_days_after(date(2026, 10, 3), 1) == date(2026, 10, 5)
