"""What each bill-to person owes of a session."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.claims.facts import Postal
from domain.invoicing.parts import paid_for_claim, parts_of, same_person, shares
from domain.invoicing.shares import Share
from tests.fixtures import billing_facts as facts

SELF_PAY = facts.a_client(policies=())


def test_a_session_that_the_client_pays_is_owed_in_full_less_what_was_paid() -> None:
    [part] = parts_of(facts.a_session(client=SELF_PAY, payments=(facts.a_payment(4000), facts.a_payment(1000, "cash"))))
    assert (part.total_cents, part.paid_cents) == (15000, 5000)
    assert part.billable


def test_a_paid_session_of_the_clients_own_is_still_invoiced_as_paid() -> None:
    [part] = parts_of(facts.a_session(client=SELF_PAY, payments=(facts.a_payment(15000),)))
    assert part.billable


def test_of_an_insured_session_only_the_expected_share_is_owed() -> None:
    session = facts.a_session()
    [part] = parts_of(session, shares([session], {})[session.id])
    assert part.total_cents == 2500
    assert part.billable


def test_an_expected_share_that_was_paid_at_the_session_makes_no_invoice() -> None:
    session = facts.a_session(payments=(facts.a_payment(2500),))
    [part] = parts_of(session, shares([session], {})[session.id])
    assert not part.billable


def test_no_share_makes_no_invoice() -> None:
    client = facts.a_client(policies=(facts.a_policy(copay_cents=0),))
    session = facts.a_session(client=client)
    [part] = parts_of(session, shares([session], {})[session.id])
    assert (part.lines, part.billable) == ((), False)


def test_a_line_for_the_client_only_is_owed_in_full_beside_the_share() -> None:
    lines = (facts.a_line(), facts.a_line("NS-FEE", 6000, client_only=True))
    session = facts.a_session(lines=lines, payments=(facts.a_payment(2500),))
    [part] = parts_of(session, shares([session], {})[session.id])
    assert [(own.line.code, own.cents) for own in part.lines] == [("90837", 2500), ("NS-FEE", 6000)]
    assert part.billable


def test_two_persons_share_lines_and_payments_with_the_odd_cent_to_the_first() -> None:
    persons = (facts.a_person("Ash", 5000), facts.a_person("Ben", 5000, position=2))
    client = facts.a_client(policies=(), bill_tos=persons)
    lines = (facts.a_line(fee_cents=3333), facts.a_line("90785", 1000))
    first, second = parts_of(facts.a_session(client=client, lines=lines, payments=(facts.a_payment(1001),)))
    assert [own.cents for own in first.lines] == [1667, 500]
    assert [own.cents for own in second.lines] == [1666, 500]
    assert (first.paid_cents, second.paid_cents) == (501, 500)


def test_a_person_without_a_share_gets_no_invoice() -> None:
    persons = (facts.a_person("Ash", 0), facts.a_person("Ben", 10_000, position=2))
    parts = parts_of(facts.a_session(client=facts.a_client(policies=(), bill_tos=persons)))
    assert [part.person.name for part in parts] == ["Ben"]


@given(
    fees=st.lists(st.integers(0, 50_000), min_size=1, max_size=6), paid=st.lists(st.integers(1, 30_000), max_size=3),
    points=st.integers(0, 10_000), copay=st.integers(0, 6000), left=st.integers(0, 20_000), coinsurance=st.integers(0, 10_000),
    client_only=st.sets(st.integers(0, 5)),
)
def test_all_parts_together_are_what_is_owed_and_what_was_paid(
    fees: list[int], paid: list[int], points: int, copay: int, left: int, coinsurance: int, client_only: set[int]
) -> None:
    policy = facts.a_policy(copay_cents=copay, deductible_left_cents=left, coinsurance_points=coinsurance)
    persons = (facts.a_person("Ash", points), facts.a_person("Ben", 10_000 - points, position=2))
    lines = tuple(facts.a_line(fee_cents=fee, client_only=place in client_only) for place, fee in enumerate(fees))
    session = facts.a_session(client=facts.a_client(policies=(policy,), bill_tos=persons), lines=lines,
                              payments=tuple(facts.a_payment(cents) for cents in paid))
    share = shares([session], {})[session.id]
    parts = parts_of(session, share)
    owed = share.cents + sum(line.total_cents for line in lines if line.client_only)
    assert sum(part.total_cents for part in parts) == owed
    assert sum(part.paid_cents for part in parts) == sum(paid)
    assert share.cents <= sum(line.total_cents for line in session.claim_lines)


def test_a_deductible_is_used_up_in_order_of_the_days_and_never_asked_twice() -> None:
    client = facts.a_client(policies=(facts.a_policy(copay_cents=0, deductible_left_cents=20_000),))
    days = [facts.DAY.replace(day=day) for day in (14, 12, 13)]
    late, early, middle = (facts.a_session(client=client, day=day) for day in days)
    found = shares([late, early, middle], {})
    assert [found[one.id].deductible_cents for one in (early, middle, late)] == [15_000, 5_000, 0]


def test_what_earlier_claims_asked_toward_the_deductible_is_not_asked_again() -> None:
    client = facts.a_client(policies=(facts.a_policy(copay_cents=0, deductible_left_cents=20_000),))
    session = facts.a_session(client=client)
    assert shares([session], {1: 18_000})[session.id] == Share(2_000, 2_000)
    assert shares([session], {1: 90_000})[session.id] == Share(0, 0)


def test_the_same_person_is_known_by_name_and_address_however_they_are_typed() -> None:
    one = facts.a_person("Ash  Applewick", address=Postal(street="12 Imaginary Lane.", city="ALBANY", state="NY", zip="12203-1111"))
    other = facts.a_person("ash applewick", position=2)
    assert same_person(facts.a_client(), one) == same_person(facts.a_client(id=2), other)


def test_two_people_of_one_name_without_an_address_are_not_one() -> None:
    nameless = facts.a_person("Ash Applewick", address=Postal())
    assert same_person(facts.a_client(), nameless) != same_person(facts.a_client(id=2), nameless)


def test_box_29_holds_what_was_paid_toward_insured_lines() -> None:
    share = Share(2500, 0)
    fee = facts.a_line("NS-FEE", 6000, client_only=True)
    assert paid_for_claim(facts.a_session(payments=()), share) == 0
    assert paid_for_claim(facts.a_session(payments=(facts.a_payment(2500),)), share) == 2500
    assert paid_for_claim(facts.a_session(payments=(facts.a_payment(4000),)), share) == 4000
    both = facts.a_session(lines=(facts.a_line(), fee), payments=(facts.a_payment(8500),))
    assert paid_for_claim(both, share) == 2500
