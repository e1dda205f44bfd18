"""Which fee and which contract rate holds, and what a pasted schedule says."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import Refused
from domain.rates.lookup import DatedFee, Fees, Rate, Rates
from domain.rates.pasting import pasted_rates

JAN, JULY, OCT = date(2026, 1, 1), date(2026, 7, 1), date(2026, 10, 1)


def test_a_provider_s_fee_comes_first_then_the_practice_s_then_the_code_s_own() -> None:
    fees = Fees([
        DatedFee(billing_code_id=1, starts_on=JULY, cents=16000), DatedFee(billing_code_id=1, starts_on=JAN, cents=15500),
        DatedFee(billing_code_id=1, provider_id=7, starts_on=OCT, cents=18000),
    ])
    charged = [fees.charge(1, 15000, provider_id=7, on=day) for day in (date(2025, 12, 31), JAN, JULY, OCT)]
    assert charged == [15000, 15500, 16000, 18000]
    assert fees.charge(1, 15000, provider_id=8, on=OCT) == 16000
    assert fees.charge(2, 9000, provider_id=7, on=OCT) == 9000


def test_a_sliding_scale_fee_is_of_one_client_and_no_charge_of_the_practice() -> None:
    fees = Fees([DatedFee(billing_code_id=1, client_id=3, starts_on=JULY, cents=6000)])
    assert fees.sliding(1, client_id=3, on=JULY) == 6000
    assert fees.sliding(1, client_id=3, on=JAN) is None
    assert fees.sliding(1, client_id=4, on=JULY) is None
    assert fees.charge(1, 15000, provider_id=3, on=JULY) == 15000


def test_a_rate_with_modifiers_holds_where_the_line_has_them_and_the_latest_day_wins() -> None:
    rates = Rates([
        Rate(payer_id=1, code="90837", starts_on=JAN, cents=11000), Rate(payer_id=1, code="90837", starts_on=JULY, cents=12000),
        Rate(payer_id=1, code="90837", modifiers="HO", starts_on=JAN, cents=10000),
    ])
    assert rates.allowed(1, "90837", (), on=JULY) == 12000
    assert rates.allowed(1, "90837", ("95",), on=JAN) == 11000
    assert rates.allowed(1, "90837", ("95", "HO"), on=JULY) == 10000
    assert rates.allowed(1, "90837", (), on=date(2025, 12, 31)) is None
    assert rates.allowed(2, "90837", (), on=JULY) is None


def test_a_schedule_is_pasted_with_or_without_column_names() -> None:
    bare = pasted_rates(
        "90837, 142.50\n\n90834, $108, 1/1/2026, HO 95\n", payer_id=1, starts_on=JULY, on=OCT)
    assert bare == [
        Rate(payer_id=1, code="90837", starts_on=JULY, cents=14250),
        Rate(payer_id=1, code="90834", modifiers="HO,95", starts_on=JAN, cents=10800),
    ]
    named = pasted_rates("Effective\tCPT code\tMod\tAllowed amount\n2026-10-01\t90837\t\t1,042.50", payer_id=1, starts_on=None, on=OCT)
    assert named == [Rate(payer_id=1, code="90837", starts_on=OCT, cents=104250)]


def test_a_schedule_that_can_not_be_read_says_where_and_keeps_nothing() -> None:
    with pytest.raises(Refused) as refused:
        pasted_rates("90837, 142.50\ntherapy, 100\n90834, a lot", payer_id=1, starts_on=JULY, on=OCT)
    assert refused.value.fields["text"].startswith("Line 2: “THERAPY” is no code")
    assert "Line 3: “a lot” is no number" in refused.value.fields["text"]
    with pytest.raises(Refused):
        pasted_rates("90837, 142.50", payer_id=1, starts_on=None, on=OCT)
