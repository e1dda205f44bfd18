"""A fault that a rule of our check finds, before the claim it belongs to is noted on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from domain.claims.x12.professional.records import Claim


class Fault(NamedTuple):
    """`place` is loop and element, as 2010AA NM109."""

    code: str
    place: str
    sentence: str
    line: int = 0


Faults = Iterator[Fault]
Rule = Callable[[Claim], Faults]
