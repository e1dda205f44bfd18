"""Who was where at the same time, and the same code twice on a day: what only several sessions together show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.claims.facts import SessionFacts
from domain.claims.reasons import Place, Reason
from domain.claims.warning_rules import billed_as

Billed = tuple[str, tuple[str, ...]]
CLASHES = frozenset({"two_clients_at_once", "two_providers_at_once", "same_code_twice"})
"""The rules of which one session's change can be another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A session, of any status, as far as others of its day may clash with it."""

    session_id: int
    day: date
    client_id: int
    provider_id: int
    starts_at: datetime
    ends_at: datetime
    appointment_id: int | None = None
    billed: frozenset[Billed] = frozenset()  # codes with their modifiers, for insurance


class DayBook:
    """The visits of some days, found by provider and by client."""

    def __init__(self, visits: Iterable[Visit] = ()) -> None:
        self.of_provider: defaultdict[tuple[int, date], list[Visit]] = defaultdict(list)
        self.of_client: defaultdict[tuple[int, date], list[Visit]] = defaultdict(list)
        for visit in visits:
            self.add(visit)

    def add(self, visit: Visit) -> None:
        """One more visit."""
        self.of_provider[visit.provider_id, visit.day].append(visit)
        self.of_client[visit.client_id, visit.day].append(visit)

    def clashes(self, session: SessionFacts) -> Iterator[Reason]:
        """What the day's other visits say against this one."""
        place = Place("session", session.id)
        yield from self._two_clients(session, place)
        yield from self._two_providers(session, place)
        yield from self._billed_twice(session, place)

    def _two_clients(self, session: SessionFacts, place: Place) -> Iterator[Reason]:
        for other in self.of_provider.get((session.provider.id, session.day), ()):
            if other.client_id != session.client.id and at_once(session, other) and not together(session, other):
                yield place.warning(
                    "two_clients_at_once", f"{session.provider.name} has another client at the same time, in session "
                    f"{other.session_id}", "Correct the time", "starts_at")
                return

    def _two_providers(self, session: SessionFacts, place: Place) -> Iterator[Reason]:
        for other in self.of_client.get((session.client.id, session.day), ()):
            if other.provider_id != session.provider.id and at_once(session, other):
                yield place.warning(
                    "two_providers_at_once", f"{session.client.name} is with another provider at the same time, in "
                    f"session {other.session_id}", "Correct the time", "starts_at")
                return

    def _billed_twice(self, session: SessionFacts, place: Place) -> Iterator[Reason]:
        visits = self.of_client.get((session.client.id, session.day), ())
        for other in visits:
            if other.session_id == session.id or not other.billed:
                continue
            if both := {billed_as(line) for line in session.claim_lines} & other.billed:
                code = min(both)[0]
                yield place.warning(
                    "same_code_twice", f"{code} is billed for {session.client.name} in session {other.session_id} of "
                    "the same day too, with nothing to tell them apart", "Use a modifier", "lines")
                return


def at_once(session: SessionFacts, other: Visit) -> bool:
    """Whether two visits share a minute; one that begins as the other ends does not."""
    if session.id == other.session_id or session.starts_at is None or session.ends_at is None:
        return False
    return session.starts_at < other.ends_at and other.starts_at < session.ends_at


def together(session: SessionFacts, other: Visit) -> bool:
    """A group, a couple or a family: one appointment."""
    return session.appointment_id is not None and session.appointment_id == other.appointment_id
