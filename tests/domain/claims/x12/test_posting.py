"""What a remittance does to the books, by the rules of the practice and of its payers."""

from datetime import date

import pytest

from domain.claims.x12.known import Entry, KnownClaim, KnownLine, Posted
from domain.claims.x12.posting import PayerEntry, PaymentHeld, decide, decide_claim
from domain.claims.x12.remittance import read_remittance
from domain.claims.x12.remitted import Adjustment, Party, RemittedClaim, RemittedLine, RemittedPayment
from tests.fixtures.remittances import COMMERCIAL, MEDICAID, MEDICARE, REVERSAL, SECONDARY
from tests.fixtures.x12 import x12_file

SEP_21, SEP_28 = date(2026, 9, 21), date(2026, 9, 28)


def line(number=1, charge_cents=20000, **but):
    usual = {"id": number, "control_number": f"C0001L{number}", "code": "90837", "modifiers": ("95",), "day": SEP_21}
    return KnownLine(**usual | but, charge_cents=charge_cents)


def claim(*lines, number="C0001", **but):
    return KnownClaim(control_number=number, lines=lines or (line(),), **but)


def remitted(*adjustments, charge=20000, status="1", **but):
    """One claim of one line, adjusted so."""
    taken = [Adjustment(*adjustment[0].split("-"), adjustment[1]) for adjustment in adjustments]
    paid = charge - sum(adjustment.cents for adjustment in taken)
    made = RemittedLine(code="90837", modifiers=("95",), charge_cents=charge, paid_cents=paid, starts_on=SEP_21,
                        control_number="C0001L1", adjustments=tuple(taken))
    return RemittedClaim(**{"control_number": "C0001", "status": status, "charge_cents": charge, "paid_cents": paid,
                            "lines": (made,)} | but)


def kinds(decision):
    return [(entry.kind, entry.cents, entry.reason) for entry in decision.entries]


def payment(body):
    return read_remittance(x12_file("835", body))[0]


def test_a_remittance_pays_writes_off_and_gives_the_client_the_share():
    known = claim(line(1), line(2, 15000, code="90834", modifiers=(), day=SEP_28))
    decided = decide(payment(COMMERCIAL), {"C0001": known}).claims[0]
    assert decided.entries == (
        Entry("payment", 12500, 1), Entry("client share", 3000, 1, "PR-1"), Entry("client share", 2000, 1, "PR-3"),
        Entry("write-off", 2500, 1, "CO-45"), Entry("payment", 10000, 2), Entry("client share", 2500, 2, "PR-2"),
        Entry("write-off", 2500, 2, "CO-45"))
    assert (decided.share_goes_to, decided.makes_secondary_claim, decided.notes) == ("client", False, ())


def test_the_share_moves_to_the_next_policy_when_there_is_one():
    decided = decide_claim(remitted(("PR-2", 4000)), claim(next_policy=True))
    assert (decided.share_goes_to, decided.makes_secondary_claim) == ("next policy", True)


@pytest.mark.parametrize("status", ["19", "20", "21"])
def test_a_forwarded_claim_makes_no_secondary_claim(status):
    decided = decide_claim(remitted(("PR-2", 4000), status=status), claim(next_policy=True))
    assert (decided.share_goes_to, decided.makes_secondary_claim) == ("forwarded", False)


def test_sequestration_is_written_off():
    known = claim(KnownLine(id=9, control_number="1", code="90837", day=date(2026, 9, 1), charge_cents=15000), number="C0101")
    decided = decide(payment(MEDICARE), {"C0101": known}).claims[0]
    assert kinds(decided) == [("payment", 7840, ""), ("client share", 2000, "PR-2"), ("write-off", 160, "CO-253"),
                              ("write-off", 5000, "CO-45")]


def test_a_reason_not_on_the_list_stays_with_the_insurer():
    for reason in ("CO-16", "CO-29", "CO-197", "OA-18", "PI-97", "PR-96", "PR-204", "PR-45"):
        assert kinds(decide_claim(remitted((reason, 20000)), claim())) == [("denial", 20000, reason)]


def test_the_list_is_the_practices():
    decided = decide_claim(remitted(("CO-97", 20000), ("CO-45", 0)), claim(), write_offs={"CO-45", "CO-97"})
    assert kinds(decided) == [("write-off", 20000, "CO-97")]


