"""A person's name as it is compared: without case, accents, punctuation and titles, and in the ways people write it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

Words: TypeAlias = tuple[str, ...]

_COURTESY = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof"}
# Letters that Unicode does not take apart into a plain one and its mark.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"})
_LATIN_MARKS = {chr(mark) for mark in range(0x0300, 0x0370)}
_POSSESSIVE = re.compile(r"'s\b")
_APOSTROPHES = str.maketrans("", "", "'`´ʼ")


def words_of(text: str) -> Words:
    """The words that count for comparing: “Dr. Núria O’Brien-Puig” is nuria obrien puig."""
    lowered = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ").translate(_PLAIN)
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", lowered) if mark not in _LATIN_MARKS)
    plain = plain.casefold()
    plain = _POSSESSIVE.sub("", plain).translate(_APOSTROPHES)
    words = "".join(mark if mark.isalnum() or unicodedata.category(mark)[0] == "M" else " " for mark in plain).split()
    while len(words) > 1 and words[0] in _COURTESY:
        words.pop(0)
    return tuple(words)


def normalized(text: str) -> str:
    """The same as one text, for keys."""
    return " ".join(words_of(text))


def in_order(text: str) -> Words:
    """The words with the first name first: “Applewick, Rowan” is rowan applewick."""
    last, comma, first = text.partition(",")
    return words_of(f"{first} {last}") if comma and words_of(first) else words_of(text)


@dataclass(frozen=True, slots=True)
class Spellings:
    """The ways a name is written: in full, and short (an initial, no middle name), which more people may share."""

    full: frozenset[Words]
    short: frozenset[Words]


def spellings(name: str) -> Spellings:
    """Every way of writing one name, of which the short ones never count against a full one."""
    words = in_order(name)
    if len(words) < 2:
        return Spellings(frozenset({words} if words else ()), frozenset())
    first, last = words[0], words[-1]
    full = {words, (last, *words[:-1])}
    short = {(first, last), (last, first), (first, last[0]), (first[0], last), (first, *words[1:-1], last[0])}
    return Spellings(frozenset(full), frozenset(short - full))
