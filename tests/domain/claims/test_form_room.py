"""What a form has no room for is told before it is printed, with where it is kept; and so is a policy that ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.billing_rule import Billing
from domain.claims.facts import Postal, SessionFacts
from domain.claims.form import claim_record
from domain.claims.form_room import PRINTS
from domain.claims.reasons import Reason
from domain.claims.to_fix import Checking
from domain.documents.cms1500 import boxes
from domain.documents.cms1500.fields import fields
from tests.fixtures import billing_facts as facts

LONG = "Bartholomew Christopherson Vanderbilt Featherstonehaugh"
FAR = Postal(street=LONG, street2=LONG, city=LONG, state="NY", zip="12203")


def told(session: SessionFacts, *, by: Checking | None = None, **of_practice: Any) -> list[Reason]:
    found = (by or Checking(facts.a_practice(**of_practice))).to_look_at(session)
    return [one for one in found if one.code in {"cut_on_form", "policy_ended"}]


def places(session: SessionFacts, **of_practice: Any) -> list[tuple[str, int, str]]:
    return [(one.keeper, one.id, one.field) for one in told(session, **of_practice)]


def insured(**of_policy: Any) -> SessionFacts:
    return facts.a_session(client=facts.a_client(policies=(facts.a_policy(id=9, **of_policy),)))


def test_nothing_is_said_of_a_session_that_fits_its_form() -> None:
    assert told(facts.a_session()) == []
    assert told(facts.a_session(insured=False)) == []


def test_a_policy_that_ended_before_the_visit_is_named_with_its_last_day() -> None:
    old = facts.a_policy(id=3, ends_on=date(2025, 12, 31), payer=facts.a_payer(name="Old Oak Mutual"))
    last = facts.a_policy(id=4, ends_on=date(2026, 9, 30))
    session = facts.a_session(
        client=facts.a_client(policies=(last, old)), billing=Billing("client", "policy_ended"))
    [one] = told(session)
    assert one.sentence == "Policy with Bluebell Health ended on Sep 30, 2026; billed to client"
    assert (one.keeper, one.id, one.client_id, one.field) == ("policy", 4, 1, "ends_on")


def test_a_client_who_asked_to_pay_is_no_reason_to_look() -> None:
    ended = facts.a_client(policies=(facts.a_policy(ends_on=date(2026, 9, 30)),))
    assert told(facts.a_session(client=ended, billing=Billing("client", "asked"))) == []


def test_a_name_too_long_for_two_boxes_is_told_once_with_what_is_left_of_it() -> None:
    session = facts.a_session(client=facts.a_client(insurer_last_name="Christopherson-Vanderbilt-Featherstone"))
    [one] = told(session)
    assert one.sentence == "Boxes 2 and 4 of the form end at “CHRISTOPHERSON-VANDERBILT-FE”"
    assert (one.keeper, one.field, one.mend) == ("client", "insurer_last_name", "Shorten it")


@pytest.mark.parametrize(("session", "place"), [
    (facts.a_session(client=facts.a_client(address=FAR, policies=(facts.a_policy(),))), ("client", 1, "street")),
    (insured(member_id="X" * 40), ("policy", 9, "member_id")),
    (insured(group_number="X" * 40), ("policy", 9, "group_number")),
    (insured(plan_name=LONG), ("policy", 9, "plan_name")),
    (insured(payer=facts.a_payer(id=5, name=LONG)), ("payer", 5, "name")),
    (insured(payer=facts.a_payer(id=5, address=FAR)), ("payer", 5, "street")),
    (insured(relationship="spouse", subscriber_first_name="Ash", subscriber_last_name=LONG), ("policy", 9, "subscriber_last_name")),
    (insured(relationship="child", subscriber_first_name="Ash", subscriber_address=FAR), ("policy", 9, "subscriber_street")),
    (facts.a_session(authorization=facts.authorized(number="A" * 40, id=5)), ("client", 1, "authorization.5")),
    (facts.a_session(id=77, authorization_number="A" * 40), ("session", 77, "authorization_number")),
    (facts.a_session(provider=facts.a_provider(id=6, last_name=LONG)), ("provider", 6, "last_name")),
    (facts.a_session(provider=facts.a_provider(supervisor=facts.a_provider(id=8, last_name=LONG))), ("provider", 8, "last_name")),
    (facts.a_session(client=facts.a_client(referrer_last_name=LONG)), ("client", 1, "referrer_last_name")),
    (facts.a_session(location=facts.a_location(id=4, name=LONG)), ("location", 4, "name")),
    (facts.a_session(provider=facts.a_provider(id=6, bills_as_entity=True, entity_name=LONG)), ("provider", 6, "entity_name")),
])  # fmt: skip
def test_what_is_cut_is_mended_where_it_is_kept(session: SessionFacts, place: tuple[str, int, str]) -> None:
    assert place in places(session)


def test_a_practice_whose_name_is_too_long_is_told_so_at_every_insured_session() -> None:
    assert places(facts.a_session(), billing_name=LONG) == [("practice", 1, "billing_name")]


def test_the_second_policy_prints_in_box_9() -> None:
    second = facts.a_policy(id=2, rank="secondary", relationship="spouse", subscriber_last_name=LONG, member_id="M" * 40)
    session = facts.a_session(client=facts.a_client(policies=(facts.a_policy(), second)))
    assert places(session) == [("policy", 2, "subscriber_last_name"), ("policy", 2, "member_id")]


def test_two_sessions_with_the_same_number_of_their_own_each_lead_to_their_own() -> None:
    checking = Checking(facts.a_practice())
    both = [facts.a_session(id=number, authorization_number="A" * 40) for number in (1, 2)]
    assert [told(one, by=checking)[0].id for one in both] == [1, 2]


def test_a_red_session_with_hardly_a_fact_can_be_looked_at() -> None:
    policy = facts.a_policy(member_id="", relationship="", payer=facts.a_payer(kind="", address=Postal()))
    bare = facts.a_client(insurer_first_name="", insurer_last_name="", insurer_sex="", birth_date=None, address=Postal(),
                          diagnoses=(), policies=(policy,))
    assert told(facts.a_session(client=bare, location=None, lines=())) == []


def test_every_box_that_free_text_fills_says_where_it_is_kept() -> None:
    second = facts.a_policy(id=2, rank="secondary", relationship="spouse", subscriber_last_name=LONG)
    client = facts.a_client(
        address=FAR, referrer_last_name=LONG, policies=(facts.a_policy(plan_name=LONG), second))
    session = facts.a_session(client=client, authorization_number="A")
    claim = claim_record([session], facts.a_practice(), account_number="C1", paid_cents=0, on=session.day)
    wide = {key for key, _ in boxes(claim) if fields()[key].width > 11}
    signed = {"12.signature", "12.date", "13.signature", "31.date", "26", "32b", "33b"}
    assert wide - signed <= PRINTS.keys()
