"""What an 837P (005010X222A1) says, in the guide's words: values as the file holds them, money in cents, days as dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.claims.x12.writing import Envelope

GUIDE = "005010X222A1"
MOST_LINES, MOST_DIAGNOSES, MOST_POINTERS, MOST_MODIFIERS, MOST_OTHERS = 50, 12, 4, 4, 10
MOST_CLAIMS = 5000  # the guide asks for no more in one ST to SE (loop 2300, CLM)
SELF = "18"  # individual relationship code (X12 element 1069)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """N3 and N4; the ZIP has five or nine digits and no hyphen."""

    street: str
    city: str
    state: str
    zip: str
    street2: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """NM103 to NM107. `person` is NM102: 1 a person, 2 an organization, which has only `last`."""

    last: str
    first: str = ""
    middle: str = ""
    suffix: str = ""
    person: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """PER: whom to call."""

    name: str = ""
    phone: str = ""
    extension: str = ""
    email: str = ""
    fax: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitter:
    """1000A: who sends the file, under the number that the receiver gave."""

    name: Name
    id: str
    contact: Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """1000B: the clearinghouse, or the payer itself."""

    name: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingProvider:
    """2000A and 2010AA, and 2010AB where payments go elsewhere."""

    name: Name
    address: Address
    npi: str
    tax_id: str
    tax_id_kind: Literal["EI", "SY"] = "EI"
    taxonomy: str = ""
    contact: Contact | None = None
    """Only where it is not the submitter's."""
    pay_to: Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """2000B and 2010BA. Who is the patient too has relationship 18, an address, a birth date and a sex; others have none."""

    responsibility: str
    """SBR01: P, S, T, or A to H for the fourth to the eleventh payer."""
    name: Name
    member_id: str
    relationship: str = SELF
    group_number: str = ""
    group_name: str = ""
    insurance_type: str = ""
    """SBR05: why Medicare pays second."""
    filing: str = ""
    """SBR09: what kind of payer."""
    address: Address | None = None
    born_on: date | None = None
    sex: str = ""
    property_claim: str = ""
    """REF*Y4: the claim number of an accident or workers' compensation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """2010BB: who is asked to pay. The billing ids are numbers that this payer gave the billing provider (G2, LU)."""

    name: str
    id: str
    address: Address | None = None
    """Only where the claim may be printed on its way."""
    billing_ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """2000C and 2010CA: the patient, when the payer knows only the subscriber by a number."""

    relationship: str
    """PAT01: 01 spouse, 19 child, 20 employee, 21 unknown, 39 and 40 donors, 53 life partner, G8 other."""
    name: Name
    address: Address
    born_on: date
    sex: str
    property_claim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who referred (2310A), rendered (2310B) or supervised (2310D); `ids` are qualifier and number, as G2 123."""

    name: Name
    npi: str
    taxonomy: str = ""
    ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """2310C: where it was, when that is not the billing provider's address."""

    name: str
    address: Address
    npi: str = ""
    ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One reason of a CAS: group (CO, PR, OA, PI), reason code, amount."""

    group: str
    reason: str
    cents: int
    quantity: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDecision:
    """2430: what another payer decided on one line."""

    payer_id: str
    paid_cents: int
    code: str
    decided_on: date
    modifiers: tuple[str, ...] = ()
    units: int = 1
    bundled_into: int = 0
    """SVD06: the line it was paid with."""
    adjustments: tuple[Adjustment, ...] = ()
    left_cents: int | None = None
    """AMT*EAF: what the patient is still to pay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherInsurance:
    """2320 and 2330: another payer of this patient; with `paid_cents` it has decided."""

    responsibility: str
    relationship: str
    """SBR02: the patient's to this payer's subscriber."""
    name: Name
    member_id: str
    payer_name: str
    payer_id: str
    filing: str
    group_number: str = ""
    group_name: str = ""
    insurance_type: str = ""
    address: Address | None = None
    benefits_assigned: str = "Y"
    release: str = "Y"
    adjustments: tuple[Adjustment, ...] = ()
    """CAS: only what was decided for the claim as a whole."""
    paid_cents: int | None = None
    """AMT*D."""
    not_covered_cents: int | None = None
    """AMT*A8: instead of AMT*D, for a payer that is known to cover nothing of this."""
    left_cents: int | None = None
    """AMT*EAF, when no line says it."""
    remarks: tuple[str, ...] = ()
    """MOA03 to MOA07."""
    decided_on: date | None = None
    """DTP*573, when no line says it."""
    claim_control: str = ""
    """REF*F8: the other payer's own number of the claim."""
    authorization: str = ""

    @property
    def decided(self) -> bool:
        """Whether this payer has answered."""
        return self.paid_cents is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """2400: one service. Pointers count from one."""

    first_day: date
    code: str
    charge_cents: int
    pointers: tuple[int, ...]
    last_day: date | None = None
    units: int = 1
    modifiers: tuple[str, ...] = ()
    description: str = ""
    place: str = ""
    """SV105, where it is not the claim's."""
    emergency: bool = False
    family_plan: bool = False
    control: str = ""
    """REF*6R: comes back in the remittance."""
    authorization: str = ""
    note: str = ""
    decisions: tuple[LineDecision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim with all that stands above it. Accident causes are EM (work), AA (car), OA (other)."""

    billing: BillingProvider
    subscriber: Subscriber
    payer: Payer
    number: str
    """CLM01: our control number, which comes back in every answer."""
    charge_cents: int
    place: str
    diagnoses: tuple[str, ...]
    """Without dots; the first is the principal one."""
    lines: tuple[Line, ...]
    patient: Patient | None = None
    frequency: str = "1"
    """1 original, 7 replacement, 8 void."""
    signature: bool = True
    assignment: str = "A"
    """CLM07: A accepts the payer's amount, B for laboratory services only, C does not accept."""
    benefits_assigned: str = "Y"
    release: str = "Y"
    causes: tuple[str, ...] = ()
    accident_state: str = ""
    delay_reason: str = ""
    onset_on: date | None = None
    accident_on: date | None = None
    last_period_on: date | None = None
    first_treated_on: date | None = None
    unable_from: date | None = None
    unable_to: date | None = None
    admitted_on: date | None = None
    discharged_on: date | None = None
    patient_paid_cents: int = 0
    authorization: str = ""
    referral: str = ""
    original_reference: str = ""
    """REF*F8: the payer's number of the claim that is replaced or voided."""
    record_number: str = ""
    note: str = ""
    conditions: tuple[str, ...] = ()
    referrer: Provider | None = None
    rendering: Provider | None = None
    facility: Facility | None = None
    supervisor: Provider | None = None
    others: tuple[OtherInsurance, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One ST to SE: at most 5,000 claims, those of one billing provider and subscriber side by side."""

    control: str
    """ST02, four to nine digits."""
    reference: str
    """BHT03."""
    submitter: Submitter
    receiver: Receiver
    claims: tuple[Claim, ...]
    resent: bool = False
    """BHT02: 18 when the same file goes out again, else 00."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFile:
    """A batch file."""

    envelope: Envelope
    submissions: tuple[Submission, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims of the file."""
        return tuple(claim for submission in self.submissions for claim in submission.claims)
