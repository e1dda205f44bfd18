"""Claim files written, the latest first, to download again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from storage.models import ClaimFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFileRow:
    """One file: how many claims, what they come to, and whether it was a test."""

    id: int
    name: str
    made_at: datetime
    made_by: str
    claims: int
    total_cents: int
    is_test: bool


async def claim_files(
    *, seen_by: SignedIn, start: datetime | None = None, end: datetime | None = None, text: str = "", limit: int = 30
) -> list[ClaimFileRow]:
    """Files made from `start` to before `end` whose name or one of whose claim numbers holds the text."""
    await access.require(seen_by)
    bounds = {"made_at__gte": start, "made_at__lt": end}
    files: Any = ClaimFile.filter(**{name: at for name, at in bounds.items() if at is not None})
    if text.strip():
        files = files.filter(id__in=await _holding(text.strip()))
    rows = await files.order_by("-made_at", "-id").limit(limit).values(
        "id", "name", "made_at", "claims", "total_cents", "usage", by="made_by__name")
    return [
        ClaimFileRow(id=row["id"], name=row["name"], made_at=row["made_at"], made_by=row["by"] or "Sessionbook",
                     claims=row["claims"], total_cents=row["total_cents"], is_test=row["usage"] == "T")
        for row in rows
    ]


async def _holding(text: str) -> list[Any]:
    named = await ClaimFile.filter(name__icontains=text).values_list("id", flat=True)
    numbered = await ClaimFile.filter(sendings__claim__account_number__icontains=text).values_list("id", flat=True)
    return [*named, *numbered]
