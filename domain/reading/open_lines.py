"""What is open in the whole practice: each amount with who owes it, for what, since when, and how its claim stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.reading.claim_life import ClaimLife, lives_of
from storage import balances


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """An amount that a client or an insurer owes. An insurer's age runs from the day of service, a client's from `since`."""

    id: int
    client_id: int
    client_name: str
    payer_id: int | None
    payer_name: str
    provider_id: int | None
    provider_name: str
    day: date
    since: date
    due_on: date | None  # None: nobody here need look at it yet
    what: str
    code: str
    cents: int
    session_id: int | None
    invoice_id: int | None
    invoice_number: str
    claim_id: int | None
    claim_number: str
    asked: bool  # with that claim; else the payer was not billed for it yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Money on an account that has paid nothing yet; `held` waits for its session's invoice."""

    client_id: int
    client_name: str
    payer_id: int | None
    payer_name: str
    cents: int
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBooks:
    """All that is open, with the claims that it is asked for with."""

    lines: list[OpenLine]
    credits: list[Credit]
    lives: Mapping[int, ClaimLife]


async def open_books(*, today: date) -> OpenBooks:
    """Read it: a statement, and those of the claims. Who may see it is asked by the caller."""
    found = await balances.open_lines()
    lives = await followed_lives({row["claim_id"] for row in found if row["claim_id"] and row["payer_id"] and row["open_cents"] > 0}, today)
    return OpenBooks(
        lines=[_line(row, lives) for row in found if row["open_cents"] > 0],
        credits=[_credit(row) for row in found if row["open_cents"] < 0], lives=lives)


async def followed_lives(claim_ids: Collection[int], today: date) -> dict[int, ClaimLife]:
    """The lives of these claims and of all that followed them: made anew, replacing, or to the second payer."""
    lives: dict[int, ClaimLife] = {}
    asked = set(claim_ids)
    while asked:
        lives |= await lives_of(sorted(asked), on=today)
        asked = {one.claim_id for life in lives.values() for one in life.later} - lives.keys() - asked
    return lives


def claim_for(claim_id: int | None, payer_id: int | None, lives: Mapping[int, ClaimLife]) -> ClaimLife | None:
    """The claim that now asks this payer for an amount which was charged with that claim; None when none does yet."""
    found, looking = None, [claim_id] if claim_id and payer_id else []
    while looking:
        life = lives.get(looking.pop(0) or 0)
        if life is not None:
            found = life if life.payer_id == payer_id else found
            looking += [one.claim_id for one in life.later]
    return found


def _line(row: dict[str, Any], lives: Mapping[int, ClaimLife]) -> OpenLine:
    since = since_of(row)
    life = claim_for(row["claim_id"], row["payer_id"], lives)
    return OpenLine(
        id=row["id"], client_id=row["client_id"] or 0, client_name=row["client_name"] or "", payer_id=row["payer_id"],
        payer_name=row["payer_name"] or "", provider_id=row["provider_id"], provider_name=_name(row),
        day=row["session_day"] or row["effective_on"], since=since, due_on=_due_on(row, since, life),
        what=row["code"] or row["reason"] or "Money given back", code=row["code"] or "", cents=row["open_cents"],
        session_id=row["session_id"], invoice_id=row["invoice_id"], invoice_number=row["invoice_number"] or "",
        claim_id=life.id if life else row["claim_id"], claim_number=life.number if life else row["claim_number"] or "",
        asked=life is not None)


def _due_on(row: Mapping[str, Any], since: date, life: ClaimLife | None) -> date | None:
    """A client's from the invoice's last day on, or at once without one; an insurer's while its claim waits for somebody here."""
    if row["payer_id"] is None:
        due_on: date = row["due_on"] or since
        return due_on
    if life is None:
        return since
    return min((need.since for need in life.needs), default=None)


def since_of(row: Mapping[str, Any]) -> date:
    """An insurer owes from the day of service; a client from the invoice, or from the day it was moved to them."""
    day: date = row["effective_on"]
    if row["payer_id"]:
        day = row["session_day"] or day
    elif row["kind"] == "charge":
        day = row["issued_on"] or day
    return day


def _name(row: Mapping[str, Any]) -> str:
    return " ".join(part for part in (row["first_name"], row["last_name"]) if part)


def _credit(row: dict[str, Any]) -> Credit:
    return Credit(client_id=row["client_id"] or 0, client_name=row["client_name"] or "", payer_id=row["payer_id"],
                  payer_name=row["payer_name"] or "", cents=-row["open_cents"], held=bool(row["held"]))


def credit_by_account(credits_: Collection[Credit]) -> dict[tuple[int, int | None], int]:
    """What may be applied, by client and payer; what is held for a session is not among it."""
    found: dict[tuple[int, int | None], int] = {}
    for one in credits_:
        if not one.held:
            key = (one.client_id, one.payer_id)
            found[key] = found.get(key, 0) + one.cents
    return found
