"""What the demo's contracts allow, a provider's fee of her own, and a client on a sliding scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from domain.access import SignedIn
from domain.rates.keeping import FeeDraft, add_fee, keep_rates
from domain.rates.lookup import Rate

RATES = ({"90791": 16500, "90834": 10200, "90837": 12450, "90847": 11800}, {"90834": 9600, "90837": 11900})  # by payer
SLIDING = {"Wren Tumbleton": ("90834", 8000)}


async def set_prices(
    billing: Mapping[str, int], payers: Sequence[int], providers: Sequence[int], known: Mapping[str, int], today: date, *,
    by: SignedIn, now: datetime,
) -> None:
    """From the first of the year on."""
    year = date(today.year, 1, 1)
    await keep_rates([
        Rate(payer_id=payer, code=code, starts_on=year, cents=cents)
        for payer, rates in zip(payers, RATES, strict=False) for code, cents in rates.items()
    ], by=by, now=now)
    await add_fee(FeeDraft(billing_code_id=billing["90791"], provider_id=providers[1], starts_on=year, cents=22000), by=by, now=now)
    for name, (code, cents) in SLIDING.items():
        await add_fee(FeeDraft(billing_code_id=billing[code], client_id=known[name], starts_on=year, cents=cents), by=by, now=now)
