"""Add-on codes: with which codes each may stand, and with which it never does. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.claims.facts import AddOnFacts, SessionFacts
from domain.claims.reasons import Place, Reason


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes and ranges of codes, as people list them: “90791, 90792, 90832–90838”."""

    ranges: tuple[tuple[str, str], ...]

    def __contains__(self, code: str) -> bool:
        """Codes of five characters compare as they are written."""
        return any(first <= code <= last for first, last in self.ranges)


def codes_from(text: str) -> Codes:
    """Raises ValueError for what is neither a code nor a range; its text is what could not be read."""
    found = []
    for part in re.split(r"[,;\s]+", re.sub(r"\s*[–—-]\s*", "-", text.strip().upper())):
        if not part:
            continue
        if not (read := re.fullmatch(r"([0-9A-Z]{5})(?:-([0-9A-Z]{5}))?", part)) or (read[2] or read[1]) < read[1]:
            raise ValueError(part)
        found.append((read[1], read[2] or read[1]))
    return Codes(tuple(found))


def tidy_codes(text: str) -> str:
    """Readable codes with commas between, ranges with a dash."""
    return ", ".join(first if first == last else f"{first}–{last}" for first, last in codes_from(text).ranges)


def of_add_ons(session: SessionFacts, rules: Iterable[AddOnFacts]) -> Iterator[Reason]:
    """Lines that stand without a code they add to, or beside one they never go with.

    They must stand in one session: only so are claim, day and provider the same.
    """
    place, codes = Place("session", session.id), [line.code for line in session.claim_lines]
    by_code = {rule.code: rule for rule in rules}
    for code in sorted(set(codes) & by_code.keys()):
        rule = by_code[code]
        never, primaries = codes_from(rule.never_with), codes_from(rule.primaries)
        if against := [one for one in codes if one in never]:
            yield place.warning("add_on_against", f"{code} is never billed with {against[0]}", "Correct the codes", "lines")
        elif not any(one in primaries for one in codes if one != code):
            yield place.warning(
                "add_on_alone", f"{code} is an add-on and stands only with {rule.primaries}", "Add the main code", "lines")
