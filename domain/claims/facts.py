"""What the records say of a session and everything around it, as plain values that the rules can judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from domain.billing_rule import Billing
from domain.claims.authorizing import AuthorizationFacts, Authorized
from domain.claims.payer_rules import PayerRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Postal:
    """A US postal address."""

    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


@dataclass(frozen=True, slots=True)
class AddOnFacts:
    """A code that stands only with others; lists of codes and ranges."""

    code: str
    primaries: str
    never_with: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFacts:
    """The practice: who bills, and how its invoices look."""

    name: str
    billing_name: str
    tax_id: str
    tax_id_kind: str
    npi: str
    taxonomy: str
    phone: str
    email: str
    address: Postal
    pay_to_name: str
    pay_to: Postal
    invoice_with_diagnoses: bool
    invoice_due_days: int
    invoice_message: str
    extra_font: str
    add_ons: tuple[AddOnFacts, ...] = ()
    missed_visit_code_id: int | None = None
    files_electronically: bool = False  # some payer has been given its id for electronic claims


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFacts:
    """Who saw the client; an entity of its own bills in its own name."""

    id: int
    first_name: str
    last_name: str
    credentials: str = ""
    license: str = ""
    npi: str = ""
    taxonomy: str = ""
    bills_as_entity: bool = False
    entity_name: str = ""
    entity_npi: str = ""
    entity_tax_id: str = ""
    entity_tax_id_kind: str = "EIN"
    supervisor: ProviderFacts | None = None

    @property
    def name(self) -> str:
        """First and last name, as staff say it."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationFacts:
    """Where the client was seen."""

    id: int
    name: str
    npi: str
    address: Postal


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerFacts:
    """An insurer; claims by file go to its payer id."""

    id: int
    name: str
    kind: str
    address: Postal
    payer_id: str = ""
    one_day_a_claim: bool = False
    telehealth_modifier: str = ""
    days_to_file: int | None = None
    forbids_missed_fee: bool = False
    asks_authorization: bool = False
    rules: tuple[PayerRule, ...] = ()
    tells_patient_paid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFacts:
    """A client's cover with a payer, and what the client is expected to pay under it."""

    id: int
    payer: PayerFacts
    rank: str
    member_id: str
    group_number: str
    plan_name: str
    relationship: str
    subscriber_first_name: str
    subscriber_middle_name: str
    subscriber_last_name: str
    subscriber_birth_date: date | None
    subscriber_sex: str
    subscriber_address: Postal
    subscriber_phone: str
    starts_on: date | None
    ends_on: date | None
    copay_cents: int
    coinsurance_points: int
    deductible_left_cents: int
    deductible_checked_on: date | None
    patient_member_id: str = ""
    is_eap: bool = False
    authorizations: tuple[AuthorizationFacts, ...] = ()

    def covers(self, day: date) -> bool:
        """Whether the policy is in force on a day; its last day still counts."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class BillToFacts:
    """A person who gets a client's invoices, with their share in basis points."""

    position: int
    name: str
    email: str
    phone: str
    address: Postal
    share_points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisFacts:
    """An ICD-10-CM code in the client's order, with its dot."""

    code: str
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class ClientFacts:
    """A client with diagnoses, policies and bill-to persons."""

    id: int
    name: str
    insurer_first_name: str
    insurer_middle_name: str
    insurer_last_name: str
    insurer_suffix: str
    insurer_sex: str
    birth_date: date | None
    phone: str
    email: str
    address: Postal
    release_signed_on: date | None
    assignment_signed_on: date | None
    accept_assignment: bool
    employment_accident: bool
    auto_accident: bool
    auto_accident_state: str
    other_accident: bool
    onset_on: date | None
    onset_qualifier: str
    referrer_first_name: str
    referrer_last_name: str
    referrer_npi: str
    pays_without_insurance: bool
    invoice_with_diagnoses: bool | None
    bill_tos: tuple[BillToFacts, ...] = ()
    diagnoses: tuple[DiagnosisFacts, ...] = ()
    policies: tuple[PolicyFacts, ...] = ()

    @cached_property
    def diagnosis_codes(self) -> str:
        """All codes in order, as a list shows them."""
        return ", ".join(diagnosis.code for diagnosis in self.diagnoses)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One charge line as the session was made with it; the fee is for one unit."""

    id: int
    code: str
    description: str
    units: int
    modifiers: str
    fee_cents: int
    pointers: str
    client_only: bool
    billing_code_id: int | None = None
    unit_minutes: int | None = None  # billed by time
    allowed_cents: int | None = None  # a unit, by the payer's contract; None: not known
    sliding: bool = False  # the fee is the client's own and not the practice's charge

    @property
    def total_cents(self) -> int:
        """Fee times units."""
        return self.fee_cents * self.units

    @property
    def expected_cents(self) -> int:
        """What the payer is expected to allow: its contract rate, never more than the charge."""
        return self.total_cents if self.allowed_cents is None else min(self.allowed_cents * self.units, self.total_cents)

    @property
    def modifier_list(self) -> tuple[str, ...]:
        """The modifiers one by one."""
        return tuple(part for part in self.modifiers.split(",") if part)


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """Money taken at the session."""

    received_on: date
    method: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """A client session with everything that the rules ask about it."""

    id: int
    day: date
    status: str
    held_reason: str
    held_as: str
    place_of_service: str
    authorization_number: str
    bill_to: str
    client: ClientFacts
    provider: ProviderFacts
    location: LocationFacts | None
    lines: tuple[LineFacts, ...]
    payments: tuple[PaymentFacts, ...]
    billing: Billing
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    appointment_id: int | None = None
    authorization: Authorized | None = None  # what its claim draws on, when nobody typed another number

    way: str = ""  # how the provider's visits are billed to this payer; empty: as the provider's record says
    way_supervisor: ProviderFacts | None = None
    supervisor_enrolled: bool = True

    @property
    def rendering(self) -> ProviderFacts:
        """In whose name it is billed (box 24J): the supervisor's, where the provider bills under one."""
        return self.way_supervisor if self.way == "under_supervisor" and self.way_supervisor else self.provider

    @property
    def supervisor(self) -> ProviderFacts | None:
        """Who is told as supervising (17 DQ, 2310D), beside a provider who bills in their own name."""
        if not self.way:
            return self.provider.supervisor
        return self.way_supervisor if self.way == "with_supervisor" else None

    @property
    def policy(self) -> PolicyFacts | None:
        """The policy that pays, when insurance does."""
        return policy_of(self.client, self.billing.policy_id)

    @property
    def insured(self) -> bool:
        """Whether a claim is due."""
        return self.billing.kind == "insurance"

    @property
    def fee_cents(self) -> int:
        """All lines together."""
        return sum(line.total_cents for line in self.lines)

    @property
    def paid_cents(self) -> int:
        """All payments taken at the session."""
        return sum(payment.cents for payment in self.payments)

    @property
    def claim_lines(self) -> tuple[LineFacts, ...]:
        """The lines that go to insurance; none of a session that the client pays."""
        return tuple(line for line in self.lines if not line.client_only) if self.insured else ()

    @property
    def client_lines(self) -> tuple[LineFacts, ...]:
        """The lines that the client pays in full."""
        return tuple(line for line in self.lines if line.client_only or not self.insured)


def policy_of(client: ClientFacts, policy_id: int | None) -> PolicyFacts | None:
    """One of a client's policies by its id."""
    return next((policy for policy in client.policies if policy.id == policy_id), None)
