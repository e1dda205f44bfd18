"""Who a session is billed to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.billing_rule import Billing, Cover, Granted, billing_of, in_force
from domain.billing_ways import Way, Ways

DAY = date(2026, 10, 12)
BLUEBELL = Cover(id=7, payer_id=3, starts_on=date(2026, 1, 1))


def not_enrolled(payer_id: int) -> Ways:
    return Ways([Way(provider_id=1, payer_id=payer_id, way="not_enrolled")])


def asked(**but: Any) -> Billing:
    usual = {"turn": (True, DAY, 1), "bill_to": "automatic", "provider_id": 1, "insurable": True, "pays_without_insurance": False,
             "covers": [BLUEBELL], "ways": Ways()}
    return billing_of(**usual | but)


def test_one_primary_policy_in_force_pays() -> None:
    assert asked() == Billing("insurance", "insured", 7, 3)


def test_a_secondary_policy_alone_does_not_pay() -> None:
    assert asked(covers=[Cover(id=8, payer_id=3, rank="secondary")]) == Billing("client", "no_policy")


def test_two_primary_policies_in_force_are_a_question_for_a_person() -> None:
    assert asked(covers=[BLUEBELL, Cover(id=8, payer_id=4)]) == Billing("unclear", "two_primaries")


def test_two_primary_policies_one_after_the_other_are_no_question() -> None:
    before = Cover(id=8, payer_id=4, ends_on=date(2025, 12, 31))
    assert asked(covers=[before, BLUEBELL]).policy_id == 7


@pytest.mark.parametrize(("but", "why"), [
    ({"bill_to": "client"}, "asked"),
    ({"insurable": False}, "client_only_code"),
    ({"pays_without_insurance": True}, "pays_without_insurance"),
    ({"covers": []}, "no_policy"),
    ({"covers": [Cover(id=1, payer_id=3, ends_on=date(2026, 9, 30))]}, "policy_ended"),
    ({"covers": [Cover(id=1, payer_id=3, starts_on=date(2026, 11, 1))]}, "no_policy"),
    ({"ways": not_enrolled(3)}, "not_billed_for_provider"),
])
def test_the_client_pays_and_the_rule_says_why(but: dict[str, Any], why: str) -> None:
    assert asked(**but) == Billing("client", why)  # type: ignore[arg-type]


def test_two_primaries_do_not_matter_when_the_client_was_chosen() -> None:
    two = [BLUEBELL, Cover(id=8, payer_id=4)]
    assert asked(covers=two, bill_to="client").kind == "client"
    assert asked(covers=two, pays_without_insurance=True).kind == "client"


def test_the_first_and_the_last_day_of_a_policy_count() -> None:
    cover = Cover(id=1, payer_id=1, starts_on=DAY, ends_on=DAY)
    assert in_force(cover, DAY)
    assert not in_force(cover, date(2026, 10, 11))
    assert not in_force(cover, date(2026, 10, 13))


def an_eap(*granted: Granted, **but: Any) -> Cover:
    return Cover(id=9, payer_id=5, is_eap=True, granted=granted, **but)


def test_an_assistance_program_pays_before_the_other_policy_until_it_is_used_up() -> None:
    used_up = Granted(reached=(True, DAY, 4))
    assert asked(covers=[BLUEBELL, an_eap(used_up)]).policy_id == 9
    assert asked(covers=[BLUEBELL, an_eap(used_up)], turn=(True, DAY, 4)).policy_id == 9
    assert asked(covers=[BLUEBELL, an_eap(used_up)], turn=(True, DAY, 5)).policy_id == 7
    assert asked(covers=[an_eap(used_up)], turn=(True, DAY, 5)) == Billing("client", "eap_used_up")


@pytest.mark.parametrize("eap", [
    an_eap(Granted(ends_on=date(2026, 10, 11))), an_eap(Granted(starts_on=date(2026, 10, 13))),
    an_eap(Granted(provider_id=2)), an_eap(ends_on=date(2026, 10, 11)),
])
def test_an_assistance_program_that_said_yes_to_something_else_leaves_it_to_the_other_policy(eap: Cover) -> None:
    assert asked(covers=[BLUEBELL, eap]).policy_id == 7


def test_an_assistance_program_without_a_written_authorization_is_taken_at_its_word() -> None:
    assert asked(covers=[BLUEBELL, an_eap()]).policy_id == 9
    assert asked(covers=[BLUEBELL, an_eap()], ways=not_enrolled(5)).policy_id == 7
