"""What an insurer says it paid, and why not more: the records of a remittance, read from an 835 or typed from paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

REVERSAL = "22"
FORWARDED = frozenset({"19", "20", "21", "23"})  # the payer sent it on to the next one; 23: without being its payer
ESTIMATE = "25"
CLIENT_SHARE = frozenset({("PR", "1"), ("PR", "2"), ("PR", "3")})  # deductible, coinsurance, copay


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One reason of a CAS: positive cents were taken off the charge."""

    group: str
    reason: str
    cents: int
    quantity: Decimal | None = None

    @property
    def code(self) -> str:
        """As people say it: CO-45."""
        return f"{self.group}-{self.reason}"

    @property
    def is_client_share(self) -> bool:
        """Whether it is the client's deductible, coinsurance or copay."""
        return (self.group, self.reason) in CLIENT_SHARE


@dataclass(frozen=True, slots=True)
class Party:
    """A person or organization with the id that the payer gives it."""

    name: str
    first_name: str = ""
    middle_name: str = ""
    id_kind: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemittedLine:
    """One service line (SVC). `submitted_code` is ours where the payer judged another code."""

    code: str
    modifiers: tuple[str, ...] = ()
    submitted_code: str = ""
    submitted_modifiers: tuple[str, ...] = ()
    charge_cents: int
    paid_cents: int
    units: Decimal = Decimal(1)
    starts_on: date | None = None
    ends_on: date | None = None
    control_number: str = ""
    allowed_amount_cents: int | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def adjusted_cents(self) -> int:
        """All that was taken off the charge."""
        return sum(adjustment.cents for adjustment in self.adjustments)

    @property
    def client_share_cents(self) -> int:
        """Deductible, coinsurance and copay."""
        return sum(adjustment.cents for adjustment in self.adjustments if adjustment.is_client_share)

    @property
    def allowed_cents(self) -> int:
        """AMT*B6, else what was paid and the client's share."""
        return self.paid_cents + self.client_share_cents if self.allowed_amount_cents is None else self.allowed_amount_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class RemittedClaim:
    """One claim (CLP). `control_number` is ours (CLP01), `payer_control_number` the payer's (CLP07)."""

    control_number: str
    status: str
    charge_cents: int
    paid_cents: int
    patient_cents: int = 0
    filing_indicator: str = ""
    payer_control_number: str = ""
    place_of_service: str = ""
    frequency: str = ""
    patient: Party | None = None
    subscriber: Party | None = None
    corrected: Party | None = None
    rendering: Party | None = None
    forwarded_to: Party | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    received_on: date | None = None
    coverage_ended_on: date | None = None
    authorization_number: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    amounts: tuple[tuple[str, int], ...] = ()
    remarks: tuple[str, ...] = ()
    contact: str = ""
    lines: tuple[RemittedLine, ...] = ()

    @property
    def is_reversal(self) -> bool:
        """Whether it takes an earlier decision back; some payers write it with another status and a minus."""
        return self.status == REVERSAL or self.charge_cents < 0

    @property
    def is_forwarded(self) -> bool:
        """Whether the next payer has it already."""
        return self.status in FORWARDED

    @property
    def is_estimate(self) -> bool:
        """Whether it only says what would be paid."""
        return self.status == ESTIMATE

    @property
    def adjusted_cents(self) -> int:
        """All that was taken off the charge, by the claim and by its lines."""
        return sum(adjustment.cents for adjustment in self.adjustments) + sum(line.adjusted_cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """One amount of a PLB, which belongs to no claim: positive cents were kept back from the payment."""

    provider_id: str
    fiscal_year_ends_on: date | None
    code: str
    reference: str
    cents: int


@dataclass(frozen=True, slots=True)
class PaymentKey:
    """What makes a payment one, in whatever file it comes."""

    payer: str
    trace_number: str
    paid_on: date
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemittedPayment:
    """One payment: a cheque, a transfer, or nothing at all, with the claims that it answers."""

    payer: Party
    payer_tax_id: str = ""
    payer_contact: str = ""
    payee: Party
    payee_npi: str = ""
    payee_tax_id: str = ""
    trace_number: str
    paid_on: date
    cents: int
    method: str
    is_test: bool = False
    claims: tuple[RemittedClaim, ...] = ()
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()

    @property
    def key(self) -> PaymentKey:
        """The payer by TRN03 (1 and its tax id), which stays when it changes how it writes its name."""
        return PaymentKey(self.payer_tax_id or self.payer.id or self.payer.name.upper(), self.trace_number, self.paid_on,
                          self.cents)
