"""A secondary claim tells what the primary decided, and it balances to the cent."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.claims.decided_before import Answer, decision_for
from domain.claims.x12.known import KnownClaim, KnownLine
from domain.claims.x12.remittance import read_remittance
from domain.claims.x12.remitted import Adjustment, RemittedClaim, RemittedLine
from domain.documents.claim_record import Adjusted, DecidedLine
from tests.fixtures.remittances import COMMERCIAL, MEDICAID, REVERSAL
from tests.fixtures.x12 import x12_file

FIRST = KnownLine(id=11, control_number="C0001L1", code="90837", modifiers=("95",), day=date(2026, 9, 21), charge_cents=20000)
SECOND = KnownLine(id=12, control_number="C0001L2", code="90834", day=date(2026, 9, 28), charge_cents=15000)
KNOWN = KnownClaim(control_number="C0001", lines=(FIRST, SECOND))
PAID_ON = date(2026, 10, 12)


def answers(body, known=KNOWN):
    payment = read_remittance(x12_file("835", body))[0]
    return [Answer(claim, known, payment.paid_on) for claim in payment.claims if claim.control_number == known.control_number]


def test_the_primarys_answer_is_told_line_by_line():
    told = decision_for([11, 12], answers(COMMERCIAL))
    assert told is not None
    assert (told.decided_on, told.paid_cents, told.claim_number, told.adjustments) == (PAID_ON, 22500, "HH2026A1", ())
    assert told.lines == (
        DecidedLine(line=1, paid_cents=12500, left_cents=5000,
                    adjustments=(Adjusted("CO", "45", 2500), Adjusted("PR", "1", 3000), Adjusted("PR", "3", 2000))),
        DecidedLine(line=2, paid_cents=10000, left_cents=2500, adjustments=(Adjusted("CO", "45", 2500), Adjusted("PR", "2", 2500))))


def test_a_claim_of_one_day_tells_only_its_own_lines():
    told = decision_for([12], answers(COMMERCIAL))
    assert told is not None
    assert (told.paid_cents, [line.line for line in told.lines]) == (10000, [1])


def test_a_reversal_and_what_it_reversed_cancel_out():
    told = decision_for([11], [*answers(COMMERCIAL), *answers(REVERSAL)])
    assert told is not None
    assert told.lines == (DecidedLine(line=1, paid_cents=10000, left_cents=0,
                                      adjustments=(Adjusted("CO", "45", 8000), Adjusted("CO", "97", 2000))),)
    assert told.claim_number == "HH2026A9"


def test_nothing_is_told_before_every_line_is_decided():
    assert decision_for([11, 12], []) is None
    assert decision_for([11, 13], answers(COMMERCIAL)) is None
    taken_back = [*answers(COMMERCIAL), answers(REVERSAL)[0]]
    assert decision_for([11], taken_back) is None


def test_a_claim_judged_as_a_whole_is_told_as_a_whole():
    known = KnownClaim(control_number="C0201", lines=(FIRST, replace(SECOND, charge_cents=10000)))
    told = decision_for([11, 12], answers(MEDICAID, known))
    assert told is not None
    assert (told.lines, told.adjustments, told.paid_cents, told.left_cents) == ((), (Adjusted("CO", "197", 30000),), 0, 0)
    part = decision_for([12], answers(MEDICAID, known))
    assert part is not None
    assert part.lines == (DecidedLine(line=1, paid_cents=0, adjustments=(Adjusted("CO", "197", 10000),), left_cents=0),)


@given(st.lists(st.tuples(st.integers(0, 30_000), st.lists(st.tuples(
    st.sampled_from(["CO", "PR", "OA"]), st.sampled_from(["1", "2", "45", "253"]), st.integers(0, 9_000)), max_size=4)),
    min_size=1, max_size=4), st.integers(0, 5_000))
def test_paid_and_adjusted_make_every_lines_charge(drawn, for_the_whole):
    lines, known = [], []
    for number, (paid, reasons) in enumerate(drawn, start=1):
        taken = tuple(Adjustment(*one) for one in reasons)
        charge = paid + sum(one.cents for one in taken)
        lines.append(RemittedLine(code="90837", charge_cents=charge, paid_cents=paid, adjustments=taken, control_number=f"L{number}"))
        known.append(KnownLine(id=number, control_number=f"L{number}", code="90837", charge_cents=charge))
    claim = RemittedClaim(control_number="C1", status="1", charge_cents=sum(line.charge_cents for line in lines), lines=tuple(lines),
                          paid_cents=sum(line.paid_cents for line in lines) - for_the_whole, adjustments=(Adjustment("CO", "253", for_the_whole),))
    told = decision_for([line.id for line in known], [Answer(claim, KnownClaim(control_number="C1", lines=tuple(known)), PAID_ON)])
    assert told is not None
    for line, ours in zip(told.lines, known, strict=True):
        assert line.paid_cents + sum(one.cents for one in line.adjustments) == ours.charge_cents
    assert told.paid_cents == claim.paid_cents
