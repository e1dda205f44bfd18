"""What all masters share: added or changed at their version, archived, restored, and deleted only when unused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tortoise.models import Model

from domain import access
from domain.access import SignedIn
from domain.errors import ChangedMeanwhile, InUse, NotFound
from storage.changes import Changes
from storage.models.base import Record
from storage.transactions import one_transaction
from storage.versions import keep_at_version


class Draft(Protocol):
    """What somebody is editing: a new record has no id yet, an old one the version it was read at."""

    id: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Use:
    """A place that points to a master: the table, its column, and the word for one such row.

    An empty word goes without saying: an appointment's attendances are not told beside the appointment.
    """

    model: type[Model]
    column: str
    word: str


@dataclass(frozen=True, slots=True)
class Master:
    """A kind of record that people set up: its table, the subject announced, its words and who points to it."""

    model: type[Record]
    subject: str
    word: str
    uses: tuple[Use, ...]

    @property
    def what(self) -> str:
        """For sentences: "This Billing Code"."""
        return f"This {self.word}"

    @property
    def one(self) -> str:
        """For the audit: "a Billing Code", "an Appointment Type"."""
        return f"{'an' if self.word[0] in 'AEIOU' else 'a'} {self.word}"


async def keep(
    master: Master, draft: Draft, values: Mapping[str, Any], changes: Changes, *, by: SignedIn, now: datetime
) -> int:
    """Write a draft inside the caller's transaction and return its id. Raises ChangedMeanwhile or NotFound."""
    if draft.id is None:
        kept, act = int((await master.model.create(**values)).id), f"added {master.one}"
    else:
        kept, act = draft.id, f"changed {master.one}"
        if not await keep_at_version(master.model, kept, draft.version, **values):
            await refuse_stale(master, kept)
    await access.audit(by, act, master.subject, [kept], at=now)
    changes.add(master.subject, [kept])
    return kept


async def refuse_stale(master: Master, record_id: int) -> None:
    """Say whether the record went away or someone was faster."""
    if not await master.model.filter(id=record_id).exists():
        raise NotFound(what=master.what)
    raise ChangedMeanwhile(what=master.what)


async def archive(master: Master, record_id: int, *, by: SignedIn, now: datetime) -> None:
    """Take a record out of every list to choose from; old records keep it."""
    await _set_archived(master, record_id, now, f"archived {master.one}", by=by, now=now)


async def restore(master: Master, record_id: int, *, by: SignedIn, now: datetime) -> None:
    """Offer an archived record again."""
    await _set_archived(master, record_id, None, f"restored {master.one}", by=by, now=now)


async def _set_archived(
    master: Master, record_id: int, at: datetime | None, act: str, *, by: SignedIn, now: datetime
) -> None:
    async with one_transaction() as changes:
        await access.require(by)
        row = await master.model.get_or_none(id=record_id)
        if row is None:
            raise NotFound(what=master.what)
        await keep_at_version(master.model, record_id, row.version, archived_at=at)
        await access.audit(by, act, master.subject, [record_id], at=now)
        changes.add(master.subject, [record_id])


async def delete(master: Master, record_id: int, *, by: SignedIn, now: datetime) -> None:
    """Remove a record that nothing points to. Raises InUse when something does, NotFound when it is gone."""
    async with one_transaction() as changes:
        await access.require(by)
        if await counted_uses(master, record_id):
            raise InUse(what=master.what)
        if not await master.model.filter(id=record_id).delete():
            raise NotFound(what=master.what)
        await access.audit(by, f"deleted {master.one}", master.subject, [record_id], at=now)
        changes.add(master.subject, [record_id])


async def counted_uses(master: Master, record_id: int) -> dict[str, int]:
    """How many rows point to a record, by their word; empty when it is unused."""
    counted: dict[str, int] = {}
    for use in master.uses:
        if count := await use.model.filter(**{use.column: record_id}).count():
            counted[use.word] = counted.get(use.word, 0) + count
    return counted
