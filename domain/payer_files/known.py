"""Our claims as a remittance knows them: their lines, and what earlier payments decided on each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from domain.claims.x12.known import Entry, KnownClaim, KnownLine
from domain.documents.cms1500.nucc import joined
from storage.models import Claim, ClaimLine, Policy, RemittanceEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClaim:
    """A claim that a payment answers, with whose it is and which policy could be asked next."""

    id: int
    client_id: int
    payer_id: int
    policy_id: int
    next_policy: tuple[int, int] | None  # policy, its payer
    known: KnownClaim


async def own_claims(numbers: Collection[str]) -> dict[str, OwnClaim]:
    """Our claims by the number they were sent under."""
    rows = await Claim.filter(account_number__in=sorted(set(numbers))).values(
        "id", "account_number", "client_id", "payer_id", "policy_id", "policy__rank")
    lines = await ClaimLine.filter(claim_id__in=[row["id"] for row in rows]).order_by("position").values(
        "claim_id", "charge_line_id", "position", "charge_cents", code="charge_line__code",
        modifiers="charge_line__modifiers", day="session__day")
    decided = await _decided([line["charge_line_id"] for line in lines])
    seconds = await _seconds([row for row in rows if row["policy__rank"] == "primary"])
    return {row["account_number"]: _own(row, [one for one in lines if one["claim_id"] == row["id"]], decided, seconds)
            for row in rows}


def _own(row: dict[str, Any], lines: list[dict[str, Any]], decided: list[dict[str, Any]],
         seconds: list[dict[str, Any]]) -> OwnClaim:
    last = max((line["day"] for line in lines), default=None)
    second = next((one for one in seconds if one["client_id"] == row["client_id"] and last is not None
                   and (one["starts_on"] or last) <= last <= (one["ends_on"] or last)), None)
    known = KnownClaim(
        control_number=row["account_number"], policy_id=row["policy_id"], next_policy=second is not None,
        lines=tuple(KnownLine(
            id=line["charge_line_id"], control_number=f"{joined(row['account_number'])}L{line['position']}",
            code=line["code"], modifiers=tuple(part.strip() for part in line["modifiers"].split(",") if part.strip()),
            day=line["day"], charge_cents=line["charge_cents"]) for line in lines))
    for one in decided:
        known = known.after([Entry(one["kind"], one["cents"], one["charge_line_id"])], policy_id=one["claim__policy_id"])
    return OwnClaim(id=row["id"], client_id=row["client_id"], payer_id=row["payer_id"], policy_id=row["policy_id"],
                    next_policy=(second["id"], second["payer_id"]) if second else None, known=known)


async def _decided(lines: Collection[int]) -> list[dict[str, Any]]:
    """What stands of earlier payments on these charges."""
    return await RemittanceEntry.filter(
        charge_line_id__in=list(lines), claim_id__isnull=False, remittance__state="posted").order_by("id").values(
        "kind", "cents", "charge_line_id", "claim__policy_id")


async def _seconds(claims: Collection[dict[str, Any]]) -> list[dict[str, Any]]:
    return await Policy.filter(client_id__in=[row["client_id"] for row in claims], rank="secondary").values(
        "id", "client_id", "payer_id", "starts_on", "ends_on")
