"""Warnings that a person lets pass: for a session and a rule, once, with the reason; and asked about again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.errors import FieldRefused
from storage.models import AcceptedWarning, ClientSession
from storage.transactions import one_transaction

Warned = tuple[int, str]
"""A session's number and the code of the rule that warns of it."""


async def accept_warnings(warned: Collection[Warned], reason: str, *, by: SignedIn, now: datetime) -> int:
    """Let warnings pass; what was accepted before keeps its own reason. Returns how many are new.

    Raises FieldRefused without a reason.
    """
    if not (why := reason.strip()):
        raise FieldRefused(at="reason", sentence="Say why they may pass, so that others understand it later.")
    async with one_transaction() as changes:
        await access.require(by)
        waiting = ClientSession.filter(id__in=list({session for session, _ in warned}), undone_at=None)
        ids = {key for (key,) in await waiting.exclude(status="invoiced").values_list("id")}
        known = set(await AcceptedWarning.filter(session_id__in=list(ids)).values_list("session_id", "code"))
        new = sorted(one for one in set(warned) - known if one[0] in ids)
        await AcceptedWarning.bulk_create([
            AcceptedWarning(session_id=session, code=code, reason=why, accepted_at=now, accepted_by_id=by.staff_id)
            for session, code in new
        ], ignore_conflicts=True)
        for code in sorted({code for _, code in new}):
            sessions = [session for session, of in new if of == code]
            await access.audit(by, f"accepted the warning {code}", "session", sessions, at=now, reason=why)
        changes.add("session", {session for session, _ in new})
    return len(new)


async def ask_again(session_id: int, *, by: SignedIn, now: datetime) -> int:
    """Forget what was accepted for a session, so that Generate asks again. Returns how many warnings that were."""
    async with one_transaction() as changes:
        await access.require(by)
        count = await AcceptedWarning.filter(session_id=session_id).delete()
        if count:
            await access.audit(by, "took back accepted warnings", "session", [session_id], at=now)
            changes.add("session", [session_id])
    return count


async def accepted_of(**which: Any) -> dict[int, set[str]]:
    """The accepted rules of sessions that `which` chooses (as a filter on sessions)."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    of_sessions = {f"session__{name}": value for name, value in which.items()}
    for session_id, code in await AcceptedWarning.filter(**of_sessions).values_list("session_id", "code"):
        found[session_id].add(code)
    return found
