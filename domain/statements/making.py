"""Makes statements: for one client, or for every bill-to person who owes something. They post nothing to the books."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain import access
from domain.access import SignedIn
from domain.claims.facts import PracticeFacts
from domain.documents.records import to_json
from domain.documents.texts import texts_in
from domain.errors import FieldRefused, PracticeError, Refused
from domain.invoicing.printing import unprintable_for
from domain.ledger.entries import practice_day
from domain.statements.gathering import accounts
from domain.statements.printing import no_font_for
from domain.statements.record import Drafted, Sheet, drafted
from storage.ids import new_ids
from storage.models import Statement, StatementClient, StatementRun
from storage.transactions import one_transaction

LONGEST_MESSAGE = 1000
USUAL_DAYS = 90  # of payments


class NothingToState(PracticeError):
    """A statement of an account with nothing on it would be an empty sheet."""

    sentence = "Nothing is open on this account, and nothing was paid since that day. There is nothing to state."
    field = "since"


class NobodyOwes(PracticeError):
    """Statements for all were asked for, and no one has a balance."""

    sentence = "No client owes anything today. There is no statement to make."


@dataclass(frozen=True, slots=True)
class NotMade:
    """A statement that can't be printed, with the reason."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What a press would make: by name what is due, who has no address, and what can't be made."""

    due: tuple[tuple[str, int], ...]
    no_address: tuple[str, ...]
    not_made: tuple[NotMade, ...]

    @property
    def due_cents(self) -> int:
        """Of all."""
        return sum(cents for _, cents in self.due)


def usual_since(on: date) -> date:
    """From when payments are listed, unless told otherwise."""
    return on - timedelta(days=USUAL_DAYS)


async def foreseen(client_id: int | None, *, since: date, on: date, seen_by: SignedIn) -> Foreseen:
    """What making them now would give; `client_id` None is everybody who owes. Nothing is kept."""
    await access.require(seen_by)
    good, bad = await _drafted(client_id, Sheet(on=on, since=since))
    return Foreseen(
        due=tuple((one.record.bill_to.name, one.record.due_cents) for one in good),
        no_address=tuple(one.record.bill_to.name for one in good if not one.record.bill_to.lines), not_made=tuple(bad))


async def make_statements(
    client_id: int | None, *, since: date | None, message: str = "", by: SignedIn, now: datetime
) -> int:
    """Keep the statements of a client, or of all who owe; returns the press. They are drawn afterwards.

    Raises Refused by field, NothingToState, NobodyOwes.
    """
    on = await practice_day(now)
    sheet = Sheet(on=on, since=_checked(since, message, on), message=message.strip())
    await access.require(by)
    good, bad = await _drafted(client_id, sheet)
    if not good:
        raise _nothing(client_id, bad)
    texts = await asyncio.to_thread(lambda: [to_json(one.record) for one in good])
    async with one_transaction() as changes:
        await access.require(by)
        run = await StatementRun.create(made_at=now, made_by_id=by.staff_id, made_on=on, left_out=_as_text(bad))
        clients = await _keep(int(run.id), good, texts)
        await access.audit(by, "made statements", "client", clients, at=now)
        changes.add("statement", [run.id])
    return int(run.id)


def _checked(since: date | None, message: str, on: date) -> date:
    wrong = {}
    if since is None:
        wrong["since"] = "Type the day from which payments are listed."
    elif since > on:
        wrong["since"] = "This day is still ahead. Choose one up to today."
    if len(message) > LONGEST_MESSAGE:
        wrong["message"] = f"Use at most {LONGEST_MESSAGE:,} characters."
    if wrong or since is None:
        raise Refused(wrong)
    return since


def _nothing(client_id: int | None, bad: Sequence[NotMade]) -> PracticeError:
    if bad:
        return FieldRefused(at="", sentence=bad[0].reason)
    return NobodyOwes() if client_id is None else NothingToState()


async def _drafted(client_id: int | None, sheet: Sheet) -> tuple[list[Drafted], list[NotMade]]:
    """What can be made and what can't; off the loop, since a big practice has thousands."""
    found = await accounts(None if client_id is None else [client_id], since=sheet.since, on=sheet.on)
    made = await asyncio.to_thread(drafted, found, sheet)
    if client_id is None:
        made = [one for one in made if one.record.due_cents > 0]
    return await asyncio.to_thread(_sorted_out, made, found.practice)


def _sorted_out(made: Iterable[Drafted], practice: PracticeFacts) -> tuple[list[Drafted], list[NotMade]]:
    missing = unprintable_for(practice)
    good, bad = [], []
    for one in made:
        if letters := missing(texts_in(one.record)):
            bad.append(NotMade(one.record.bill_to.name, no_font_for(letters, f"in the statement for {one.record.bill_to.name}")))
        else:
            good.append(one)
    return good, bad


async def _keep(run_id: int, made: Sequence[Drafted], texts: Sequence[str]) -> list[int]:
    """Write the statements; returns whose accounts they show."""
    ids = await new_ids(Statement, len(made))
    await Statement.bulk_create([
        Statement(id=key, run_id=run_id, bill_to_name=one.record.bill_to.name, has_address=bool(one.record.bill_to.lines),
                  due_cents=one.record.due_cents, record=text)
        for key, one, text in zip(ids, made, texts, strict=True)
    ])
    pairs = [(key, client) for key, one in zip(ids, made, strict=True) for client in one.client_ids]
    await StatementClient.bulk_create([StatementClient(statement_id=key, client_id=client) for key, client in pairs])
    return sorted({client for _, client in pairs})


def _as_text(bad: Sequence[NotMade]) -> str:
    return json.dumps([[one.name, one.reason] for one in bad], ensure_ascii=False)


def not_made_from(text: str) -> tuple[NotMade, ...]:
    """What a press kept of those it could not make."""
    return tuple(NotMade(*one) for one in json.loads(text))
