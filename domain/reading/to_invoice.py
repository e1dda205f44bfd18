"""Sessions that wait to be invoiced: each with who pays, what is missing, and a link to the field that mends it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tortoise.connection import get_connection

from domain import access
from domain.access import SignedIn
from domain.breaths import with_breaths
from domain.claims.day_book import CLASHES
from domain.claims.facts import SessionFacts
from domain.claims.payer_rules import told_of
from domain.claims.reasons import Reason
from domain.claims.to_fix import Checking
from domain.invoicing.accepting import accepted_of
from domain.invoicing.gathering import gathered
from domain.invoicing.printing import unprintable_for
from domain.reading.day_book import day_book
from domain.reading.sessions import codes_text
from storage.changes import listen

WAITING = ("ready", "held")
ONE_BY_ONE = frozenset({"session", "client", "policy"})  # a policy's change is told with its client
SUBJECTS = ONE_BY_ONE | {"provider", "payer", "practice", "location"}
"""What a row or one of its reasons can hang on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSession:
    """One session of the grid. `reasons` empty and not held: it is ready."""

    id: int
    held_reason: str
    client_id: int
    client_name: str
    provider_id: int
    provider_name: str
    day: date
    hours: tuple[datetime | None, datetime | None] = (None, None)
    codes: str
    codes_and_units: str = ""
    units: int
    fee_cents: int
    bill_to: str  # insurance, client, unclear
    payer_id: int | None
    payer_name: str
    diagnoses: str
    reasons: tuple[Reason, ...]
    told: tuple[str, ...] = ()  # in whose name it goes out, and what the payer's rules add
    shares_authorization: bool = False  # other sessions of the client use the same visits up
    warnings: tuple[Reason, ...] = ()  # worth a look before it is generated; a person fixes or accepts them
    accepted: tuple[Reason, ...] = ()  # warnings that somebody let pass, with a reason

    @property
    def ready(self) -> bool:
        """Whether it can be generated now."""
        return not self.reasons and not self.held_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What a payer or a client has waiting; cents of the sessions' full fees."""

    key: str
    name: str
    cents: int
    ready: int
    to_fix: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFilter:
    """Which of the waiting sessions; None means all. Days are inclusive."""

    start: date | None = None
    until: date | None = None
    provider_id: int | None = None

    def as_query(self) -> dict[str, Any]:
        """The same in the ORM's words."""
        asked = {"day__gte": self.start, "day__lte": self.until, "provider_id": self.provider_id}
        return {"status__in": list(WAITING)} | {name: value for name, value in asked.items() if value is not None}


ALL = WaitingFilter()


async def waiting(asked: WaitingFilter = ALL, *, on: date, seen_by: SignedIn) -> list[WaitingSession]:
    """Ready and held sessions, to fix first, then by client; a dozen queries, however many."""
    await access.require(seen_by)
    return in_order(await _judged(asked.as_query(), on))


async def brought_up_to_date(
    known: Mapping[int, WaitingSession], told: Mapping[str, Collection[int]], asked: WaitingFilter = ALL, *,
    on: date, seen_by: SignedIn,
) -> dict[int, WaitingSession]:
    """The known rows after what was announced: only touched sessions are read, unless a record of all changed."""
    await access.require(seen_by)
    if not told.keys() <= ONE_BY_ONE:
        return {row.id: row for row in await _judged(asked.as_query(), on)}
    clients = set(told.get("client", ()))
    touched = set(told.get("session", ())) | {row.id for row in known.values() if row.client_id in clients}
    kept = {key: row for key, row in known.items() if key not in touched}
    if not touched:
        return kept
    before = {key: known[key] for key in touched if key in known}
    read = await _judged(asked.as_query() | {"id__in": list(touched)}, on)
    if sharing := _sharing(kept, before, read):
        read += await _judged(asked.as_query() | {"id__in": list(sharing)}, on)
    if beside := _clashing(kept, before, read):
        read += await _judged(asked.as_query() | {"id__in": list(beside)}, on)
    return kept | {row.id: row for row in read}


def _clashing(
    kept: Mapping[int, WaitingSession], before: Mapping[int, WaitingSession], read: Iterable[WaitingSession]
) -> list[int]:
    """The other rows that clash with what came, went or moved, or did before it moved."""
    after = {row.id: row for row in read}
    moved = {key for key in before.keys() | after.keys() if _placed(before.get(key)) != _placed(after.get(key))}
    left = {key for one in moved & before.keys() for key in _beside(before[one])}
    met = {key for one in moved & after.keys() if _clashes(after[one]) for key in _beside(after[one])}
    if not left and not met:
        return []
    return [
        row.id for row in kept.values()
        if not met.isdisjoint(keys := _beside(row)) or (_clashes(row) and not left.isdisjoint(keys))
    ]


def _sharing(
    kept: Mapping[int, WaitingSession], before: Mapping[int, WaitingSession], read: Iterable[WaitingSession]
) -> list[int]:
    """The other rows of clients whose authorizations are used up by what came, went or moved."""
    clients = {row.client_id for row in (*before.values(), *read) if row.shares_authorization}
    return [row.id for row in kept.values() if row.client_id in clients]


def _beside(row: WaitingSession) -> tuple[tuple[str, int, date], tuple[str, int, date]]:
    """Where others can clash with it: the provider's day and the client's."""
    return ("provider", row.provider_id, row.day), ("client", row.client_id, row.day)


