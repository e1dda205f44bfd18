"""Lines that payers settled, with what their contracts promise, as the books stand: nothing of it is kept but what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.claims.paid_right import NewRate, PaidLine, new_rates, underpaid
from domain.reading.rates import rates
from storage.models import AllowedAmount, ClaimLine

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidRight:
    """The lines paid short, and the changes that look like a new rate."""

    short: list[PaidLine]
    new_rates: list[NewRate]

    @property
    def short_cents(self) -> int:
        """All of it."""
        return sum(line.short_cents for line in self.short)


async def paid_right(*, today: date, payer_id: int | None = None, seen_by: SignedIn) -> PaidRight:
    """Of services of the last year: what first payers allowed, the latest word on each line."""
    await access.require(seen_by)
    lines = await _settled(today - A_YEAR, payer_id)
    return PaidRight(short=underpaid(lines), new_rates=new_rates(lines))


async def _settled(since: date, payer_id: int | None) -> list[PaidLine]:
    which: dict[str, Any] = {"claim__payer_id": payer_id} if payer_id else {}
    rows = await AllowedAmount.filter(
        remittance__state="posted", charge_line__session__day__gte=since, **which,
    ).order_by("remittance__paid_on", "remittance_id", "id").values(
        "claim_id", "charge_line_id", allowed_cents="cents", paid_on="remittance__paid_on", trace_number="remittance__trace_number",
        payer_id="claim__payer_id", payer_name="claim__payer__name", client_name="claim__client__name",
        claim_number="claim__account_number", day="charge_line__session__day", code="charge_line__code",
        modifiers="charge_line__modifiers", units="charge_line__units", fee_cents="charge_line__fee_cents")
    first = set(await ClaimLine.filter(
        charge_line_id__in=[row["charge_line_id"] for row in rows], rank="primary", live=True,
    ).values_list("claim_id", "charge_line_id")) if rows else set()
    latest = {row["charge_line_id"]: row for row in rows if (row.pop("claim_id"), row["charge_line_id"]) in first}
    known = await rates()
    return [
        PaidLine(**row, charge_cents=fee * row["units"], rate=known.rate(
            row["payer_id"], row["code"], row["modifiers"].split(","), on=row["day"]))
        for row in latest.values() if (fee := row.pop("fee_cents")) is not None
    ]
