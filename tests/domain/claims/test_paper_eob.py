"""A remittance typed from paper balances and posts as the same one in a file."""

from datetime import date

import pytest

from domain.claims import paper_eob
from domain.claims.x12.balancing import held_because, unexplained_cents, unplaced_cents
from domain.claims.x12.known import KnownClaim, KnownLine, Posted
from domain.claims.x12.posting import PaymentHeld, decide
from domain.claims.x12.remittance import read_remittance
from domain.claims.x12.remitted import Adjustment, ProviderAdjustment
from tests.fixtures.remittances import COMMERCIAL
from tests.fixtures.x12 import x12_file

FIRST = KnownLine(id=1, control_number="C0001L1", code="90837", modifiers=("95",), day=date(2026, 9, 21), charge_cents=20000)
SECOND = KnownLine(id=2, control_number="C0001L2", code="90834", day=date(2026, 9, 28), charge_cents=15000)
CLAIM = KnownClaim(control_number="C0001", lines=(FIRST, SECOND))


def typed(*, cents=22500, own=(), first_paid=12500):
    lines = (paper_eob.paper_line(FIRST, paid_cents=first_paid, deductible_cents=3000, copay_cents=2000, above_contract_cents=2500),
             paper_eob.paper_line(SECOND, paid_cents=10000, coinsurance_cents=2500, above_contract_cents=2500))
    return paper_eob.paper_payment(payer_name="Harbor Health Plan", payer_id="1512345678", number=" 1001 ", paid_on=date(2026, 10, 12),
                                   cents=cents, claims=[paper_eob.paper_claim(CLAIM, lines)], own=own)


def test_paper_posts_as_the_same_claim_in_a_file():
    from_file = read_remittance(x12_file("835", COMMERCIAL))[0]
    decided = decide(typed(), {"C0001": CLAIM}).claims[0]
    key = {(entry.kind, entry.cents, entry.line, entry.reason) for entry in decided.entries}
    assert key == {(entry.kind, entry.cents, entry.line, entry.reason) for entry in decide(from_file, {"C0001": CLAIM}).claims[0].entries}
    assert (decided.claim.charge_cents, decided.claim.paid_cents, decided.claim.patient_cents) == (35000, 22500, 7500)


def test_paper_posts_only_when_it_sums_to_the_check():
    short = typed(cents=30000)
    assert (unplaced_cents(short), unplaced_cents(typed())) == (7500, 0)
    assert held_because(short) == ("The claims' $225.00 is not the payment of $300.00.",)
    with pytest.raises(PaymentHeld):
        decide(short, {"C0001": CLAIM})


def test_a_line_that_does_not_add_up_is_told_while_typing():
    wrong = typed(first_paid=12000, cents=22000)
    assert [unexplained_cents(line) for line in wrong.claims[0].lines] == [500, 0]
    assert held_because(wrong)[0].startswith("Claim C0001, line 1 (90837):")


def test_interest_on_paper_goes_to_the_payers_account():
    payment = typed(cents=22673, own=[ProviderAdjustment("", None, "L6", "", -173)])
    assert [(entry.kind, entry.cents) for entry in decide(payment, {}).payer_account] == [("interest", 173)]


def test_a_reason_is_read_as_people_write_it():
    assert {paper_eob.adjustment(text, 100) for text in ("CO-45", "co 45", " CO45 ")} == {Adjustment("CO", "45", 100)}
    assert paper_eob.adjustment("PI-B7", 100).code == "PI-B7"
    for text in ("45", "XX-45", "CO-", ""):
        with pytest.raises(paper_eob.ReasonUnreadable):
            paper_eob.adjustment(text, 100)


def test_a_reason_for_the_whole_claim_lowers_its_payment():
    line = paper_eob.paper_line(FIRST, paid_cents=20000)
    claim = paper_eob.paper_claim(CLAIM, [line], others=[paper_eob.adjustment("CO-253", 400)])
    payment = paper_eob.paper_payment(payer_name="P", payer_id="", number="1", paid_on=date(2026, 10, 12), cents=19600, claims=[claim])
    assert held_because(payment) == ()
    assert decide(payment, {"C0001": CLAIM}).claims[0].of("write-off") == 400


def test_what_was_typed_can_be_taken_back():
    first = decide(typed(), {"C0001": CLAIM})
    known = CLAIM.after(first.claims[0].entries)
    back = paper_eob.paper_payment(payer_name="P", payer_id="1", number="2", paid_on=date(2026, 11, 1), cents=-22500,
                                   claims=[paper_eob.taken_back(first.payment.claims[0])])
    after = known.after(decide(back, {"C0001": known}).claims[0].entries)
    assert [line.by_this_payer for line in after.lines] == [Posted(), Posted()]
    assert after == CLAIM
