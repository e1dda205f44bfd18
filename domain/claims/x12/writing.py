"""Writes X12 text: segments with their marks, and the envelopes whose counts and control numbers close a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.claims.x12.segments import Delimiters

MARKS = Delimiters()  # * : ^ ~, which `characters` keeps out of every text
Usage = Literal["T", "P"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who sends to whom, when by the wall clock, under which control numbers; `usage` is T(est) or P(roduction)."""

    sender_id: str
    receiver_id: str
    made_at: datetime
    interchange_control: int
    group_control: int
    usage: Usage
    kind: str
    """GS01: HC claims, HP payments, FA acknowledgements, HN status."""
    guide: str
    """GS08."""
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    group_sender: str = ""
    """GS02; empty: the sender."""
    group_receiver: str = ""
    acknowledge: bool = False
    """ISA14: whether a TA1 is asked for."""


def segment(tag: str, *elements: str | Sequence[str]) -> str:
    """A segment with its marks, without the empty elements and parts at its end, which X12 leaves out."""
    whole = [said if isinstance(said, str) else _composite(said) for said in elements]
    while whole and not whole[-1]:
        whole.pop()
    return MARKS.element.join((tag, *whole)) + MARKS.segment


def _composite(parts: Sequence[str]) -> str:
    return MARKS.component.join(parts).rstrip(MARKS.component)


def enclosed(envelope: Envelope, transactions: Sequence[tuple[str, Sequence[str]]], *, kind: str) -> bytes:
    """The file: one interchange with one group of transactions, each its control number and its segments.

    No line ends, which some receivers refuse. What is not ASCII stands as an escape, which the check has found before.
    """
    group = str(envelope.group_control)
    whole = [_isa(envelope), _gs(envelope, group)]
    for control, inside in transactions:
        whole.append(segment("ST", kind, control, envelope.guide))
        whole.extend(inside)
        whole.append(segment("SE", str(len(inside) + 2), control))
    whole.append(segment("GE", str(len(transactions)), group))
    whole.append(segment("IEA", "1", f"{envelope.interchange_control:09}"))
    return "".join(whole).encode("ascii", errors="backslashreplace")


def _gs(envelope: Envelope, group: str) -> str:
    return segment("GS", envelope.kind, envelope.group_sender or envelope.sender_id,
                   envelope.group_receiver or envelope.receiver_id, f"{envelope.made_at:%Y%m%d}",
                   f"{envelope.made_at:%H%M}", group, "X", envelope.guide)


def _isa(envelope: Envelope) -> str:
    """The one segment of fixed widths: 106 characters in all."""
    elements = (
        "00", " " * 10, "00", " " * 10, envelope.sender_qualifier, f"{envelope.sender_id:<15}",
        envelope.receiver_qualifier, f"{envelope.receiver_id:<15}", f"{envelope.made_at:%y%m%d}",
        f"{envelope.made_at:%H%M}", MARKS.repetition, "00501", f"{envelope.interchange_control:09}",
        "1" if envelope.acknowledge else "0", envelope.usage, MARKS.component,
    )  # fmt: skip
    return MARKS.element.join(("ISA", *elements)) + MARKS.segment
