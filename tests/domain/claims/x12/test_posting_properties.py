"""Whatever a payer says, if it balances, every cent of it finds its place once."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.claims.x12.balancing import held_because
from domain.claims.x12.known import KnownClaim, KnownLine, Posted
from domain.claims.x12.posting import decide, decide_claim
from domain.claims.x12.remittance import read_remittance
from domain.claims.x12.remitted import Adjustment, RemittedClaim, RemittedLine
from tests.fixtures.x12 import x12_file

REASONS = ("CO-45", "CO-253", "CO-16", "CO-97", "PR-1", "PR-2", "PR-3", "PR-96", "OA-23", "PI-23", "CO-144")
CENTS = st.integers(0, 40_000)
OURS = st.just("C1")
UP_TO_200 = st.integers(0, 20_000)
POSTED = st.builds(Posted, paid_cents=UP_TO_200, client_share_cents=UP_TO_200, denied_cents=UP_TO_200,
                   written_off_cents=UP_TO_200)


def reason(code, cents):
    return Adjustment(*code.split("-"), cents)


@st.composite
def claims(draw, number=OURS, statuses=("1", "2", "3", "4", "19", "20", "21")):
    """A claim that balances: its lines, reasons on lines and on the claim, some of them below zero, some lines missing."""
    adjustments = st.lists(st.builds(reason, st.sampled_from(REASONS), st.integers(-2_000, 40_000)), max_size=4)
    lines = []
    for at in range(draw(st.integers(0, 4))):
        charge, taken = draw(CENTS), draw(adjustments)
        lines.append(RemittedLine(
            code="90837", charge_cents=charge, paid_cents=charge - sum(one.cents for one in taken), adjustments=tuple(taken),
            control_number=draw(st.sampled_from((str(at + 1), "1", "77", ""))), starts_on=date(2026, 9, draw(st.integers(1, 3)))))
    charge = sum(line.charge_cents for line in lines) if lines and draw(st.integers(0, 4)) else draw(CENTS)
    whole = draw(adjustments)
    taken = sum(one.cents for one in [*whole, *(one for line in lines for one in line.adjustments)])
    return RemittedClaim(control_number=draw(number), status=draw(st.sampled_from(statuses)), charge_cents=charge,
                         paid_cents=charge - taken, adjustments=tuple(whole), lines=tuple(lines))


@st.composite
def known_claims(draw, by_this_payer=POSTED):
    lines = tuple(KnownLine(
        id=100 + at, control_number=str(at), code="90837", day=date(2026, 9, at), charge_cents=draw(CENTS),
        by_others=draw(POSTED), by_this_payer=draw(by_this_payer)) for at in range(1, draw(st.integers(1, 5))))
    return KnownClaim(control_number="C1", lines=lines, next_policy=draw(st.booleans()))


@given(claims(), known_claims())
def test_the_entries_of_a_balanced_claim_sum_to_its_charge_and_its_payments_to_what_was_paid(claim, known):
    decided = decide_claim(claim, known)
    assert sum(entry.cents for entry in decided.entries) == claim.charge_cents
    assert decided.of("payment") == claim.paid_cents


@given(claims(), known_claims())
def test_nothing_is_settled_past_what_is_left_on_a_line(claim, known):
    decided = decide_claim(claim, known)
    after = known.after(decided.entries)
    for before, now in zip(known.lines, after.lines, strict=True):
        written_off = now.by_this_payer.written_off_cents - before.by_this_payer.written_off_cents
        negatives = sum(-entry.cents for entry in decided.entries if entry.line == now.id and entry.cents < 0)
        assert written_off <= max(0, before.left_cents) + negatives
        assert before.by_others == now.by_others


@given(claims(), known_claims())
def test_what_another_payer_settled_is_never_posted(claim, known):
    assert {entry.kind for entry in decide_claim(claim, known).entries if entry.reason.endswith("-23")} <= {"left out"}


@given(claims(), known_claims(by_this_payer=st.just(Posted())))
def test_a_reversal_leaves_the_books_as_before_the_answer(claim, known):
    first = decide_claim(claim, known)
    back = decide_claim(reversed_claim(claim), known.after(first.entries))
    assert known.after(first.entries).after(back.entries) == known
    assert sum(entry.cents for entry in back.entries) == -claim.charge_cents
    assert back.of("payment") == -claim.paid_cents


@given(st.lists(claims(number=st.sampled_from(("C1", "C2", "X9"))), max_size=4), known_claims(),
       st.lists(st.tuples(st.sampled_from(("L6", "WO", "FB", "72")), st.integers(-5_000, 5_000)), max_size=4))
def test_an_835_reads_back_as_it_was_written_and_all_its_money_is_placed(remitted, known, kept_back):
    total = sum(claim.paid_cents for claim in remitted) - sum(cents for _, cents in kept_back)
    [payment] = read_remittance(x12_file("835", written(remitted, kept_back, total)))
    assert held_because(payment) == ()
    assert list(payment.claims) == [read_back(claim) for claim in remitted]
    assert decide(payment, {"C1": known}).money_cents == payment.cents == total


def reversed_claim(claim):
    """The same with all signs turned, as payers take an answer back."""
    def turned(adjustments):
        return tuple(Adjustment(one.group, one.reason, -one.cents) for one in adjustments)

    lines = tuple(RemittedLine(
        code=line.code, charge_cents=-line.charge_cents, paid_cents=-line.paid_cents, starts_on=line.starts_on,
        control_number=line.control_number, adjustments=turned(line.adjustments)) for line in claim.lines)
    return RemittedClaim(control_number=claim.control_number, status="22", charge_cents=-claim.charge_cents,
                         paid_cents=-claim.paid_cents, adjustments=turned(claim.adjustments), lines=lines)


def read_back(claim):
    """As the file says it: a line's last day is its first."""
    lines = tuple(RemittedLine(
        code=line.code, charge_cents=line.charge_cents, paid_cents=line.paid_cents, starts_on=line.starts_on,
        ends_on=line.starts_on, control_number=line.control_number, adjustments=line.adjustments) for line in claim.lines)
    return RemittedClaim(control_number=claim.control_number, status=claim.status, charge_cents=claim.charge_cents,
                         paid_cents=claim.paid_cents, adjustments=claim.adjustments, lines=lines)


def written(remitted, kept_back, total):
    """The segments of a payment with these claims."""
    found = [f"BPR*I*{dollars(total)}*C*CHK************20261014", "TRN*1*1001*1512345678", "N1*PR*PAYER", "N1*PE*US*XX*1234567893"]
    for claim in remitted:
        found.append(f"CLP*{claim.control_number}*{claim.status}*{dollars(claim.charge_cents)}*{dollars(claim.paid_cents)}")
        found += [cas(one) for one in claim.adjustments]
        for line in claim.lines:
            found.append(f"SVC*HC:{line.code}*{dollars(line.charge_cents)}*{dollars(line.paid_cents)}")
            found.append(f"DTM*472*{line.starts_on:%Y%m%d}")
            found += [cas(one) for one in line.adjustments]
            found += [f"REF*6R*{line.control_number}"] if line.control_number else []
    return found + [f"PLB*1*20261231*{code}:R*{dollars(cents)}" for code, cents in kept_back]


def cas(one):
    return f"CAS*{one.group}*{one.reason}*{dollars(one.cents)}"


def dollars(cents):
    """As X12 writes an amount: no zeros behind, none in front of the point."""
    text = f"{abs(cents) // 100}.{abs(cents) % 100:02}".rstrip("0").rstrip(".").removeprefix("0") or "0"
    return f"-{text}" if cents < 0 else text
