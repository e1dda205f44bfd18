"""Typed numbers and codes: what passes, what is refused, and how they are tidied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import checks
from domain.errors import Refused


@pytest.mark.parametrize("npi", ["1234567893", "1245319599"])
def test_an_npi_with_its_check_digit_passes(npi: str) -> None:
    assert checks.is_npi(npi)


@pytest.mark.parametrize("npi", ["1234567890", "3234567893", "123456789", "12345678933", "123456789a", ""])
def test_an_npi_that_can_not_be_one_is_refused(npi: str) -> None:
    assert not checks.is_npi(npi)


@given(st.integers(100_000_000, 299_999_999), st.integers(0, 9), st.integers(0, 8))
def test_one_mistyped_digit_is_always_found(stem: int, digit: int, place: int) -> None:
    whole = next(f"{stem}{check}" for check in range(10) if checks.passes_luhn(f"{checks.NPI_PREFIX}{stem}{check}"))
    wrong = whole[:place] + str(digit) + whole[place + 1 :]
    assert wrong == whole or not checks.is_npi(wrong)


@pytest.mark.parametrize(("rule", "right", "wrong"), [
    (checks.EIN, "12-3456789", "123456789"), (checks.EIN, "47-0000001", "00-3456789"),
    (checks.SSN, "123-45-6789", "000-45-6789"), (checks.SSN, "899-01-0001", "123-00-6789"),
    (checks.ZIP, "12207", "1220"), (checks.ZIP, "12207-1001", "12207-10"),
    (checks.STATE, "NY", "XX"), (checks.STATE, "PR", "ny"),
    (checks.PHONE, "(503) 555-0142", "555-0142"), (checks.PHONE, "+49 30 901820", "+49"),
    (checks.PHONE, "(503) 555-0142 x12", "(103) 555-0142"),
    (checks.EMAIL, "ivy@example.com", "ivy@example"), (checks.EMAIL, "a.b+c@x.co.uk", "a b@x.com"),
    (checks.TAXONOMY, "101YM0800X", "101YM0800"), (checks.TAXONOMY, "1041C0700X", "1041C0700Y"),
    (checks.ICD10, "F33.1", "33.1"), (checks.ICD10, "Z63.0", "F3"), (checks.ICD10, "C7A.00", "F33."),
    (checks.ICD10, "F99", "f99"), (checks.MODIFIER, "95", "955"), (checks.PROCEDURE_CODE, "90837", "NS-FEE"),
])  # fmt: skip
def test_each_rule_knows_its_form(rule: checks.Rule, right: str, wrong: str) -> None:
    assert rule.holds(right)
    assert not rule.holds(wrong)


@pytest.mark.parametrize(("typed", "kept"), [
    ("5035550142", "(503) 555-0142"), ("503.555.0142", "(503) 555-0142"), ("1 (503) 555 0142", "(503) 555-0142"),
    ("+1 503 555 0142", "(503) 555-0142"), ("503-555-0142 ext. 12", "(503) 555-0142 x12"),
    ("503-555-0142x9", "(503) 555-0142 x9"), ("+49 30 901820", "+49 30 901820"), ("555-0142", "555-0142"), ("", ""),
])  # fmt: skip
def test_a_phone_number_is_written_one_way(typed: str, kept: str) -> None:
    assert checks.tidy_phone(typed) == kept


def test_codes_are_written_one_way() -> None:
    assert checks.tidy_tax_id("123456789", "EIN") == "12-3456789"
    assert checks.tidy_tax_id("123 45 6789", "SSN") == "123-45-6789"
    assert checks.tidy_tax_id("12345", "EIN") == "12345"
    assert checks.tidy_zip("122071001") == "12207-1001"
    assert checks.tidy_zip(" 12207 ") == "12207"
    assert checks.tidy_icd10("f331") == "F33.1"
    assert checks.tidy_icd10("F51.01") == "F51.01"
    assert checks.tidy_modifiers("95, hj") == "95,HJ"


def test_modifiers_are_at_most_four_and_each_once() -> None:
    assert checks.modifiers_fault("") == ""
    assert checks.modifiers_fault("95,HJ,GT,25") == ""
    assert "four" in checks.modifiers_fault("95,HJ,GT,25,26")
    assert "twice" in checks.modifiers_fault("95,95")
    assert "two letters" in checks.modifiers_fault("95,H")


def test_all_that_is_wrong_is_said_at_once_and_the_first_sentence_of_a_field_stays() -> None:
    found = checks.Findings()
    found.required("name", " ", "Type a name.")
    found.note("name", "Another sentence.")
    found.fits("zip", "1", checks.ZIP)
    found.fits("npi", "", checks.NPI)
    with pytest.raises(Refused) as refusal:
        found.refuse()
    assert list(refusal.value.fields) == ["name", "zip"]
    assert refusal.value.fields["name"] == "Type a name."
