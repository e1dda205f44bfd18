"""A claim's life: its states with their dates, the days left to file, correct and appeal, and what it waits for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

State = Literal[
    "generated", "sent", "accepted", "rejected", "paid", "denied", "forwarded", "reversed", "appealed", "reopening",
    "closed", "followed", "void",
]
Waiting = Literal["rejected", "denied", "secondary", "look", "deadline", "unanswered", "undecided", "unsent"]
How = Literal["resent", "replacement", "void", "secondary"]

DECISIONS = frozenset({"paid", "denied", "forwarded", "reversed"})
BY_HAND: dict[str, State] = {"appeal": "appealed", "reopening": "reopening", "closed": "closed"}
SYNTAX = "999"  # the code under which a 999 is kept: the file's form, not yet the claim
ANSWER_DAYS, DECISION_DAYS, NEAR_DAYS = 3, 30, 14
SATURDAY = 5
WAITING: dict[Waiting, str] = {  # in the order in which they are listed
    "rejected": "Rejected", "denied": "Denied", "deadline": "Deadline near", "look": "Look again", "secondary": "Secondary to bill",
    "unanswered": "No 277CA", "undecided": "No decision", "unsent": "To send",
}
FOLLOWED: dict[How, str] = {
    "resent": "Made anew as {number}", "replacement": "Replaced by {number}", "void": "Voided at the payer by {number}",
    "secondary": "Secondary billed as {number}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened to a claim; `number` is what the other side calls it."""

    state: State | Literal["note"]
    on: date
    at: datetime
    words: str = ""
    code: str = ""
    number: str = ""
    by: str = ""
    note_id: int | None = None
    next_look_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A payer's limits in days; None where nobody looked them up."""

    to_file: int | None = None
    to_correct: int | None = None
    to_appeal: int | None = None


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The last days to file, correct and appeal; None where it does not run, or has no limit set."""

    file_by: date | None = None
    correct_by: date | None = None
    appeal_by: date | None = None

    @property
    def next(self) -> tuple[str, date] | None:
        """The first to come: what it is for, and the day."""
        running = (("file", self.file_by), ("correct", self.correct_by), ("appeal", self.appeal_by))
        return min(((what, day) for what, day in running if day is not None), key=lambda one: one[1], default=None)


@dataclass(frozen=True, slots=True)
class Need:
    """Why somebody should look at a claim, and since when."""

    kind: Waiting
    sentence: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A claim's steps, read as one: where it stands, since when, and the payer's number for it."""

    steps: tuple[Step, ...]
    limits: Limits
    first_day: date  # of service
    filed_from: date  # from here the limit to file runs: the day of service, or for the second payer the first one's decision
    by_file: bool = False  # it went out in a file, which is answered by a 277CA
    second_policy: bool = False  # a share of it goes to a second policy that was not billed yet

    @property
    def last(self) -> Step:
        """The step that says where it stands: an answer to the file never undoes a decision."""
        standing = self.steps[0]
        for step in self.steps[1:]:
            if step.state != "note" and not (step.state in {"accepted", "rejected"} and standing.state in SETTLED):
                standing = step
        return standing

    @property
    def state(self) -> State:
        """Where it stands."""
        state = self.last.state
        return "generated" if state == "note" else state

    @property
    def sent_on(self) -> date | None:
        """When it went out, if it did."""
        return next((step.on for step in reversed(self.steps) if step.state == "sent"), None)

    @property
    def decided(self) -> Step | None:
        """The payer's last decision."""
        return next((step for step in reversed(self.steps) if step.state in DECISIONS), None)

    @property
    def payer_number(self) -> str:
        """What the payer calls it (CLP07, else REF*1K of a 277CA): what REF*F8 and box 22 want."""
        told = [step for step in self.steps if step.number and step.state in {*DECISIONS, "accepted", "rejected"}]
        decided = [step.number for step in told if step.state in DECISIONS]
        return (decided or [step.number for step in told] or [""])[-1]

    @property
    def next_look_on(self) -> date | None:
        """The day of the last note."""
        return next((step.next_look_on for step in reversed(self.steps) if step.note_id), None)

    @property
    def deadlines(self) -> Deadlines:
        """File: until the payer has accepted it. Correct and appeal: from the last decision, unless it was paid and is done."""
        decided, limits = self.decided, self.limits
        if self.state in OVER:
            return Deadlines()
        if decided is not None:
            return Deadlines(None, _after(decided.on, limits.to_correct), _after(decided.on, limits.to_appeal))
        filed = self.state in {"sent", "accepted"}
        return Deadlines(None if filed else _after(self.filed_from, limits.to_file))

    def needs(self, today: date) -> tuple[Need, ...]:
        """What it waits for today; a later day to look again lets everything but a deadline rest until then."""
        if self.state in OVER:
            return ()
        look = self.next_look_on
        resting = look is not None and look > today
        found = [need for need in self._needs(today) if not resting or need.kind == "deadline"]
        if look is not None and look <= today:
            found.append(Need("look", f"Look again, due {_day(look)}", look))
        return tuple(sorted(found, key=lambda need: list(WAITING).index(need.kind)))

    def _needs(self, today: date) -> Iterator[Need]:
        last, state, sent = self.last, self.state, self.sent_on
        if state == "rejected":
            yield Need("rejected", "Mend it and send it again", last.on)
        elif state == "denied":
            yield Need("denied", "Decide: correct, appeal, or close", last.on)
        elif state == "generated":
            yield Need("unsent", "It has not gone out", last.on)
        elif state in {"sent", "accepted"} and sent is not None:
            yield from self._waiting(today, sent)
        elif state in {"reversed", "appealed", "reopening", "forwarded"} and today >= last.on + timedelta(DECISION_DAYS):
            yield Need("undecided", f"{DECISION_DAYS} days since it was {PAST[state]}", last.on)
        if self.second_policy:
            yield Need("secondary", "The second policy owes a share", (self.decided or last).on)
        yield from self._deadline(today)

    def _waiting(self, today: date, sent: date) -> Iterator[Need]:
        """Sent, and nothing decided."""
        answered = any(step.state == "accepted" and step.code != SYNTAX for step in self.steps)
        if today >= sent + timedelta(DECISION_DAYS):
            yield Need("undecided", f"No decision after {DECISION_DAYS} days", sent)
        elif self.by_file and not answered and today >= working_days_after(sent, ANSWER_DAYS):
            yield Need("unanswered", f"No 277CA after {ANSWER_DAYS} business days", sent)

    def _deadline(self, today: date) -> Iterator[Need]:
        """A limit that ends within two weeks, or has passed, while the claim still needs the act."""
        if self.state in {"generated", "rejected", "denied"} and (first := self.deadlines.next) is not None:
            what, day = first
            if today + timedelta(NEAR_DAYS) >= day:
                yield Need("deadline", f"{days_left_words(day, today).capitalize()} to {what} ({_day(day)})", day)


OVER = frozenset({"closed", "followed", "void"})
SETTLED = frozenset({*DECISIONS, *OVER, "appealed", "reopening"})
PAST = {"reversed": "taken back", "appealed": "appealed", "reopening": "asked to be reopened", "forwarded": "forwarded"}


def days_left_words(day: date, today: date) -> str:
    """12 days left; last day today; 3 days late."""
    left = (day - today).days
    if left == 0:
        return "last day today"
    return f"{left} day{'' if left == 1 else 's'} left" if left > 0 else f"{-left} day{'' if left == -1 else 's'} late"


def working_days_after(day: date, count: int) -> date:
    """The day so many weekdays later; holidays count, since clearinghouses keep their own."""
    while count:
        day += timedelta(1)
        count -= day.weekday() < SATURDAY
    return day


def in_time_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """As they became known."""
    return tuple(sorted(steps, key=lambda step: step.at))


def _after(day: date, limit: int | None) -> date | None:
    return None if limit is None else day + timedelta(limit)


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
