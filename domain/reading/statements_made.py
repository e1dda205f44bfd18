"""Statements made: each press with its documents, of all or of one client."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.errors import NotFound
from domain.statements.making import NotMade, not_made_from
from storage.models import Statement, StatementRun


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeStatement:
    """One bill-to person's statement."""

    id: int
    name: str
    has_address: bool
    due_cents: int
    drawn: bool
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPress:
    """One press with its statements, by name."""

    id: int
    made_at: datetime
    made_by: str
    not_made: tuple[NotMade, ...]
    statements: tuple[MadeStatement, ...]

    @property
    def due_cents(self) -> int:
        """What they ask for."""
        return sum(max(one.due_cents, 0) for one in self.statements)


async def presses(
    *, seen_by: SignedIn, start: datetime | None = None, end: datetime | None = None, text: str = "",
    limit: int = 30,
) -> list[StatementPress]:
    """The latest first; with a text those that hold such a name, and of them only these statements. Two queries."""
    await access.require(seen_by)
    bounds = {name: at for name, at in (("made_at__gte", start), ("made_at__lt", end)) if at is not None}
    runs = StatementRun.filter(**bounds)
    named = {"bill_to_name__icontains": text.strip()} if text.strip() else {}
    if named:
        runs = runs.filter(statements__bill_to_name__icontains=text.strip()).distinct()
    return await _read(runs.order_by("-made_at", "-id").limit(limit), named)


async def press(run_id: int, *, seen_by: SignedIn) -> StatementPress:
    """One press with all its statements. Raises NotFound."""
    await access.require(seen_by)
    found = await _read(StatementRun.filter(id=run_id), {})
    if not found:
        raise NotFound(what="This statement")
    return found[0]


async def statements_of(client_id: int, *, seen_by: SignedIn, limit: int = 12) -> list[MadeStatement]:
    """Those that show a client's account, the latest first."""
    await access.require(seen_by)
    rows = await Statement.filter(clients__client_id=client_id).order_by("-id").limit(limit).values(*WANTED, **MORE)
    return [_made(row) for row in rows]


WANTED = ("id", "run_id", "has_address", "due_cents", "sha256")
MORE = {"name": "bill_to_name", "made_on": "run__made_on"}


async def _read(runs: Any, named: dict[str, str]) -> list[StatementPress]:
    rows = await runs.values("id", "made_at", "left_out", by="made_by__name")
    made = await _statements([row["id"] for row in rows], named)
    return [
        StatementPress(id=row["id"], made_at=row["made_at"], made_by=row["by"] or "Sessionbook",
                       not_made=not_made_from(row["left_out"]), statements=tuple(made[row["id"]]))
        for row in rows
    ]


async def _statements(run_ids: Collection[int], named: dict[str, str]) -> defaultdict[int, list[MadeStatement]]:
    found: defaultdict[int, list[MadeStatement]] = defaultdict(list)
    for row in await Statement.filter(run_id__in=list(run_ids), **named).order_by("id").values(*WANTED, **MORE):
        found[row["run_id"]].append(_made(row))
    return found


def _made(row: dict[str, Any]) -> MadeStatement:
    same = ("id", "name", "has_address", "due_cents", "made_on")
    return MadeStatement(**{name: row[name] for name in same}, drawn=row["sha256"] is not None)
