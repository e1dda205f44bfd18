"""Reads a file of a payer or clearinghouse: recognized by what is in it, kept, and each part of it done once."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from tortoise.exceptions import IntegrityError

from domain import access
from domain.access import SignedIn
from domain.claims.x12.acknowledged import Acknowledgements
from domain.claims.x12.acknowledgements import read_acknowledgements
from domain.claims.x12.remittance import by_payee, read_remittance
from domain.claims.x12.remitted import RemittedPayment
from domain.claims.x12.segments import read_segments
from domain.errors import PracticeError
from domain.payer_files.acknowledging import note_answers
from domain.payer_files.posting import post_remittance
from storage.models import PayerFile, Practice, Provider
from storage.transactions import one_transaction


class ReadMeanwhile(PracticeError):
    """Somebody else brought the same file in the same moment."""

    sentence = "Somebody else is reading this file just now. Nothing was read twice; look at the list."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What one file did: payments posted, held, known already or for somebody else; claims whose state it set."""

    file_id: int
    kind: str
    posted: int = 0
    held: int = 0
    known: int = 0
    others: int = 0
    claims: int = 0

    @property
    def told(self) -> str:
        """One sentence for the person who brought it."""
        if self.kind == "answer":
            many = "1 claim has" if self.claims == 1 else f"{self.claims:,} claims have"
            return f"Read: {many} news" if self.claims else "Read: nothing new of any claim"
        parts = [(self.posted, "posted"), (self.held, "held"), (self.known, "already there"), (self.others, "for another payee")]
        return "Payments: " + (", ".join(f"{count} {words}" for count, words in parts if count) or "none")


async def read_payer_file(content: bytes, name: str, *, by: SignedIn, now: datetime) -> ReadFile:
    """Read an 835, TA1, 999 or 277CA. Raises FileRefused with one sentence, and then nothing was kept."""
    await access.require(by)
    found = await asyncio.to_thread(_read, content)
    if isinstance(found, Acknowledgements):
        file_id, is_new, claims = await _keep_answers(content, name, found, by=by, now=now)
        return ReadFile(file_id=file_id, kind="answer", claims=claims if is_new else 0)
    ours, others = by_payee(found, **await _payees())
    file_id, _ = await keep_payer_file(content, name, "835", by=by, now=now)
    done = Counter([await post_remittance(payment, file_id=file_id, by=by, now=now) for payment in ours])
    return ReadFile(file_id=file_id, kind="835", posted=done["posted"], held=done["held"], known=done["known"],
                    others=len(others))


def _read(content: bytes) -> Acknowledgements | tuple[RemittedPayment, ...]:
    """By the first transaction; a file of nothing but a TA1 has none."""
    kinds = [found.kind for interchange in read_segments(content) for group in interchange.groups
             for found in group.transactions]
    return read_acknowledgements(content) if not kinds or kinds[0] in {"999", "277"} else read_remittance(content)


async def _payees() -> dict[str, set[str]]:
    """NPIs and tax ids that the practice is paid under."""
    practice = await Practice.get(id=1)
    providers = await Provider.all()
    npis = {practice.npi, *(one.npi for one in providers), *(one.entity_npi for one in providers)}
    return {"npis": npis - {""}, "tax_ids": {practice.tax_id, *(one.entity_tax_id for one in providers)} - {""}}


async def keep_payer_file(content: bytes, name: str, kind: str, *, by: SignedIn, now: datetime) -> tuple[int, bool]:
    """The file's row, and whether it came for the first time."""
    sha256 = hashlib.sha256(content).hexdigest()
    async with one_transaction() as changes:
        await access.require(by)
        if (found := await PayerFile.get_or_none(sha256=sha256)) is not None:
            return int(found.id), False
        try:
            made = await PayerFile.create(name=name, kind=kind, content=content, sha256=sha256, received_at=now,
                                          received_by_id=by.staff_id)
        except IntegrityError as lost:
            raise ReadMeanwhile from lost
        await access.audit(by, "read a payer file", "payer_file", [made.id], at=now)
        changes.add("payer_file", [made.id])
    return int(made.id), True


async def _keep_answers(
    content: bytes, name: str, found: Acknowledgements, *, by: SignedIn, now: datetime
) -> tuple[int, bool, int]:
    async with one_transaction() as changes:
        file_id, is_new = await keep_payer_file(content, name, "answer", by=by, now=now)
        claims = await note_answers(found, file_id=file_id, now=now) if is_new else set()
        changes.add("claim", claims)
    return file_id, is_new, len(claims)