@pytest.mark.parametrize("adjustments", [[("CO-45", 20000)], [("CO-45", 12000), ("CO-45", 8000)]])
def test_a_contracted_rate_never_takes_the_whole_charge(adjustments):
    decided = decide_claim(remitted(*adjustments), claim())
    assert (decided.of("denial"), decided.of("write-off")) == (20000, 0)


def test_a_secondarys_write_off_goes_only_up_to_what_is_left_on_the_line():
    # The primary paid 100 and wrote 60 off; 40 were left. The secondary pays 25, and its own rate would take 70 more.
    known = claim(line(by_others=Posted(paid_cents=10000, written_off_cents=6000, client_share_cents=4000)), number="C0301")
    decided = decide(payment(SECONDARY), {"C0301": known}).claims[0]
    assert kinds(decided) == [("payment", 2500, ""), ("left out", 10000, "OA-23"), ("client share", 500, "PR-3"),
                              ("write-off", 1000, "CO-45"), ("left out", 6000, "CO-45")]
    assert decided.known.after(decided.entries).lines[0].left_cents == 500


def test_a_secondary_that_denies_denies_only_what_is_left():
    known = claim(line(by_others=Posted(paid_cents=10000, written_off_cents=6000)))
    assert kinds(decide_claim(remitted(("CO-22", 20000), status="2"), known)) == [
        ("denial", 4000, "CO-22"), ("left out", 16000, "CO-22")]


def test_a_denial_comes_before_a_write_off():
    known = claim(line(by_others=Posted(paid_cents=10000, written_off_cents=6000)))
    decided = decide_claim(remitted(("CO-45", 9000), ("CO-16", 9000), status="2"), known)
    assert kinds(decided) == [("payment", 2000, ""), ("denial", 2000, "CO-16"), ("left out", 7000, "CO-16"),
                              ("left out", 9000, "CO-45")]


def test_what_the_primary_settled_is_never_posted_again():
    decided = decide_claim(remitted(("OA-23", 16000), ("CO-45", 1000), status="2"), claim())
    assert (decided.of("left out"), decided.of("payment"), decided.of("write-off")) == (16000, 3000, 1000)


def test_money_is_posted_in_full_even_past_the_charge():
    known = claim(line(by_others=Posted(paid_cents=16000)))
    decided = decide_claim(remitted(("CO-45", 14000), status="2"), known)
    assert kinds(decided) == [("payment", 6000, ""), ("left out", 14000, "CO-45")]
    assert decided.notes == ("More was paid and written off than was charged.",)


def test_a_second_answer_without_a_reversal_writes_nothing_off_twice():
    first = decide_claim(remitted(("CO-45", 5000), ("PR-3", 3000)), claim())
    again = decide_claim(remitted(("CO-45", 5000), ("PR-3", 3000)), claim().after(first.entries))
    assert kinds(again) == [("payment", 12000, ""), ("left out", 3000, "PR-3"), ("left out", 5000, "CO-45")]


def test_an_incentive_above_the_charge_waits_for_a_person():
    decided = decide_claim(remitted(("CO-144", -500), ("PR-3", 2000), ("CO-45", 3000)), claim())
    assert kinds(decided) == [("payment", 15500, ""), ("client share", 2000, "PR-3"), ("denial", -500, "CO-144"),
                              ("write-off", 3000, "CO-45")]


def test_a_reversal_takes_back_and_its_correction_follows():
    first = decide_claim(payment(COMMERCIAL).claims[0], claim(line(1), line(2, 15000, code="90834", modifiers=(), day=SEP_28)))
    known = first.known.after(first.entries)
    back, again = decide(payment(REVERSAL), {"C0001": known}).claims
    assert kinds(back) == [("payment", -12500, ""), ("write-off", -2500, "CO-45"), ("client share", -3000, "PR-1"),
                           ("client share", -2000, "PR-3")]
    assert kinds(again) == [("payment", 10000, ""), ("denial", 2000, "CO-97"), ("write-off", 8000, "CO-45")]
    assert known.after(back.entries).lines[0].by_this_payer == Posted()


def test_a_reversal_takes_back_no_more_than_was_posted():
    known = claim(line(by_others=Posted(paid_cents=10000, written_off_cents=6000)))
    first = decide_claim(remitted(("OA-23", 10000), ("CO-45", 7000), status="2"), known)
    after = known.after(first.entries)
    back = decide_claim(remitted(("OA-23", -10000), ("CO-45", -7000), charge=-20000, status="22"), after)
    assert kinds(back) == [("payment", -3000, ""), ("left out", -10000, "OA-23"), ("write-off", -1000, "CO-45"),
                           ("left out", -6000, "CO-45")]


