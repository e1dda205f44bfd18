"""Policies: how a client is insured, with whom, from when to when, and what is left to the client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import combinations
from typing import Any

from domain import access, masters
from domain.access import SignedIn
from domain.billing_rule import Cover
from domain.checks import PHONE, Findings, check_address, latest_today, tidy_phone, tidy_zip
from domain.errors import InUse, NotFound
from domain.masters import Master, Use
from domain.providers import as_kept
from storage.models import Claim, Client, Payer, Policy, PriorAuthorization
from storage.transactions import one_transaction

POLICY = Master(Policy, "policy", "policy", (
    Use(Claim, "policy_id", "claim"),
    Use(PriorAuthorization, "policy_id", "authorization"),
))  # fmt: skip
RANKS = {"primary": "Primary", "secondary": "Secondary"}
RELATIONSHIPS = {"self": "The client", "spouse": "Spouse", "child": "Parent (client is the child)", "other": "Other"}
# SBR05 of a claim by file (005010X222A1): why somebody pays before Medicare.
MEDICARE_SECOND: dict[str, str] = {
    "": "12, working or with a working spouse",
    "13": "13, kidney disease, with an employer's plan",
    "14": "14, no-fault or auto insurance is first",
    "15": "15, workers' compensation",
    "16": "16, another federal agency",
    "41": "41, black lung",
    "42": "42, Veterans Affairs",
    "43": "43, under 65 with a disability",
    "47": "47, another liability insurance is first",
}
SUBSCRIBER_FIELDS = (
    "subscriber_first_name", "subscriber_middle_name", "subscriber_last_name", "subscriber_sex", "subscriber_street",
    "subscriber_city", "subscriber_state", "subscriber_zip", "subscriber_phone",
    "patient_member_id",
)  # fmt: skip


@dataclass(slots=True)
class PolicyDraft:
    """A policy being edited. With relationship `self` the subscriber is the client and those fields are empty."""

    id: int | None = None
    version: int = 1
    client_id: int = 0
    payer_id: int | None = None
    rank: str = "primary"
    member_id: str = ""
    group_number: str = ""
    plan_name: str = ""
    relationship: str = "self"
    subscriber_first_name: str = ""
    subscriber_middle_name: str = ""
    subscriber_last_name: str = ""
    subscriber_birth_date: date | None = None
    subscriber_sex: str = ""
    subscriber_street: str = ""
    subscriber_city: str = ""
    subscriber_state: str = ""
    subscriber_zip: str = ""
    subscriber_phone: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    copay_cents: int | None = 0
    coinsurance_points: int | None = 0
    deductible_left_cents: int | None = 0
    deductible_checked_on: date | None = None
    deductible_checked_by: str = ""
    is_eap: bool = False
    patient_member_id: str = ""
    medicare_second_reason: str = ""


async def draft_of_policy(policy_id: int, *, seen_by: SignedIn) -> PolicyDraft:
    """A policy as it stands, to be edited. Raises NotFound."""
    await access.require(seen_by)
    row = await Policy.get_or_none(id=policy_id)
    if row is None:
        raise NotFound(what=POLICY.what)
    return PolicyDraft(**{one.name: getattr(row, one.name) for one in fields(PolicyDraft)})


def policy_values(draft: PolicyDraft) -> dict[str, Any]:
    """A draft's fields as they are kept; a client who is the subscriber leaves those fields empty."""
    values = as_kept(draft) | {
        "member_id": draft.member_id.strip().upper(), "group_number": draft.group_number.strip().upper(),
        "patient_member_id": draft.patient_member_id.strip().upper(),
        "subscriber_state": draft.subscriber_state.strip().upper(), "subscriber_zip": tidy_zip(draft.subscriber_zip),
        "subscriber_phone": tidy_phone(draft.subscriber_phone), "copay_cents": draft.copay_cents or 0,
        "coinsurance_points": draft.coinsurance_points or 0, "deductible_left_cents": draft.deductible_left_cents or 0,
    }  # fmt: skip
    if draft.relationship == "self":
        values |= dict.fromkeys(SUBSCRIBER_FIELDS, "") | {"subscriber_birth_date": None}
    return values


