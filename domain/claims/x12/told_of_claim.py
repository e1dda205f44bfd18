"""The segments that a file holds of one claim, word for word, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from domain.claims.x12.segments import Segment, Transaction

HEADER = frozenset({"ST", "BHT"})


def as_written(segment: Segment) -> str:
    """As it stands in the file, with the usual delimiters."""
    return "*".join(segment.elements) + "~"


def in_claim_file(transaction: Transaction, number: str) -> tuple[str, ...]:
    """Our 837P: its head and the claim with its lines."""
    return tuple(as_written(one) for one in _of_claim_file(transaction, number))


def _of_claim_file(transaction: Iterable[Segment], number: str) -> Iterator[Segment]:
    inside = False
    for segment in transaction:
        if segment.tag == "CLM":
            inside = segment.at(1) == number
        elif segment.tag in {"HL", "SE"}:
            inside = False
        if inside or segment.tag in HEADER:
            yield segment


def in_group_answer(transaction: Transaction) -> tuple[str, ...]:
    """A 999 without its faults, which may speak of other claims: what it answers and its verdicts."""
    return tuple(as_written(one) for one in transaction if one.tag in {"ST", "AK1", "AK2", "IK5", "AK9"})


def in_claims_answer(transaction: Transaction, number: str) -> tuple[str, ...]:
    """A 277CA: its head, who answers with its trace number and days, and the claim's own statuses."""
    levels = _levels(transaction)
    head = [one for one in levels[0] if one.tag in HEADER]
    source = next((level for level in levels[1:] if level[0].at(3) == "20"), [])
    own = [segment for level in levels[1:] for segment in _traced(level, number)]
    return tuple(as_written(one) for one in [*head, *source, *own])


def _levels(transaction: Iterable[Segment]) -> list[list[Segment]]:
    levels: list[list[Segment]] = [[]]
    for segment in transaction:
        if segment.tag == "HL":
            levels.append([])
        if segment.tag != "SE":
            levels[-1].append(segment)
    return levels


def _traced(level: Sequence[Segment], number: str) -> Iterator[Segment]:
    """From the claim's TRN to the next one."""
    inside = False
    for segment in level:
        if segment.tag == "TRN":
            inside = segment.at(1) == "2" and segment.at(2) == number
        if inside:
            yield segment