def test_a_reversal_takes_back_what_an_older_list_wrote_off():
    first = decide_claim(remitted(("CO-97", 20000)), claim(), write_offs={"CO-97"})
    back = decide_claim(remitted(("CO-97", -20000), charge=-20000, status="22"), claim().after(first.entries))
    assert kinds(back) == [("write-off", -20000, "CO-97")]


def test_a_reversal_of_what_was_never_posted_says_so():
    back = decide_claim(remitted(("CO-45", -5000), charge=-20000, status="22"), claim())
    assert kinds(back) == [("payment", -15000, ""), ("left out", -5000, "CO-45")]
    assert back.notes == ("It takes back an answer that was never posted here.",)


def test_a_claim_that_is_not_ours_waits_unapplied_and_stops_nothing():
    decided = decide(payment(COMMERCIAL), {"C0001": claim(line(1), line(2, 15000, code="90834", modifiers=(), day=SEP_28))})
    stranger = decided.claims[2]
    assert (stranger.entries, stranger.unapplied_cents) == ((Entry("payment", 2850, None),), 2850)
    assert stranger.notes == ("This claim is not one of ours.",)
    assert decided.money_cents == decided.payment.cents


def test_the_payers_own_adjustments_go_to_the_payer_and_interest_is_income():
    assert decide(payment(COMMERCIAL), {}).payer_account == (PayerEntry("interest", 173, "L6", "HH2026A1"),)
    assert decide(payment(REVERSAL), {}).payer_account == (PayerEntry("adjustment", 2500, "FB", "EFT77009999"),)


def test_an_estimate_decides_nothing():
    decided = decide_claim(remitted(("CO-45", 20000), status="25"), claim())
    assert (decided.entries, decided.notes) == ((), ("The payer only estimates; nothing is decided.",))


def test_a_claim_judged_as_a_whole_is_spread_over_its_lines():
    known = claim(line(1, 20000), line(2, 10000), number="C0201")
    assert decide(payment(MEDICAID), {"C0201": known}).claims[0].entries == (
        Entry("denial", 20000, 1, "CO-197"), Entry("denial", 10000, 2, "CO-197"))
    half = RemittedClaim(control_number="C0201", status="1", charge_cents=30000, paid_cents=15000,
                         adjustments=(Adjustment("CO", "45", 15000),))
    assert decide_claim(half, known).entries == (
        Entry("payment", 10000, 1), Entry("write-off", 10000, 1, "CO-45"),
        Entry("payment", 5000, 2), Entry("write-off", 5000, 2, "CO-45"))


def test_a_reason_for_the_whole_claim_lowers_what_its_lines_paid():
    lines = tuple(RemittedLine(code="90837", charge_cents=10000, paid_cents=paid, control_number=f"C0001L{number}",
                               adjustments=(Adjustment("CO", "45", 10000 - paid),)) for number, paid in ((1, 8000), (2, 2000)))
    found = RemittedClaim(control_number="C0001", status="1", charge_cents=20000, paid_cents=9000, lines=lines,
                          adjustments=(Adjustment("CO", "253", 1000),))
    decided = decide_claim(found, claim(line(1, 10000), line(2, 10000)))
    assert [entry for entry in decided.entries if entry.kind == "payment"] == [Entry("payment", 7200, 1), Entry("payment", 1800, 2)]
    assert [entry for entry in decided.entries if entry.reason == "CO-253"] == [
        Entry("write-off", 800, 1, "CO-253"), Entry("write-off", 200, 2, "CO-253")]


def test_a_line_that_the_payer_split_fills_one_charge():
    parts = tuple(RemittedLine(code="90837", modifiers=("95",), charge_cents=10000, paid_cents=6000, starts_on=SEP_21,
                               control_number="C0001L1", adjustments=(Adjustment("CO", "45", 4000),)) for _ in range(2))
    found = RemittedClaim(control_number="C0001", status="1", charge_cents=20000, paid_cents=12000, lines=parts)
    assert kinds(decide_claim(found, claim())) == [("payment", 6000, ""), ("write-off", 4000, "CO-45")] * 2


def test_a_correction_under_a_new_number_finds_what_the_reversal_took_back():
    first = decide_claim(payment(COMMERCIAL).claims[0], claim(line(1), line(2, 15000, code="90834", modifiers=(), day=SEP_28)))
    body = [text.replace("CLP*C0001*1*", "CLP*C0009*1*") for text in REVERSAL]
    sent_again = claim(line(1), number="C0009").after(first.entries)
    back, again = decide(payment(body), {"C0001": first.known.after(first.entries), "C0009": sent_again}).claims
    assert back.of("payment") == -12500
    assert kinds(again) == [("payment", 10000, ""), ("denial", 2000, "CO-97"), ("write-off", 8000, "CO-45")]


