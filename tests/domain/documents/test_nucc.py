"""How values are written on the form, by the NUCC's instruction manual."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents.claim_record import Address, PersonName
from domain.documents.cms1500 import boxes, nucc
from tests.domain.documents.samples import a_claim, a_service


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (PersonName(last="Doe", first="Jane"), "DOE, JANE"),
        (PersonName(last="Doe", first="Jane", middle="Quinn", suffix="Jr."), "DOE JR, JANE, Q"),
        (PersonName(last="García-López", first="José"), "GARCIA-LOPEZ, JOSE"),
        (PersonName(last="O’Brien", first="St. John"), "O'BRIEN, ST JOHN"),
        (PersonName(last="Łukasiewicz", first="Søren"), "LUKASIEWICZ, SOREN"),
        (PersonName(last="Straße"), "STRASSE"),
        (PersonName(last=""), ""),
    ],
)
def test_a_name_is_last_suffix_first_and_one_letter(name: PersonName, written: str) -> None:
    assert nucc.last_first(name) == written


def test_a_referring_provider_is_written_first_name_first_without_commas() -> None:
    name = PersonName(last="Park", first="Lena", middle="Mae", suffix="III")
    assert nucc.first_last(name, "M.D., Ph.D.") == "LENA M PARK III MD PHD"


def test_an_address_has_no_punctuation_but_the_hyphen_of_a_long_zip() -> None:
    address = Address(street="123 N. Main Street,", street2="Apt. #101", city="St. Paul", state="mn", zip="551011234")
    assert nucc.street(address) == "123 N MAIN STREET APT 101"
    assert nucc.city_line(address) == "ST PAUL MN 55101-1234"
    assert nucc.street(Address(street="12 1/2 Oak-Lee Rd")) == "12 1/2 OAK-LEE RD"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("(503) 555-0142", ("503", "5550142")),
        ("+1 503.555.0142", ("503", "5550142")),
        ("503-555-0142 ext. 7", ("503", "5550142")),
        ("555-0142", ("", "5550142")),
        ("", ("", "")),
    ],
)
def test_a_phone_is_an_area_code_and_digits(number: str, written: tuple[str, str]) -> None:
    assert nucc.phone(number) == written


def test_dates_diagnoses_and_numbers_have_no_separators_of_their_own() -> None:
    assert nucc.month_day_year(date(2026, 3, 9)) == ("03", "09", "2026")
    assert nucc.in_one(None) == ""
    assert nucc.diagnosis("f43.10") == "F4310"
    assert nucc.joined("AB-12 34") == "AB1234"


@given(cents=st.integers(0, 99_999_999))
def test_money_has_its_cents_apart_and_loses_none(cents: int) -> None:
    dollars, rest = nucc.money(cents)
    assert len(rest) == 2
    assert int(dollars) * 100 + int(rest) == cents


@given(st.lists(st.integers(0, 16_000_000), min_size=1, max_size=6))
def test_the_total_of_the_form_is_the_sum_of_its_lines(charges: list[int]) -> None:
    claim = a_claim(lines=tuple(a_service(charge_cents=cents) for cents in charges))
    said = dict(boxes(claim))
    lines = [int(said[f"24F.{n}.dollars"] + said[f"24F.{n}.cents"]) for n in range(1, len(charges) + 1)]
    assert lines == charges
    assert int(said["28.dollars"] + said["28.cents"]) == sum(charges)


@given(text=st.text())
def test_capitals_stay_as_they_are_when_written_again(text: str) -> None:
    assert nucc.capitals(nucc.capitals(text)) == nucc.capitals(text)