def _placed(row: WaitingSession | None) -> object:
    """All that a clash depends on."""
    return row and (row.day, row.hours, row.client_id, row.provider_id, row.codes, row.bill_to)


def _clashes(row: WaitingSession) -> bool:
    return any(one.code in CLASHES for one in row.warnings + row.accepted)


async def _judged(which: dict[str, Any], on: date) -> list[WaitingSession]:
    asked = await gathered(**which)
    checking = Checking(
        asked.practice, unprintable=unprintable_for(asked.practice), day_book=await day_book(asked.sessions))
    accepted = await accepted_of(**which)
    return [
        _row(session, checking, accepted.get(session.id, frozenset()), on)
        async for session in with_breaths(asked.sessions)
    ]


def in_order(rows: Iterable[WaitingSession]) -> list[WaitingSession]:
    """To fix first, then by client and day."""
    return sorted(rows, key=lambda row: (not row.reasons, row.client_name.casefold(), row.day, row.id))


def _row(session: SessionFacts, checking: Checking, accepted: Container[str], on: date) -> WaitingSession:
    reasons = tuple(one for one in checking.to_fix(session, on=on) if one.code != "held")
    warnings = checking.to_look_at(session, on=on)
    policy = session.policy
    return WaitingSession(
        id=session.id, held_reason=session.held_reason if session.status == "held" else "",
        client_id=session.client.id, client_name=session.client.name, provider_id=session.provider.id,
        provider_name=session.provider.name, day=session.day, hours=(session.starts_at, session.ends_at),
        codes=codes_text([(line.code, line.modifiers) for line in session.lines]),
        codes_and_units=codes_text([(line.code, line.modifiers) for line in session.lines],
                                   units=[line.units for line in session.lines]),
        units=sum(line.units for line in session.lines), fee_cents=session.fee_cents, bill_to=session.billing.kind,
        payer_id=policy.payer.id if policy else None, payer_name=policy.payer.name if policy else "",
        diagnoses=session.client.diagnosis_codes, reasons=reasons,
        told=tuple(told_of(session)), shares_authorization=any(one.authorizations or one.is_eap for one in session.client.policies),
        warnings=tuple(one for one in warnings if one.code not in accepted),
        accepted=tuple(one for one in warnings if one.code in accepted),
    )


def payer_key(row: WaitingSession) -> str:
    """The payer's id as a text; what clients pay themselves is one payer."""
    return str(row.payer_id) if row.payer_id else "client"


def totals(rows: Sequence[WaitingSession], *, by: str) -> list[Total]:
    """Sums by `payer` or `client`, the largest first; what clients pay themselves is one payer."""

    def key(row: WaitingSession) -> tuple[str, str]:
        if by == "client":
            return str(row.client_id), row.client_name
        return payer_key(row), row.payer_name or "Clients pay"

    cents: Counter[tuple[str, str]] = Counter()
    ready: Counter[tuple[str, str]] = Counter()
    to_fix: Counter[tuple[str, str]] = Counter()
    for row in rows:
        cents[key(row)] += row.fee_cents
        ready[key(row)] += row.ready
        to_fix[key(row)] += bool(row.reasons)
    return [
        Total(key=who[0], name=who[1], cents=sum_, ready=ready[who], to_fix=to_fix[who])
        for who, sum_ in cents.most_common()
    ]


class _Count:
    """What is to fix, kept for all browsers: after a change only what it touched is judged again."""

    def __init__(self) -> None:
        self.rows: dict[int, WaitingSession] = {}
        self.of: tuple[object, date] | None = None  # which database, which day
        self.heard: list[Mapping[str, Collection[int]]] = []
        self.lock = asyncio.Lock()
        listen(self._hear)

    def _hear(self, told: Mapping[str, Collection[int]]) -> None:
        if told.keys() & SUBJECTS:
            self.heard.append(told)

    async def reasons(self, on: date, seen_by: SignedIn) -> dict[int, int]:
        """Bring the rows up to date, then how many reasons each red one has."""
        async with self.lock:
            database = get_connection("default")
            known, told, self.heard = self.of == (database, on), _together(self.heard), []
            self.of = None  # a reading that fails must not be taken for done
            if not known:
                self.rows = {row.id: row for row in await waiting(on=on, seen_by=seen_by)}
            elif told:
                self.rows = await brought_up_to_date(self.rows, told, on=on, seen_by=seen_by)
            self.of = (database, on)
        return {row.id: len(row.reasons) for row in self.rows.values() if row.reasons}


_count = _Count()


def _together(heard: Iterable[Mapping[str, Collection[int]]]) -> dict[str, set[int]]:
    """Several announcements as one, of the subjects that a reason can hang on."""
    told: dict[str, set[int]] = {}
    for one in heard:
        for subject in one.keys() & SUBJECTS:
            told.setdefault(subject, set()).update(one[subject])
    return told


async def count_to_fix(*, on: date, seen_by: SignedIn) -> int:
    """How many waiting sessions have something to fix."""
    return len(await reasons_to_fix(on=on, seen_by=seen_by))


async def reasons_to_fix(*, on: date, seen_by: SignedIn) -> dict[int, int]:
    """How many reasons each session to fix has; kept for all browsers, so that asking again asks no database."""
    await access.require(seen_by)
    return await _count.reasons(on, seen_by)


async def one(session_id: int, *, on: date, seen_by: SignedIn) -> WaitingSession | None:
    """One session as the grid would show it; None when it does not wait."""
    await access.require(seen_by)
    found = await _judged(ALL.as_query() | {"id": session_id}, on)
    return found[0] if found else None