def test_one_insurer_may_be_primary_and_secondary_in_one_payment():
    both = [*SECONDARY[:8], "CLP*C0300*1*200*100*40", "SVC*HC:90837:95*200*100", "DTM*472*20260921", "CAS*CO*45*60", "CAS*PR*2*40",
            *SECONDARY[8:]]
    both[0] = both[0].replace("*25*", "*125*")
    known = {"C0300": claim(line(), number="C0300", policy_id=1), "C0301": claim(line(), number="C0301", policy_id=2)}
    primary, secondary = decide(payment(both), known).claims
    assert (primary.of("payment"), primary.of("write-off"), primary.of("client share")) == (10000, 6000, 4000)
    assert (secondary.of("payment"), secondary.of("write-off"), secondary.of("client share")) == (2500, 1000, 500)


def test_a_denial_carries_the_payers_remarks():
    known = claim(line(1, 15000, control_number="C0002L1", code="90834", day=date(2026, 9, 29)), number="C0002")
    decided = decide(payment(COMMERCIAL), {"C0002": known}).claims[1]
    assert decided.entries == (Entry("denial", 15000, 1, "CO-16", ("M76", "N382")),)


def test_each_of_the_payers_lines_is_told_with_our_charge():
    decided = decide_claim(payment(COMMERCIAL).claims[0], claim(line(1), line(2, 15000, code="90834", modifiers=(), day=SEP_28)))
    assert [(answer.allowed_cents, charge) for answer, charge in decided.answers] == [(17500, 1), (12500, 2)]


def test_a_payment_out_of_balance_is_never_decided():
    body = [text.replace("BPR*I*255.23", "BPR*I*255.24") for text in COMMERCIAL]
    with pytest.raises(PaymentHeld) as held:
        decide(payment(body), {})
    assert held.value.told() == ("This payment is held and nothing of it was posted. The claims' $253.50 plus $1.73 of the "
                                 "payer's own adjustments is not the payment of $255.24.")


def test_a_correction_listed_before_its_reversal_is_decided_after_it():
    first = decide_claim(payment(COMMERCIAL).claims[0], claim(line(1), line(2, 15000, code="90834", modifiers=(), day=SEP_28)))
    at = [place for place, text in enumerate(REVERSAL) if text.startswith("CLP")] + [len(REVERSAL) - 1]
    swapped = [*REVERSAL[:at[0]], *REVERSAL[at[1]:at[2]], *REVERSAL[at[0]:at[1]], *REVERSAL[at[2]:]]
    again, back = decide(payment(swapped), {"C0001": first.known.after(first.entries)}).claims
    assert (back.claim.status, again.claim.status) == ("22", "1")
    assert kinds(again) == [("payment", 10000, ""), ("denial", 2000, "CO-97"), ("write-off", 8000, "CO-45")]
    assert back.of("write-off") == -2500


def test_an_answer_and_its_later_reversal_keep_their_order():
    body = [text.replace("-", "") for text in REVERSAL[8:15]], REVERSAL[8:15]
    paid = [text.replace("CLP*C0001*22", "CLP*C0001*1") for text in body[0]]
    answer, back = decide(payment([*REVERSAL[:8], *paid, *body[1]]), {"C0001": claim()}).claims
    assert (answer.of("payment"), answer.of("write-off"), back.of("payment"), back.of("write-off")) == (12500, 2500, -12500, -2500)


def test_without_a_charge_only_the_money_counts_until_a_person_matches_it():
    known = claim(line(1, control_number="A1"), line(2, control_number="A2"))
    other = RemittedLine(code="99999", charge_cents=20000, paid_cents=15000, adjustments=(Adjustment("CO", "45", 5000),))
    found = RemittedClaim(control_number="C0001", status="1", charge_cents=20000, paid_cents=15000, lines=(other,))
    assert decide_claim(found, known).entries == (Entry("payment", 15000, None), Entry("left out", 5000, None, "CO-45"))
    matched = decide_claim(found, known, by_hand={0: 2})
    assert matched.entries == (Entry("payment", 15000, 2), Entry("write-off", 5000, 2, "CO-45"))
    assert matched.answers == ((other, 2),)


