"""Who changed a record last, for the person who is editing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain import access
from domain.access import SignedIn
from storage.models import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChange:
    """A kept change: who made it, when."""

    by_name: str
    at: datetime


async def last_change(subject: str, record_id: int, *, seen_by: SignedIn) -> LastChange | None:
    """The newest change of one record; None when it was never written down."""
    await access.require(seen_by)
    entry = await AuditEntry.filter(subject=subject, subject_ids=str(record_id)).order_by("-id").first()
    if entry is None:
        return None
    await entry.fetch_related("by")
    return LastChange(by_name=entry.by.name if entry.by else "Sessionbook", at=entry.at)
