"""What the boxes of a CMS-1500 say, from the records."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.claims.facts import DiagnosisFacts, Postal, SessionFacts
from domain.claims.form import BOX_31_WIDTH, claim_record
from domain.documents.claim_record import ClaimRecord
from tests.fixtures import billing_facts as facts

ASSETS = Path(__file__).resolve().parents[3] / "assets"


def record(*sessions: SessionFacts, **but: Any) -> ClaimRecord:
    practice = but.pop("practice", None) or facts.a_practice()
    usual = {"account_number": "C2026-00001", "paid_cents": 0, "on": date(2026, 10, 14)}
    return claim_record(sessions, practice, **usual | but)


def test_a_client_who_is_the_subscriber_is_written_out_as_the_insured() -> None:
    made = record(facts.a_session())
    assert made.patient.relationship == "self"
    assert (made.insured.member_id, made.insured.group_number) == ("DEMO-0042", "G-77")
    assert made.insured.name == made.patient.name
    assert made.insured.address == made.patient.address
    assert (made.insured.born_on, made.insured.sex) == (date(1991, 5, 4), "F")
    assert made.insured.plan_name == "Bluebell Health"


def test_another_subscriber_is_named_with_their_own_address_and_birth_date() -> None:
    policy = facts.a_policy(
        relationship="child", subscriber_first_name="Ash", subscriber_last_name="Applewick",
        subscriber_birth_date=date(1960, 2, 3), subscriber_sex="M",
        subscriber_address=Postal(street="9 Elm", city="Troy", state="NY", zip="12180"), subscriber_phone="(518) 555-0199")
    made = record(facts.a_session(client=facts.a_client(policies=(policy,))))
    assert (made.patient.relationship, made.insured.name.first) == ("child", "Ash")
    assert (made.insured.born_on, made.insured.sex, made.insured.address.city) == (date(1960, 2, 3), "M", "Troy")


@pytest.mark.parametrize("group", ["", "G77"])
def test_medicare_first_wants_none_in_box_11_whatever_the_card_says(group: str) -> None:
    policy = facts.a_policy(group_number=group, payer=facts.a_payer(kind="medicare"))
    assert record(facts.a_session(client=facts.a_client(policies=(policy,)))).insured.group_number == "NONE"


def test_a_secondary_policy_in_force_fills_box_9_and_says_yes_in_11d() -> None:
    secondary = facts.a_policy(id=2, rank="secondary", member_id="SEC-9", payer=facts.a_payer(id=2, name="Old Oak Mutual"))
    made = record(facts.a_session(client=facts.a_client(policies=(facts.a_policy(), secondary))))
    assert made.another_plan is True
    assert made.other_insured is not None
    assert (made.other_insured.policy_number, made.other_insured.plan_name) == ("SEC-9", "Old Oak Mutual")
    over = facts.a_policy(id=2, rank="secondary", ends_on=date(2026, 9, 30))
    assert record(facts.a_session(client=facts.a_client(policies=(facts.a_policy(), over)))).other_insured is None


def test_signatures_on_file_follow_the_dates_they_were_given() -> None:
    made = record(facts.a_session())
    assert (made.patient_signature, made.patient_signed_on) == ("SIGNATURE ON FILE", date(2026, 1, 5))
    assert made.insured_signature == "SIGNATURE ON FILE"
    without = record(facts.a_session(client=facts.a_client(release_signed_on=None, assignment_signed_on=None)))
    assert (without.patient_signature, without.insured_signature) == ("", "")


def test_a_referrer_stands_in_box_17_before_a_supervisor() -> None:
    provider = facts.a_provider(supervisor=facts.a_provider(id=2, last_name="Winter", npi="1234567893"))
    supervised = record(facts.a_session(provider=provider)).referrer
    assert supervised is not None
    assert (supervised.qualifier, supervised.name.last, supervised.npi) == ("DQ", "Winter", "1234567893")
    client = facts.a_client(referrer_first_name="Lee", referrer_last_name="Finch", referrer_npi="1245319599")
    referred = record(facts.a_session(provider=provider, client=client)).referrer
    assert referred is not None
    assert (referred.qualifier, referred.name.last) == ("DN", "Finch")
    assert record(facts.a_session()).referrer is None


def test_box_32_is_the_office_and_never_the_clients_home() -> None:
    made = record(facts.a_session(location=facts.a_location(name="Annex", npi="1245319599")))
    assert made.facility is not None
    assert (made.facility.name, made.facility.address.street, made.facility.npi) == ("Annex", "1 Main Street", "1245319599")
    for place in ("10", "02", "12"):
        assert record(facts.a_session(place_of_service=place)).facility is None


def test_pointers_are_letters_of_this_forms_list() -> None:
    listed = tuple(DiagnosisFacts(code=f"F4{digit}.{end}") for digit in range(7) for end in (1, 2))  # fourteen
    client = facts.a_client(diagnoses=listed)
    session = facts.a_session(client=client, lines=(facts.a_line(pointers="NA"), facts.a_line(pointers="")))
    made = record(session)
    assert len(made.diagnoses) == 12
    assert made.diagnoses[:4] == ("F40.1", "F40.2", "F41.1", "F41.2")
    assert [code for code in made.diagnoses if code == "F46.2"] == ["F46.2"]
    at = {chr(65 + place): code for place, code in enumerate(made.diagnoses)}
    assert [at[letter] for letter in made.lines[0].pointers] == ["F46.2", "F40.1"]
    assert made.lines[1].pointers == "ABCD"


def test_every_diagnosis_of_the_client_is_listed_while_twelve_have_room() -> None:
    listed = tuple(DiagnosisFacts(code=f"F4{digit}.1") for digit in range(6))
    assert record(facts.a_session(client=facts.a_client(diagnoses=listed))).diagnoses == tuple(d.code for d in listed)


def test_a_line_says_day_place_code_modifiers_charge_units_and_who_rendered_it() -> None:
    session = facts.a_session(lines=(facts.a_line(modifiers="95,HO", units=2),))
    [line] = record(session).lines
    assert (line.first_day, line.place, line.code, line.modifiers) == (facts.DAY, "11", "90837", ("95", "HO"))
    assert (line.charge_cents, line.units, line.rendering_npi) == (30000, 2, "1245319599")
    assert (line.rendering_id_qualifier, line.rendering_id) == ("ZZ", "1041C0700X")


def test_the_practice_bills_unless_the_provider_is_an_entity_of_their_own() -> None:
    made = record(facts.a_session())
    assert (made.billing.name, made.billing.npi, made.tax_id) == ("Thistledown Counseling PLLC", "1234567893", "12-3456789")
    provider = facts.a_provider(bills_as_entity=True, entity_name="Larkspur Therapy LLC", entity_tax_id="98-7654321")
    alone = record(facts.a_session(provider=provider))
    assert (alone.billing.name, alone.billing.npi, alone.tax_id) == ("Larkspur Therapy LLC", "1245319599", "98-7654321")


def test_an_authorization_is_the_one_typed_at_the_session_or_the_one_it_draws_on() -> None:
    drawn = facts.authorized(number="P-1")
    assert record(facts.a_session(authorization=drawn)).authorization == "P-1"
    assert record(facts.a_session(authorization=drawn, authorization_number="S-1")).authorization == "S-1"


def test_accident_onset_and_assignment_answers_are_the_clients() -> None:
    client = facts.a_client(auto_accident=True, auto_accident_state="VT", onset_on=date(2026, 3, 1), accept_assignment=False)
    made = record(facts.a_session(client=client), paid_cents=2500)
    assert (made.patient.accident_by_car, made.patient.accident_state, made.patient.accident_at_work) == (True, "VT", False)
    assert made.onset is not None
    assert (made.onset.on, made.onset.qualifier) == (date(2026, 3, 1), "431")
    assert (made.accept_assignment, made.paid_cents) == (False, 2500)


@pytest.mark.parametrize(("first", "last", "credentials", "printed"), [
    ("Imogen", "Larkspur", "LCSW", "Imogen Larkspur LCSW"),
    ("Tobias", "Mistlethwait", "PhD", "Tobias Mistlethwait"),
    ("Bartholomew", "Featherstonehaugh", "PsyD", "B Featherstonehaugh"),
])
def test_box_31_leaves_out_what_its_line_does_not_hold_instead_of_cutting_it(first, last, credentials, printed) -> None:
    provider = facts.a_provider(first_name=first, last_name=last, credentials=credentials)
    assert record(facts.a_session(provider=provider)).provider_signature == printed


def test_box_31_is_as_wide_as_the_table_of_positions_says() -> None:
    rows = csv.DictReader((ASSETS / "cms1500" / "positions.csv").read_text(encoding="utf-8").splitlines())
    assert {row["key"]: int(row["width"]) for row in rows}["31.signature"] == BOX_31_WIDTH
