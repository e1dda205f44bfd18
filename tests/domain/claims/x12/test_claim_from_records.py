"""The claim by file comes from the record that the CMS-1500 is drawn from: both say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.claims.facts import Postal, SessionFacts
from domain.claims.form import claim_record
from domain.claims.x12.professional.check import check_claim, written_and_checked
from domain.claims.x12.professional.make import PayerSettings, electronic_claim
from domain.documents.claim_record import Adjusted, ClaimRecord, DecidedLine, Decision
from domain.documents.records import claim_from_json, to_json
from tests.fixtures import billing_facts as facts
from tests.fixtures import claim_files as files
from tests.fixtures.x12_validator import complaints

PAYER = facts.a_payer(payer_id="60054")
ANNEX = facts.a_location(name="Annex", address=Postal(street="77 River Road", city="Troy", state="NY", zip="12180-2345"))


def a_policy(**but: Any):
    return facts.a_policy(**{"payer": PAYER} | but)


def of_child(**but: Any):
    return a_policy(**{
        "relationship": "child", "subscriber_first_name": "Ash", "subscriber_last_name": "Applewick",
        "subscriber_birth_date": date(1960, 2, 3), "subscriber_sex": "M", "subscriber_address": facts.HOME} | but)


def record(session: SessionFacts, **but: Any) -> ClaimRecord:
    practice = but.pop("practice", None) or facts.a_practice()
    return claim_record([session], practice, **{"account_number": "C202600001", "paid_cents": 0, "on": date(2026, 10, 14)} | but)


def a_session(*policies: Any, **but: Any) -> SessionFacts:
    client = facts.a_client(policies=policies or (a_policy(),), **but.pop("of_client", {}))
    return facts.a_session(client=client, **but)


def decided(made: ClaimRecord) -> ClaimRecord:
    """The claim to the second payer, once the first has paid 90 of 150 and left 20."""
    assert made.other_insured is not None
    reasons = (Adjusted("PR", "2", 1500), Adjusted("CO", "45", 4000), Adjusted("PR", "3", 500))
    line = DecidedLine(line=1, paid_cents=9000, adjustments=reasons, left_cents=2000)
    decision = Decision(decided_on=date(2026, 10, 13), paid_cents=9000, lines=(line,), claim_number="77")
    return replace(made, rank="secondary", other_insured=replace(made.other_insured, rank="primary", decision=decision))


def test_the_form_and_the_file_say_the_same_of_a_session() -> None:
    made = record(a_session())
    claim = electronic_claim(made)
    assert check_claim(claim) == []
    assert (claim.number, claim.charge_cents, claim.lines[0].code) == (made.account_number, made.total_cents, "90837")
    assert (claim.subscriber.name.last, claim.subscriber.member_id) == ("APPLEWICK", "DEMO0042")
    assert (claim.billing.npi, claim.billing.tax_id) == ("1234567893", "123456789")
    assert claim.rendering is not None
    assert (claim.rendering.name.last, claim.rendering.npi, claim.rendering.taxonomy) == ("LARKSPUR", "1245319599", "1041C0700X")
    assert claim.diagnoses == ("F411",)
    assert claim.lines[0].pointers == (1,)
    assert claim.payer.id == "60054"


def test_an_issued_record_as_the_database_keeps_it_makes_the_same_claim() -> None:
    made = record(a_session(location=ANNEX))
    assert electronic_claim(claim_from_json(to_json(made))) == electronic_claim(made)


def test_each_session_made_into_a_file_passes_our_check_and_pyx12() -> None:
    secondary = a_policy(id=2, rank="secondary", member_id="W-1", payer=facts.a_payer(id=2, name="Old Oak", payer_id="87726"))
    supervisor = facts.a_provider(id=2, last_name="Winter", npi="1346234564")
    entity = facts.a_provider(bills_as_entity=True, entity_tax_id="98-7654321")
    sessions = [
        a_session(location=ANNEX), a_session(of_child()), a_session(a_policy(), secondary),
        a_session(place_of_service="10"), a_session(provider=facts.a_provider(supervisor=supervisor)),
        a_session(provider=entity), a_session(way="under_supervisor", way_supervisor=supervisor),
        a_session(way="with_supervisor", way_supervisor=supervisor),
        a_session(of_client={"auto_accident": True, "auto_accident_state": "NY", "onset_on": date(2026, 9, 1),
                             "referrer_last_name": "Finch", "referrer_npi": "1679576722"}),
    ]
    made = [electronic_claim(record(session)) for session in sessions]
    made.append(electronic_claim(decided(record(sessions[2]))))
    content, findings = written_and_checked(files.a_file(*files.numbered(made)))
    assert findings == []
    assert complaints(content) == []


def test_a_child_stands_in_a_loop_of_its_own_unless_the_payer_gave_it_a_number() -> None:
    made = record(a_session(of_child()))
    claim = electronic_claim(made)
    assert claim.patient is not None
    assert (claim.patient.relationship, claim.patient.name.first, claim.subscriber.name.first) == ("19", "ROWAN", "ASH")
    own = electronic_claim(record(a_session(of_child(patient_member_id="DEMO-0043"))))
    assert own.patient is None
    assert (own.subscriber.relationship, own.subscriber.name.first, own.subscriber.member_id) == ("18", "ROWAN", "DEMO0043")
    assert own.subscriber.born_on == date(1991, 5, 4)


def test_the_second_payer_hears_what_the_first_decided_in_balance() -> None:
    secondary = a_policy(id=2, rank="secondary", payer=facts.a_payer(id=2, name="Old Oak", payer_id="87726"))
    claim = electronic_claim(decided(record(a_session(a_policy(), secondary))))
    assert check_claim(claim) == []
    [other], [decision] = claim.others, claim.lines[0].decisions
    assert (claim.subscriber.responsibility, other.responsibility, other.paid_cents) == ("S", "P", 9000)
    assert [(one.group, one.reason, one.cents) for one in decision.adjustments] == [
        ("PR", "2", 1500), ("PR", "3", 500), ("CO", "45", 4000)]
    assert (other.decided_on, other.left_cents, decision.left_cents) == (None, None, 2000)


def test_a_decision_on_the_claim_as_a_whole_stands_with_its_payer() -> None:
    secondary = a_policy(id=2, rank="secondary", payer=facts.a_payer(id=2, name="Old Oak", payer_id="87726"))
    made = decided(record(a_session(a_policy(), secondary)))
    assert made.other_insured is not None
    assert made.other_insured.decision is not None
    [line] = made.other_insured.decision.lines
    whole = replace(made.other_insured.decision, lines=(), adjustments=line.adjustments, left_cents=2000, remarks=("MA07",))
    claim = electronic_claim(replace(made, other_insured=replace(made.other_insured, decision=whole)))
    assert check_claim(claim) == []
    [other] = claim.others
    assert (other.decided_on, other.left_cents, other.remarks) == (date(2026, 10, 13), 2000, ("MA07",))
    assert claim.lines[0].decisions == ()


def test_medicare_as_second_payer_says_why() -> None:
    made = record(a_session(a_policy(payer=facts.a_payer(kind="medicare", payer_id="13282"), group_number="")))
    assert made.insured.group_number == "NONE"  # on paper only
    first = electronic_claim(made).subscriber
    assert (first.filing, first.insurance_type, first.group_number) == ("MB", "", "")
    second = electronic_claim(replace(made, rank="secondary"), PayerSettings(insurance_type="43")).subscriber
    assert (second.filing, second.insurance_type) == ("MB", "43")


def test_the_billing_address_is_no_facility_and_neither_is_a_home() -> None:
    assert electronic_claim(record(a_session())).facility is None
    elsewhere = electronic_claim(record(a_session(location=ANNEX))).facility
    assert elsewhere is not None
    assert (elsewhere.name, elsewhere.address.zip) == ("ANNEX", "121802345")
    assert electronic_claim(record(a_session(location=ANNEX, place_of_service="10"))).facility is None


def test_money_goes_to_the_pay_to_address_where_there_is_one() -> None:
    box = Postal(street="PO Box 9", city="Albany", state="NY", zip="12201")
    claim = electronic_claim(record(a_session(), practice=facts.a_practice(pay_to=box)))
    assert claim.billing.pay_to is not None
    assert (claim.billing.pay_to.street, claim.billing.address.street) == ("PO BOX 9", "1 MAIN STREET")
    same = electronic_claim(record(a_session(), practice=facts.a_practice(pay_to=facts.OFFICE)))
    assert same.billing.pay_to is None


def test_a_provider_who_bills_as_a_person_is_no_rendering_provider_beside() -> None:
    alone = facts.a_provider(bills_as_entity=True, entity_tax_id="219-09-9998", entity_tax_id_kind="SSN")
    claim = electronic_claim(record(a_session(provider=alone)))
    assert (claim.billing.name.person, claim.billing.name.last, claim.billing.tax_id_kind) == (True, "LARKSPUR", "SY")
    assert claim.rendering is None


def test_a_copay_is_told_only_to_a_payer_that_wants_it() -> None:
    made = record(a_session(), paid_cents=2500)
    assert electronic_claim(made).patient_paid_cents == 0
    assert electronic_claim(made, PayerSettings(says_patient_paid=True)).patient_paid_cents == 2500


def test_a_replacement_names_the_claim_it_replaces() -> None:
    made = replace(record(a_session()), resubmission_code="7", original_reference="2026-77")
    claim = electronic_claim(made)
    assert (claim.frequency, claim.original_reference) == ("7", "2026-77")
    assert check_claim(claim) == []


def test_an_accident_has_its_date_where_an_illness_has_its_onset() -> None:
    ill = electronic_claim(record(a_session(of_client={"onset_on": date(2026, 9, 1)})))
    assert (ill.onset_on, ill.accident_on, ill.causes) == (date(2026, 9, 1), None, ())
    hurt = electronic_claim(record(a_session(of_client={"onset_on": date(2026, 9, 1), "other_accident": True})))
    assert (hurt.onset_on, hurt.accident_on, hurt.causes) == (None, date(2026, 9, 1), ("OA",))


def test_names_of_any_script_are_written_over_and_none_is_lost() -> None:
    claim = electronic_claim(record(a_session(of_client={"insurer_last_name": "Żółć-Иванова", "insurer_first_name": "Ana\ue000"})))
    assert claim.subscriber.name.last == "ZOLC-IVANOVA"
    [found] = check_claim(claim)
    assert (found.code, found.place) == ("characters", "2010BA NM104")
