"""Who a session is billed to when nobody said so by hand: the rule that sending, the grid and invoicing share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.billing_ways import Ways

Kind = Literal["insurance", "client", "unclear"]
Why = Literal[
    "insured", "asked", "pays_without_insurance", "client_only_code", "no_policy", "policy_ended",
    "not_billed_for_provider", "two_primaries", "eap_used_up",
]  # fmt: skip
Turn = tuple[bool, date, int]
"""The order in which visits use up what was granted: invoiced ones (False) stay, then by day and session number."""
NOT_SENT = 2**62  # a visit that is no session yet comes after those of its day


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What an employee assistance program said yes to. `reached`: the turn that used up the last of it; None: room is left."""

    provider_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    reached: Turn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What of a policy the rule looks at. `granted` matters for an employee assistance program (EAP) only."""

    id: int
    payer_id: int
    rank: str = "primary"
    starts_on: date | None = None
    ends_on: date | None = None
    is_eap: bool = False
    granted: tuple[Granted, ...] = ()


@dataclass(frozen=True, slots=True)
class Billing:
    """Who gets the bill, by which policy, and why. Unclear means two primary policies: a person must choose."""

    kind: Kind
    why: Why
    policy_id: int | None = None
    payer_id: int | None = None


def in_force(cover: Cover | Granted, day: date) -> bool:
    """Whether a policy or authorization covers a day; its last day still counts."""
    return (cover.starts_on is None or cover.starts_on <= day) and (cover.ends_on is None or day <= cover.ends_on)


def billing_of(
    *,
    turn: Turn,
    bill_to: str,
    provider_id: int,
    insurable: bool,
    pays_without_insurance: bool,
    covers: Sequence[Cover],
    ways: Ways,
) -> Billing:
    """Insurance when exactly one primary policy is in force and nothing speaks against it; two are unclear.

    `bill_to` is the session's (automatic or client); `insurable`: at least one line is not for clients only;
    `ways`: how the practice bills payers for its providers.
    """
    if bill_to == "client":
        return Billing("client", "asked")
    if not insurable:
        return Billing("client", "client_only_code")
    if pays_without_insurance:
        return Billing("client", "pays_without_insurance")
    return by_primary(turn, provider_id, [cover for cover in covers if cover.rank == "primary"], ways)


def by_primary(
    turn: Turn, provider_id: int, primaries: Sequence[Cover], ways: Ways
) -> Billing:
    """What the primary policies say about a day. An EAP goes before the others until what it granted is used up."""
    day = turn[1]
    found = [cover for cover in primaries if in_force(cover, day)]
    if not found:
        ended = any(cover.ends_on is not None and cover.ends_on < day for cover in primaries)
        return Billing("client", "policy_ended" if ended else "no_policy")
    serving = [
        one for one in found
        if one.is_eap and serves(one, provider_id, turn) and ways.bills(provider_id, one.payer_id, day)
    ]
    found = serving or [one for one in found if not one.is_eap]
    if not found:
        return Billing("client", "eap_used_up")
    if len(found) > 1:
        return Billing("unclear", "two_primaries")
    only = found[0]
    if not ways.bills(provider_id, only.payer_id, day):
        return Billing("client", "not_billed_for_provider")
    return Billing("insurance", "insured", only.id, only.payer_id)


def serves(eap: Cover, provider_id: int, turn: Turn) -> bool:
    """Whether an EAP has a visit for this turn; one without any authorization written down is taken at its word."""
    return not eap.granted or any(
        one.provider_id in {None, provider_id} and in_force(one, turn[1]) and (one.reached is None or turn <= one.reached)
        for one in eap.granted
    )
