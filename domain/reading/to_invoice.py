"""Sessions that wait to be invoiced: each with who pays, what is missing, and a link to the field that mends it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain import access
from domain.access import SignedIn
from domain.claims.facts import SessionFacts
from domain.claims.reasons import Reason
from domain.claims.to_fix import Checking
from domain.invoicing.gathering import gathered
from domain.invoicing.printing import unprintable_for
from domain.reading.sessions import codes_text
from storage.changes import generation

WAITING = ("ready", "held")


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
    codes: str
    units: int
    fee_cents: int
    bill_to: str  # insurance, client, unclear
    payer_id: int | None
    payer_name: str
    diagnoses: str
    reasons: tuple[Reason, ...]

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


@dataclass(slots=True)
class _Count:
    """The number to fix, shared by all browsers until something changes."""

    at: tuple[int, date] | None = None
    number: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


_count = _Count()


async def waiting(
    *, on: date, until: date | None = None, start: date | None = None, provider_id: int | None = None, seen_by: SignedIn
) -> list[WaitingSession]:
    """Ready and held sessions of the days asked for, to fix first, then by client; a dozen queries, however many."""
    await access.require(seen_by)
    which: dict[str, object] = {"status__in": list(WAITING)}
    if until:
        which["day__lte"] = until
    if start:
        which["day__gte"] = start
    if provider_id:
        which["provider_id"] = provider_id
    asked = await gathered(**which)
    checking = Checking(asked.practice, unprintable=unprintable_for(asked.practice))
    rows = [_row(session, checking, on) for session in asked.sessions]
    return sorted(rows, key=lambda row: (row.ready or bool(row.held_reason), row.client_name.casefold(), row.day, row.id))


def _row(session: SessionFacts, checking: Checking, on: date) -> WaitingSession:
    reasons = tuple(one for one in checking.to_fix(session, on=on) if one.code != "held")
    policy = session.policy
    return WaitingSession(
        id=session.id, held_reason=session.held_reason if session.status == "held" else "",
        client_id=session.client.id, client_name=session.client.name, provider_id=session.provider.id,
        provider_name=session.provider.name, day=session.day,
        codes=codes_text([(line.code, line.modifiers) for line in session.lines]),
        units=sum(line.units for line in session.lines), fee_cents=session.fee_cents, bill_to=session.billing.kind,
        payer_id=policy.payer.id if policy else None, payer_name=policy.payer.name if policy else "",
        diagnoses=session.client.diagnosis_codes, reasons=reasons,
    )


def totals(rows: Sequence[WaitingSession], *, by: str) -> list[Total]:
    """Sums by `payer` or `client`, the largest first; what clients pay themselves is one payer."""

    def key(row: WaitingSession) -> tuple[str, str]:
        if by == "client":
            return str(row.client_id), row.client_name
        return (str(row.payer_id), row.payer_name) if row.payer_id else ("client", "Clients pay")

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


async def count_to_fix(*, on: date, seen_by: SignedIn) -> int:
    """How many waiting sessions have something to fix; counted once for all browsers after each change."""
    await access.require(seen_by)
    async with _count.lock:
        now = (generation(), on)
        if _count.at != now:
            rows = await waiting(on=on, seen_by=seen_by)
            _count.number, _count.at = sum(bool(row.reasons) for row in rows), now
    return _count.number
