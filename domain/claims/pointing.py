"""Diagnosis pointers (CMS-1500 box 24E): letters into the client's list, turned into codes."""

from __future__ import annotations

from domain.claims.facts import LineFacts, SessionFacts

MOST_POINTERS = 4  # NUCC: "up to 4 characters"; the first is the primary reason for the service


def pointed_at(line: LineFacts, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The diagnosis codes of a line, first the most important; without pointers the first four there are."""
    if not line.pointers:
        return codes[:MOST_POINTERS]
    places = [ord(letter) - ord("A") for letter in line.pointers]
    return tuple(codes[place] for place in places if 0 <= place < len(codes))


def past_the_list(line: LineFacts, codes: tuple[str, ...]) -> str:
    """The letters of a line that point to no diagnosis of the client."""
    return "".join(letter for letter in line.pointers if not 0 <= ord(letter) - ord("A") < len(codes))


def session_codes(session: SessionFacts) -> tuple[str, ...]:
    """The diagnoses that a session's insured lines point at, in the client's order."""
    codes = tuple(diagnosis.code for diagnosis in session.client.diagnoses)
    wanted = {code for line in session.claim_lines for code in pointed_at(line, codes)}
    return tuple(code for code in codes if code in wanted)
