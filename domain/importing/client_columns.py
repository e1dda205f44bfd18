"""Which column of a client list holds what: the fields to fill and the names that other programs give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListField:
    """Something a column can hold: its key, its name on the screen, and the headers it is known by."""

    key: str
    label: str
    headers: frozenset[str]


def _field(key: str, label: str, headers: str) -> ListField:
    return ListField(key, label, frozenset(headers.split("|")))


# Headers of SimplePractice, TherapyNotes, Therabill, Jane and OpenEMR exports and of common templates, as `plain` has
# them, without a leading “client” or “patient”.
_PERSON = (
    _field("external_id", "Number in the old program", "id|pid|pubpid|external id|chart number|chart|mrn|guid"
           "|client number|patient number|record number|account number|case number"),
    _field("name", "Full name", "name|full name|client|patient|legal name|last name first name"),
    _field("first_name", "First name", "first name|first|given name|given names|fname|forename"),
    _field("middle_name", "Middle name", "middle name|middle|middle initial|mi|mname|middle names"),
    _field("last_name", "Last name", "last name|last|surname|family name|lname"),
    _field("suffix", "Suffix", "suffix|name suffix|generation"),
    _field("goes_by", "Name they go by", "preferred name|goes by|name they go by|nickname|preferred first name"
           "|preferred|chosen name|what name do they go by|known as"),
    _field("pronouns", "Pronouns", "pronouns|pronoun|preferred pronouns"),
    _field("birth_date", "Birth date", "birth date|date of birth|dob|birthdate|birthday|birth day|d o b|born"),
    _field("sex", "Sex on the insurance", "sex|gender|legal sex|administrative sex|sex at birth|birth sex"
           "|sex assigned at birth|assigned sex|sex on insurance"),
    _field("street", "Street", "street|address|street address|address 1|address line 1|street 1|address1|addr 1"
           "|home address|mailing address|address street|billing address"),
    _field("street2", "Apartment or suite", "street 2|address 2|address line 2|apt|apartment|unit|suite|address2"
           "|street line 2|addr 2|street address 2"),
    _field("city", "City", "city|town|address city|home city"),
    _field("state", "State", "state|province|state province|region|address state|home state|st"),
    _field("zip", "ZIP", "zip|zip code|zipcode|postal code|postcode|postal|address zip|home zip|zip postal code"),
    _field("phone", "Phone", "phone|phone number|mobile phone|mobile|cell phone|cell|phone cell|primary phone"
           "|mobile number|cell number|telephone|phone mobile|mobile phone number|phone 1|phone contact"),
    _field("phone2", "Second phone", "home phone|phone home|work phone|phone work|secondary phone|other phone|phone 2"
           "|alternate phone|phone biz|home phone number|work phone number|landline"),
    _field("email", "Email", "email|e mail|email address|e mail address|primary email"),
)  # fmt: skip
_POLICY = (
    _field("insurance", "insurance", "insurance|insurance name|insurance company|insurance company name|payer"
           "|payer name|carrier|carrier name|insurance carrier|insurance payer|insurance payer name|insurer"
           "|insurance provider|insurance co"),
    _field("payer_id", "payer ID", "payer id|insurance payer id|payor id|electronic payer id|carrier id|payer number"
           "|insurance company id|cms id"),
    _field("plan_name", "plan name", "plan name|plan|insurance plan|insurance plan name|policy name"),
    _field("member_id", "member ID", "member id|member number|insurance id|insurance id number|policy number"
           "|policy id|subscriber id|insured id|insured id number|insured s id number|insurance member id"
           "|insurance policy number|insurance number|subscriber number|id number|insurance subscriber id"),
    _field("group_number", "group number", "group number|group id|group no|policy group|group policy number"
           "|insurance group|insurance group number|insurance group id|plan group number|policy group number"),
    _field("relationship", "relationship to the subscriber", "relationship to subscriber"
           "|relationship to insured|relationship to policyholder|relationship to policy holder"
           "|subscriber relationship|insured relationship|relation to insured|relationship to the subscriber"
           "|subscriber relation|insurance relationship"),
    _field("subscriber_name", "subscriber's name", "subscriber name|subscriber|insured name|policyholder"
           "|policyholder name|policy holder|policy holder name|insured s name|subscriber full name|cardholder"),
    _field("subscriber_first_name", "subscriber's first name", "subscriber first name|insured first name"
           "|policyholder first name|policy holder first name|subscriber fname|insurance first name"),
    _field("subscriber_middle_name", "subscriber's middle name", "subscriber middle name|insured middle name"
           "|subscriber mname|subscriber middle initial"),
    _field("subscriber_last_name", "subscriber's last name", "subscriber last name|insured last name"
           "|policyholder last name|policy holder last name|subscriber lname|insurance last name"),
    _field("subscriber_birth_date", "subscriber's birth date", "subscriber birth date|subscriber dob|insured dob"
           "|subscriber date of birth|insured date of birth|insured birth date|policyholder dob|policy holder dob"
           "|policyholder date of birth|policy holder date of birth|subscriber birthdate|insurance dob"),
    _field("subscriber_sex", "subscriber's sex", "subscriber sex|subscriber gender|insured sex|insured gender"
           "|policyholder sex|policyholder gender|insurance sex"),
    _field("copay", "copay", "copay|co pay|copayment|copay amount|co payment|copay dollars|insurance copay"),
    _field("coinsurance", "coinsurance", "coinsurance|co insurance|coinsurance percent|coinsurance percentage"
           "|co insurance percent"),
    _field("starts_on", "in force from", "effective date|policy start|policy start date|coverage start"
           "|coverage start date|policy from|insurance from|effective from|date effective|coverage effective date"
           "|insurance start date|policy effective date|insurance effective date|valid from"),
    _field("ends_on", "in force to", "termination date|policy end|policy end date|coverage end|insurance to"
           "|coverage end date|policy to|expiration date|effective to|date end|term date|insurance end date"
           "|policy termination date|policy expiration date|valid to|valid until"),
)  # fmt: skip
_CARE = (
    _field("diagnoses", "Diagnoses", "diagnoses|diagnosis|diagnosis code|diagnosis codes|icd 10|icd10|icd 10 code"
           "|icd 10 codes|icd codes|dx|dx code|dx codes|diagnosis 1|dx 1|primary diagnosis|icd|icd 10 cm"),
    _field("diagnosis_2", "Second diagnosis", "diagnosis 2|dx 2|secondary diagnosis|diagnosis code 2|icd 10 2"),
    _field("diagnosis_3", "Third diagnosis", "diagnosis 3|dx 3|tertiary diagnosis|diagnosis code 3|icd 10 3"),
    _field("diagnosis_4", "Fourth diagnosis", "diagnosis 4|dx 4|diagnosis code 4|icd 10 4"),
    _field("default_provider", "Provider", "provider|clinician|therapist|primary clinician|primary provider|counselor"
           "|assigned clinician|primary therapist|practitioner|default provider|rendering provider|assigned provider"
           "|assigned therapist|assigned to|provider name|clinician name"),
    _field("notes", "Notes", "notes|note|comments|comment|remarks|memo|additional notes|client notes"),
)  # fmt: skip
RANKS = ("primary", "secondary")


def _ranked(rank: str) -> Iterator[ListField]:
    for one in _POLICY:
        yield ListField(f"{rank}_{one.key}", f"{rank.capitalize()} {one.label}", one.headers)


FIELDS: tuple[ListField, ...] = (*_PERSON, *_ranked("primary"), *_ranked("secondary"), *_CARE)
_PERSONAL = {header: one.key for one in (*_PERSON, *_CARE) for header in one.headers}
_INSURED = {header: one.key for one in _POLICY for header in one.headers}

_WORD_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASIDE = re.compile(r"\([^)]*\)")
_OWNER = re.compile(r"^(?:client|patient|pt|legal|current)s? ")
_SECOND = re.compile(r"\b(?:secondary|second|2nd|sec|2)\b")
_FIRST = re.compile(r"\b(?:primary|1st|prim|pri|1)\b")


def plain(header: str) -> str:
    """A header in its plainest form: `fname*`, “Date of Birth (MM/DD/YYYY)” and lastName as words in small letters."""
    text = _WORD_JOINT.sub(" ", _ASIDE.sub(" ", header)).lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


def guess_mapping(headers: Iterable[str]) -> dict[str, str | None]:
    """For each field the header that seems to hold it, or None; every header is used at most once."""
    mapping: dict[str, str | None] = {one.key: None for one in FIELDS}
    for header in headers:
        free = (key for key in _meanings(plain(header)) if mapping[key] is None)
        if key := next(free, _second_of(header, mapping)):
            mapping[key] = header
    if mapping["first_name"] and mapping["last_name"]:
        mapping["name"] = None
    if mapping["phone"] is None:
        mapping["phone"], mapping["phone2"] = mapping["phone2"], None
    return mapping


def _second_of(header: str, mapping: dict[str, str | None]) -> str | None:
    """A policy column named just as the primary's belongs to the secondary."""
    for key in _policy_meanings(plain(header), "primary"):
        second = key.replace("primary", "secondary")
        if (first := mapping[key]) and plain(first) == plain(header) and mapping[second] is None:
            return second
    return None


def _meanings(header: str) -> Iterator[str]:
    """The fields a plain header may stand for, likeliest first."""
    yield from filter(None, (_PERSONAL.get(header), _PERSONAL.get(_OWNER.sub("", header))))
    for pattern, rank in ((_SECOND, "secondary"), (_FIRST, "primary")):
        if pattern.search(header):
            yield from _policy_meanings(f"insurance {pattern.sub(' ', header)}", rank)
            return
    yield from _policy_meanings(header, "primary")


def _policy_meanings(header: str, rank: str) -> Iterator[str]:
    words = " ".join(header.split()).replace("insurance insurance", "insurance")
    bare = re.sub(r"^(?:insurance|ins|policy) ", "", words)
    for text in (words, bare, _OWNER.sub("", words)):
        if key := _INSURED.get(text):
            yield f"{rank}_{key}"
