"""A payer's 835 is read to the last amount, in whatever shape it comes."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from domain.claims.x12 import refusals
from domain.claims.x12.balancing import balanced, held_because
from domain.claims.x12.remittance import by_payee, read_remittance
from domain.claims.x12.remitted import Adjustment, PaymentKey, ProviderAdjustment
from tests.fixtures.remittances import COMMERCIAL, FILES, MEDICAID, MEDICARE, REVERSAL, SECONDARY
from tests.fixtures.x12 import x12_file
from tests.fixtures.x12_validator import complaints


def one(body, **but):
    [payment] = read_remittance(x12_file("835", body, **but))
    return payment


@pytest.mark.parametrize("name", FILES)
def test_an_outside_validator_finds_the_samples_right(name):
    try:
        text = FILES[name].decode()
    except UnicodeDecodeError:
        text = FILES[name].decode("latin-1")
    assert complaints(unicodedata.normalize("NFKD", text).encode("ascii", "ignore")) == []


def test_the_outside_validator_does_complain():
    assert complaints(FILES["one long line"].replace(b"CLP*C0001*1*", b"CLP*C0001*99*")) != []


@pytest.mark.parametrize("name", FILES)
def test_every_sample_balances(name):
    assert [held_because(payment) for payment in read_remittance(FILES[name])] == [()] * len(read_remittance(FILES[name]))


def test_a_payment_says_who_paid_whom_how_much_and_when():
    payment = one(COMMERCIAL)
    assert payment.key == PaymentKey("1512345678", "EFT77001234", date(2026, 10, 12), 25523)
    assert (payment.payer.name, payment.payer_contact) == (
        "HARBOR HEALTH PLAN", "CLAIMS DESK, 8005550101, WWW.HARBORHEALTH.EXAMPLE")
    assert (payment.payee.name, payment.payee_npi, payment.payee_tax_id) == ("RIVERSIDE COUNSELING LLC", "1234567893", "123456789")
    assert (payment.method, payment.is_test) == ("ACH", False)
    assert payment.provider_adjustments == (
        ProviderAdjustment("1234567893", date(2026, 12, 31), "L6", "HH2026A1", -173),)


def test_the_payees_tax_id_may_stand_in_its_name_segment():
    assert (one(MEDICARE).payee_npi, one(MEDICARE).payee_tax_id) == ("", "123456789")


def test_a_claim_says_all_that_the_payer_says():
    claim = one(COMMERCIAL).claims[0]
    assert (claim.control_number, claim.status, claim.charge_cents, claim.paid_cents, claim.patient_cents) == (
        "C0001", "1", 35000, 22500, 7500)
    assert (claim.filing_indicator, claim.payer_control_number, claim.place_of_service, claim.frequency) == (
        "12", "HH2026A1", "11", "1")
    assert (claim.patient.name, claim.patient.first_name, claim.patient.id) == ("ALVAREZ", "MARIA", "HHP100200")
    assert claim.corrected.first_name == "MARIAH"
    assert claim.rendering.id == "1234567893"
    assert (claim.starts_on, claim.ends_on, claim.received_on) == (date(2026, 9, 21), date(2026, 9, 28), date(2026, 9, 30))
    assert (claim.amounts, claim.contact) == ((("AU", 30000),), "8005550199")


def test_a_line_says_code_units_day_reasons_and_what_was_allowed():
    line = one(COMMERCIAL).claims[0].lines[0]
    assert (line.code, line.modifiers, line.charge_cents, line.paid_cents, line.units) == ("90837", ("95",), 20000, 12500, 1)
    assert (line.starts_on, line.ends_on, line.control_number) == (date(2026, 9, 21), date(2026, 9, 21), "C0001L1")
    assert line.adjustments == (
        Adjustment("CO", "45", 2500), Adjustment("PR", "1", 3000, Decimal(1)), Adjustment("PR", "3", 2000))
    assert (line.allowed_cents, line.client_share_cents, line.remarks) == (17500, 5000, ("N381",))


def test_without_an_allowed_amount_it_is_what_was_paid_and_the_clients_share():
    line = one([text for text in COMMERCIAL if text != "AMT*B6*175"]).claims[0].lines[0]
    assert (line.allowed_amount_cents, line.allowed_cents) == (None, 17500)


def test_units_left_out_are_one():
    line = one(COMMERCIAL).claims[2].lines[0]
    assert (line.units, line.charge_cents, line.paid_cents) == (1, 3000, 2850)


def test_what_was_submitted_is_told_where_the_payer_judged_another_code():
    line = one(REVERSAL).claims[1].lines[0]
    assert (line.code, line.submitted_code, line.submitted_modifiers) == ("90834", "90837", ("95",))


def test_a_line_may_say_first_and_last_day():
    body = [text.replace("DTM*472*20260921", "DTM*150*20260920") for text in COMMERCIAL]
    at = body.index("DTM*150*20260920")
    line = one([*body[:at + 1], "DTM*151*20260921", *body[at + 1:]]).claims[0].lines[0]
    assert (line.starts_on, line.ends_on) == (date(2026, 9, 20), date(2026, 9, 21))


def test_a_forwarded_claim_names_the_next_payer_and_its_remarks():
    claim = one(MEDICARE).claims[0]
    assert claim.is_forwarded
    assert claim.forwarded_to.name == "GOLDEN STATE SUPPLEMENT"
    assert claim.remarks == ("MA01", "MA18")


def test_a_claim_may_be_judged_as_a_whole():
    [claim] = one(MEDICAID).claims
    assert (claim.lines, claim.adjustments) == ((), (Adjustment("CO", "197", 30000),))


def test_letters_beyond_ascii_are_read_in_both_codings():
    for encoding in ("utf-8", "latin-1"):
        payment = one(REVERSAL, encoding=encoding)
        assert payment.payer.name == "CÍRCULO DE SALUD"
        assert payment.claims[0].patient.name == "ÁLVAREZ"


@pytest.mark.parametrize("shape", [{"line_end": "\r\n"}, {"delimiters": "|>!\n"}, {"delimiters": "\x1d\x1f\x1e\x1c"}])
def test_every_shape_says_the_same(shape):
    for body in (COMMERCIAL, MEDICARE, MEDICAID, REVERSAL, SECONDARY):
        assert one(body, **shape) == one(body)


def test_each_transaction_is_a_payment_of_its_own():
    assert [payment.trace_number for payment in read_remittance(FILES["several in a group"])] == [
        "EFT77001234", "893000111", "NOPAY20261013"]
    assert [payment.trace_number for payment in read_remittance(FILES["several groups"])] == ["893000111", "000445566"]


def test_the_same_payment_in_another_file_has_the_same_key():
    assert one(COMMERCIAL, number="000000099", delimiters="|>!\n").key == one(COMMERCIAL).key


def test_a_payment_out_of_balance_is_held_alone_with_the_reason():
    payments = read_remittance(x12_file("835", COMMERCIAL, [text.replace("BPR*I*78.4", "BPR*I*80") for text in MEDICARE]))
    ready, held = balanced(payments)
    assert [payment.trace_number for payment in ready] == ["EFT77001234"]
    assert [(found.payment.trace_number, found.reasons) for found in held] == [
        ("893000111", ("The claims' $78.40 is not the payment of $80.00.",))]


@pytest.mark.parametrize(("good", "broken", "said"), [
    ("SVC*HC:90834*150*100**1", "SVC*HC:90834*150*101**1",
     "Claim C0001, line 2 (90834): charge $150.00 less adjustments $50.00 is not the $101.00 paid."),
    ("CLP*C0001*1*350*225*75", "CLP*C0001*1*350*226*75", "Claim C0001: charge $350.00 less adjustments $125.00 is not the $226.00 paid."),
    ("PLB*1234567893*20261231*L6:HH2026A1*-1.73", "PLB*1234567893*20261231*L6:HH2026A1*1.73",
     "The claims' $253.50 less $1.73 of the payer's own adjustments is not the payment of $255.23.")])
def test_each_balance_is_checked(good, broken, said):
    assert said in held_because(one([text.replace(good, broken) for text in COMMERCIAL]))


def test_a_test_file_is_held():
    assert held_because(one(COMMERCIAL, usage="T")) == ("It came in a test file.",)


def test_a_remittance_to_nobody_of_ours_is_refused():
    payments = read_remittance(FILES["several in a group"])
    assert by_payee(payments, npis=["1234567893"], tax_ids=[]) == ((payments[0], payments[2]), (payments[1],))
    assert by_payee(payments, npis=[], tax_ids=["12-3456789", ""]) == (payments[:2], payments[2:])
    with pytest.raises(refusals.OtherPayee) as refused:
        by_payee(payments, npis=["1999999992"], tax_ids=[""])
    assert refused.value.told() == ("This remittance is for RIVERSIDE COUNSELING LLC (1234567893), whose NPI or tax id is "
                                    "none of the practice's. Nothing was posted.")


@pytest.mark.parametrize(("good", "broken"), [
    ("BPR*I*255.23", "BPR*I*255.234"), ("BPR*I*255.23", "BPR*I*1E5"), ("BPR*I*255.23", "BPR*I*NaN"), ("BPR*I*255.23", "BPR*I*1,5"),
    ("TRN*1*EFT77001234", "TRN*1*"), ("TRN*1", "TRM*1"), ("CAS*CO*45*25", "CAS*CO*45*25 USD")])
def test_an_amount_or_payment_that_can_not_be_is_refused(good, broken):
    with pytest.raises(refusals.SegmentUnreadable) as refused:
        one([text.replace(good, broken) for text in COMMERCIAL])
    assert refused.value.told().endswith("Nothing was read.")


def test_a_payments_date_may_stand_only_in_its_production_date():
    assert one([text.removesuffix("*20261012") for text in COMMERCIAL]).paid_on == date(2026, 10, 11)
    with pytest.raises(refusals.SegmentUnreadable):
        one([text.removesuffix("*20261012") for text in COMMERCIAL if not text.startswith("DTM*405")])


def test_another_transaction_is_refused():
    with pytest.raises(refusals.OtherTransaction):
        read_remittance(x12_file("277", ["BHT*0085*08*1*20261014*1054*TH"]))


def test_a_thousand_claims_in_one_payment_are_read_whole():
    first, second = (next(at for at, text in enumerate(COMMERCIAL) if text.startswith(f"CLP*{number}")) for number in ("C0001", "C0002"))
    payment = one([*COMMERCIAL[:first], *(COMMERCIAL[first:second] * 1_000)])
    assert (len(payment.claims), len(payment.claims[-1].lines)) == (1_000, 2)
    assert sum(claim.paid_cents for claim in payment.claims) == 1_000 * 22500
