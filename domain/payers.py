"""Payers: the insurers that claims go to, and what they want."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from domain import access, masters
from domain.access import SignedIn
from domain.checks import PHONE, Findings, check_address, tidy_phone, tidy_zip
from domain.errors import NotFound
from domain.masters import Master, Use
from domain.providers import as_kept
from storage.models import Claim, Payer, Policy
from storage.transactions import one_transaction

PAYER = Master(Payer, "payer", "Payer", (
    Use(Policy, "payer_id", "policy"),
    Use(Claim, "payer_id", "claim"),
))  # fmt: skip
# CMS-1500 box 1, in the order of the form.
KINDS: dict[str, str] = {
    "medicare": "Medicare",
    "medicaid": "Medicaid",
    "tricare": "TRICARE",
    "champva": "CHAMPVA",
    "group": "Group health plan",
    "feca": "FECA, black lung",
    "other": "Other",
}
TELEHEALTH_MODIFIERS: dict[str, str] = {
    "95": "95, sound and picture",
    "93": "93, sound only",
    "GT": "GT, sound and picture",
    "": "None",
}
# SBR09 of a claim by file (005010X222A1), where the kind above does not say it: what the payer's own guide asks for.
FILING_CODES: dict[str, str] = {
    "": "By its kind",
    "BL": "BL, Blue Cross Blue Shield",
    "CI": "CI, commercial",
    "HM": "HM, HMO",
    "12": "12, PPO",
    "13": "13, point of service",
    "14": "14, EPO",
    "15": "15, indemnity",
    "16": "16, HMO for Medicare",
    "17": "17, dental maintenance",
    "11": "11, other non-federal program",
    "OF": "OF, other federal program",
    "VA": "VA, Veterans Affairs plan",
    "WC": "WC, workers' compensation",
    "AM": "AM, automobile medical",
    "LM": "LM, liability medical",
    "ZZ": "ZZ, not known",
}
FORBID_MISSED_FEES = frozenset({"medicaid", "champva"})
"""Kinds that let nobody charge a client for a missed visit; of others a person knows."""
LONGEST_PAYER_ID = 20
LONGEST_TO_FILE = 3650
LIMITS = ("days_to_file", "days_to_correct", "days_to_appeal")


@dataclass(slots=True)
class PayerDraft:
    """A payer being edited."""

    id: int | None = None
    version: int = 1
    name: str = ""
    kind: str = "group"
    payer_id: str = ""
    filing_code: str = ""
    one_day_a_claim: bool = False
    tells_patient_paid: bool = False
    phone: str = ""
    telehealth_modifier: str = "95"
    days_to_file: int | None = None
    forbids_missed_fee: bool = False
    asks_authorization: bool = False
    days_to_correct: int | None = None
    days_to_appeal: int | None = None
    no_corrections: bool = False
    note: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


async def draft_of_payer(payer_id: int, *, seen_by: SignedIn) -> PayerDraft:
    """A payer as it stands, to be edited. Raises NotFound."""
    await access.require(seen_by)
    row = await Payer.get_or_none(id=payer_id)
    if row is None:
        raise NotFound(what=PAYER.what)
    kept = {one.name: getattr(row, one.name) for one in fields(PayerDraft)}
    return PayerDraft(**kept)


async def keep_payer(draft: PayerDraft, *, by: SignedIn, now: datetime) -> int:
    """Add or change a payer."""
    async with one_transaction() as changes:
        await access.require(by)
        values = as_kept(draft) | {
            "note": draft.note.strip(), "phone": tidy_phone(draft.phone), "zip": tidy_zip(draft.zip),
            "state": draft.state.strip().upper(), "payer_id": draft.payer_id.strip().upper(),
            **{name: None if (days := getattr(draft, name)) is None else int(days) for name in LIMITS},
        }  # fmt: skip
        found = payer_findings(values)
        if await Payer.filter(name__iexact=values["name"], archived_at=None).exclude(id=draft.id or 0).exists():
            found.note("name", "There is a Payer of this name already. Add the plan to tell them apart.")
        found.refuse()
        return await masters.keep(PAYER, draft, values, changes, by=by, now=now)


def payer_findings(values: dict[str, Any]) -> Findings:
    """What is wrong with a payer by itself."""
    found = Findings()
    found.required("name", values["name"], "Type the name, as it stands on the member's card.")
    if values["kind"] not in KINDS:
        found.note("kind", "Choose a kind of insurance from the list.")
    if values["telehealth_modifier"] not in TELEHEALTH_MODIFIERS:
        found.note("telehealth_modifier", "Choose a modifier from the list.")
    if values["filing_code"] not in FILING_CODES:
        found.note("filing_code", "Choose a code from the list.")
    if len(values["payer_id"]) > LONGEST_PAYER_ID:
        found.note("payer_id", f"Use at most {LONGEST_PAYER_ID} characters.")
    for name in LIMITS:
        if (days := values[name]) is not None and not 1 <= days <= LONGEST_TO_FILE:
            found.note(name, f"Type a number of days from 1 to {LONGEST_TO_FILE}, or leave it empty.")
    found.fits("phone", values["phone"], PHONE)
    check_address(found, values["state"], values["zip"])
    return found


async def archive_payer(payer_id: int, *, by: SignedIn, now: datetime) -> None:
    """Take a payer out of every list to choose from; policies and claims keep it."""
    await masters.archive(PAYER, payer_id, by=by, now=now)


async def restore_payer(payer_id: int, *, by: SignedIn, now: datetime) -> None:
    """Offer a payer again."""
    await masters.restore(PAYER, payer_id, by=by, now=now)


async def delete_payer(payer_id: int, *, by: SignedIn, now: datetime) -> None:
    """Remove a payer that no policy names. Raises InUse."""
    await masters.delete(PAYER, payer_id, by=by, now=now)
