"""Who bills whom: set from a day on for a provider and a payer, and taken away again; sessions follow their day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.billing_ways import SUPERVISED, WAYS
from domain.checks import Findings
from domain.errors import FieldRefused, NotFound
from storage.models import BillingWay, Payer, Provider
from storage.transactions import one_transaction


@dataclass(slots=True, kw_only=True)
class WayDraft:
    """A way of billing being typed; no payer means all, no day means always."""

    provider_id: int | None = None
    payer_id: int | None = None
    starts_on: date | None = None
    way: str = "own"
    supervisor_id: int | None = None


async def add_way(draft: WayDraft, *, by: SignedIn, now: datetime) -> int:
    """Set how a provider's visits are billed. Raises Refused, or FieldRefused when that day has one already."""
    values: dict[str, Any] = {
        "provider_id": draft.provider_id, "payer_id": draft.payer_id, "starts_on": draft.starts_on, "way": draft.way,
        "supervisor_id": draft.supervisor_id if draft.way in SUPERVISED else None,
    }
    async with one_transaction() as changes:
        await access.require(by)
        (await _findings(values)).refuse()
        if await BillingWay.filter(**{name: values[name] for name in ("provider_id", "payer_id", "starts_on")}).exists():
            raise FieldRefused(at="starts_on", sentence="There is one from this day already. Remove that one first, or choose another day.")
        kept = int((await BillingWay.create(**values)).id)
        await access.audit(by, "set who bills", "provider", [draft.provider_id or 0], at=now)
        changes.add("provider", [draft.provider_id or 0])
    return kept


async def _findings(values: dict[str, Any]) -> Findings:
    found = Findings()
    if not await Provider.exists(id=values["provider_id"] or 0):
        found.note("provider_id", "Choose the provider.")
    if values["payer_id"] is not None and not await Payer.exists(id=values["payer_id"]):
        found.note("payer_id", "This payer is no longer there. Choose another.")
    if values["way"] not in WAYS:
        found.note("way", "Choose a way from the list.")
    if values["way"] in SUPERVISED:
        if not await Provider.exists(id=values["supervisor_id"] or 0):
            found.note("supervisor_id", "Choose the supervisor.")
        elif values["supervisor_id"] == values["provider_id"]:
            found.note("supervisor_id", "Choose somebody else: nobody supervises themselves.")
    return found


async def remove_way(way_id: int, *, by: SignedIn, now: datetime) -> WayDraft:
    """Take one away; what held before it holds again. Answers what puts it back. Raises NotFound."""
    async with one_transaction() as changes:
        await access.require(by)
        row = await BillingWay.get_or_none(id=way_id).values("provider_id", "payer_id", "starts_on", "way", "supervisor_id")
        if not row or not await BillingWay.filter(id=way_id).delete():
            raise NotFound(what="This way of billing")
        await access.audit(by, "removed who bills", "provider", [row["provider_id"]], at=now)
        changes.add("provider", [row["provider_id"]])
    return WayDraft(**row)
