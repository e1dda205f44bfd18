"""Who bills whom, as lists show it: by provider and payer, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain import access
from domain.access import SignedIn
from domain.billing_ways import WAYS, Way, Ways
from storage.models import BillingWay

EVERY_PAYER = "All payers"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRow:
    """One way of billing; `holds` on the day it is read."""

    id: int
    provider_name: str
    payer_name: str
    starts_on: date | None
    words: str
    holds: bool


async def billing_ways(
    *, provider_id: int | None = None, payer_id: int | None = None, today: date, seen_by: SignedIn
) -> list[WayRow]:
    """Those of a provider, or those that concern a payer."""
    await access.require(seen_by)
    rows = await BillingWay.all().select_related("provider", "payer", "supervisor")
    kept = {row.id: _way(row) for row in rows}
    ways = Ways(kept.values())
    return [
        _row(row, kept[row.id], holds=ways.of(kept[row.id].provider_id, kept[row.id].payer_id or 0, today) is kept[row.id])
        for row in sorted(rows, key=_order)
        if provider_id in {None, kept[row.id].provider_id} and (payer_id is None or kept[row.id].payer_id in {None, payer_id})
    ]


def _way(row: BillingWay) -> Way:
    return Way(provider_id=row.provider.id, payer_id=row.payer.id if row.payer else None, starts_on=row.starts_on,
               way=row.way, supervisor_id=row.supervisor.id if row.supervisor else None)


def _order(row: BillingWay) -> tuple[str, str, int]:
    return row.provider.name, row.payer.name if row.payer else "", -(row.starts_on or date.min).toordinal()


def _row(row: BillingWay, way: Way, *, holds: bool) -> WayRow:
    words = WAYS[way.way] + (f": {row.supervisor.name}" if row.supervisor else "")
    return WayRow(id=row.id, provider_name=row.provider.name, payer_name=row.payer.name if row.payer else EVERY_PAYER,
                  starts_on=row.starts_on, words=words, holds=holds)
