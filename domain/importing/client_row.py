"""One row of a client list as a draft of the client: each cell checked, each problem with its line and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from domain.importing import client_values
from domain.importing.chosen_file import Problem
from domain.importing.client_columns import RANKS
from domain.importing.client_table import TableRow
from domain.importing.client_values import DiagnosisDraft, Doubtful, Misread
from domain.importing.names import normalized, words_of

Mapped = Mapping[str, str | None]
T = TypeVar("T")

_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDraft:
    """A client's cover as the list has it. Empty subscriber fields with relationship `self` mean the client."""

    rank: str  # primary or secondary
    insurance: str
    payer_id: str = ""
    plan_name: str = ""
    member_id: str = ""
    group_number: str = ""
    relationship: str = "self"
    subscriber_first_name: str = ""
    subscriber_middle_name: str = ""
    subscriber_last_name: str = ""
    subscriber_birth_date: date | None = None
    subscriber_sex: str = ""
    copay_cents: int = 0
    coinsurance_points: int = 0
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDraft:
    """A client of the list. `key` stays the same in every export: the old program's number, else name and birth date."""

    line: int
    key: str
    name_key: str  # name and birth date always, to find a client that was made by hand
    name: str
    insurer_first_name: str
    insurer_last_name: str
    insurer_middle_name: str = ""
    insurer_suffix: str = ""
    insurer_sex: str = ""
    pronouns: str = ""
    birth_date: date | None = None
    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phone: str = ""
    phone2: str = ""
    email: str = ""
    external_id: str = ""
    default_provider: str = ""
    diagnoses: tuple[DiagnosisDraft, ...] = ()
    policies: tuple[PolicyDraft, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in the parts an insurer wants."""

    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""


def person_name(text: str) -> PersonName:
    """“Candlewright, Ivy Mae” or “Ivy Mae Candlewright Jr.” in parts; a single word is a last name."""
    last, comma, first = (part.strip() for part in text.partition(","))
    if comma and first.strip(".").lower() in _SUFFIXES:
        return _with_suffix(last.split(), first)
    if comma:
        given = first.split()
        return PersonName(given[0] if given else "", " ".join(given[1:]), last)
    words = last.split()
    if len(words) > 2 and words[-1].strip(".").lower() in _SUFFIXES:
        return _with_suffix(words[:-1], words[-1])
    return _with_suffix(words, "")


def _with_suffix(words: list[str], suffix: str) -> PersonName:
    if {"&", "and"} & set(words[1:-1]):  # a couple keeps both first names
        return PersonName(" ".join(words[:-1]), "", words[-1], suffix.strip("."))
    if len(words) < 2:
        return PersonName("", "", " ".join(words), suffix.strip("."))
    return PersonName(words[0], " ".join(words[1:-1]), words[-1], suffix.strip("."))


def read_row(
    row: TableRow, *, cells: Mapping[str, str], columns: Mapping[str, str], on: date
) -> tuple[ClientDraft | None, list[Problem]]:
    """The client of a row, or None when a problem keeps it out. `cells` and `columns` are by field."""
    reading = _Reading(row, cells, columns, on)
    draft = reading.draft()
    return None if any(problem.left_out for problem in reading.problems) else draft, reading.problems


class _Reading:
    """The reading of one row: its cells as values, and what was wrong with them."""

    def __init__(self, row: TableRow, cells: Mapping[str, str], columns: Mapping[str, str], on: date) -> None:
        self.row, self.cells, self.columns, self.on = row, cells, columns, on
        self.problems: list[Problem] = []

    def draft(self) -> ClientDraft:
        name = self.name()
        born = self.read("birth_date", partial(client_values.birth_date, on=self.on), None)
        return ClientDraft(
            line=self.row.line,
            key=f"id:{number}" if (number := self.text("external_id")) else _name_key(name, born),
            name_key=_name_key(name, born),
            name=self.goes_by(name),
            insurer_first_name=name.first,
            insurer_middle_name=name.middle,
            insurer_last_name=name.last,
            insurer_suffix=name.suffix,
            insurer_sex=self.read("sex", client_values.sex, ""),
            pronouns=self.text("pronouns"),
            birth_date=born,
            street=self.text("street"),
            street2=self.text("street2"),
            city=self.text("city"),
            state=self.read("state", client_values.state, ""),
            zip=self.read("zip", client_values.zip_code, ""),
            phone=self.read("phone", client_values.phone, ""),
            phone2=self.read("phone2", client_values.phone, ""),
            email=self.read("email", client_values.email, ""),
            external_id=number,
            default_provider=self.text("default_provider"),
            diagnoses=self.diagnoses(),
            policies=tuple(policy for rank in RANKS if (policy := self.policy(rank, name))),
            note=self.text("notes"),
        )

    def text(self, field: str) -> str:
        return self.cells.get(field, "")

    def read(self, field: str, reader: Callable[[str], T], empty: T) -> T:
        """The cell as a value; what can't be read is a problem and counts as empty."""
        text = self.text(field)
        if not text:
            return empty
        try:
            return reader(text)
        except Misread as reason:
            self.say(field, str(reason), left_out=not isinstance(reason, Doubtful))
            return empty

    def say(self, field: str, sentence: str, *, left_out: bool = True) -> None:
        self.problems.append(Problem(self.row.line, sentence, self.columns.get(field, ""), left_out))

    def name(self) -> PersonName:
        if not (self.text("first_name") or self.text("last_name")):
            return self.full_name()
        given = PersonName(*map(self.text, ("first_name", "middle_name", "last_name", "suffix")))
        for field, part, words in (("first_name", given.first, "first name"), ("last_name", given.last, "last name")):
            if not part:
                self.say(field, f"The {words} is missing. Fill it in.")
        return given

    def full_name(self) -> PersonName:
        text = self.text("name")
        found = person_name(text)
        if not words_of(text):
            self.say("name" if "name" in self.columns else "last_name", "The name is missing. Fill it in.")
        elif not found.first:
            self.say("name", f"“{text}” is only one name. Write the first and the last name.")
        return found

    def goes_by(self, name: PersonName) -> str:
        """The name on the calendar: what they go by, with the last name when that is a first name alone."""
        called = self.text("goes_by") or name.first
        return called if " " in called and self.text("goes_by") else f"{called} {name.last}".strip()

    def diagnoses(self) -> tuple[DiagnosisDraft, ...]:
        nothing: tuple[DiagnosisDraft, ...] = ()
        fields = ("diagnoses", "diagnosis_2", "diagnosis_3", "diagnosis_4")
        found = [one for field in fields for one in self.read(field, client_values.diagnoses, nothing)]
        unique = tuple({one.code: one for one in reversed(found)}.values())[::-1]
        if len(unique) > client_values.MOST_DIAGNOSES:
            self.say("diagnoses", f"There are {len(unique)} diagnoses, but a form holds 12. Leave out the others.")
        return unique

    def policy(self, rank: str, client: PersonName) -> PolicyDraft | None:
        """The policy of that rank, or None when the row says nothing of one."""
        insurance = self.text(f"{rank}_insurance")
        told = [field for field in self.columns if field.startswith(f"{rank}_") and self.text(field)]
        if not told or insurance.lower() in _UNINSURED:
            return None
        if not insurance:
            self.say(told[0], f"There are details of a {rank} policy, but no insurance. Fill in its name.")
        return self.policy_of(rank, insurance, client)

    def policy_of(self, rank: str, insurance: str, client: PersonName) -> PolicyDraft:
        subscriber = self.subscriber(rank)
        draft = PolicyDraft(
            rank=rank,
            insurance=insurance,
            payer_id=self.text(f"{rank}_payer_id"),
            plan_name=self.text(f"{rank}_plan_name"),
            member_id=self.text(f"{rank}_member_id"),
            group_number=self.text(f"{rank}_group_number"),
            relationship=self.relationship(rank, subscriber, client),
            subscriber_first_name=subscriber.first,
            subscriber_middle_name=subscriber.middle,
            subscriber_last_name=subscriber.last,
            subscriber_birth_date=self.read(
                f"{rank}_subscriber_birth_date", partial(client_values.birth_date, on=self.on), None
            ),
            subscriber_sex=self.read(f"{rank}_subscriber_sex", client_values.sex, ""),
            copay_cents=self.read(f"{rank}_copay", client_values.cents, 0),
            coinsurance_points=self.read(f"{rank}_coinsurance", client_values.points, 0),
            starts_on=self.read(f"{rank}_starts_on", partial(client_values.policy_date, on=self.on), None),
            ends_on=self.read(f"{rank}_ends_on", partial(client_values.policy_date, on=self.on), None),
        )
        if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
            self.say(f"{rank}_ends_on", "The policy ends before it starts. Correct one of the two dates.")
        return draft

    def subscriber(self, rank: str) -> PersonName:
        parts = [self.text(f"{rank}_subscriber_{part}_name") for part in ("first", "middle", "last")]
        return PersonName(*parts) if any(parts) else person_name(self.text(f"{rank}_subscriber_name"))

    def relationship(self, rank: str, subscriber: PersonName, client: PersonName) -> str:
        field = f"{rank}_relationship"
        if self.text(field):
            return self.read(field, client_values.relationship, "self")
        named = words_of(f"{subscriber.first} {subscriber.last}")
        if named in {(), ("self",), words_of(f"{client.first} {client.last}")}:
            return "self"
        self.say(
            f"{rank}_subscriber_name",
            "The policy is someone else's, but the list does not say whose. It was taken as “other”: "
            "set the relationship on the client's policy.",
            left_out=False,
        )
        return "other"


_UNINSURED = {
    "self pay",
    "self-pay",
    "selfpay",
    "none",
    "no insurance",
    "cash",
    "private pay",
    "n/a",
    "na",
    "uninsured",
}


def _name_key(name: PersonName, born: date | None) -> str:
    return f"name:{normalized(f'{name.first} {name.last} {name.suffix}')}|{born.isoformat() if born else ''}"
