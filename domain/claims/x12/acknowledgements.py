"""Reads what comes back before a decision, whatever a file mixes: TA1, 999 (005010X231A1) and 277CA (005010X214)."""

from __future__ import annotations

from collections.abc import Iterable

from domain.claims.x12.acknowledged import Acknowledgements, InterchangeAnswer, Verdict
from domain.claims.x12.claim_acknowledgement import claims_answer
from domain.claims.x12.elements import from_day
from domain.claims.x12.group_acknowledgement import group_answer
from domain.claims.x12.refusals import OtherTransaction
from domain.claims.x12.segments import Segment, Transaction, read_segments, title
from domain.claims.x12.syntax_words import INTERCHANGE, words

IN_A_CLIENT = frozenset({"22", "23"})  # HL03 of subscriber and patient
GUIDES = {"999": "005010X231", "277": "005010X214"}
VERDICTS: dict[str, Verdict] = {"A": "accepted", "E": "accepted with errors"}


def read_acknowledgements(content: bytes) -> Acknowledgements:
    """Every answer of a file; a file with anything else in it is refused by one sentence."""
    interchanges = read_segments(content)
    groups = [(interchange, group) for interchange in interchanges for group in interchange.groups]
    _only_answers(transaction for _, group in groups for transaction in group.transactions)
    return Acknowledgements(
        tuple(interchange_answer(told) for interchange in interchanges for told in interchange.acknowledgements),
        tuple(group_answer(interchange, group, found) for interchange, group in groups
              for found in group.transactions if found.kind == "999"),
        tuple(claims_answer(found) for _, group in groups for found in group.transactions if found.kind == "277"))


def interchange_answer(ta1: Segment) -> InterchangeAnswer:
    """A TA1."""
    return InterchangeAnswer(
        ta1.at(1), from_day(f"20{ta1.at(2)}"), VERDICTS.get(ta1.at(4), "rejected"), ta1.at(5), words(INTERCHANGE, ta1.at(5)))


def claim_number_at(claim_file: Transaction, position: int) -> str:
    """Which claim (CLM01) of our own 837 a 999's segment position stands in; empty where it concerns them all.

    A segment of the subscriber or patient, before the CLM, belongs to the claim that follows.
    """
    level, claim = "", ""
    for segment in claim_file:
        if segment.position > position and (claim or level not in IN_A_CLIENT):
            return claim
        if segment.tag == "HL":
            level, claim = segment.at(3), ""
        elif segment.tag == "CLM":
            claim = segment.at(1)
    return claim


def _only_answers(transactions: Iterable[Transaction]) -> None:
    for transaction in transactions:
        guide = GUIDES.get(transaction.kind)
        if guide is None or not transaction.guide.startswith(guide):
            found = title(transaction.kind) + (f" of the version {transaction.guide}" if guide else "")
            raise OtherTransaction(found=found, wanted="an acknowledgement (TA1, 999 or 277CA)")
