"""Claims found by what a person types of them: client, number, day of service or charge; for matching and paper EOBs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tortoise.expressions import Q

from domain import access
from domain.access import SignedIn
from domain.payer_files.known import own_claims
from storage import open_items
from storage.models import Claim, ClaimLine

MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One word that was typed, with the day and the amount that it can be read as."""

    text: str
    day: date | None = None
    cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChoice:
    """One claim of ours; `open_cents` is what its insurer still owes."""

    id: int
    number: str
    client_name: str
    payer_id: int
    payer_name: str
    first_day: date
    last_day: date
    total_cents: int
    open_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeChoice:
    """One charge of a claim, with what insurers have paid and written off already taken off."""

    id: int
    day: date
    code: str
    modifiers: tuple[str, ...]
    charge_cents: int
    left_cents: int


async def claims_found(
    typed: Sequence[Typed], *, payer_id: int | None = None, seen_by: SignedIn, limit: int = MOST
) -> list[ClaimChoice]:
    """Live claims that fit every word, the latest first; of one payer where it is said."""
    await access.require(seen_by)
    asked: Any = Claim.filter(voided_at=None)
    if payer_id is not None:
        asked = asked.filter(payer_id=payer_id)
    for word in typed:
        asked = asked.filter(id__in=await _fitting(word))
    return await _described(await asked.order_by("-issued_on", "-id").limit(limit).values_list("id", flat=True))


async def _fitting(word: Typed) -> list[Any]:
    """Claims that one word may mean; a number may be a claim's, or an amount."""
    named = Q(client__name__icontains=word.text) | Q(account_number__icontains=word.text)
    if word.cents is not None:
        named |= Q(total_cents=word.cents)
    found = list(await Claim.filter(named).values_list("id", flat=True))
    if word.cents is not None:
        found += await ClaimLine.filter(live=True, charge_cents=word.cents).values_list("claim_id", flat=True)
    if word.day is not None:
        found += await ClaimLine.filter(live=True, session__day=word.day).values_list("claim_id", flat=True)
    return found


async def claims_by_id(ids: Collection[int], *, seen_by: SignedIn) -> list[ClaimChoice]:
    """The same by their ids, also void ones."""
    await access.require(seen_by)
    return await _described(ids)


async def _described(ids: Collection[Any]) -> list[ClaimChoice]:
    rows = await Claim.filter(id__in=list(ids)).order_by("-issued_on", "-id").values(
        "id", "account_number", "payer_id", "total_cents", "issued_on", client="client__name", payer="payer__name")
    days: dict[int, list[date]] = {}
    for claim, day in await ClaimLine.filter(claim_id__in=list(ids)).values_list("claim_id", "session__day"):
        days.setdefault(claim, []).append(day)
    owed = await open_items.sums_of("claim_id", [row["id"] for row in rows], party="insurer") if rows else {}
    return [
        ClaimChoice(
            id=row["id"], number=row["account_number"], client_name=row["client"], payer_id=row["payer_id"],
            payer_name=row["payer"], first_day=min(days.get(row["id"], [row["issued_on"]])),
            last_day=max(days.get(row["id"], [row["issued_on"]])), total_cents=row["total_cents"],
            open_cents=owed.get(row["id"], 0))
        for row in rows
    ]


async def charges_of(claim_id: int, *, seen_by: SignedIn) -> list[ChargeChoice]:
    """The charges of a claim, in its order."""
    await access.require(seen_by)
    claim = await Claim.get_or_none(id=claim_id)
    own = (await own_claims([claim.account_number])).get(claim.account_number) if claim else None
    days = dict(await ClaimLine.filter(claim_id=claim_id).values_list("charge_line_id", "session__day"))
    return [ChargeChoice(id=line.id, day=days[line.id], code=line.code, modifiers=line.modifiers,
                         charge_cents=line.charge_cents, left_cents=line.left_cents)
            for line in (own.known.lines if own else ())]
