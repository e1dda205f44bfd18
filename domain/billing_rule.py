"""Who a session is billed to when nobody said so by hand: the rule that sending, the grid and invoicing share."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["insurance", "client", "unclear"]
Why = Literal[
    "insured", "asked", "pays_without_insurance", "client_only_code", "no_policy", "policy_ended",
    "not_billed_for_provider", "two_primaries",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What of a policy the rule looks at."""

    id: int
    payer_id: int
    rank: str = "primary"
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Billing:
    """Who gets the bill, by which policy, and why. Unclear means two primary policies: a person must choose."""

    kind: Kind
    why: Why
    policy_id: int | None = None
    payer_id: int | None = None


def in_force(cover: Cover, day: date) -> bool:
    """Whether a policy covers a day; its last day still counts."""
    return (cover.starts_on is None or cover.starts_on <= day) and (cover.ends_on is None or day <= cover.ends_on)


def billing_of(
    *,
    day: date,
    bill_to: str,
    provider_id: int,
    insurable: bool,
    pays_without_insurance: bool,
    covers: Sequence[Cover],
    unbilled: Container[tuple[int, int]],
) -> Billing:
    """Insurance when exactly one primary policy is in force and nothing speaks against it; two are unclear.

    `bill_to` is the session's (automatic or client); `insurable`: at least one line is not for clients only;
    `unbilled` holds (payer, provider) pairs that the practice does not bill.
    """
    if bill_to == "client":
        return Billing("client", "asked")
    if not insurable:
        return Billing("client", "client_only_code")
    if pays_without_insurance:
        return Billing("client", "pays_without_insurance")
    return by_primary(day, provider_id, [cover for cover in covers if cover.rank == "primary"], unbilled)


def by_primary(
    day: date, provider_id: int, primaries: Sequence[Cover], unbilled: Container[tuple[int, int]]
) -> Billing:
    """What the primary policies say about a day."""
    found = [cover for cover in primaries if in_force(cover, day)]
    if not found:
        ended = any(cover.ends_on is not None and cover.ends_on < day for cover in primaries)
        return Billing("client", "policy_ended" if ended else "no_policy")
    if len(found) > 1:
        return Billing("unclear", "two_primaries")
    only = found[0]
    if (only.payer_id, provider_id) in unbilled:
        return Billing("client", "not_billed_for_provider")
    return Billing("insurance", "insured", only.id, only.payer_id)
