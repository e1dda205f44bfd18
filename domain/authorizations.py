"""Prior authorizations: written down from the payer's letter, changed, and taken away when entered by mistake."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from domain import access, masters
from domain.access import SignedIn
from domain.checks import PROCEDURE_CODE, Findings, is_procedure_code
from domain.errors import NotFound
from domain.masters import Master
from domain.providers import as_kept
from storage.models import Policy, PriorAuthorization, Provider
from storage.transactions import one_transaction

AUTHORIZATION = Master(PriorAuthorization, "authorization", "authorization", ())
COUNTS: dict[str, str] = {"visits": "Visits", "units": "Units"}
LONGEST_NUMBER = 29  # CMS-1500 box 23; REF02 of a claim file has room for more
MOST = 9999


@dataclass(slots=True)
class AuthorizationDraft:
    """An authorization being edited; codes with commas between, none means any."""

    id: int | None = None
    version: int = 1
    policy_id: int | None = None
    number: str = ""
    provider_id: int | None = None
    codes: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    counts: str = "visits"
    granted: int | None = None
    used_before: int | None = 0


async def draft_of_authorization(authorization_id: int, *, seen_by: SignedIn) -> AuthorizationDraft:
    """An authorization as it stands, to be edited. Raises NotFound."""
    await access.require(seen_by)
    row = await PriorAuthorization.get_or_none(id=authorization_id)
    if row is None:
        raise NotFound(what=AUTHORIZATION.what)
    return AuthorizationDraft(**{one.name: getattr(row, one.name) for one in fields(AuthorizationDraft)})


async def keep_authorization(draft: AuthorizationDraft, *, by: SignedIn, now: datetime) -> int:
    """Add or change an authorization. What it is used for is counted anew from the sessions."""
    async with one_transaction() as changes:
        await access.require(by)
        values = as_kept(draft) | {
            "number": draft.number.strip().upper(), "codes": tidy_codes(draft.codes), "used_before": draft.used_before or 0,
        }
        policy = await Policy.get_or_none(id=draft.policy_id or 0)
        found = authorization_findings(values, is_eap=bool(policy and policy.is_eap))
        if policy is None:
            found.note("policy_id", "Choose the policy it was given for.")
        if draft.provider_id is not None and not await Provider.exists(id=draft.provider_id):
            found.note("provider_id", "This provider is no longer there. Choose another.")
        found.refuse()
        assert policy is not None
        kept = await masters.keep(AUTHORIZATION, draft, values, changes, by=by, now=now)
        changes.add("client", [policy.client_id])  # type: ignore[attr-defined]
        return kept


def tidy_codes(text: str) -> str:
    """Upper case, with commas between, each once."""
    return ",".join(dict.fromkeys(part for part in re.split(r"[\s,;]+", text.upper()) if part))


def authorization_findings(values: dict[str, Any], *, is_eap: bool) -> Findings:
    """What is wrong with an authorization by itself."""
    found = Findings()
    found.required("number", values["number"], "Type the number that the payer gave.")
    if len(values["number"]) > LONGEST_NUMBER:
        found.note("number", f"Box 23 holds {LONGEST_NUMBER} characters.")
    if any(not is_procedure_code(code) for code in values["codes"].split(",") if code):
        found.note("codes", PROCEDURE_CODE.sentence.split(". ")[0] + ". Leave it empty for any code.")
    if values["counts"] not in COUNTS:
        found.note("counts", "Choose visits or units.")
    elif is_eap and values["counts"] != "visits":
        found.note("counts", "An employee assistance program counts visits.")
    if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
        found.note("ends_on", "The last day must not be before the first.")
    if values["granted"] is not None and not 1 <= values["granted"] <= MOST:
        found.note("granted", f"Type a number from 1 to {MOST:,}, or leave it empty where there is no limit.")
    if not 0 <= values["used_before"] <= MOST:
        found.note("used_before", f"Type a number from 0 to {MOST:,}.")
    return found


async def delete_authorization(authorization_id: int, *, by: SignedIn, now: datetime) -> None:
    """Take away an authorization; issued claims keep its number. Raises NotFound."""
    async with one_transaction() as changes:
        await access.require(by)
        row = await PriorAuthorization.get_or_none(id=authorization_id).select_related("policy")
        if row is None:
            raise NotFound(what=AUTHORIZATION.what)
        await masters.delete(AUTHORIZATION, authorization_id, by=by, now=now)
        changes.add("client", [row.policy.client_id])  # type: ignore[attr-defined]
