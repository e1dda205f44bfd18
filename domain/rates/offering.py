"""The fee that a code takes in a session made by hand."""

from __future__ import annotations

from datetime import date

from domain import access
from domain.access import SignedIn
from domain.reading.rates import prices_now
from domain.reading.who_pays import who_pays
from storage.models import BillingCode, Client


async def fee_for(
    billing_code_id: int, *, client_id: int | None, provider_id: int | None, on: date, bill_to: str, seen_by: SignedIn
) -> int | None:
    """The practice's charge, or the client's own fee where the client is billed. None for an unknown code."""
    await access.require(seen_by)
    code = await BillingCode.get_or_none(id=billing_code_id)
    if code is None:
        return None
    prices = await prices_now()
    own = prices.fees.sliding(code.id, client_id=client_id or 0, on=on)
    if own is not None and await _client_pays(client_id or 0, provider_id or 0, on, bill_to, insurable=not code.client_only):
        return own
    return prices.charge(code.id, provider_id=provider_id, on=on)


async def _client_pays(client_id: int, provider_id: int, on: date, bill_to: str, *, insurable: bool) -> bool:
    alone = await Client.filter(id=client_id).values_list("pays_without_insurance", flat=True)
    billing = (await who_pays([client_id])).of(
        client_id, day=on, provider_id=provider_id, bill_to=bill_to, insurable=insurable, pays_without_insurance=any(alone))
    return billing.kind == "client"
