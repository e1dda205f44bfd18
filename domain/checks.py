"""Whether typed numbers and codes can be right: NPI, tax id, ZIP, phone, taxonomy, ICD-10-CM and the like. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.errors import Refused

# USPS: states, the District, territories, and the three military "states".
USPS_CODES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI UM FM MH PW AA AE AP"
)
STATES = frozenset(USPS_CODES.split())
NPI_PREFIX = "80840"  # ISO 7812 issuer of US health identifiers; counts in the check digit, is never written


@dataclass(frozen=True, slots=True)
class Rule:
    """A test of one typed value, and the sentence that says what to do when it fails."""

    holds: Callable[[str], bool]
    sentence: str


@dataclass(slots=True)
class Findings:
    """What is wrong with a draft, gathered so that a person sees all of it at once."""

    fields: dict[str, str] = field(default_factory=dict)

    def note(self, at: str, sentence: str) -> None:
        """Say something about a field; the first sentence stays."""
        self.fields.setdefault(at, sentence)

    def required(self, at: str, value: str, sentence: str) -> None:
        """The field must not be empty."""
        if not value.strip():
            self.note(at, sentence)

    def fits(self, at: str, value: str, rule: Rule) -> None:
        """The field must be right if it is filled."""
        if value and not rule.holds(value):
            self.note(at, rule.sentence)

    def refuse(self) -> None:
        """Raises Refused when anything was found."""
        if self.fields:
            raise Refused(self.fields)


def latest_today(now: datetime) -> date:
    """The latest day it is anywhere: a date after it is in the future in every zone."""
    return (now + timedelta(hours=14)).date()


def digits_of(text: str) -> str:
    """Only the digits of what was typed."""
    return "".join(re.findall(r"[0-9]", text))


def passes_luhn(number: str) -> bool:
    """The check that every second digit from the right, doubled, makes the sum a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def is_npi(text: str) -> bool:
    """Ten digits beginning with 1 or 2 whose Luhn check holds behind 80840 (CMS, NPI check digit)."""
    return bool(re.fullmatch(r"[12][0-9]{9}", text)) and passes_luhn(NPI_PREFIX + text)


def is_ein(text: str) -> bool:
    """12-3456789; the campus 00 was never given out."""
    return bool(re.fullmatch(r"(?!00)[0-9]{2}-[0-9]{7}", text))


def is_ssn(text: str) -> bool:
    """123-45-6789, without the areas, groups and serials that the SSA never gives (000, 666; 00; 0000)."""
    return bool(re.fullmatch(r"(?!000|666)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}", text))


