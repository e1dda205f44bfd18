"""Whose appointment a calendar event is, and of which kind: found by email, name or title, and never guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from domain.importing.calendar_file import CalendarOccurrence
from domain.importing.names import Words, in_order, spellings, words_of

How = Literal["email", "name", "title", "several", "none"]
HowKind = Literal["code", "category", "title", "several", "none"]

# What people put between a name and the rest of a title: “Rowan A. - telehealth”, “Intake: Fern (new)”.
_SEPARATOR = re.compile(r"\s[-–—]+\s|[:|/;()\[\]•·+]|\s(?:with|w/|and|&)\s|,\s*(?=#)|#[\w.-]+", re.IGNORECASE)
_CODE = re.compile(r"#[\w.-]+")


@dataclass(frozen=True, slots=True)
class Known:
    """A client of the practice with every name they are called by."""

    id: int
    names: tuple[str, ...]
    email: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The client an occurrence belongs to, or those it may belong to when it can't be told."""

    client_id: int | None
    how: How
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """An appointment type or service code with what it is called: its name, its short code."""

    id: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindMatch:
    """The type or service code an occurrence names, or those that it may mean."""

    kind_id: int | None
    how: HowKind
    candidates: tuple[int, ...] = ()


class KnownClients:
    """The practice's clients, looked up by email and by every way of writing their names."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.by_email: dict[str, set[int]] = defaultdict(set)
        self.by_full_name: dict[Words, set[int]] = defaultdict(set)
        self.by_short_name: dict[Words, set[int]] = defaultdict(set)
        for client in known:
            self._learn(client)
        self.longest = max(map(len, self.by_full_name), default=0)

    def _learn(self, client: Known) -> None:
        if email := client.email.strip().casefold():
            self.by_email[email].add(client.id)
        for name in client.names:
            written = spellings(name)
            for words in written.full:
                self.by_full_name[words].add(client.id)
            for words in written.short:
                self.by_short_name[words].add(client.id)

    def match(self, occurrence: CalendarOccurrence) -> Match:
        """The client of an occurrence. Signs that disagree are `several`, for a person to decide."""
        invited = [clients for one in occurrence.attendees if (clients := self.by_email.get(one.email.casefold()))]
        named, how = self._named(occurrence)
        if not invited:
            return _told(named, how)
        mail = set[int]().union(*invited)
        shared = all(clients == mail for clients in invited)  # one family's address: the name tells which of them
        return _told(named if shared and named and named <= mail else mail | named, "email")

    def _named(self, occurrence: CalendarOccurrence) -> tuple[set[int], How]:
        title = occurrence.title
        whole = [in_order(_CODE.sub(" ", title)), *(in_order(one.name) for one in occurrence.attendees if one.name)]
        if found := self._written(whole, self.by_full_name):
            return found | self._contained(title), "name"
        if found := self._contained(title):
            return found, "title"
        if found := self._written(whole, self.by_short_name):
            return found, "name"
        return self._written([in_order(part) for part in _SEPARATOR.split(title)], self.by_short_name), "title"

    @staticmethod
    def _written(texts: Iterable[Words], names: dict[Words, set[int]]) -> set[int]:
        return {client for words in texts if words for client in names.get(words, ())}

    def _contained(self, title: str) -> set[int]:
        """Everyone whose full name, two words or more, stands in the title. A longer name hides those inside it."""
        words = words_of(_CODE.sub(" ", title))
        found: set[int] = set()
        reached = 0
        for start in range(len(words)):
            end = self._longest_name(words, start, beyond=reached)
            if end:
                found |= self.by_full_name[words[start:end]]
                reached = end
            elif start >= reached:
                found |= self.by_full_name.get(_shared_last_name(words, start), set())
        return found

    def _longest_name(self, words: Words, start: int, *, beyond: int) -> int:
        """Where the longest name that begins at `start` ends; 0 when none does or it ends inside an earlier one."""
        last = min(len(words), start + self.longest)
        ends = range(last, max(start + 1, beyond), -1)
        return next((end for end in ends if words[start:end] in self.by_full_name), 0)


def _shared_last_name(words: Words, start: int) -> Words:
    """“Pip Tanglewood” out of “Pip and Olive Tanglewood”, so that a couple is never taken for one of them."""
    spoken = words[start : start + 4]
    return (spoken[0], spoken[3]) if len(spoken) == 4 and spoken[1] == "and" else ()


def _told(clients: set[int], how: How) -> Match:
    if not clients:
        return Match(None, "none")
    if len(clients) == 1:
        return Match(next(iter(clients)), how, tuple(clients))
    return Match(None, "several", tuple(sorted(clients)))


class KnownKinds:
    """The practice's appointment types, or its service codes, looked up by what they are called."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self.by_name: dict[Words, set[int]] = defaultdict(set)
        for kind in kinds:
            for name in kind.names:
                self.by_name[words_of(name)].add(kind.id)
        self.by_name.pop((), None)

    def match(self, occurrence: CalendarOccurrence) -> KindMatch:
        """By the title's #CODE, else by category, else by a part of the title that is its name."""
        signs: tuple[tuple[HowKind, Iterable[str]], ...] = (
            ("code", [occurrence.code]),
            ("category", occurrence.categories),
            ("title", _SEPARATOR.split(occurrence.title)),
        )
        for how, texts in signs:
            found = {kind for text in texts for kind in self.by_name.get(words_of(text), ())}
            if len(found) == 1:
                return KindMatch(min(found), how, tuple(found))
            if found:
                return KindMatch(None, "several", tuple(sorted(found)))
        return KindMatch(None, "none")
