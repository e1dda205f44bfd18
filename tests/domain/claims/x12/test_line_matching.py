"""A payer's service line finds the charge it answers, and never another one's."""

from datetime import date

from domain.claims.x12.known import KnownLine
from domain.claims.x12.line_matching import match
from domain.claims.x12.remitted import RemittedLine

SEP_21, SEP_22, SEP_28 = date(2026, 9, 21), date(2026, 9, 22), date(2026, 9, 28)


def ours(number, control_number="", **but):
    return KnownLine(**{"id": number, "control_number": control_number, "code": "90837", "day": SEP_21, "charge_cents": 20000} | but)


def theirs(control_number="", **but):
    usual = {"code": "90837", "starts_on": SEP_21, "charge_cents": 20000, "paid_cents": 0}
    return RemittedLine(**usual | but, control_number=control_number)


def found(remitted, known, **by_hand):
    return [line.id if line else None for line in match(remitted, known, **by_hand)]


def test_our_number_comes_first_whatever_else_the_line_says():
    known = [ours(1, "A1"), ours(2, "A2", day=SEP_28, code="90834")]
    assert found([theirs("A2"), theirs("A1", code="99999", starts_on=SEP_22)], known) == [2, 1]


def test_zeros_in_front_of_our_number_may_be_lost():
    assert found([theirs("13", starts_on=None)], [ours(1, "0012"), ours(2, "0013")]) == [2]
    assert found([theirs("0013", starts_on=None)], [ours(1, "12"), ours(2, "13")]) == [2]


def test_without_a_number_service_modifiers_and_day_tell():
    known = [ours(1), ours(2, modifiers=("95",)), ours(3, day=SEP_28), ours(4, code="90834")]
    assert found([theirs(code="90834"), theirs(starts_on=SEP_28), theirs(modifiers=("95",)), theirs()], known) == [4, 3, 2, 1]


def test_what_we_sent_counts_where_the_payer_judged_another_code():
    known = [ours(1, code="90834"), ours(2, modifiers=("95",))]
    assert found([theirs(code="90834", submitted_code="90837", submitted_modifiers=("95",))], known) == [2]


def test_two_like_lines_find_two_charges_and_a_third_none():
    known = [ours(1), ours(2), ours(3, code="90785")]
    assert found([theirs(), theirs(), theirs()], known) == [1, 2, None]


def test_a_line_without_a_day_is_found_by_its_charge():
    assert found([theirs(starts_on=None)], [ours(1, charge_cents=15000), ours(2)]) == [2]


def test_another_day_is_not_ours():
    assert found([theirs(starts_on=SEP_22)], [ours(1), ours(2)]) == [None]


def test_the_only_charge_of_a_claim_is_meant():
    assert found([theirs("?", code="99999", starts_on=SEP_22)], [ours(1)]) == [1]


def test_what_a_person_matched_stands():
    assert found([theirs("A1")], [ours(1, "A1"), ours(2, "A2")], by_hand={0: 2}) == [2]
