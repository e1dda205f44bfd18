"""Marks claims as sent, with the day and the way: a claim goes out once, on paper or by file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from tortoise.exceptions import IntegrityError

from domain import access
from domain.access import SignedIn
from domain.errors import FieldRefused, PracticeError
from storage.models import Claim, ClaimFollow, ClaimSending
from storage.transactions import one_transaction

WAYS: dict[str, str] = {"file": "File", "portal": "Portal", "post": "Post", "fax": "Fax"}


class AlreadySent(PracticeError):
    """One of the claims went out before, or meanwhile."""

    sentence = "One of these claims was already sent. Nothing was changed; look at the list again."


class NoLongerThere(PracticeError):
    """One of the claims was voided meanwhile."""

    sentence = "One of these claims is void, gone or followed by another. Nothing was changed; look at the list again."


async def mark_sent(
    claim_ids: Collection[int], *, way: str, sent_on: date, on: date, by: SignedIn, now: datetime
) -> None:
    """Note that claims went out on paper or by a portal. Raises FieldRefused, AlreadySent or NoLongerThere."""
    if way not in WAYS or way == "file":
        raise FieldRefused(at="way", sentence="Choose portal, post or fax.")
    if sent_on > on:
        raise FieldRefused(at="sent_on", sentence="That day has not come yet.")
    async with one_transaction() as changes:
        await access.require(by)
        await note_sent(claim_ids, way=way, sent_on=sent_on, by=by, now=now)
        await access.audit(by, f"marked claims as sent by {way}", "claim", sorted(claim_ids), at=now)
        changes.add("claim", set(claim_ids))


async def note_sent(
    claim_ids: Collection[int], *, way: str, sent_on: date, by: SignedIn, now: datetime, file_id: int | None = None,
    live: bool = True,
) -> None:
    """Inside a transaction: the unique index lets a claim go out once."""
    ids = sorted(set(claim_ids))
    if await Claim.filter(id__in=ids, voided_at=None).count() != len(ids) or await followed(ids):
        raise NoLongerThere
    if live and await ClaimSending.filter(claim_id__in=ids, live=True).exists():
        raise AlreadySent
    try:
        await ClaimSending.bulk_create([
            ClaimSending(claim_id=one, way=way, sent_on=sent_on, noted_at=now, noted_by_id=by.staff_id, file_id=file_id,
                         live=live)
            for one in ids
        ])
    except IntegrityError as lost:
        raise AlreadySent from lost


async def followed(claim_ids: Collection[int]) -> set[int]:
    """Those of these claims in whose place another one goes out."""
    rows = await ClaimFollow.filter(earlier_id__in=list(claim_ids), live=True).exclude(how="secondary").values_list("earlier_id")
    return {int(row[0]) for row in rows}


async def take_back(claim_id: int, *, reason: str, by: SignedIn, now: datetime) -> None:
    """Note that a claim never went out after all, with the reason; it may then be sent."""
    if not reason.strip():
        raise FieldRefused(at="reason", sentence="Say why: it stays on record with your name.")
    async with one_transaction() as changes:
        await access.require(by)
        await ClaimSending.filter(claim_id=claim_id, live=True).update(live=False)
        await access.audit(by, "took back that a claim was sent", "claim", [claim_id], at=now, reason=reason.strip())
        changes.add("claim", [claim_id])
