"""How the NUCC's 1500 instruction manual (02/12) wants values written: capitals, no punctuation, money without a point."""

import re
import unicodedata
from datetime import date

from domain.documents.claim_record import Address, PersonName

WITHOUT_ACCENT = str.maketrans({
    "Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "ẞ": "SS", "Ħ": "H", "ı": "I", "İ": "I",
    "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "...",
})  # fmt: skip


def capitals(text: str) -> str:
    """Plain capitals: a payer's reader knows no accents, and cards and the 837 do without them too."""
    apart = unicodedata.normalize("NFKD", text.upper().translate(WITHOUT_ACCENT))
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).upper().split())


def last_first(name: PersonName) -> str:
    """Items 2, 4 and 9: LAST SUFFIX, FIRST, M; a hyphen stays, a period does not."""
    last = _name_part(f"{name.last} {name.suffix}")
    return ", ".join(part for part in (last, _name_part(name.first), _name_part(name.middle)[:1]) if part)


def first_last(name: PersonName, credentials: str = "") -> str:
    """Item 17: FIRST M LAST SUFFIX CREDENTIALS, without commas."""
    parts = (name.first, name.middle[:1], name.last, name.suffix, credentials)
    return " ".join(part for part in map(_name_part, parts) if part)


def _name_part(text: str) -> str:
    return " ".join(capitals(text).replace(",", " ").replace(".", "").split())


def street(address: Address) -> str:
    """123 N MAIN STREET 101: no commas, periods or number signs."""
    return _address_part(f"{address.street} {address.street2}")


def city(address: Address) -> str:
    """The city alone."""
    return _address_part(address.city)


def zip_code(address: Address) -> str:
    """Five digits, or nine with the hyphen."""
    digits = re.sub(r"\D", "", address.zip)
    return f"{digits[:5]}-{digits[5:]}" if len(digits) == 9 else capitals(address.zip)


def city_line(address: Address) -> str:
    """PORTLAND OR 97209-1234."""
    return " ".join(part for part in (city(address), capitals(address.state), zip_code(address)) if part)


def _address_part(text: str) -> str:
    return " ".join(re.sub(r"[^A-Z0-9/' -]", " ", re.sub(r"[.,#]", "", capitals(text))).split())


def business(name: str) -> str:
    """A name of a practice or payer: no commas or periods (items 32 and 33)."""
    return _name_part(name)


def phone(number: str) -> tuple[str, str]:
    """Area code and number, without hyphen or space; a country code of 1 and an extension are left out."""
    digits = re.sub(r"\D", "", re.split(r"(?i)\s*(?:x|ext)", number)[0])
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    return (digits[:3], digits[3:]) if len(digits) >= 10 else ("", digits)


def joined(number: str) -> str:
    """A number whose printed hyphens and spaces are not part of it (items 9a, 11, 23, 25 and 26)."""
    return re.sub(r"[\s-]", "", capitals(number))


def diagnosis(code: str) -> str:
    """Item 21: the code without its dot."""
    return joined(code).replace(".", "")


def money(cents: int) -> tuple[str, str]:
    """Dollars and cents in their own columns: no sign, comma or point."""
    sign, (dollars, rest) = "-" if cents < 0 else "", divmod(abs(cents), 100)
    return f"{sign}{dollars}", f"{rest:02}"


def month_day_year(on: date | None) -> tuple[str, str, str]:
    """MM, DD and CCYY."""
    return (f"{on.month:02}", f"{on.day:02}", f"{on.year:04}") if on else ("", "", "")


def in_one(on: date | None) -> str:
    """MM DD CCYY, where the form has one space for the date."""
    return " ".join(month_day_year(on)).strip()
