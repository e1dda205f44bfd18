"""What a document says, frozen when it is issued: kept as text with the document, and enough to draw it again."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.documents.claim_record import ClaimRecord
from domain.documents.kept import from_text, to_text

__all__ = [
    "ClaimRecord", "ClientBlock", "Diagnosis", "InvoiceLine", "InvoiceRecord", "InvoiceSection", "Party", "Payment",
    "PracticeBlock", "ProviderBlock", "SuperbillLine", "SuperbillRecord", "claim_from_json", "invoice_from_json",
    "superbill_from_json", "to_json",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody a document is addressed to, as it stands in a window envelope."""

    name: str
    lines: tuple[str, ...] = ()
    """Address lines as printed: street, then city, state and ZIP."""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeBlock:
    """The practice as its letterhead shows it."""

    legal_name: str
    lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    tax_id: str = ""
    """As printed, with its hyphen: 12-3456789."""
    tax_id_kind: Literal["EIN", "SSN"] = "EIN"
    npi: str = ""
    pay_to: tuple[str, ...] = ()
    """Where a check goes when that is not the address above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderBlock:
    """Who gave the service, with what a payer asks to know of them."""

    name: str
    credentials: str = ""
    npi: str = ""
    license_number: str = ""
    supervised_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """An ICD-10-CM code as it was entered, dot and all, and the practice's words for it."""

    code: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that was received before the document was issued."""

    received_on: date
    method: str
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """One charge; on a shared or insured session the amount is this person's part, and the note says so."""

    day: date
    code: str
    description: str
    amount_cents: int
    units: int = 1
    modifiers: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceSection:
    """The lines of one client with one provider; most invoices have one section."""

    client_name: str
    provider: ProviderBlock
    lines: tuple[InvoiceLine, ...]
    diagnoses: tuple[Diagnosis, ...] = ()

    @property
    def total_cents(self) -> int:
        """What this client's lines come to."""
        return sum(line.amount_cents for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRecord:
    """One invoice to one bill-to person."""

    number: str
    """YYYY-NNNN."""
    issued_on: date
    due_on: date
    practice: PracticeBlock
    bill_to: Party
    sections: tuple[InvoiceSection, ...]
    payments: tuple[Payment, ...] = ()
    message: str = ""
    with_diagnoses: bool = False
    """Print diagnoses and the providers' NPI and license: off on a standard invoice."""
    font_path: str = ""
    """A font file of the practice's own, for letters that the bundled fonts lack."""

    @property
    def lines(self) -> tuple[InvoiceLine, ...]:
        """All lines, whoever they are for."""
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def total_cents(self) -> int:
        """Before payments."""
        return sum(section.total_cents for section in self.sections)

    @property
    def paid_cents(self) -> int:
        """What was received before."""
        return sum(payment.amount_cents for payment in self.payments)

    @property
    def due_cents(self) -> int:
        """What is asked for."""
        return self.total_cents - self.paid_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientBlock:
    """The client as a payer knows them, with the policy that may reimburse them."""

    name: str
    lines: tuple[str, ...] = ()
    born_on: date | None = None
    payer_name: str = ""
    member_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperbillLine:
    """One service with what was charged and what the client has paid for it."""

    day: date
    place_of_service: str
    code: str
    description: str
    charged_cents: int
    paid_cents: int
    units: int = 1
    modifiers: tuple[str, ...] = ()
    pointers: str = ""
    """Letters of the diagnoses: AB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperbillRecord:
    """What one client had from one provider over some days, for the client's own insurer: no number, no debt."""

    made_on: date
    first_day: date
    last_day: date
    practice: PracticeBlock
    client: ClientBlock
    provider: ProviderBlock
    diagnoses: tuple[Diagnosis, ...]
    lines: tuple[SuperbillLine, ...]
    referred_by: str = ""
    font_path: str = ""

    @property
    def charged_cents(self) -> int:
        """Of all lines."""
        return sum(line.charged_cents for line in self.lines)

    @property
    def paid_cents(self) -> int:
        """Of all lines."""
        return sum(line.paid_cents for line in self.lines)


def to_json(record: object) -> str:
    """The same record gives the same text."""
    return to_text(record)


def invoice_from_json(text: str) -> InvoiceRecord:
    """Exactly the invoice that was written."""
    return from_text(InvoiceRecord, text)


def superbill_from_json(text: str) -> SuperbillRecord:
    """Exactly the superbill that was written."""
    return from_text(SuperbillRecord, text)


def claim_from_json(text: str) -> ClaimRecord:
    """Exactly the claim that was written."""
    return from_text(ClaimRecord, text)
