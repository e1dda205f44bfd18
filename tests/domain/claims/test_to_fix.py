"""All that keeps a session from being billed, each reason with the very field that mends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.billing_rule import Billing
from domain.claims.facts import DiagnosisFacts, Postal, SessionFacts
from domain.claims.reasons import Reason
from domain.claims.to_fix import Checking
from domain.documents.fonts import letters_without_font
from tests.fixtures import billing_facts as facts


def reasons(session: SessionFacts, *, practice: Any = None, on: date | None = None) -> tuple[Reason, ...]:
    return Checking(practice or facts.a_practice(), unprintable=letters_without_font).to_fix(session, on=on)


def places(session: SessionFacts, **more: Any) -> list[tuple[str, str, int, str]]:
    return [(one.code, one.keeper, one.id, one.field) for one in reasons(session, **more)]


def test_a_complete_insured_session_has_nothing_to_fix() -> None:
    assert reasons(facts.a_session()) == ()


def test_a_session_that_the_client_pays_needs_nothing_that_only_claims_need() -> None:
    bare = facts.a_client(policies=(), diagnoses=(), birth_date=None, insurer_sex="", address=Postal())
    practice = facts.a_practice(npi="", tax_id="", address=Postal())
    session = facts.a_session(client=bare, provider=facts.a_provider(npi=""), location=None)
    assert reasons(session, practice=practice) == ()


@pytest.mark.parametrize(("of_client", "code", "field"), [
    ({"birth_date": None}, "no_birth_date", "birth_date"),
    ({"insurer_sex": ""}, "no_sex", "insurer_sex"),
    ({"insurer_first_name": ""}, "no_insurer_name", "insurer_first_name"),
    ({"insurer_last_name": ""}, "no_insurer_name", "insurer_last_name"),
    ({"address": Postal()}, "no_address", "street"),
    ({"address": Postal(street="1 Elm", city="", state="NY", zip="12203")}, "no_address", "city"),
    ({"address": Postal(street="1 Elm", city="Albany", state="NY", zip="1220")}, "bad_address", "zip"),
    ({"address": Postal(street="1 Elm", city="Albany", state="ZZ", zip="12203")}, "bad_address", "state"),
    ({"diagnoses": ()}, "no_diagnosis", "diagnoses"),
    ({"diagnoses": (DiagnosisFacts(code="ANXIOUS"),)}, "bad_diagnosis", "diagnoses"),
    ({"diagnoses": (DiagnosisFacts(code="F41.1"), DiagnosisFacts(code="F41.1"))}, "double_diagnosis", "diagnoses"),
    ({"birth_date": date(2026, 10, 13)}, "birth_after_visit", "birth_date"),
    ({"auto_accident": True}, "no_accident_state", "auto_accident_state"),
    ({"referrer_last_name": "Finch"}, "no_npi", "referrer_npi"),
    ({"referrer_last_name": "Finch", "referrer_npi": "1234567890"}, "bad_npi", "referrer_npi"),
    ({"bill_tos": (facts.a_person(share_points=6000),)}, "bad_shares", "bill_to"),
])
def test_what_the_client_lacks_is_mended_at_the_client(of_client: dict[str, Any], code: str, field: str) -> None:
    assert places(facts.a_session(client=facts.a_client(**of_client))) == [(code, "client", 1, field)]


@pytest.mark.parametrize(("of_policy", "code", "field"), [
    ({"member_id": " "}, "no_member_id", "member_id"),
    ({"relationship": ""}, "no_relationship", "relationship"),
    ({"relationship": "spouse", "subscriber_first_name": "Ash", "subscriber_last_name": "Applewick",
      "subscriber_birth_date": date(2026, 10, 13), "subscriber_sex": "M", "subscriber_address": facts.HOME},
     "birth_after_visit", "subscriber_birth_date"),
    ({"relationship": "spouse", "subscriber_first_name": "Ash", "subscriber_last_name": "Applewick",
      "subscriber_birth_date": date(1990, 1, 1), "subscriber_sex": "M"}, "no_address", "subscriber_street"),
    ({"relationship": "child", "subscriber_first_name": "Ash", "subscriber_last_name": "Applewick",
      "subscriber_sex": "M", "subscriber_address": facts.HOME}, "no_subscriber_birth_date", "subscriber_birth_date"),
    ({"relationship": "other", "subscriber_birth_date": date(1990, 1, 1), "subscriber_sex": "M",
      "subscriber_address": facts.HOME}, "no_subscriber_name", "subscriber_first_name"),
    ({"relationship": "spouse", "subscriber_first_name": "Ash", "subscriber_last_name": "Applewick",
      "subscriber_birth_date": date(1990, 1, 1), "subscriber_address": facts.HOME}, "no_subscriber_sex",
     "subscriber_sex"),
])
def test_what_the_policy_lacks_is_mended_at_the_policy(of_policy: dict[str, Any], code: str, field: str) -> None:
    found = reasons(facts.a_session(client=facts.a_client(policies=(facts.a_policy(id=9, **of_policy),))))
    assert [(one.code, one.keeper, one.id, one.client_id, one.field) for one in found] == [(code, "policy", 9, 1, field)]


def test_a_payer_without_an_address_can_be_sent_no_form() -> None:
    client = facts.a_client(policies=(facts.a_policy(payer=facts.a_payer(id=5, address=Postal())),))
    assert places(facts.a_session(client=client)) == [("no_address", "payer", 5, "street")]


def test_a_payer_id_is_letters_and_digits() -> None:
    odd = facts.a_client(policies=(facts.a_policy(payer=facts.a_payer(payer_id="call them")),))
    assert places(facts.a_session(client=odd)) == [("bad_payer_id", "payer", 1, "payer_id")]
    plain = facts.a_client(policies=(facts.a_policy(payer=facts.a_payer(payer_id="60054")),))
    assert places(facts.a_session(client=plain)) == []


@pytest.mark.parametrize(("of_practice", "code", "field"), [
    ({"npi": ""}, "no_npi", "npi"),
    ({"npi": "1234567890"}, "bad_npi", "npi"),
    ({"tax_id": ""}, "no_tax_id", "tax_id"),
    ({"tax_id": "12-345"}, "bad_tax_id", "tax_id"),
    ({"billing_name": ""}, "no_billing_name", "billing_name"),
    ({"taxonomy": "THERAPIST"}, "bad_taxonomy", "taxonomy"),
    ({"address": Postal()}, "no_address", "street"),
])
def test_what_the_practice_lacks_is_mended_at_the_practice(of_practice: dict[str, Any], code: str, field: str) -> None:
    assert places(facts.a_session(), practice=facts.a_practice(**of_practice)) == [(code, "practice", 1, field)]


def test_a_provider_who_bills_alone_needs_no_numbers_of_the_practice_but_their_own() -> None:
    provider = facts.a_provider(bills_as_entity=True)
    session = facts.a_session(provider=provider)
    practice = facts.a_practice(npi="", tax_id="", billing_name="")
    assert places(session, practice=practice) == [("no_tax_id", "provider", 1, "entity_tax_id")]


def test_a_supervisor_needs_an_npi_unless_a_referrer_stands_in_box_17() -> None:
    provider = facts.a_provider(supervisor=facts.a_provider(id=2, npi=""))
    assert places(facts.a_session(provider=provider)) == [("no_npi", "provider", 2, "npi")]
    referred = facts.a_client(referrer_last_name="Finch", referrer_npi="1245319599")
    assert places(facts.a_session(provider=provider, client=referred)) == []


@pytest.mark.parametrize(("of_line", "code"), [
    ({"code": "TALK"}, "bad_code"),
    ({"fee_cents": 0}, "no_charge"),
    ({"units": 0}, "no_units"),
    ({"pointers": "AA"}, "double_pointer"),
    ({"units": 1000}, "too_many_units"),
    ({"modifiers": "95,HO,HJ,GT,93"}, "too_many_modifiers"),
    ({"modifiers": "TELE"}, "bad_modifier"),
    ({"modifiers": "95,95"}, "double_modifier"),
    ({"pointers": "AB"}, "pointer_past_list"),
])
def test_what_a_line_lacks_is_mended_in_the_session(of_line: dict[str, Any], code: str) -> None:
    session = facts.a_session(lines=(facts.a_line(**of_line),))
    assert places(session) == [(code, "session", session.id, "lines")]


def test_more_lines_than_a_form_holds_are_refused_with_the_reason() -> None:
    session = facts.a_session(lines=tuple(facts.a_line() for _ in range(7)))
    assert [one.code for one in reasons(session)] == ["too_many_lines"]


def test_more_diagnoses_than_a_form_holds_are_refused_only_when_the_lines_point_at_them() -> None:
    codes = ["F32.0", "F32.1", "F32.2", "F33.0", "F33.1", "F33.2", "F34.1", "F40.10", "F41.0", "F41.1", "F42.2",
             "F43.10", "F43.20", "F43.21"]
    many = tuple(DiagnosisFacts(code=code) for code in codes)
    client = facts.a_client(diagnoses=many)
    assert reasons(facts.a_session(client=client)) == ()
    pointing = tuple(facts.a_line(pointers=letters) for letters in ("ABCD", "EFGH", "IJKL", "MN"))
    assert [one.code for one in reasons(facts.a_session(client=client, lines=pointing))] == ["too_many_diagnoses"]


def test_an_office_visit_needs_a_location_and_a_remote_one_does_not() -> None:
    assert [one.code for one in reasons(facts.a_session(location=None))] == ["no_location"]
    assert reasons(facts.a_session(location=None, place_of_service="10", held_as="video")) == ()


@pytest.mark.parametrize(("place", "code"), [("1", "bad_place"), ("1A", "bad_place"), ("29", "unknown_place")])
def test_a_place_of_service_is_one_of_cms(place: str, code: str) -> None:
    assert [one.code for one in reasons(facts.a_session(place_of_service=place))] == [code]
    assert reasons(facts.a_session(place_of_service="53")) == ()


def test_a_provider_without_a_taxonomy_is_fine_and_a_wrong_one_is_not() -> None:
    assert places(facts.a_session(provider=facts.a_provider(taxonomy=""))) == []
    assert places(facts.a_session(provider=facts.a_provider(taxonomy="1041C"))) == [("bad_taxonomy", "provider", 1, "taxonomy")]


def test_two_primary_policies_name_both_and_lead_to_the_policies() -> None:
    two = (facts.a_policy(), facts.a_policy(id=2, payer=facts.a_payer(id=2, name="Old Oak Mutual")))
    session = facts.a_session(client=facts.a_client(policies=two), billing=Billing("unclear", "two_primaries"))
    [reason] = reasons(session)
    assert reason.sentence == "Rowan Applewick has 2 primary policies on Oct 12: Bluebell Health and Old Oak Mutual"
    assert (reason.keeper, reason.field) == ("client", "policies")


def test_all_reasons_are_told_at_once() -> None:
    client = facts.a_client(birth_date=None, diagnoses=(), policies=(facts.a_policy(member_id=""),))
    session = facts.a_session(client=client, provider=facts.a_provider(npi=""), lines=(facts.a_line(fee_cents=0),))
    found = {one.code for one in reasons(session, practice=facts.a_practice(tax_id=""))}
    assert found == {"no_birth_date", "no_diagnosis", "no_member_id", "no_npi", "no_charge", "no_tax_id"}


def test_a_held_session_says_why() -> None:
    session = facts.a_session(status="held", held_reason="Waiting for the authorization")
    assert [(one.code, one.sentence) for one in reasons(session)] == [("held", "Held: Waiting for the authorization")]


def test_a_day_that_has_not_come_cannot_be_billed() -> None:
    assert [one.code for one in reasons(facts.a_session(), on=date(2026, 10, 11))] == ["too_early"]
    assert reasons(facts.a_session(), on=facts.DAY) == ()


def test_a_session_without_lines_asks_for_one() -> None:
    session = facts.a_session(client=facts.a_client(policies=()), lines=())
    assert [one.code for one in reasons(session)] == ["no_lines"]


@pytest.mark.parametrize("letter", ["語", "ກ"])
def test_a_letter_that_no_font_has_is_told_with_the_letter(letter: str) -> None:
    session = facts.a_session(client=facts.a_client(name=f"Rowan {letter}", policies=()))
    [reason] = reasons(session)
    assert (reason.code, reason.field) == ("unprintable", "name")
    assert letter in reason.sentence


def test_scripts_that_the_fonts_hold_are_fine_on_an_invoice() -> None:
    for name in ("Łucja Żółć", "Ελένη", "Анна", "رنا", "נועה", "अनिता"):
        assert reasons(facts.a_session(client=facts.a_client(name=name, policies=()))) == ()


def test_an_insurer_name_in_letters_that_the_form_cannot_print_is_told() -> None:
    client = facts.a_client(insurer_first_name="Анна")
    assert [(one.code, one.field) for one in reasons(facts.a_session(client=client))] == [
        ("unprintable_on_form", "insurer_first_name")]
    accented = facts.a_client(insurer_first_name="Łucja", insurer_last_name="Żółć")
    assert reasons(facts.a_session(client=accented)) == ()


def test_what_sessions_share_is_judged_once_and_told_to_each() -> None:
    client = facts.a_client(birth_date=None)
    checking = Checking(facts.a_practice())
    first = checking.to_fix(facts.a_session(client=client))
    second = checking.to_fix(facts.a_session(client=client))
    assert first == second
    assert first[0] is second[0]


def test_judging_writes_nothing() -> None:
    session = facts.a_session(client=facts.a_client(birth_date=None))
    before = replace(session)
    reasons(session)
    assert session == before
