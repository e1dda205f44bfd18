"""Who pays for visits of some clients: what the billing rule needs, read once, however many visits ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.billing_rule import NOT_SENT, Billing, Cover, Granted, Turn, billing_of, in_force
from domain.billing_ways import Way, Ways
from storage.models import BillingWay, ClientSession, Policy, PriorAuthorization


@dataclass(frozen=True, slots=True)
class WhoPays:
    """The policies of some clients, and how the practice bills them for its providers."""

    covers: Mapping[int, list[Cover]]
    ways: Ways

    def of(
        self, client_id: int, *, day: date, provider_id: int, insurable: bool, pays_without_insurance: bool,
        bill_to: str = "automatic", session_id: int = NOT_SENT, issued: bool = False,
    ) -> Billing:
        """Who is billed for one visit."""
        return billing_of(
            turn=(not issued, day, session_id), bill_to=bill_to, provider_id=provider_id, insurable=insurable,
            pays_without_insurance=pays_without_insurance, covers=self.covers.get(client_id, ()), ways=self.ways)


async def who_pays(client_ids: Collection[int]) -> WhoPays:
    """Read the policies of these clients, and how far their assistance programs are used up."""
    return await with_ways(await covers_of(client_ids))


async def with_ways(covers: Mapping[int, list[Cover]]) -> WhoPays:
    """The same of policies that are read already."""
    ways = Ways([Way(**row) for row in await BillingWay.all().values(
        "provider_id", "payer_id", "starts_on", "way", "supervisor_id")])
    eaps = {one.id: client_id for client_id, listed in covers.items() for one in listed if one.is_eap}
    return WhoPays(await _with_granted(covers, eaps, ways) if eaps else covers, ways)


async def covers_of(client_ids: Collection[int]) -> dict[int, list[Cover]]:
    """The policies of these clients as they stand by themselves."""
    wanted = ("id", "client_id", "payer_id", "rank", "starts_on", "ends_on", "is_eap")
    covers: defaultdict[int, list[Cover]] = defaultdict(list)
    for row in await Policy.filter(client_id__in=list(client_ids)).order_by("id").values(*wanted):
        covers[row.pop("client_id")].append(Cover(**row))
    return covers


async def _with_granted(
    covers: Mapping[int, list[Cover]], eaps: Mapping[int, int], ways: Ways
) -> dict[int, list[Cover]]:
    """The same policies, each EAP with what is left of its authorizations after the sessions so far."""
    granted: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(await PriorAuthorization.filter(policy_id__in=list(eaps)).values(), key=_ends_first):
        granted[row["policy_id"]].append(row)
    turns = await _turns_of(set(eaps.values()))
    return {
        client_id: [
            replace(one, granted=_granted(one, granted[one.id], turns.get(client_id, ()), ways)) if one.is_eap else one
            for one in listed
        ]
        for client_id, listed in covers.items()
    }


def _ends_first(row: dict[str, Any]) -> tuple[date, int]:
    return row["ends_on"] or date.max, row["id"]


async def _turns_of(client_ids: set[int]) -> dict[int, list[tuple[Turn, int]]]:
    """The sessions of these clients that insurance can pay, with their providers, in their turn."""
    rows = await ClientSession.filter(
        client_id__in=list(client_ids), undone_at=None, bill_to="automatic", client__pays_without_insurance=False,
        lines__client_only=False,
    ).distinct().values("id", "client_id", "day", "provider_id", "status")
    found: defaultdict[int, list[tuple[Turn, int]]] = defaultdict(list)
    for row in rows:
        turn = (row["status"] != "invoiced", row["day"], row["id"])
        found[row["client_id"]].append((turn, row["provider_id"]))
    return {client_id: sorted(turns) for client_id, turns in found.items()}


def _granted(
    eap: Cover, rows: Iterable[dict[str, Any]], turns: Iterable[tuple[Turn, int]], ways: Ways
) -> tuple[Granted, ...]:
    """Each authorization of an EAP with the turn at which it was used up."""
    listed = [Granted(provider_id=r["provider_id"], starts_on=r["starts_on"], ends_on=r["ends_on"]) for r in rows]
    left = [None if r["granted"] is None else r["granted"] - r["used_before"] for r in rows]
    reached: list[Turn] = [(False, date.min, 0)] * len(listed)
    for turn, provider_id in turns:
        if not in_force(eap, turn[1]) or not ways.bills(provider_id, eap.payer_id, turn[1]):
            continue
        for at, one in enumerate(listed):
            room = left[at]
            if one.provider_id in {None, provider_id} and in_force(one, turn[1]) and (room is None or room > 0):
                left[at] = None if room is None else room - 1
                reached[at] = max(reached[at], turn)
                break
    return tuple(
        one if room is None or room > 0 else replace(one, reached=turn)
        for one, room, turn in zip(listed, left, reached, strict=True)
    )
