"""Writes a claim file (837P): checked, numbered without gaps, kept and marked as sent in one transaction."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain import access
from domain.access import SignedIn
from domain.claim_files.gathering import IssuedClaim, issued_claims
from domain.claim_files.sending import note_sent
from domain.claims.x12.characters import joined, plain
from domain.claims.x12.professional.check import check_claim, written_and_checked
from domain.claims.x12.professional.records import (
    GUIDE,
    MOST_CLAIMS,
    ClaimFile,
    Contact,
    Name,
    Receiver,
    Submission,
    Submitter,
)
from domain.claims.x12.writing import Envelope
from domain.documents.cms1500.nucc import phone
from domain.errors import PracticeError
from domain.invoicing.numbers import CounterMovedError, take
from storage import models
from storage.transactions import one_transaction

COUNTERS = ("claim-file-interchange", "claim-file-group", "claim-file-set")  # ISA13, GS06, ST02
TRIES = 3


class NotWritten(PracticeError):
    """The file as a whole can't go out: settings are missing, or our check of it found something."""

    sentence = "{why} Nothing was written."


@dataclass(frozen=True, slots=True)
class NotInFile:
    """A claim that was asked for and is not in the file, with the reasons."""

    claim_id: int
    number: str
    client_name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """What one press wrote; without a file id nothing could go out. A test file leaves its claims to be sent."""

    file_id: int | None
    name: str
    is_test: bool
    claims: list[int]
    total_cents: int
    left_out: list[NotInFile]


@dataclass(frozen=True, slots=True)
class _Numbers:
    interchange: int
    group: int
    set: int


async def write_claim_file(claim_ids: Collection[int], *, by: SignedIn, now: datetime) -> WrittenFile:
    """Write these claims into one file; what is not fit for it comes back with its reasons. Raises NotWritten.

    The slow part comes before the transaction, which only takes the numbers that the file was written with.
    """
    await access.require(by)
    practice = await models.Practice.get(id=1)
    refuse_without_settings(practice)
    asked = await issued_claims(claim_ids)
    good, left_out = await asyncio.to_thread(sorted_out, asked)
    is_test = practice.claims_are_tests
    if not good:
        return WrittenFile(file_id=None, name="", is_test=is_test, claims=[], total_cents=0, left_out=left_out)
    for _ in range(TRIES):
        numbers = _Numbers(*[await reached(name) + 1 for name in COUNTERS])
        file = batch_file(practice, good, numbers, now)
        content, findings = await asyncio.to_thread(written_and_checked, file)
        if findings:
            raise NotWritten(why=f"{findings[0].sentence} ({findings[0].place}).")
        try:
            return await keep_file(file, content, good, left_out, by=by, now=now)
        except CounterMovedError:
            continue
    raise NotWritten(why="Other claim files were written at the same moment. Try again.")


def refuse_without_settings(practice: models.Practice) -> None:
    """Who sends and who receives must be known."""
    if not (practice.claims_submitter_id and practice.claims_receiver_id and practice.claims_receiver_name):
        raise NotWritten(why="Type your submitter id and the clearinghouse's name and id in Practice, under Claims by file.")


def sorted_out(asked: Sequence[IssuedClaim]) -> tuple[list[IssuedClaim], list[NotInFile]]:
    """The claims that can go out, and the others with all that our check found."""
    good, left_out = list[IssuedClaim](), list[NotInFile]()
    for one in asked:
        reasons = (one.in_the_way,) if one.in_the_way else tuple(
            dict.fromkeys(finding.sentence for finding in check_claim(one.electronic)))
        if not reasons and len(good) < MOST_CLAIMS:
            good.append(one)
        else:
            reasons = reasons or (f"A file holds {MOST_CLAIMS:,} claims; write another one",)
            left_out.append(NotInFile(one.id, one.number, one.client_name, reasons))
    return good, left_out


def batch_file(practice: models.Practice, good: Sequence[IssuedClaim], numbers: _Numbers, now: datetime) -> ClaimFile:
    """The records of the file, in the practice's own time."""
    made_at = now.astimezone(ZoneInfo(practice.time_zone)).replace(second=0, microsecond=0, tzinfo=None)
    name = plain(practice.billing_name or practice.name)
    sender, receiver = joined(practice.claims_submitter_id), joined(practice.claims_receiver_id)
    submission = Submission(
        control=f"{numbers.set:04}", reference=str(numbers.interchange),
        submitter=Submitter(name=Name(last=name, person=False), id=sender, contact=Contact(
            name=plain(practice.name), phone="".join(phone(practice.phone)), email=plain(practice.email))),
        receiver=Receiver(name=plain(practice.claims_receiver_name), id=receiver),
        claims=tuple(one.electronic for one in good),
    )
    envelope = Envelope(
        sender_id=sender, receiver_id=receiver, made_at=made_at, interchange_control=numbers.interchange,
        group_control=numbers.group, usage="T" if practice.claims_are_tests else "P", kind="HC", guide=GUIDE)
    return ClaimFile(envelope=envelope, submissions=(submission,))


async def reached(name: str) -> int:
    """The last number of a counter that was used."""
    counter = await models.Counter.get_or_none(name=name)
    return int(counter.reached) if counter else 0


async def keep_file(
    file: ClaimFile, content: bytes, good: Sequence[IssuedClaim], left_out: list[NotInFile], *, by: SignedIn,
    now: datetime,
) -> WrittenFile:
    """Numbers, bytes, marks: all of them or none. Raises CounterMovedError when a number is taken already."""
    envelope, [submission] = file.envelope, file.submissions
    wanted = (envelope.interchange_control, envelope.group_control, int(submission.control))
    total = sum(claim.charge_cents for claim in file.claims)
    ids, is_test = [one.id for one in good], envelope.usage == "T"
    name = f"claims-{envelope.interchange_control:09}{'-test' if is_test else ''}.837"
    async with one_transaction() as changes:
        await access.require(by)
        taken = [await take(counter, 1) for counter in COUNTERS]
        if tuple(taken) != wanted:
            raise CounterMovedError
        kept = await models.ClaimFile.create(
            name=name, content=content, sha256=hashlib.sha256(content).hexdigest(), usage=envelope.usage,
            interchange_control=wanted[0], group_control=wanted[1], set_control=wanted[2], claims=len(ids),
            total_cents=total, made_at=now, made_by_id=by.staff_id)
        await note_sent(ids, way="file", sent_on=envelope.made_at.date(), by=by, now=now, file_id=kept.id, live=not is_test)
        await access.audit(by, "wrote a claim file", "claim", ids, at=now)
        changes.add("claim", ids)
    return WrittenFile(file_id=kept.id, name=name, is_test=is_test, claims=ids, total_cents=total, left_out=left_out)
