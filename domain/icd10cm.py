"""The ICD-10-CM code set with its years: whether a code can be billed on a day, and codes found by code or by words.

The text of assets/icd10cm is unpacked when it is first asked and kept as it is: one string of six megabytes is searched
faster than seventy-five thousand objects are made.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

FILE = Path(__file__).resolve().parents[1] / "assets" / "icd10cm" / "codes.txt.gz"
FIRST_MONTH = 10  # a fiscal year begins on October 1 of the year before it
MENTAL_HEALTH_FIRST = "FZRTG"  # the chapters that a counseling practice meets, the most usual first
MOST = 12
SHORTEST_WORD = 3
# What clinicians say, in the words of the titles.
SHORT_FOR = {
    "adhd": "attention-deficit hyperactivity", "gad": "generalized anxiety", "mdd": "major depressive",
    "ocd": "obsessive-compulsive", "ptsd": "post-traumatic stress", "bpd": "borderline personality",
}  # fmt: skip

Standing = Literal["billable", "heading", "not_yet", "retired", "unknown"]


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its dot, its official title, and the fiscal years it can be billed in (None: no end known)."""

    code: str
    title: str
    since: int | None = None
    until: int | None = None

    def billable_in(self, year: int) -> bool:
        """Whether a claim of this fiscal year may have it."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


@dataclass(frozen=True, slots=True)
class CodeSet:
    """The text, a line a code in order, and the years it knows. `folded` is the same in lower case."""

    first_year: int
    last_year: int
    text: str
    folded: str

    def year_of(self, day: date) -> int:
        """The fiscal year that decides; days outside the known years are judged by the nearest one."""
        return min(max(fiscal_year(day), self.first_year), self.last_year)

    def exact(self, plain: str) -> Code | None:
        """A code that is or was billable."""
        at = self.text.find(f"\n{plain}\t")
        return None if at < 0 else self.line_at(at + 1)

    def under(self, plain: str) -> Iterator[Code]:
        """Every code that begins so, in order; the lines are sorted."""
        at = self.text.find(f"\n{plain}") if plain else -1
        while at >= 0 and self.text.startswith(plain, at + 1):
            yield self.line_at(at + 1)
            at = self.text.find("\n", at + 1)

    def with_words(self, words: list[str]) -> Iterator[Code]:
        """Every code whose title has all the words, found by the longest one."""
        rarest = max(words, key=len)
        at = self.folded.find(rarest)
        while at >= 0:
            start, end = self.folded.rfind("\n", 0, at) + 1, self.folded.find("\n", at)
            title = self.folded[self.folded.rfind("\t", start, end) : end]
            if all(word in title for word in words):
                yield self.line_at(start)
            at = self.folded.find(rarest, end)

    def line_at(self, start: int) -> Code:
        """The code whose line begins here."""
        code, since, until, title = self.text[start : self.text.find("\n", start)].split("\t")
        return Code(dotted(code), title, int(since) if since else None, int(until) if until else None)


@lru_cache(maxsize=1)
def code_set() -> CodeSet:
    """The packaged set; read once."""
    text = gzip.decompress(FILE.read_bytes()).decode("ascii")
    first, last = text[: text.find("\n")].split()
    return CodeSet(int(first), int(last), text, text.lower())


def fiscal_year(day: date) -> int:
    """October 1, 2026 begins fiscal year 2027."""
    return day.year + (day.month >= FIRST_MONTH)


def is_known_year(day: date) -> bool:
    """Whether the packaged lists cover the day; a later one may have codes that they do not."""
    return fiscal_year(day) <= code_set().last_year


def standing(code: str, day: date) -> Standing:
    """What a code, with or without its dot, is on a day of service."""
    return _standing(plain(code), code_set().year_of(day))


@lru_cache(maxsize=20_000)
def _standing(code: str, year: int) -> Standing:
    found = code_set().exact(code)
    if found is not None and found.billable_in(year):
        return "billable"
    if any(one.billable_in(year) for one in code_set().under(code)):
        return "heading"
    if found is None:
        return "unknown"
    return "not_yet" if found.since is not None and year < found.since else "retired"


def title_of(code: str) -> str:
    """The official title of a code, or nothing."""
    found = code_set().exact(plain(code))
    return found.title if found else ""


def suggestions(text: str, day: date, *, most: int = MOST) -> list[Code]:
    """Codes billable on a day, by the beginning of the code or by words of the title, mental health first."""
    words = [word for typed in text.lower().split() for word in SHORT_FOR.get(typed, typed).split()]
    year, begins = code_set().year_of(day), plain(text)
    looks_like_a_code = len(words) == 1 and len(begins) > 1 and begins[0].isalpha() and begins[1].isdigit()
    if not looks_like_a_code and len(max(words, key=len, default="")) < SHORTEST_WORD:
        return []
    found = code_set().under(begins) if looks_like_a_code else code_set().with_words(words)
    return sorted((one for one in found if one.billable_in(year)), key=_usual_first)[:most]


def _usual_first(one: Code) -> tuple[int, int, str]:
    chapter = MENTAL_HEALTH_FIRST.find(one.code[0])
    return chapter if chapter >= 0 else len(MENTAL_HEALTH_FIRST), len(one.code), one.code


def plain(code: str) -> str:
    """Capitals without dot and blanks, as the set is written."""
    return code.replace(".", "").replace(" ", "").upper()


def dotted(code: str) -> str:
    """With the dot behind the third character."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code
