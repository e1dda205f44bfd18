"""Write-offs, charges without a session, money moved from an insurer to the client; each with a reason, each undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.errors import FieldRefused, NotFound, PracticeError, Refused
from domain.ledger.by_insurer import refuse_posted_by_insurer
from domain.ledger.entries import LINKS, Account, AlreadyUndone, Entry, applied, post, practice_day
from domain.ledger.payments import chosen, dollars, lock_account, no_longer_brought_forward, owed_on
from domain.ledger.reversing import reversal
from storage.models import LedgerEntry
from storage.transactions import one_transaction

LONGEST_REASON = 300


class NotUndoneHere(PracticeError):
    """A session's charge comes and goes with its document."""

    sentence = "This charge stands on an invoice or claim. Void that document to take it back. Nothing was changed."


async def write_off(account: Account, parts: Mapping[int, int], *, reason: str, by: SignedIn, now: datetime) -> list[int]:
    """Give up cents of open items (cents by item). Returns the entries. Raises Refused, Overdrawn."""
    _refuse_empty(parts, reason, "Type what to write off of at least one item.", "Say why it is written off: it stays on record.")
    async with one_transaction():
        await access.require(by)
        await lock_account(account.client_id or 0)
        on = await practice_day(now)
        given_up = [applied("adjustment", left.of, -left.cents, on=on, reason=reason.strip())
                    for left in chosen(await owed_on(account), parts)]
        made = await post(given_up, by=by, now=now)
        await access.audit(by, "wrote off", "client", [account.client_id or 0], at=now, reason=reason.strip())
    return made


async def move_to_client(account: Account, parts: Mapping[int, int], *, reason: str, by: SignedIn, now: datetime) -> list[int]:
    """What an insurer leaves open of items becomes the client's. Returns the entries. Raises Refused, Overdrawn."""
    _refuse_empty(parts, reason, "Type what to move of at least one item.", "Say why the client owes it: it stays on record.")
    async with one_transaction():
        await access.require(by)
        await lock_account(account.client_id or 0)
        on = await practice_day(now)
        entries: list[Entry] = []
        for left in chosen(await owed_on(account), parts):
            links = {name: getattr(left.of, name) for name in LINKS if name != "claim_id"}
            entries += [
                applied("transfer", left.of, -left.cents, on=on, reason=reason.strip()),
                Entry(kind="transfer", account=Account(account.client_id), cents=left.cents, effective_on=on,
                      claim_id=left.of.claim_id, reason=reason.strip(), **links),
            ]
        made = await post(entries, by=by, now=now)
        await access.audit(by, "moved to the client", "client", [account.client_id or 0], at=now, reason=reason.strip())
    return made


def _refuse_empty(parts: Mapping[int, int], reason: str, no_parts: str, no_reason: str) -> None:
    wrong = {}
    if not any(parts.values()) or any(cents < 0 for cents in parts.values()):
        wrong["parts"] = no_parts
    if not reason.strip():
        wrong["reason"] = no_reason
    elif len(reason) > LONGEST_REASON:
        wrong["reason"] = f"Use at most {LONGEST_REASON} characters."
    if wrong:
        raise Refused(wrong)


async def add_charge(
    client_id: int, cents: int | None, what: str, *, on: date | None, by: SignedIn, now: datetime
) -> int:
    """Charge a client for something that is no session: a letter, records, a returned check. Returns the entry."""
    wrong = {}
    if not cents or cents < 0:
        wrong["cents"] = "Type an amount above zero."
    if not what.strip():
        wrong["reason"] = "Say what it is for, as the client's statement will say it."
    if on is None:
        wrong["received_on"] = "Type the day."
    if wrong or not cents or on is None:
        raise Refused(wrong)
    async with one_transaction():
        await access.require(by)
        await lock_account(client_id)
        [made] = await post([Entry(kind="charge", account=Account(client_id), cents=cents, effective_on=on,
                                   reason=what.strip())], by=by, now=now)
        await access.audit(by, f"charged {dollars(cents)} by hand", "client", [client_id], at=now)
    return made


async def undo_posting(entry_id: int, *, reason: str, by: SignedIn, now: datetime) -> None:
    """Take back a write-off, a move or a charge by hand, with all that was posted in the same act.

    Raises FieldRefused without a reason, NotUndoneHere for a session's charge, PostedByInsurer for a part of a
    remittance, AlreadyUndone, NotFound.
    """
    if not reason.strip():
        raise FieldRefused(at="reason", sentence="Say why it is taken back: it stays on record with your name.")
    async with one_transaction():
        await access.require(by)
        entry: Any = await LedgerEntry.get_or_none(id=entry_id)
        if entry is None:
            raise NotFound(what="This entry")
        if entry.kind not in {"charge", "adjustment", "transfer"} or (entry.kind == "charge" and entry.session_id):
            raise NotUndoneHere
        await refuse_posted_by_insurer(entry.posted_with_id)
        taken = await _still_there(entry)
        await post(await reversal(taken, on=await practice_day(now), reason=reason.strip()), by=by, now=now)
        await no_longer_brought_forward(taken, now=now)
        await access.audit(by, "took back an entry", "client", [entry.client_id or 0], at=now, reason=reason.strip())


async def _still_there(entry: Any) -> list[int]:
    """What was posted in the same act for this client and is not taken back yet. Raises AlreadyUndone."""
    same = LedgerEntry.filter(posted_with_id=entry.posted_with_id, kind=entry.kind, client_id=entry.client_id)
    posted = {int(str(key)) for key in await same.values_list("id", flat=True)}
    back = {int(str(key)) for key in await LedgerEntry.filter(
        reverses_id__in=list(posted)).values_list("reverses_id", flat=True)}
    if posted <= back:
        raise AlreadyUndone
    return sorted(posted - back)