def policy_findings(values: dict[str, Any], *, today: date) -> Findings:
    """What is wrong with a policy by itself; a member id may be added later, before a claim is made."""
    found = Findings()
    if values["payer_id"] is None:
        found.note("payer_id", "Choose the payer.")
    if values["rank"] not in RANKS:
        found.note("rank", "Choose primary or secondary.")
    if values["relationship"] not in RELATIONSHIPS:
        found.note("relationship", "Choose who the subscriber is to the client.")
    if values["medicare_second_reason"] not in MEDICARE_SECOND:
        found.note("medicare_second_reason", "Choose a reason from the list.")
    if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
        found.note("ends_on", "The last day must not be before the first.")
    if not 0 <= values["coinsurance_points"] <= 10_000:
        found.note("coinsurance_points", "Type a share between 0 % and 100 %.")
    for at in ("copay_cents", "deductible_left_cents"):
        if values[at] < 0:
            found.note(at, "Type an amount that is not negative.")
    if values["deductible_left_cents"] and values["deductible_checked_on"] is None:
        found.note("deductible_checked_on", "Type the day on which this was checked with the payer.")
    if values["relationship"] != "self":
        check_subscriber(found, values, today=today)
    return found


def check_subscriber(found: Findings, values: dict[str, Any], *, today: date) -> None:
    """What is wrong with a subscriber who is not the client."""
    found.required("subscriber_first_name", values["subscriber_first_name"], "Type the subscriber's first name.")
    found.required("subscriber_last_name", values["subscriber_last_name"], "Type the subscriber's last name.")
    if values["subscriber_birth_date"] and values["subscriber_birth_date"] > today:
        found.note("subscriber_birth_date", "Check the year: the birth date must be in the past.")
    if values["subscriber_sex"] not in {"M", "F", ""}:
        found.note("subscriber_sex", "Choose M or F as the insurer has it, or leave it empty.")
    check_address(found, values["subscriber_state"], values["subscriber_zip"], prefix="subscriber_")
    found.fits("subscriber_phone", values["subscriber_phone"], PHONE)


async def keep_policy(draft: PolicyDraft, *, by: SignedIn, now: datetime) -> int:
    """Add or change a policy. Two primaries that overlap are kept and flagged: a person must settle which counts."""
    async with one_transaction() as changes:
        await access.require(by)
        values = policy_values(draft)
        found = policy_findings(values, today=latest_today(now))
        if draft.payer_id is not None and not await Payer.exists(id=draft.payer_id):
            found.note("payer_id", "This payer is no longer there. Choose another.")
        found.refuse()
        if not await Client.exists(id=draft.client_id):
            raise NotFound(what="This client")
        if draft.id is not None:
            values.pop("client_id")
        kept = await masters.keep(POLICY, draft, values, changes, by=by, now=now)
        changes.add("client", [draft.client_id])
        return kept


async def delete_policy(policy_id: int, *, by: SignedIn, now: datetime) -> None:
    """Remove a policy entered by mistake. Raises PolicyClaimed when a claim was made under it."""
    async with one_transaction() as changes:
        await access.require(by)
        row = await Policy.get_or_none(id=policy_id)
        if row is None:
            raise NotFound(what=POLICY.what)
        if await Claim.filter(policy_id=policy_id).exists():
            raise PolicyClaimed
        await masters.delete(POLICY, policy_id, by=by, now=now)
        changes.add("client", [row.client_id])  # type: ignore[attr-defined]


class PolicyClaimed(InUse):
    """A claim names the policy; it can end, but not go."""

    sentence = "A claim was made under this policy, so it cannot be deleted. Give it a last day instead."
    field = "ends_on"


def overlapping_primaries(covers: Sequence[Cover]) -> set[int]:
    """The ids of primary policies that are in force on the same day as another primary one."""
    primaries = [cover for cover in covers if cover.rank == "primary" and not cover.is_eap]
    return {cover.id for pair in combinations(primaries, 2) if overlap(*pair) for cover in pair}


def overlap(one: Cover, other: Cover) -> bool:
    """Whether two policies are in force on a same day; an open end has no end."""
    starts = max(one.starts_on or date.min, other.starts_on or date.min)
    return starts <= min(one.ends_on or date.max, other.ends_on or date.max)