def is_zip(text: str) -> bool:
    """12345 or 12345-6789."""
    return bool(re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", text))


def is_state(text: str) -> bool:
    """A two-letter USPS code."""
    return text in STATES


def is_phone(text: str) -> bool:
    """A US number with area code, or one from elsewhere that begins with +."""
    if text.startswith("+"):
        return 8 <= len(digits_of(text)) <= 15
    return bool(re.fullmatch(r"\([2-9][0-9]{2}\) [0-9]{3}-[0-9]{4}( x[0-9]{1,6})?", text))


def is_email(text: str) -> bool:
    """One @, something before it, a dotted name after it, no spaces."""
    return bool(re.fullmatch(r"[^@\s,;]+@[^@\s,;.]+(\.[^@\s,;.]+)+", text))


def is_taxonomy(text: str) -> bool:
    """A provider taxonomy code: ten characters ending in X (NUCC), like 101YM0800X."""
    return bool(re.fullmatch(r"[0-9]{2}[0-9A-Z]{7}X", text))


def is_icd10(text: str) -> bool:
    """The form of an ICD-10-CM code with its dot, like F33.1 or Z63.0; not whether the code exists.

    Since fiscal year 2026 chapter Q has categories with a letter in second place, like QA1.71.
    """
    return bool(re.fullmatch(r"(?:[A-Z][0-9]|QA)[0-9A-Z](\.[0-9A-Z]{1,4})?", text))


def is_modifier(text: str) -> bool:
    """Two letters or digits, like 95 or HJ."""
    return bool(re.fullmatch(r"[0-9A-Z]{2}", text))


def is_procedure_code(text: str) -> bool:
    """What a payer takes in box 24D: five letters or digits (CPT, HCPCS)."""
    return bool(re.fullmatch(r"[0-9A-Z]{5}", text))


NPI = Rule(is_npi, "This is not an NPI: ten digits whose last one is a check digit. Look for a mistyped digit.")
EIN = Rule(is_ein, "Type the EIN with its nine digits, like 12-3456789.")
SSN = Rule(is_ssn, "Type the Social Security number with its nine digits, like 123-45-6789.")
ZIP = Rule(is_zip, "Type five digits, or ZIP+4 like 12345-6789.")
STATE = Rule(is_state, "Type the state's two letters, like OR.")
PHONE = Rule(is_phone, "Type the number with its area code, like (503) 555-0142.")
EMAIL = Rule(is_email, "This is not a whole email address. Check it for a missing @ or ending.")
TAXONOMY = Rule(is_taxonomy, "A taxonomy code has ten characters and ends in X, like 101YM0800X.")
ICD10 = Rule(is_icd10, "An ICD-10-CM code begins with a letter and two characters, like F33.1.")
MODIFIER = Rule(is_modifier, "A modifier has two letters or digits, like 95.")
PROCEDURE_CODE = Rule(
    is_procedure_code,
    "Payers take codes of five letters or digits, like 90837. For a code of your own choose “Client only”.",
)


def tidy(text: str) -> str:
    """Without the spaces around it and with single ones inside."""
    return " ".join(text.split())


def tidy_tax_id(text: str, kind: str) -> str:
    """Nine digits get their hyphens; anything else stays as typed, to be refused."""
    digits = digits_of(text)
    if len(digits) != 9 or re.search(r"[^0-9\s-]", text):
        return text.strip()
    return f"{digits[:2]}-{digits[2:]}" if kind == "EIN" else f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def tidy_zip(text: str) -> str:
    """Nine digits get their hyphen."""
    digits = digits_of(text)
    return f"{digits[:5]}-{digits[5:]}" if re.fullmatch(r"[0-9]{5}[\s-]?[0-9]{4}", text.strip()) else text.strip()


def tidy_phone(text: str) -> str:
    """Ten digits become (503) 555-0142, with x12 behind where an extension was typed; + numbers stay as they are."""
    text = tidy(text).removeprefix("+1")
    number, _, extension = re.sub(r"(?i)\s*(extension|ext\.?|x)\s*", "|", text, count=1).partition("|")
    digits = digits_of(number)
    digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    if text.startswith("+") or len(digits) != 10 or re.search(r"[A-Za-z]", number):
        return text
    written = f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    return f"{written} x{digits_of(extension)}" if digits_of(extension) else written


def tidy_icd10(text: str) -> str:
    """Upper case, with the dot behind the third character."""
    code = re.sub(r"[\s.]", "", text).upper()
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def tidy_modifiers(text: str) -> str:
    """Upper case, with commas between: `95, hj` becomes `95,HJ`."""
    return ",".join(re.split(r"[\s,;]+", text.strip().upper())) if text.strip() else ""


def modifiers_fault(text: str) -> str:
    """What is wrong with tidy modifiers: at most four, each two characters, none twice (CMS-1500 box 24D)."""
    listed = text.split(",") if text else []
    if any(not is_modifier(one) for one in listed):
        return MODIFIER.sentence
    if len(listed) > 4:
        return "A line takes at most four modifiers."
    return "The same modifier stands twice." if len(set(listed)) < len(listed) else ""


def check_address(findings: Findings, state: str, zip_code: str, *, prefix: str = "") -> None:
    """State and ZIP, where they are filled."""
    findings.fits(f"{prefix}state", state, STATE)
    findings.fits(f"{prefix}zip", zip_code, ZIP)
