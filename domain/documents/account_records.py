"""What statements, receipts and year's summaries say: frozen, kept as text with a statement, enough to draw it again."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.documents.kept import from_text
from domain.documents.records import Party, PracticeBlock

AGES: tuple[tuple[str, int, int], ...] = (
    ("0–30 days", 0, 30), ("31–60 days", 31, 60), ("61–90 days", 61, 90), ("Over 90 days", 91, 1_000_000),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedLine:
    """Something open on the account, of which this person owes `open_cents`; `since` is the day it became theirs."""

    day: date
    what: str
    document: str = ""
    since: date
    cents: int
    open_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """A payment, or a refund below zero; of a payment by several persons this person's part."""

    received_on: date
    method: str
    reference: str = ""
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What an insurer still owes for the client."""

    name: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSection:
    """One client's account, as far as it is this person's."""

    client_name: str
    owed: tuple[OwedLine, ...] = ()
    payments: tuple[MoneyLine, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    credit_cents: int = 0
    """Paid, and has paid nothing yet."""
    held_cents: int = 0
    """Taken for visits that are not charged yet."""

    @property
    def open_cents(self) -> int:
        """Of all lines."""
        return sum(line.open_cents for line in self.owed)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord:
    """What one bill-to person's account is on a day: no number, and nothing that was not owed before."""

    made_on: date
    payments_since: date
    practice: PracticeBlock
    bill_to: Party
    sections: tuple[AccountSection, ...]
    message: str = ""
    font_path: str = ""

    @property
    def open_cents(self) -> int:
        """Of all clients."""
        return sum(section.open_cents for section in self.sections)

    @property
    def credit_cents(self) -> int:
        """Of all clients."""
        return sum(section.credit_cents for section in self.sections)

    @property
    def due_cents(self) -> int:
        """What is asked for; below zero it is the person's credit."""
        return self.open_cents - self.credit_cents

    @property
    def by_age(self) -> tuple[int, ...]:
        """What is open in each range of days."""
        ages = [((self.made_on - line.since).days, line.open_cents) for part in self.sections for line in part.owed]
        return tuple(sum(cents for age, cents in ages if first <= max(age, 0) <= last) for _, first, last in AGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine:
    """What a payment paid."""

    day: date
    what: str
    document: str = ""
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRecord:
    """That money was received, or given back."""

    kind: Literal["payment", "refund"]
    number: str
    made_on: date
    practice: PracticeBlock
    party: Party
    client_name: str
    received_on: date
    method: str
    reference: str = ""
    cents: int
    paid: tuple[PaidLine, ...] = ()
    left_cents: int = 0
    """Has paid nothing yet."""
    font_path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """One service with what was paid for it on a day of the year; a refund is below zero."""

    paid_on: date
    day: date | None
    provider: str
    what: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRecord:
    """What one person paid for a client in a year, for their taxes."""

    year: int
    made_on: date
    practice: PracticeBlock
    party: Party
    client_name: str
    providers: tuple[str, ...]
    """With credentials and NPI."""
    lines: tuple[YearLine, ...]
    left_cents: int = 0
    """Paid in the year for no service yet."""
    font_path: str = ""

    @property
    def total_cents(self) -> int:
        """Of all lines."""
        return sum(line.cents for line in self.lines)


def statement_from_json(text: str) -> StatementRecord:
    """Exactly the statement that was written."""
    return from_text(StatementRecord, text)
