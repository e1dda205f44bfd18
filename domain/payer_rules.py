"""A payer's rules are added and taken away: modifiers by credential, and numbers that it gave. Claims made keep theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.checks import MODIFIER, TAXONOMY, Findings
from domain.claims.payer_rules import TAXONOMY as TAXONOMY_QUALIFIER
from domain.errors import FieldRefused, NotFound
from storage.models import Location, Payer, PayerRule, Provider
from storage.transactions import one_transaction

KINDS: dict[str, str] = {
    "modifier": "Modifier for a credential",
    "rendering": "Number of a provider (24J shaded)",
    "facility": "Number of a location (32b)",
    "billing": "Number of the practice (33b)",
}
# NUCC's qualifiers that the claim file (005010X222A1) has a place for, too.
QUALIFIERS: dict[str, str] = {"G2": "G2, the payer's own number", "ZZ": "ZZ, taxonomy", "LU": "LU, location number"}
LONGEST = {"rendering": 11, "facility": 14, "billing": 17}  # characters beside the qualifier in 24J, 32b and 33b
FIELDS = ("payer_id", "kind", "value", "credential", "provider_id", "location_id", "qualifier")


@dataclass(slots=True, kw_only=True)
class RuleDraft:
    """A rule being typed; no provider or location means any."""

    payer_id: int
    kind: str = "modifier"
    value: str = ""
    credential: str = ""
    provider_id: int | None = None
    location_id: int | None = None
    qualifier: str = "G2"


async def add_rule(draft: RuleDraft, *, by: SignedIn, now: datetime) -> int:
    """Add a rule. Raises Refused, NotFound, or FieldRefused when it is there already."""
    values = _values(draft)
    async with one_transaction() as changes:
        await access.require(by)
        if not await Payer.exists(id=draft.payer_id):
            raise NotFound(what="This Payer")
        (await _findings(values)).refuse()
        if await PayerRule.filter(**values).exists():
            raise FieldRefused(at="value", sentence="This is set already.")
        kept = int((await PayerRule.create(**values)).id)
        await access.audit(by, "added a rule of a payer", "payer", [draft.payer_id], at=now)
        changes.add("payer", [draft.payer_id])
    return kept


def _values(draft: RuleDraft) -> dict[str, Any]:
    """Only what the kind of rule asks for."""
    is_modifier = draft.kind == "modifier"
    return {
        "payer_id": draft.payer_id, "kind": draft.kind, "value": draft.value.strip().upper(),
        "credential": draft.credential.strip() if is_modifier else "", "qualifier": "" if is_modifier else draft.qualifier,
        "provider_id": draft.provider_id if draft.kind == "rendering" else None,
        "location_id": draft.location_id if draft.kind == "facility" else None,
    }


async def _findings(values: dict[str, Any]) -> Findings:
    found, kind, value = Findings(), values["kind"], values["value"]
    if kind not in KINDS:
        found.note("kind", "Choose what it is from the list.")
    elif kind == "modifier":
        found.required("credential", values["credential"], "Type the credential, such as LCSW.")
        found.required("value", value, MODIFIER.sentence)
        found.fits("value", value, MODIFIER)
    else:
        found.required("value", value, "Type the number.")
        if values["qualifier"] not in QUALIFIERS:
            found.note("qualifier", "Choose a qualifier from the list.")
        elif values["qualifier"] == TAXONOMY_QUALIFIER:
            found.fits("value", value, TAXONOMY)
        if len(value) > LONGEST[kind]:
            found.note("value", f"The box holds {LONGEST[kind]} characters.")
    if values["provider_id"] and not await Provider.exists(id=values["provider_id"]):
        found.note("provider_id", "This provider is no longer there. Choose another.")
    if values["location_id"] and not await Location.exists(id=values["location_id"]):
        found.note("location_id", "This location is no longer there. Choose another.")
    return found


async def remove_rule(rule_id: int, *, by: SignedIn, now: datetime) -> RuleDraft:
    """Take a rule away; answers what puts it back. Raises NotFound."""
    async with one_transaction() as changes:
        await access.require(by)
        row = await PayerRule.get_or_none(id=rule_id).values(*FIELDS)
        if not row or not await PayerRule.filter(id=rule_id).delete():
            raise NotFound(what="This rule")
        await access.audit(by, "removed a rule of a payer", "payer", [row["payer_id"]], at=now)
        changes.add("payer", [row["payer_id"]])
    return RuleDraft(**row)
