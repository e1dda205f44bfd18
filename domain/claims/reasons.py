"""One thing to fix: the sentence, the words of its link, and the very field that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Keeper = Literal["client", "policy", "provider", "payer", "practice", "location", "session"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a session can't be billed yet. A policy's fields stand on the page of `client_id`."""

    code: str
    sentence: str
    mend: str
    keeper: Keeper
    id: int
    field: str
    client_id: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The record that a reason sends people to."""

    keeper: Keeper
    id: int
    client_id: int | None = None

    def reason(self, code: str, sentence: str, mend: str, field: str) -> Reason:
        """A reason that this record's field mends."""
        return Reason(code=code, sentence=sentence, mend=mend, keeper=self.keeper, id=self.id, field=field,
                      client_id=self.client_id)
