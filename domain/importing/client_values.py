"""One cell of a client list as a value: dates, money, states, diagnoses; what can't be read says how to write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

MOST_DIAGNOSES = 12  # CMS-1500 box 21
_MOST_CENTS = 1_000_000
# ICD-10-CM: a letter, a digit (or QA), a digit or letter, then up to four more after the dot.
_ICD_10 = r"(?:[A-Z]\d|QA)[0-9A-Z](?:\.?[0-9A-Z]{1,4})?"
_WRITE_DATES = "Write it as month/day/year (5/4/1991) or as 1991-05-04."


class Misread(ValueError):
    """Why a cell can't be read, as a sentence that says what to write."""


class Doubtful(Misread):
    """A cell that is left empty without keeping its client out."""


@dataclass(frozen=True, slots=True)
class DiagnosisDraft:
    """An ICD-10-CM code with its dot, and the words the list had for it."""

    code: str
    description: str


def day(text: str, *, on: date) -> date:
    """A date as Americans or ISO write it; a two-digit year only where it can mean one century alone."""
    words = re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[AP]M)?(Z|[+-]\d\d:?\d\d)?$", "", text, flags=re.IGNORECASE)
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})", words):
        month, number, year = found[1], found[2], found[3]
        return _real(text, _full_year(year, text, on=on), int(month), int(number))
    if found := re.fullmatch(r"(\d{4})[/.-]?(\d{2})[/.-]?(\d{2})|(\d{4})-(\d{1,2})-(\d{1,2})", words):
        year, month, number = (part for part in found.groups() if part)
        return _real(text, int(year), int(month), int(number))
    for form in ("%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y"):
        try:
            return datetime.strptime(" ".join(re.split(r"[\s,.-]+", words)), form).date()  # noqa: DTZ007 a bare day
        except ValueError:
            continue
    raise Misread(f"“{text}” is not a date. {_WRITE_DATES}")


def _full_year(year: str, text: str, *, on: date) -> int:
    if len(year) == 4:
        return int(year)
    if int(year) <= on.year % 100:
        raise Misread(f"“{text}” can be in two centuries. Write the year with four digits.")
    return on.year // 100 * 100 - 100 + int(year)


def _real(text: str, year: int, month: int, number: int) -> date:
    if month > 12 >= number:
        raise Misread(f"“{text}” has no such month: the day seems to come first. {_WRITE_DATES}")
    try:
        found = date(year, month, number)
    except ValueError:
        raise Misread(f"“{text}” is a day that does not exist. {_WRITE_DATES}") from None
    if not 1880 <= found.year <= 2200:
        raise Misread(f"“{text}” has a year that can't be right. {_WRITE_DATES}")
    return found


def birth_date(text: str, *, on: date) -> date:
    """A date that is not still to come."""
    found = day(text, on=on)
    if found > on:
        raise Misread(f"“{text}” is still to come. Correct the birth date.")
    return found


def policy_date(text: str, *, on: date) -> date:
    """A date of these years: with two digits it is in this century."""
    if found := re.fullmatch(r"(\d{1,2}[/.-]\d{1,2}[/.-])(\d{2})", text):
        return day(f"{found[1]}{on.year // 100}{found[2]}", on=on)
    return day(text, on=on)


def sex(text: str) -> str:
    """M or F, which is all that CMS-1500 box 3 has."""
    letter = text.strip(".").lower()
    if letter in {"m", "male", "man", "boy"}:
        return "M"
    if letter in {"f", "female", "woman", "girl"}:
        return "F"
    raise Doubtful(f"“{text}” was left out: insurance forms know M and F only. Set what the insurer has on the client.")


def state(text: str) -> str:
    """The two letters of a state or territory, from its letters or its name."""
    letters = text.strip(".").upper()
    found = letters if letters in _STATES else _BY_STATE_NAME.get(" ".join(text.lower().split()), "")
    if not found:
        raise Misread(f"“{text}” is no US state. Write its two letters, such as NY.")
    return found


def zip_code(text: str) -> str:
    """Five digits, or nine with a hyphen; a leading zero that a spreadsheet dropped comes back."""
    digits = re.sub(r"[\s-]", "", text)
    if re.fullmatch(r"\d{3,5}", digits):
        return digits.zfill(5)
    if re.fullmatch(r"\d{7,9}", digits):
        whole = digits.zfill(9)
        return f"{whole[:5]}-{whole[5:]}"
    raise Misread(f"“{text}” is no ZIP code. Write five digits, or nine as 12345-6789.")


