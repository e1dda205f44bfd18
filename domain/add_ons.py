"""The table of add-on codes, kept as a whole: with which codes each stands, and with which it never does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain import access
from domain.access import SignedIn
from domain.checks import is_procedure_code
from domain.claims.add_ons import codes_from, tidy_codes
from domain.claims.facts import AddOnFacts
from domain.errors import ChangedMeanwhile, Refused
from domain.reading.add_ons import add_ons
from storage.models import AddOn
from storage.transactions import one_transaction


@dataclass(slots=True)
class AddOnDraft:
    """One row being edited."""

    code: str = ""
    primaries: str = ""
    never_with: str = ""


async def listed(*, seen_by: SignedIn) -> tuple[AddOnFacts, ...]:
    """The table as it stands, by code."""
    await access.require(seen_by)
    return await add_ons()


async def keep_add_ons(drafts: Sequence[AddOnDraft], *, had: Sequence[AddOnFacts], by: SignedIn, now: datetime) -> None:
    """Keep the whole table. Raises Refused by row and field, ChangedMeanwhile when it is not as it was read."""
    wrong = {f"{number}.{at}": sentence for number, draft in enumerate(drafts) for at, sentence in _wrong(draft, drafts).items()}
    if wrong:
        raise Refused(wrong)
    async with one_transaction() as changes:
        await access.require(by)
        if await add_ons() != tuple(had):
            raise ChangedMeanwhile(what="The table of add-ons")
        await AddOn.filter(id__gt=0).delete()
        await AddOn.bulk_create([
            AddOn(code=draft.code.strip().upper(), primaries=tidy_codes(draft.primaries), never_with=tidy_codes(draft.never_with))
            for draft in drafts
        ])
        await access.audit(by, "changed the add-on codes", "practice", [1], at=now)
        changes.add("practice", [1])


def _wrong(draft: AddOnDraft, among: Sequence[AddOnDraft]) -> dict[str, str]:
    found = {}
    code = draft.code.strip().upper()
    if not is_procedure_code(code):
        found["code"] = "Type a code of five letters or digits, like 90785."
    elif [one.code.strip().upper() for one in among].count(code) > 1:
        found["code"] = f"{code} stands here twice."
    for at in ("primaries", "never_with"):
        try:
            listed = codes_from(getattr(draft, at))
        except ValueError as unread:
            found[at] = f"“{unread}” is no code and no range, like 90832–90838."
        else:
            if at == "primaries" and not listed.ranges:
                found[at] = "Name at least one code that it adds to."
    return found
