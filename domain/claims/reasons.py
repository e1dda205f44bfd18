"""One thing to fix or to look at: the sentence, the words of its link, and the very field that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Keeper = Literal["client", "policy", "provider", "payer", "practice", "location", "session"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a session can't be billed yet (error), or what should be seen before it is (warning).

    `code` names the rule and never changes: accepted warnings are kept by it. A policy's fields stand on the page of
    `client_id`.
    """

    code: str
    sentence: str
    mend: str
    keeper: Keeper
    id: int
    field: str
    client_id: int | None = None
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Place:
    """The record that a reason sends people to."""

    keeper: Keeper
    id: int
    client_id: int | None = None

    def reason(self, code: str, sentence: str, mend: str, field: str, severity: Severity = "error") -> Reason:
        """An error that this record's field mends."""
        return Reason(code=code, sentence=sentence, mend=mend, keeper=self.keeper, id=self.id, field=field,
                      client_id=self.client_id, severity=severity)

    def warning(self, code: str, sentence: str, mend: str, field: str) -> Reason:
        """Something that a payer may refuse and a person may accept."""
        return self.reason(code, sentence, mend, field, "warning")
