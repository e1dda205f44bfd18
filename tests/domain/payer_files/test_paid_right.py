"""What payers allow against what their contracts promise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.claims.paid_right import PaidLine, new_rates, underpaid
from domain.payer_files import undo_remittance
from domain.payer_files.underpaid_letter import NothingShort, underpaid_letter
from domain.rates.keeping import RateDraft, add_rate
from domain.rates.lookup import Rate
from domain.reading.paid_right import paid_right
from storage.models import Payer, RemittancePayment
from tests.domain.documents.reading import text_of
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import NOW, OWNER, TODAY, a_location
from tests.fixtures.payer_files import a_payment, an_answer, read

ACT = {"by": OWNER, "now": NOW}
CONTRACT = Rate(payer_id=1, code="90837", starts_on=date(2026, 1, 1), cents=12000)


@pytest.fixture(autouse=True)
async def _practice(practice_db) -> None:
    a_workplace(practice_db)
    await a_location()


async def a_claim() -> int:
    """A claim of $150.00 to a payer whose contract allows $120.00."""
    [claim] = (await make(await an_insured_session(await an_insured_client()))).claims
    payer = await Payer.get()
    await add_rate(RateDraft(payer_id=payer.id, code="90837", starts_on=date(2026, 1, 1), cents=12000), **ACT)
    return claim


async def short() -> list[tuple[int, int, int]]:
    """Expected, allowed and missing of each line in the list."""
    found = await paid_right(today=TODAY, seen_by=OWNER)
    return [(line.expected_cents, line.allowed_cents, line.short_cents) for line in found.short]


@pytest.mark.parametrize(("paid", "cas", "more", "found"), [
    ("80", ("PR*3*25", "CO*45*45"), (), [(12000, 10500, 1500)]),
    ("95", ("PR*3*25", "CO*45*30"), (), []),
    ("80", ("PR*3*25", "CO*45*45"), ("AMT*B6*120",), []),
    ("95", ("PR*3*25", "CO*45*30"), ("AMT*B6*110",), [(12000, 11000, 1000)]),
    ("0", ("CO*29*150",), (), []),
])
async def test_the_allowed_amount_is_what_the_payer_calls_it_else_paid_and_the_client_s_share(
    paid: str, cas: tuple[str, ...], more: tuple[str, ...], found: list[tuple[int, int, int]]
) -> None:
    answer = await an_answer(await a_claim(), paid=paid, cas=cas)
    assert (await read(await a_payment([*answer, *more], cents=paid))).told == "Payments: 1 posted"
    assert await short() == found


async def test_a_payment_taken_back_is_no_underpayment_and_a_better_answer_replaces_it() -> None:
    claim = await a_claim()
    await read(await a_payment(await an_answer(claim, paid="80", cas=("PR*3*25", "CO*45*45")), cents="80"))
    assert await short() == [(12000, 10500, 1500)]
    await undo_remittance((await RemittancePayment.get()).id, reason="Wrong file", **ACT)
    assert await short() == []
    await read(await a_payment(await an_answer(claim, paid="95", cas=("PR*3*25", "CO*45*30")), cents="95", trace="T2"))
    assert await short() == []


async def test_the_letter_lists_what_is_missing() -> None:
    claim = await a_claim()
    payer = await Payer.get()
    with pytest.raises(NothingShort):
        await underpaid_letter(payer.id, on=TODAY, seen_by=OWNER)
    await read(await a_payment(await an_answer(claim, paid="80", cas=("PR*3*25", "CO*45*45")), cents="80"))
    words = text_of((await underpaid_letter(payer.id, on=TODAY, seen_by=OWNER)).content)
    for said in ("Bluebell Health", "Rowan Applewick", "90837", "$120.00", "$105.00", "$15.00", "T1"):
        assert said in words


def settled(number: int, allowed: int, *, units: int = 1, rate: Rate | None = CONTRACT, day: int | None = None) -> PaidLine:
    """One line of $150.00 a unit, a week after the one before."""
    return PaidLine(
        charge_line_id=number, payer_id=1, payer_name="Bluebell Health", client_name="Rowan", claim_number=str(number),
        day=date(2026, 3, 2) + timedelta(days=7 * (number if day is None else day)), code="90837", modifiers="", units=units,
        charge_cents=15000 * units, allowed_cents=allowed * units, paid_on=TODAY, trace_number="T", rate=rate)


def proposed(*lines: PaidLine) -> list[tuple[date, int]]:
    """The new rates that these lines suggest."""
    return [(one.rate.starts_on, one.rate.cents) for one in new_rates(lines)]


def test_a_change_that_is_the_same_on_every_line_since_a_day_is_proposed_from_that_day() -> None:
    lines = [settled(1, 12000), settled(2, 12000), *(settled(number, 11500, units=1 + number % 2) for number in (3, 4, 5))]
    assert proposed(*lines) == [(date(2026, 3, 23), 11500)]
    assert proposed(*(settled(number, 12600) for number in (1, 2, 3))) == [(date(2026, 3, 9), 12600)]


def test_few_mixed_or_expected_lines_propose_nothing() -> None:
    assert proposed(settled(1, 11500), settled(2, 11500)) == []
    assert proposed(settled(1, 11500), settled(2, 11500), settled(3, 11500), settled(4, 12000)) == []
    assert proposed(settled(1, 12000, day=2), *(settled(number, 11500, day=number) for number in (2, 3, 4))) == []
    assert proposed(*(settled(number, 12000) for number in range(6))) == []
    assert proposed(*(settled(number, 11500, rate=None) for number in range(6))) == []
    assert proposed(*(settled(number, 0) for number in range(6))) == []


def test_only_what_is_short_is_listed_and_never_more_than_the_charge_expected() -> None:
    dear = Rate(payer_id=1, code="90837", starts_on=date(2026, 1, 1), cents=20000)
    lines = [settled(1, 11000), settled(2, 12000), settled(3, 13000), settled(4, 0), settled(5, 15000, rate=dear)]
    assert [line.charge_line_id for line in underpaid(lines)] == [1]
