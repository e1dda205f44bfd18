"""Reads a 999: for each transaction of our group whether it was accepted, and every fault with its place and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.claims.x12.acknowledged import GroupAnswer, SyntaxFault, TransactionAnswer, Verdict
from domain.claims.x12.elements import from_day
from domain.claims.x12.segments import Group, Interchange, Segment, Transaction
from domain.claims.x12.syntax_words import ELEMENT, GROUP, SEGMENT, TRANSACTION, words

VERDICTS: dict[str, Verdict] = {"A": "accepted", "E": "accepted with errors", "P": "partly rejected"}  # M, R, W and X reject
HAS_ELEMENT_FAULTS = "8"


def group_answer(interchange: Interchange, group: Group, transaction: Transaction) -> GroupAnswer:
    """One 999."""
    segments = list(transaction)
    about = next((s for s in segments if s.tag == "AK1"), segments[0])
    end = next((s for s in segments if s.tag == "AK9"), segments[-1])
    verdict = VERDICTS.get(end.at(1), "rejected")
    return GroupAnswer(
        answer_number=interchange.control_number, made_on=from_day(group.made_on), sender=interchange.sender,
        functional_id=about.at(1), control_number=about.at(2), guide=about.at(3), verdict=verdict,
        words=tuple(words(GROUP, end.at(number)) for number in range(5, 10) if end.at(number)),
        included=_count(end.at(2)), received=_count(end.at(3)), accepted=_count(end.at(4)),
        transactions=tuple(_transactions(segments)))


def _transactions(segments: Sequence[Segment]) -> Iterator[TransactionAnswer]:
    for block in _from(segments, "AK2", until="AK9"):
        end = next((segment for segment in block if segment.tag == "IK5"), block[-1])
        kind = block[0].at(1)
        faults = [fault for part in _from(block, "IK3", until="IK5") for fault in _faults(part)]
        whole = [SyntaxFault(segment=0, tag="", code=code, words=f"The {kind} as a whole: {words(TRANSACTION, code)}.")
                 for number in range(2, 7) if (code := end.at(number))]
        yield TransactionAnswer(kind=kind, control_number=block[0].at(2), verdict=VERDICTS.get(end.at(1), "rejected"),
                                faults=(*faults, *whole))


def _faults(block: Sequence[Segment]) -> Iterator[SyntaxFault]:
    """An IK3 with the IK4 below it. When elements are to blame, the segment itself is not named once more."""
    of_segment, claim = block[0], _claim(block)
    of_elements = [segment for segment in block if segment.tag == "IK4"]
    tag, position, loop, code = (of_segment.at(number) for number in (1, 2, 3, 4))
    place = f"Segment {position} ({tag}{f' in loop {loop}' if loop else ''})"
    if not of_elements or code not in {"", HAS_ELEMENT_FAULTS}:
        yield SyntaxFault(segment=_count(position), tag=tag, loop=loop, code=code, claim_control_number=claim,
                          words=f"{place}: {words(SEGMENT, code)}.")
    for ik4 in of_elements:
        element, component = _count(ik4.part(1, 1)), _count(ik4.part(1, 2))
        value = f" ({ik4.at(4)})" if ik4.at(4) else ""
        part = f" part {component}" if component else ""
        yield SyntaxFault(segment=_count(position), tag=tag, loop=loop, element=element, component=component,
                          code=ik4.at(3), value=ik4.at(4), claim_control_number=claim,
                          words=f"{place}, element {element}{part}: {words(ELEMENT, ik4.at(3))}{value}.")


def _claim(block: Sequence[Segment]) -> str:
    """CTX names the business unit: CLM01 and our claim number."""
    return next((s.part(1, 2) for s in block if s.tag == "CTX" and s.part(1, 1) == "CLM01"), "")


def _from(segments: Sequence[Segment], tag: str, until: str) -> Iterator[list[Segment]]:
    """Blocks that start with a tag and end before the next one, or before `until`."""
    block = list[Segment]()
    for segment in segments:
        if segment.tag in {tag, until}:
            if block:
                yield block
            block = []
        if segment.tag == tag or block:
            block.append(segment)
    if block:
        yield block


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