def test_a_claim_of_nobody_can_be_matched_by_a_person():
    stranger = remitted(("CO-45", 5000), control_number="UNKNOWN")
    assert kinds(decide_claim(stranger, claim())) == [("payment", 15000, ""), ("write-off", 5000, "CO-45")]


def test_a_secondary_before_its_primary_says_so():
    decided = decide_claim(remitted(("OA-23", 16000), status="2"), claim())
    assert decided.notes == ("An earlier payer settled a part of it, which is not posted here.",)


def test_a_share_that_stands_is_not_asked_a_second_time():
    first = decide_claim(remitted(("PR-3", 8000)), claim())
    again = decide_claim(remitted(("CO-18", 12000), ("PR-3", 8000)), claim().after(first.entries))
    assert kinds(again) == [("left out", 8000, "PR-3"), ("left out", 12000, "CO-18")]


def test_a_split_line_settles_no_more_than_its_charge():
    parts = tuple(RemittedLine(code="90837", charge_cents=15000, paid_cents=10000, control_number="C0001L1",
                               adjustments=(Adjustment("CO", "45", 5000),)) for _ in range(2))
    found = RemittedClaim(control_number="C0001", status="1", charge_cents=30000, paid_cents=20000, lines=parts)
    assert kinds(decide_claim(found, claim())) == [
        ("payment", 10000, ""), ("write-off", 5000, "CO-45"), ("payment", 10000, ""), ("left out", 5000, "CO-45")]


def test_two_reasons_of_a_reversal_take_back_one_write_off_once():
    known = claim(line(by_this_payer=Posted(paid_cents=18800, written_off_cents=1000)))
    back = decide_claim(remitted(("CO-45", -600), ("CO-253", -600), charge=-20000, status="22"), known)
    assert kinds(back) == [("payment", -18800, ""), ("write-off", -600, "CO-45"), ("write-off", -400, "CO-253"),
                           ("left out", -200, "CO-253")]


def test_a_reversal_under_another_status_is_known_by_its_minus():
    known = claim(line(by_this_payer=Posted(paid_cents=15000, written_off_cents=1000)))
    back = decide_claim(remitted(("CO-45", -5000), charge=-20000, status="1"), known)
    assert kinds(back) == [("payment", -15000, ""), ("write-off", -1000, "CO-45"), ("left out", -4000, "CO-45")]


def test_an_incentive_without_a_charge_posts_nothing_but_the_money():
    other = RemittedLine(code="99999", charge_cents=20000, paid_cents=20500, starts_on=date(2026, 9, 1),
                         adjustments=(Adjustment("CO", "144", -500),))
    found = RemittedClaim(control_number="C0001", status="1", charge_cents=20000, paid_cents=20500, lines=(other,))
    assert decide_claim(found, claim(line(1), line(2))).entries == (
        Entry("payment", 20500, None), Entry("left out", -500, None, "CO-144"))


def test_a_part_of_the_charge_that_no_line_tells_waits_unapplied():
    told = RemittedLine(code="90837", charge_cents=20000, paid_cents=12000, control_number="C0001L1",
                        adjustments=(Adjustment("CO", "45", 8000),))
    found = RemittedClaim(control_number="C0001", status="1", charge_cents=35000, paid_cents=27000, lines=(told,))
    decided = decide_claim(found, claim(line(1), line(2, 15000)))
    assert (decided.unapplied_cents, decided.of("payment"), sum(entry.cents for entry in decided.entries)) == (15000, 27000, 35000)


def test_a_chain_of_reversals_and_corrections_keeps_its_order():
    first = decide_claim(remitted(("CO-45", 2500), ("PR-1", 5000)), claim())
    chain = (remitted(("CO-45", -2500), ("PR-1", -5000), charge=-20000, status="22"),
             remitted(("CO-45", 8000), ("CO-97", 2000)),
             remitted(("CO-45", -8000), ("CO-97", -2000), charge=-20000, status="22"),
             remitted(("CO-45", 9000)))
    sheet = RemittedPayment(payer=Party("P"), payee=Party("US"), trace_number="1", paid_on=SEP_28, method="CHK", claims=chain,
                            cents=sum(found.paid_cents for found in chain))
    decided = decide(sheet, {"C0001": claim().after(first.entries)})
    assert [(found.of("payment"), found.of("write-off"), found.of("denial"), found.of("client share")) for found in decided.claims] == [
        (-12500, -2500, 0, -5000), (10000, 8000, 2000, 0), (-10000, -8000, -2000, 0), (11000, 9000, 0, 0)]
