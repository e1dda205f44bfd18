"""Who else was seen on the days of some sessions: two queries, however many there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from domain.breaths import with_breaths
from domain.claims.day_book import Billed, DayBook, Visit
from domain.claims.facts import SessionFacts
from domain.claims.warning_rules import billed_as
from storage.models import ChargeLine
from storage.queries import visits_of_days

Billing = dict[int, frozenset[Billed]]


async def day_book(sessions: Sequence[SessionFacts]) -> DayBook:
    """The live sessions of the same days; what they bill is read where a client has more than one on a day."""
    rows = await visits_of_days({session.day for session in sessions})
    days = {row["id"]: _day(row["day"]) for row in rows}
    often = Counter((row["client_id"], days[row["id"]]) for row in rows)
    several = {row["id"] for row in rows if often[row["client_id"], days[row["id"]]] > 1}
    billed: Billing = {one.id: frozenset(map(billed_as, one.claim_lines)) for one in sessions if one.id in several}
    billed |= await billed_by(several - billed.keys())
    book = DayBook()
    async for row in with_breaths(rows):
        book.add(Visit(
            session_id=row["id"], day=days[row["id"]], client_id=row["client_id"], provider_id=row["provider_id"],
            starts_at=_instant(row["starts_at"]), ends_at=_instant(row["ends_at"]),
            appointment_id=row["appointment_id"], billed=billed.get(row["id"], frozenset())))
    return book


async def billed_by(session_ids: Collection[int]) -> Billing:
    """What these sessions bill to insurance, when insurance pays them."""
    if not session_ids:
        return {}
    lines = await ChargeLine.filter(
        session_id__in=list(session_ids), client_only=False, session__bill_to="automatic"
    ).values_list("session_id", "code", "modifiers")
    found: defaultdict[int, set[Billed]] = defaultdict(set)
    for session_id, code, modifiers in lines:
        found[session_id].add((code, tuple(sorted(part for part in modifiers.split(",") if part))))
    return {session_id: frozenset(codes) for session_id, codes in found.items()}


def _day(kept: Any) -> date:
    """SQLite keeps days as text, PostgreSQL as days."""
    return kept if isinstance(kept, date) else date.fromisoformat(kept)


def _instant(kept: Any) -> datetime:
    """As with days; the text names its zone, UTC."""
    return kept if isinstance(kept, datetime) else datetime.fromisoformat(kept)
