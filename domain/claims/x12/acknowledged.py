"""What receivers say of our files before anybody decides on the claims: the records of TA1, 999 and 277CA."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Verdict = Literal["accepted", "accepted with errors", "partly rejected", "rejected"]


@dataclass(frozen=True, slots=True)
class InterchangeAnswer:
    """A TA1: whether a file's envelope could be read. `control_number` is our ISA13."""

    control_number: str
    made_on: date | None
    verdict: Verdict
    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxFault:
    """One fault of a 999. `segment` counts from our ST, which is 1; 0 for a fault of the whole transaction."""

    segment: int
    tag: str
    loop: str = ""
    element: int = 0
    component: int = 0
    code: str
    value: str = ""
    claim_control_number: str = ""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionAnswer:
    """What a 999 says of one transaction; `control_number` is our ST02."""

    kind: str
    control_number: str
    verdict: Verdict
    faults: tuple[SyntaxFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAnswer:
    """One 999. `control_number` is our GS06; `answer_number` and `made_on` are the 999's own, for the proof of filing."""

    answer_number: str
    made_on: date | None
    sender: str
    functional_id: str
    control_number: str
    guide: str
    verdict: Verdict
    words: tuple[str, ...] = ()
    included: int = 0
    received: int = 0
    accepted: int = 0
    transactions: tuple[TransactionAnswer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One STC composite: category, status and whom it is about, with what stands beside it."""

    category: str
    code: str
    party: str = ""
    effective_on: date | None = None
    action: str = ""
    charge_cents: int | None = None
    message: str = ""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAnswer:
    """What a 277CA says of one service line, by our line control number."""

    control_number: str
    code: str
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAnswer:
    """What a 277CA says of one claim. `control_number` is our CLM01; `payer_control_number` the payer's (REF*1K)."""

    control_number: str
    verdict: Verdict
    statuses: tuple[Status, ...]
    payer_control_number: str = ""
    clearinghouse_number: str = ""
    patient_name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    lines: tuple[LineAnswer, ...] = ()

    @property
    def words(self) -> str:
        """The last words of the payer, as a list shows them."""
        all_statuses = (*self.statuses, *(status for line in self.lines for status in line.statuses))
        return "; ".join(dict.fromkeys(status.words for status in all_statuses))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAnswer:
    """What a 277CA says of a whole batch (by our BHT03) or of one billing provider in it."""

    name: str
    id: str
    trace_number: str
    verdict: Verdict
    statuses: tuple[Status, ...]
    accepted: int = 0
    rejected: int = 0
    accepted_cents: int = 0
    rejected_cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsAnswer:
    """One 277CA. `batch.trace_number` is the BHT03 of our file; `trace_number` is the answer's own, for the proof of filing."""

    source_name: str
    source_is_payer: bool
    reference: str
    trace_number: str
    made_on: date | None
    received_on: date | None
    processed_on: date | None
    batch: PartyAnswer | None
    providers: tuple[PartyAnswer, ...] = ()
    claims: tuple[ClaimAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Acknowledgements:
    """All answers of one file."""

    interchanges: tuple[InterchangeAnswer, ...] = ()
    groups: tuple[GroupAnswer, ...] = ()
    claims: tuple[ClaimsAnswer, ...] = ()
