"""Names, numbers and addresses that have no room on the CMS-1500: what the form will show of them, and where they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.claims.facts import PracticeFacts, SessionFacts
from domain.claims.form import claim_record
from domain.claims.packing import secondary_of
from domain.claims.reasons import Place, Reason
from domain.claims.record_rules import PRACTICE
from domain.documents.cms1500 import cut_fields

# The box's key in assets/cms1500/positions.csv: whose field it prints, and which. Boxes left out here are checked
# for their length before (NPIs, codes, states), or always fit.
PRINTS: dict[str, tuple[str, str]] = {
    "carrier.1": ("payer", "name"), "carrier.2": ("payer", "street"), "carrier.3": ("payer", "street2"),
    "carrier.4": ("payer", "city"), "1a": ("policy", "member_id"), "2": ("client", "insurer_last_name"),
    "4": ("insured", "last_name"), "5.street": ("client", "street"), "5.city": ("client", "city"),
    "5.zip": ("client", "zip"), "5.phone": ("client", "phone"), "7.street": ("insured", "street"),
    "7.city": ("insured", "city"), "7.zip": ("insured", "zip"), "7.phone": ("insured", "phone"),
    "9": ("other insured", "last_name"), "9a": ("secondary", "member_id"), "9d": ("secondary", "plan_name"),
    "11": ("policy", "group_number"), "11c": ("policy", "plan_name"), "17.name": ("named in 17", "last_name"),
    "23": ("authorization", "authorization_number"), "25": ("biller", "tax_id"), "31.signature": ("provider", "last_name"),
    "32.name": ("location", "name"), "32.street": ("location", "street"), "32.city": ("location", "city"),
    "33.name": ("biller", "name"), "33.street": ("practice", "street"), "33.city": ("practice", "city"),
    "33.phone": ("practice", "phone"),
}  # fmt: skip


def cut_on_form(session: SessionFacts, practice: PracticeFacts) -> Iterator[Reason]:
    """Names and addresses that have no room on the CMS-1500; what one field prints in two boxes is told once."""
    record = claim_record([replace(session, lines=())], practice, account_number="", paid_cents=0, on=session.day)
    found: dict[tuple[Place, str], list[tuple[str, str]]] = {}
    for field, text in cut_fields(record):
        if field.key in PRINTS:
            kept_at = _kept_at(*PRINTS[field.key], session)
            found.setdefault(kept_at, []).append((field.box, text[:field.width].strip()))
    for (place, name), cut in found.items():
        shown = min((shown for _, shown in cut), key=len)
        yield place.warning("cut_on_form", f"{_where([box for box, _ in cut])} “{shown}”", "Shorten it", name)


def _where(boxes: list[str]) -> str:
    if boxes[0] == "carrier":
        return "The payer's address on the form ends at"
    return f"Box {boxes[0]} of the form ends at" if len(boxes) == 1 else f"Boxes {' and '.join(boxes)} of the form end at"


def _kept_at(whose: str, field: str, session: SessionFacts) -> tuple[Place, str]:
    """The record and its field that a box prints, as form.py fills it."""
    client, provider, policy, secondary = session.client, session.rendering, session.policy, secondary_of(session)
    at_client = Place("client", client.id)
    if whose in {"insured", "other insured", "policy", "secondary"}:
        used = policy if whose in {"insured", "policy"} else secondary
        assert used is not None, "a box of the policy is filled from one"
        if whose in {"insured", "other insured"} and used.relationship == "self":
            return at_client, "insurer_last_name" if field == "last_name" else field
        if field == "plan_name" and not used.plan_name:
            return Place("payer", used.payer.id), "name"
        own = f"subscriber_{field}" if whose in {"insured", "other insured"} else field
        return Place("policy", used.id, client.id), own
    if whose == "authorization" and not session.authorization_number and session.authorization:
        return at_client, f"authorization.{session.authorization.facts.id}"
    if whose == "named in 17" and client.referrer_last_name:
        return at_client, "referrer_last_name"
    if whose == "biller" and not provider.bills_as_entity:
        return PRACTICE, "billing_name" if field == "name" else field
    supervisor = session.supervisor
    return {
        "client": (at_client, field),
        "payer": (Place("payer", policy.payer.id if policy else 0), field),
        "provider": (Place("provider", provider.id), field),
        "biller": (Place("provider", provider.id), f"entity_{field}"),
        "named in 17": (Place("provider", supervisor.id if supervisor else 0), field),
        "location": (Place("location", session.location.id if session.location else 0), field),
        "practice": (PRACTICE, field),
        "authorization": (Place("session", session.id), field),
    }[whose]
