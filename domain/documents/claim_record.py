"""What one CMS-1500 (02/12) says, in the words of its boxes: values as the records hold them, not yet as printed."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

PayerKind = Literal["medicare", "medicaid", "tricare", "champva", "group", "feca", "other"]
Sex = Literal["M", "F", ""]
Relationship = Literal["self", "spouse", "child", "other"]
Rank = Literal["primary", "secondary", "tertiary"]

MOST_LINES = 6
MOST_DIAGNOSES = 12
MOST_MODIFIERS = 4


class TooMuchForOneForm(ValueError):
    """The form has six service lines and twelve diagnoses; whoever makes claims splits them before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name in parts, since the form wants LAST SUFFIX, FIRST, M in one box and FIRST M LAST in another."""

    last: str
    first: str = ""
    middle: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address in parts, with or without a phone."""

    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """The carrier block at the upper right, and box 1."""

    name: str
    kind: PayerKind
    address: Address = Address()
    id: str = ""
    """The payer id that claims by file go to; not printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insured:
    """Who holds the policy: boxes 1a, 4, 7 and 11."""

    member_id: str
    name: PersonName
    address: Address = Address()
    group_number: str = ""
    """Box 11: policy, group or FECA number; Medicare wants NONE when there is nothing primary to it."""
    born_on: date | None = None
    sex: Sex = ""
    other_claim_id: str = ""
    """Box 11b, with the qualifier Y4: the claim number of workers' compensation or property and casualty."""
    plan_name: str = ""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Why a payer did not pay a part: group (CO, PR, OA, PI), reason code, amount."""

    group: str
    reason: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedLine:
    """What a payer decided on one service line of this claim; lines count from one."""

    line: int
    paid_cents: int
    adjustments: tuple[Adjusted, ...] = ()
    left_cents: int | None = None
    """What it leaves to the patient or the next payer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How a payer that comes before has settled this claim: by line, or (without lines) as a whole."""

    decided_on: date
    paid_cents: int
    lines: tuple[DecidedLine, ...] = ()
    adjustments: tuple[Adjusted, ...] = ()
    """Only what was adjusted for the claim as a whole."""
    left_cents: int | None = None
    claim_number: str = ""
    """That payer's own number of the claim."""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherInsured:
    """A second policy that covers the patient: boxes 9, 9a and 9d; the rest is told in a claim by file only."""

    name: PersonName
    policy_number: str = ""
    plan_name: str = ""
    payer: Payer | None = None
    rank: Rank = "secondary"
    relationship: Relationship = "self"
    """The patient's to who holds that policy."""
    group_number: str = ""
    decision: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Boxes 2, 3, 5, 6 and 10."""

    name: PersonName
    born_on: date | None = None
    sex: Sex = ""
    address: Address = Address()
    relationship: Relationship = "self"
    accident_at_work: bool | None = False
    accident_by_car: bool | None = False
    accident_state: str = ""
    accident_other: bool | None = False
    claim_codes: str = ""
    """Box 10d, condition codes that the NUCC lists."""
    member_id: str = ""
    """A number of the patient's own with this payer, apart from the insured's; not printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFact:
    """A date with the qualifier that says what it is: box 14 (431 onset, 484 last period) and 15 (304 last seen…)."""

    on: date
    qualifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Box 16, unable to work, and box 18, in hospital."""

    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referrer:
    """Box 17: DN referring, DK ordering, DQ supervising."""

    name: PersonName
    qualifier: Literal["DN", "DK", "DQ"] = "DN"
    credentials: str = ""
    npi: str = ""
    other_id_qualifier: str = ""
    other_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """One line of box 24."""

    first_day: date
    place: str
    code: str
    pointers: str
    """Letters of the diagnoses in box 21, at most four: AB."""
    charge_cents: int
    last_day: date | None = None
    """None: the same day."""
    units: int = 1
    modifiers: tuple[str, ...] = ()
    emergency: bool = False
    family_plan: str = ""
    """Box 24H: Y or N, for Medicaid's EPSDT."""
    rendering_npi: str = ""
    rendering_name: PersonName | None = None
    """Told in a claim by file; the form has only the number."""
    rendering_id_qualifier: str = ""
    """Box 24I, shaded: ZZ or PXC taxonomy, G2 the payer's own number."""
    rendering_id: str = ""
    rendering_taxonomy: str = ""
    """Told in a claim by file, where box 24J holds another number."""
    supplement: str = ""
    """The shaded upper half of the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A name and address with its numbers: box 32 (where) and box 33 (who bills)."""

    name: str
    address: Address = Address()
    npi: str = ""
    other_id: str = ""
    """Box 32b or 33b: qualifier and number in one, ZZ103TC0700X."""
    taxonomy: str = ""
    """Told in a claim by file, where box 33b holds another number."""
    person: PersonName | None = None
    """Who bills in their own name as a person; the form has the name as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord:
    """One CMS-1500, at most six service lines and twelve diagnoses."""

    account_number: str
    """Box 26."""
    made_on: date
    payer: Payer
    patient: Patient
    insured: Insured
    billing: Site
    tax_id: str
    lines: tuple[ServiceLine, ...]
    diagnoses: tuple[str, ...]
    """ICD-10-CM codes in the order of their letters, with or without the dot."""
    tax_id_kind: Literal["EIN", "SSN"] = "EIN"
    other_insured: OtherInsured | None = None
    another_plan: bool | None = None
    """Box 11d; None leaves it blank."""
    patient_signature: str = ""
    """Box 12, usually SIGNATURE ON FILE, and the date of the release."""
    patient_signed_on: date | None = None
    insured_signature: str = ""
    """Box 13: assignment of benefits."""
    onset: DatedFact | None = None
    other_date: DatedFact | None = None
    unable_to_work: Span = Span()
    referrer: Referrer | None = None
    in_hospital: Span = Span()
    additional: str = ""
    """Box 19."""
    outside_lab: bool | None = False
    outside_lab_cents: int = 0
    resubmission_code: str = ""
    """Box 22: 7 replaces, 8 voids the claim of original_reference."""
    original_reference: str = ""
    authorization: str = ""
    accept_assignment: bool | None = True
    paid_cents: int = 0
    """Box 29: what the patient and other payers have paid toward these lines."""
    provider_signature: str = ""
    provider_signed_on: date | None = None
    rank: Rank = "primary"
    """Where the payer asked stands among the patient's payers; told in a claim by file."""
    pay_to: Address | None = None
    """Where the money goes, when not to the billing address; told in a claim by file."""
    supervisor: Referrer | None = None
    """Told in a claim by file also when box 17 names somebody else."""
    facility: Site | None = None
    """Box 32, when the service was not given at the billing address or the payer wants it anyway."""

    def __post_init__(self) -> None:
        if len(self.lines) > MOST_LINES:
            raise TooMuchForOneForm(f"{len(self.lines)} service lines; a CMS-1500 holds {MOST_LINES}")
        if len(self.diagnoses) > MOST_DIAGNOSES:
            raise TooMuchForOneForm(f"{len(self.diagnoses)} diagnoses; a CMS-1500 holds {MOST_DIAGNOSES}")
        if any(len(line.modifiers) > MOST_MODIFIERS for line in self.lines):
            raise TooMuchForOneForm(f"a service line with more than {MOST_MODIFIERS} modifiers")

    @property
    def total_cents(self) -> int:
        """Box 28."""
        return sum(line.charge_cents for line in self.lines)
