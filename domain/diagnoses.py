"""A client's diagnoses in the order of CMS-1500 box 21, and the lines of waiting sessions that point to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tortoise.expressions import F

from domain import access, masters
from domain.access import SignedIn
from domain.checks import ICD10, Findings, tidy, tidy_icd10
from domain.clients import CLIENT
from storage.changes import Changes
from storage.models import ChargeLine, Client, ClientSession, Diagnosis
from storage.transactions import one_transaction
from storage.versions import keep_at_version

LETTERS = "ABCDEFGHIJKL"  # box 21 has twelve places, A to L


@dataclass(slots=True)
class DiagnosisDraft:
    """A diagnosis being edited: the code with its dot, the practice's words for it, and since when."""

    code: str = ""
    description: str = ""
    since: date | None = None


async def drafts_of_diagnoses(client_id: int, *, seen_by: SignedIn) -> list[DiagnosisDraft]:
    """A client's diagnoses in their order, to be edited."""
    await access.require(seen_by)
    rows = await Diagnosis.filter(client_id=client_id).order_by("position", "id")
    return [DiagnosisDraft(row.code, row.description, row.since) for row in rows]


def diagnosis_findings(drafts: Sequence[DiagnosisDraft]) -> Findings:
    """What is wrong with a list of diagnoses; a field's name ends in the row's number, as in `code_1`."""
    found, seen = Findings(), set[str]()
    for number, draft in enumerate(drafts, 1):
        code = tidy_icd10(draft.code)
        found.required(f"code_{number}", code, "Type the ICD-10-CM code, like F33.1.")
        found.fits(f"code_{number}", code, ICD10)
        if code and code in seen:
            found.note(f"code_{number}", f"{code} stands twice. Take one out.")
        seen.add(code)
    if len(drafts) > len(LETTERS):
        found.note(f"code_{len(LETTERS) + 1}", "An insurance form takes at most twelve diagnoses. Take one out.")
    return found


async def keep_diagnoses(
    client_id: int, drafts: Sequence[DiagnosisDraft], *, version: int, by: SignedIn, now: datetime
) -> None:
    """Write a client's diagnoses in this order. Lines of sessions that wait go on pointing to the same codes."""
    async with one_transaction() as changes:
        await access.require(by)
        diagnosis_findings(drafts).refuse()
        if not await keep_at_version(Client, client_id, version):
            await masters.refuse_stale(CLIENT, client_id)
        before = [row.code for row in await Diagnosis.filter(client_id=client_id).order_by("position", "id")]
        await Diagnosis.filter(client_id=client_id).delete()
        rows = [
            Diagnosis(client_id=client_id, position=position, code=tidy_icd10(draft.code),
                      description=tidy(draft.description), since=draft.since)
            for position, draft in enumerate(drafts, 1)
        ]  # fmt: skip
        await Diagnosis.bulk_create(rows)
        await follow([client_id], before, [row.code for row in rows], changes)
        await access.audit(by, "changed the diagnoses", "client", [client_id], at=now)
        changes.add("client", [client_id])


async def follow(clients: Sequence[int], before: Sequence[str], after: Sequence[str], changes: Changes) -> None:
    """Rewrite the pointers of sessions that are not invoiced yet, so that each still means the same diagnosis."""
    lines = await ChargeLine.filter(
        session__client_id__in=clients, session__undone_at=None, session__status__not="invoiced"
    ).exclude(pointers="")
    moved = [line for line in lines if repointed(line.pointers, before, after) != line.pointers]
    for line in moved:
        line.pointers = repointed(line.pointers, before, after)
        await line.save(update_fields=["pointers"])
    sessions = {line.session_id for line in moved}  # type: ignore[attr-defined]
    await ClientSession.filter(id__in=sessions or {0}).update(version=F("version") + 1)
    changes.add("session", sessions)


def repointed(pointers: str, before: Sequence[str], after: Sequence[str]) -> str:
    """Letters into the old list as letters into the new one; a diagnosis that went away loses its letter.

    An empty result means: the first four there are (CMS-1500 box 24E).
    """
    meant = [before[LETTERS.index(letter)] for letter in pointers if LETTERS.index(letter) < len(before)]
    places = [list(after).index(code) for code in meant if code in after]
    return "".join(LETTERS[place] for place in places if place < len(LETTERS))
