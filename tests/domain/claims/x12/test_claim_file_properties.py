"""Whatever claims hypothesis writes are read back equal, to the cent and the day."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claims.x12.characters import ALLOWED, plain, strange
from domain.claims.x12.professional.read import read_file
from domain.claims.x12.professional.records import (
    SELF,
    Address,
    Adjustment,
    BillingProvider,
    Claim,
    Contact,
    Facility,
    Line,
    LineDecision,
    Name,
    OtherInsurance,
    Patient,
    Payer,
    Provider,
    Subscriber,
)
from domain.claims.x12.professional.write import written_file
from tests.fixtures import claim_files as files

LETTERS = st.sampled_from(sorted(ALLOWED - {" "}))
WORDS = st.text(LETTERS, min_size=1, max_size=8)
MAYBE = st.one_of(st.just(""), WORDS)
CODES = st.text(st.sampled_from(string.ascii_uppercase + string.digits), min_size=1, max_size=5)
DAYS = st.dates(min_value=date(1, 1, 2))
MAYBE_DAY = st.none() | DAYS
CENTS = st.integers(-(10**9), 10**9)
MAYBE_CENTS = st.none() | CENTS
YES_NO = st.sampled_from(["Y", "N"])
PLACES = st.builds(Address, street=WORDS, street2=MAYBE, city=WORDS, state=CODES, zip=CODES)
PEOPLE = st.builds(Name, last=WORDS, first=MAYBE, middle=MAYBE, suffix=MAYBE)
NAMES = st.one_of(PEOPLE, st.builds(Name, last=WORDS, person=st.just(False)))
IDS = st.lists(st.tuples(st.sampled_from(["G2", "LU"]), WORDS), max_size=2).map(tuple)
ADJUSTMENTS = st.lists(st.builds(Adjustment, st.sampled_from(["CO", "PR"]), CODES, CENTS, st.integers(0, 9)),
                       max_size=8).map(tuple)
MODIFIERS = st.lists(CODES, max_size=4).map(tuple)
CONTACTS = st.builds(Contact, name=MAYBE, phone=WORDS, extension=MAYBE, email=MAYBE)
BILLING = st.builds(BillingProvider, name=NAMES, address=PLACES, npi=CODES, tax_id=CODES,
                    tax_id_kind=st.sampled_from(["EI", "SY"]), taxonomy=MAYBE, contact=st.none() | CONTACTS,
                    pay_to=st.none() | PLACES)
PROVIDERS = st.none() | st.builds(Provider, name=NAMES, npi=CODES, taxonomy=MAYBE, ids=IDS)
PAYERS = st.builds(Payer, name=WORDS, id=CODES, address=st.none() | PLACES, billing_ids=IDS)
DECISIONS = st.builds(LineDecision, payer_id=CODES, paid_cents=CENTS, code=CODES, decided_on=DAYS, modifiers=MODIFIERS,
                      units=st.integers(0, 99), bundled_into=st.integers(0, 50), adjustments=ADJUSTMENTS,
                      left_cents=MAYBE_CENTS)
LINES = st.builds(Line, first_day=DAYS, code=CODES, charge_cents=CENTS, last_day=MAYBE_DAY, units=st.integers(0, 9999),
                  pointers=st.lists(st.integers(1, 12), max_size=4).map(tuple), modifiers=MODIFIERS, description=MAYBE,
                  place=MAYBE, emergency=st.booleans(), family_plan=st.booleans(), control=MAYBE, authorization=MAYBE,
                  note=MAYBE, decisions=st.lists(DECISIONS, max_size=2).map(tuple))
OTHERS = st.builds(OtherInsurance, responsibility=CODES, relationship=CODES, name=NAMES, member_id=CODES,
                   payer_name=WORDS, payer_id=CODES, filing=CODES, group_number=MAYBE, group_name=MAYBE,
                   insurance_type=MAYBE, address=st.none() | PLACES, benefits_assigned=YES_NO, release=YES_NO,
                   adjustments=ADJUSTMENTS, paid_cents=MAYBE_CENTS, not_covered_cents=MAYBE_CENTS, left_cents=MAYBE_CENTS,
                   remarks=st.lists(CODES, max_size=5).map(tuple), decided_on=MAYBE_DAY, claim_control=MAYBE,
                   authorization=MAYBE)
PATIENTS = st.builds(Patient, relationship=CODES, name=PEOPLE, address=PLACES, born_on=DAYS, sex=CODES,
                     property_claim=MAYBE)
HOLDERS = st.builds(Subscriber, responsibility=CODES, name=NAMES, member_id=CODES, relationship=st.just(""),
                    group_number=MAYBE, group_name=MAYBE, insurance_type=MAYBE, filing=MAYBE, property_claim=MAYBE)
REST: dict[str, Any] = {
    "number": CODES, "charge_cents": CENTS, "place": CODES, "frequency": CODES, "assignment": CODES, "release": YES_NO,
    "diagnoses": st.lists(CODES, min_size=1, max_size=12).map(tuple), "signature": st.booleans(),
    "benefits_assigned": YES_NO, "causes": st.lists(CODES, max_size=2).map(tuple), "accident_state": MAYBE,
    "delay_reason": MAYBE, "onset_on": MAYBE_DAY, "accident_on": MAYBE_DAY, "last_period_on": MAYBE_DAY,
    "first_treated_on": MAYBE_DAY, "unable_from": MAYBE_DAY, "unable_to": MAYBE_DAY, "admitted_on": MAYBE_DAY,
    "discharged_on": MAYBE_DAY, "patient_paid_cents": CENTS, "authorization": MAYBE, "referral": MAYBE,
    "original_reference": MAYBE, "record_number": MAYBE, "note": MAYBE, "referrer": PROVIDERS, "rendering": PROVIDERS,
    "supervisor": PROVIDERS, "conditions": st.lists(CODES, max_size=12).map(tuple),
    "facility": st.none() | st.builds(Facility, name=WORDS, address=PLACES, npi=MAYBE, ids=IDS),
    "others": st.lists(OTHERS, max_size=2).map(tuple), "lines": st.lists(LINES, max_size=3).map(tuple),
}


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Claims that share what is above them with their neighbors as often as not."""
    billing, payer, holder, patient = draw(BILLING), draw(PAYERS), draw(HOLDERS), draw(st.none() | PATIENTS)
    if patient is None:
        born = draw(MAYBE_DAY)
        holder = replace(holder, relationship=SELF, address=draw(st.none() | PLACES), born_on=born, sex="F" if born else "")
    return draw(st.builds(Claim, billing=st.just(billing), payer=st.just(payer), subscriber=st.just(holder),
                          patient=st.just(patient), **REST))


@settings(max_examples=40)
@given(st.lists(claims(), min_size=1, max_size=2), st.data())
def test_a_file_reads_back_as_the_claims_it_was_written_from(made: list[Claim], data: st.DataObject) -> None:
    sibling = data.draw(st.none() | st.sampled_from(made))
    file = files.a_file(*made, *([replace(sibling, number="AGAIN")] if sibling else []))
    back = read_file(written_file(file))
    assert back.findings == ()
    assert back.file == file


@given(st.text(max_size=30))
def test_no_letter_of_a_name_vanishes_without_a_word(text: str) -> None:
    """Each character is kept, written over, or still there for the check to find; marks on letters may go."""
    made = plain(text)
    assert made == plain(made)
    assert all(letter in text or letter in ALLOWED for letter in made)
    if any(letter.isalpha() for letter in text):
        assert made != ""
    assert strange(made) == "" or not text.isascii() or any(ord(letter) < 32 or ord(letter) == 127 for letter in text)