def phone(text: str) -> str:
    """A number with enough digits, as it was written; ten bare digits get their hyphens."""
    digits = re.sub(r"\D", "", text)
    if not 7 <= len(digits) <= 17 or re.search(r"[a-wyz]{4}", text, re.IGNORECASE):
        raise Misread(f"“{text}” is no phone number. Write it with its area code, such as 555-010-0142.")
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if text == digits and len(digits) == 10 else text


def email(text: str) -> str:
    """One address."""
    if not re.fullmatch(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+", text):
        raise Misread(f"“{text}” is no email address. Write one address, such as name@example.com.")
    return text


def cents(text: str) -> int:
    """An amount of dollars."""
    if "%" in text:
        raise Misread(f"“{text}” is a percentage. Put it in the coinsurance column, or write an amount such as 25.00.")
    amount = _decimal(re.sub(r"^(?:USD|\$)\s*|\s*USD$", "", text, flags=re.IGNORECASE), text)
    found = amount * 100
    if found != found.to_integral_value() or not 0 <= found <= _MOST_CENTS:
        raise Misread(f"“{text}” is no amount of money. Write it as 25.00.")
    return int(found)


def points(text: str) -> int:
    """A percentage in basis points: 20, 20 % and 0.2 are 2,000."""
    amount = _decimal(text.rstrip("% "), text)
    share = amount * 10_000 if 0 < amount < 1 and "%" not in text else amount * 100
    if share != share.to_integral_value() or not 0 <= share <= 10_000:
        raise Misread(f"“{text}” is no percentage. Write it as 20 or 20%.")
    return int(share)


def _decimal(amount: str, text: str) -> Decimal:
    if not re.fullmatch(r"(\d+|\d{1,3}(,\d{3})+)?(\.\d{1,4})?", amount) or not amount:
        raise Misread(f"“{text}” is no number. Write it as 25.00.")
    try:
        return Decimal(amount.replace(",", ""))
    except InvalidOperation:
        raise Misread(f"“{text}” is no number. Write it as 25.00.") from None


def relationship(text: str) -> str:
    """What the client is to the subscriber: CMS-1500 box 6, by word or X12 code."""
    found = _RELATIONSHIPS.get(" ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split()))
    if found is None:
        raise Misread(
            f"“{text}” is not clear. Write what the client is to the subscriber: self, spouse, child or other."
        )
    return found


def diagnoses(text: str) -> tuple[DiagnosisDraft, ...]:
    """Codes in their order, each with the words after it; words with commas stay with the code before them."""
    only_codes = re.fullmatch(rf"{_ICD_10}(?:[\s,]+{_ICD_10})*", text, re.IGNORECASE)
    parts = re.split(r"[\s,]+" if only_codes else r"[;|\n]+|,\s*(?=[A-Za-z]\d[0-9A-Za-z])", text)
    return tuple(_diagnosis(words) for part in parts if (words := part.strip(" ,")))


def _diagnosis(words: str) -> DiagnosisDraft:
    code, _, rest = words.partition(" ")
    plain = code.strip(":-,()").upper()
    if not re.fullmatch(_ICD_10, plain):
        raise Misread(f"“{words[:40]}” is no ICD-10 code. Write codes such as F41.1, several with ; between them.")
    bare = plain.replace(".", "")
    dotted = f"{bare[:3]}.{bare[3:]}" if len(bare) > 3 else bare
    return DiagnosisDraft(dotted, rest.strip(" :-–,()"))


_RELATIONSHIPS = {
    word: found
    for found, words in {
        "self": "self|18|insured|subscriber|same|client|patient|policyholder|policy holder|own",
        "spouse": "spouse|01|1|husband|wife|married",
        "child": "child|19|son|daughter|minor child|dependent child|adopted child|step child|stepchild|foster child",
        "other": "other|g8|53|life partner|domestic partner|partner|21|unknown|other relationship|other adult",
    }.items()
    for word in words.split("|")
}
_NAMED_STATES = (
    "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware"
    "|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas"
    "|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi"
    "|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York"
    "|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island"
    "|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington"
    "|WV West Virginia|WI Wisconsin|WY Wyoming|PR Puerto Rico|VI Virgin Islands|GU Guam|AS American Samoa"
    "|MP Northern Mariana Islands|AA Armed Forces Americas|AE Armed Forces Europe|AP Armed Forces Pacific"
)
_BY_STATE_NAME = {entry[3:].lower(): entry[:2] for entry in _NAMED_STATES.split("|")}
_STATES = set(_BY_STATE_NAME.values())
