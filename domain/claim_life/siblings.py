"""A payer's rule that was wrong, and all that carries the fault: claims sent and unsent, and sessions not yet on a claim.

The rule is the modifier that a payer wants on remote visits: the fault is a remote line without it, or with another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from domain import access
from domain.access import SignedIn
from domain.claims.life import OVER
from domain.claims.warning_rules import TELEHEALTH_PLACES
from domain.errors import FieldRefused, NotFound
from domain.invoicing.gathering import gathered
from domain.payers import TELEHEALTH_MODIFIERS
from domain.place_of_service import with_telehealth
from domain.reading.claim_life import ClaimLife, lives_of
from storage.models import Claim, ClaimLine, Payer

Becomes = Literal["replacement", "resent", "revalidated", ""]
NOT_FAULTY = frozenset({"paid", "forwarded", *OVER})  # the payer took it as it was, or another claim stands for it
AT_PAYER = "Waits for the payer's decision"
NO_NUMBER = "The payer's number is not known yet"
NO_CORRECTIONS = "No replacements: ask for a reopening"


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """A charge line with its modifiers as they are, and as the rule wants them."""

    id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """A claim, or a session without one, with the same fault; `becomes` nothing where `in_the_way` says why."""

    claim_id: int | None = None
    session_ids: tuple[int, ...]
    name: str  # the claim's number, or the session's
    client_name: str
    day: date
    state: str
    lines: tuple[FaultyLine, ...]
    becomes: Becomes
    in_the_way: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong at a payer, what the rule says now, what it would say, and everything that carries the fault."""

    payer_id: int
    payer_name: str
    before: str
    after: str
    siblings: tuple[Sibling, ...]

    @property
    def to_mend(self) -> list[Sibling]:
        """What one tap mends."""
        return [one for one in self.siblings if one.becomes]


async def is_mendable(claim_id: int, *, seen_by: SignedIn) -> bool:
    """Whether a rule that is known here could have been the fault of a claim: it has a remote line."""
    await access.require(seen_by)
    return await ClaimLine.filter(claim_id=claim_id, session__place_of_service__in=list(TELEHEALTH_PLACES)).exists()


async def fault_of(claim_id: int, after: str, *, on: date, seen_by: SignedIn) -> Fault:
    """All that has the fault of a claim, should its payer want `after` on remote visits. Raises FieldRefused, NotFound."""
    await access.require(seen_by)
    if after not in TELEHEALTH_MODIFIERS:
        raise FieldRefused(at="after", sentence="Choose a modifier from the list.")
    claim: Any = await Claim.get_or_none(id=claim_id)
    if claim is None:
        raise NotFound(what="This insurance form")
    payer = await Payer.get(id=claim.payer_id)
    found = [*await _claims(payer.id, after, on), *await _sessions(payer.id, after)]
    return Fault(payer_id=payer.id, payer_name=payer.name, before=payer.telehealth_modifier, after=after,
                 siblings=tuple(sorted(found, key=lambda one: (not one.becomes, one.claim_id is None, one.day, one.name))))


async def _claims(payer_id: int, after: str, on: date) -> list[Sibling]:
    rows = await ClaimLine.filter(
        claim__payer_id=payer_id, claim__voided_at=None, session__place_of_service__in=list(TELEHEALTH_PLACES),
    ).order_by("id").values("claim_id", "session_id", "charge_line_id", modifiers="charge_line__modifiers")
    by_claim: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_claim[row["claim_id"]].append(row)
    faulty = {key: lines for key, own in by_claim.items()
              if (lines := _faulty(((row["charge_line_id"], row["modifiers"]) for row in own), after))}
    lives = await lives_of(faulty, on=on)
    return [_sibling(life, faulty[life.id], tuple(dict.fromkeys(row["session_id"] for row in by_claim[life.id])))
            for life in lives.values() if life.state not in NOT_FAULTY]


def _sibling(life: ClaimLife, lines: tuple[FaultyLine, ...], sessions: tuple[int, ...]) -> Sibling:
    becomes, in_the_way = _act_on(life)
    return Sibling(claim_id=life.id, session_ids=sessions, name=life.number, client_name=life.client_name, day=life.first_day,
                   state=life.state, lines=lines, becomes=becomes, in_the_way=in_the_way)


def _act_on(life: ClaimLife) -> tuple[Becomes, str]:
    """Not sent or rejected: made anew. Decided: replaced by the payer's number. Undecided: it must wait."""
    if life.state in {"generated", "rejected"}:
        return "resent", ""
    if life.course.decided is None:
        return "", AT_PAYER
    if life.no_corrections:
        return "", NO_CORRECTIONS
    return ("replacement", "") if life.payer_number else ("", NO_NUMBER)


async def _sessions(payer_id: int, after: str) -> list[Sibling]:
    """Sessions that wait to be invoiced to this payer."""
    asked = await gathered(status__in=["ready", "held"], place_of_service__in=list(TELEHEALTH_PLACES))
    found = []
    for session in asked.sessions:
        lines = _faulty(((line.id, line.modifiers) for line in session.claim_lines), after)
        if lines and session.policy is not None and session.policy.payer.id == payer_id:
            found.append(Sibling(session_ids=(session.id,), name=f"Session {session.id}", client_name=session.client.name,
                                 day=session.day, state=session.status, lines=lines, becomes="revalidated"))
    return found


def _faulty(lines: Iterable[tuple[int, str]], after: str) -> tuple[FaultyLine, ...]:
    wanted = ((key, before, with_telehealth(before, held_as="video", payer_wants=after)) for key, before in lines)
    return tuple(FaultyLine(*one) for one in wanted if one[1] != one[2])
