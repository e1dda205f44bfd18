"""Dated notes on a claim: a call with its reference, an appeal, a reopening asked for, and that a claim is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.claims.life import OVER
from domain.errors import FieldRefused, NotFound, PracticeError, Refused
from domain.reading.claim_life import lives_of
from storage.models import ClaimNote
from storage.transactions import one_transaction

KINDS: dict[str, str] = {
    "note": "Note, call or letter", "appeal": "Appeal sent", "reopening": "Reopening asked for", "closed": "Closed, nothing more to do",
}
AFTER_A_DECISION = frozenset({"appeal", "reopening"})
LONGEST = 1000


class NotOfThisClaim(PracticeError):
    """An appeal needs a decision, and what is over needs nothing."""

    sentence = "{why} Nothing was noted."


@dataclass(slots=True, kw_only=True)
class NoteDraft:
    """A note being typed. Without a next day the claim is looked at by its own clock."""

    claim_id: int
    kind: str = "note"
    words: str = ""
    reference: str = ""
    on_day: date | None = None
    next_look_on: date | None = None


async def note_claim(draft: NoteDraft, *, by: SignedIn, on: date, now: datetime) -> int:
    """Keep a note; returns it. Raises Refused, NotOfThisClaim, NotFound."""
    _refuse_wrong(draft, on)
    async with one_transaction() as changes:
        await access.require(by)
        life = (await lives_of([draft.claim_id], on=on)).get(draft.claim_id)
        if life is None:
            raise NotFound(what="This insurance form")
        if draft.kind in AFTER_A_DECISION and life.course.decided is None:
            raise NotOfThisClaim(why="The payer has decided nothing yet.")
        if draft.kind != "note" and life.state in OVER:
            raise NotOfThisClaim(why="This claim is over.")
        made = await ClaimNote.create(
            claim_id=draft.claim_id, kind=draft.kind, words=draft.words.strip(), reference=draft.reference.strip(),
            on_day=draft.on_day, next_look_on=None if draft.kind == "closed" else draft.next_look_on, noted_at=now,
            noted_by_id=by.staff_id)
        await access.audit(by, f"noted on a claim: {draft.kind}", "claim", [draft.claim_id], at=now)
        changes.add("claim", [draft.claim_id])
    return int(made.id)


def _refuse_wrong(draft: NoteDraft, on: date) -> None:
    wrong = {}
    if draft.kind not in KINDS:
        wrong["kind"] = "Choose what it is from the list."
    if not draft.words.strip():
        wrong["words"] = "Say what was done or heard, and with whom."
    elif len(draft.words) > LONGEST:
        wrong["words"] = f"Use at most {LONGEST:,} characters."
    if draft.on_day is None:
        wrong["on_day"] = "Type the day."
    elif draft.on_day > on:
        wrong["on_day"] = "That day has not come yet."
    if draft.next_look_on is not None and draft.next_look_on < on:
        wrong["next_look_on"] = "Choose today or a later day."
    if wrong:
        raise Refused(wrong)


async def take_back_note(note_id: int, *, reason: str, by: SignedIn, now: datetime) -> None:
    """Take back a note, an appeal or a closing: it stays on record, and counts no more. Raises FieldRefused, NotFound."""
    if not reason.strip():
        raise FieldRefused(at="reason", sentence="Say why it is taken back: it stays on record with your name.")
    async with one_transaction() as changes:
        await access.require(by)
        note: Any = await ClaimNote.get_or_none(id=note_id)
        if note is None or not await ClaimNote.filter(id=note_id, undone_at=None).update(
                undone_at=now, undone_by_id=by.staff_id, undone_reason=reason.strip()):
            raise NotFound(what="This note")
        await access.audit(by, "took back a note on a claim", "claim", [note.claim_id], at=now, reason=reason.strip())
        changes.add("claim", [note.claim_id])
