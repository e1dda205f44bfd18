"""Who pays how much, to the cent; as examples and as properties."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.invoicing.shares import Share, expected_share, part_of, split, split_each, spread

CENTS = st.integers(0, 2_000_000)
POINTS = st.integers(0, 10_000)


def share(allowed_cents: int, copay_cents: int = 0, deductible_left_cents: int = 0, coinsurance_points: int = 0) -> Share:
    return expected_share(allowed_cents, copay_cents=copay_cents, deductible_left_cents=deductible_left_cents,
                          coinsurance_points=coinsurance_points)


def test_deductible_then_copay_then_coinsurance_of_the_rest() -> None:
    # 150.00: 40.00 deductible, 25.00 copay, 20 % of the 85.00 that remain.
    assert share(15000, 2500, 4000, 2000) == Share(4000 + 2500 + 1700, 4000)


def test_a_deductible_larger_than_the_fee_takes_all_of_it_and_no_more() -> None:
    assert share(15000, 2500, 100_000, 2000) == Share(15000, 15000)


def test_a_copay_larger_than_the_fee_is_the_fee() -> None:
    assert share(2000, 2500) == Share(2000, 0)


def test_coinsurance_rounds_half_a_cent_up() -> None:
    assert part_of(1, 5000) == 1
    assert part_of(3, 5000) == 2
    assert part_of(12345, 3333) == 4115  # 4114.5885
    assert part_of(50, 100) == 1  # half a cent
    assert part_of(49, 100) == 0


@given(CENTS, CENTS, CENTS, POINTS)
def test_the_expected_share_is_never_more_than_the_fee(fee: int, copay: int, left: int, points: int) -> None:
    found = share(fee, copay, left, points)
    assert 0 <= found.deductible_cents <= min(left, fee)
    assert min(copay, fee) <= found.cents <= fee


def test_the_odd_cent_goes_to_the_first_person() -> None:
    assert split(101, [5000, 5000]) == [51, 50]
    assert split(100, [3333, 6667]) == [34, 66]


@given(CENTS, POINTS)
def test_splitting_loses_no_cent_and_gives_nobody_more_than_a_cent_too_much(cents: int, points: int) -> None:
    first, second = split(cents, [points, 10_000 - points])
    assert first + second == cents
    assert 0 <= first - cents * points / 10_000 < 1


@given(st.lists(CENTS, max_size=12), POINTS)
def test_parts_of_several_amounts_add_up_both_ways(amounts: list[int], points: int) -> None:
    shares = [points, 10_000 - points]
    parts = split_each(amounts, shares)
    assert [sum(line) for line in zip(*parts, strict=True)] == amounts
    assert [sum(person) for person in parts] == split(sum(amounts), shares)
    assert all(part >= 0 for person in parts for part in person)


@given(CENTS, CENTS, POINTS)
def test_nobody_owes_less_than_nothing_while_no_more_was_paid_than_owed(owed: int, paid: int, points: int) -> None:
    shares = [points, 10_000 - points]
    both = zip(split(max(owed, paid), shares), split(min(owed, paid), shares), strict=True)
    assert all(owes >= has_paid for owes, has_paid in both)


@given(CENTS, st.lists(st.integers(1, 500_000), min_size=1, max_size=6))
def test_a_share_spread_over_lines_adds_up_and_keeps_their_proportion(cents: int, fees: list[int]) -> None:
    parts = spread(cents, fees)
    assert sum(parts) == cents
    for part, fee in zip(parts, fees, strict=True):
        assert abs(part - cents * fee / sum(fees)) <= 1
