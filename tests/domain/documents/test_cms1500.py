"""Every box of the CMS-1500 read back from the PDF by its position, in both printings."""

import csv
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest

from domain.documents.claim_record import (
    Address,
    Insured,
    OtherInsured,
    Patient,
    Payer,
    PersonName,
    Referrer,
    Site,
    TooMuchForOneForm,
)
from domain.documents.cms1500 import boxes, cms1500_pdf, overflows, unprintable
from tests.domain.documents.reading import Typed, text_of
from tests.domain.documents.samples import a_claim, a_full_claim, a_full_service, a_service

TABLE = Path("assets/cms1500/positions.csv")
PRINTINGS = pytest.mark.parametrize("form", [True, False], ids=["with the form", "data alone"])

EXPECTED = {
    "carrier.1": "CASCADE HEALTH PLAN INC", "carrier.2": "PO BOX 9000", "carrier.3": "CLAIMS",
    "carrier.4": "SALEM OR 97301-1234", "1.group": "X", "1a": "XJR884213-01", "2": "RIVERA-GARCIA JR, JORDAN, A",
    "3.mm": "04", "3.dd": "09", "3.yyyy": "1988", "3.f": "X", "4": "RIVERA, SAM, Q",
    "5.street": "418 SE MORRISON ST APT 12", "5.city": "PORTLAND", "5.state": "OR", "5.zip": "97214",
    "5.area_code": "503", "5.phone": "5550199", "6.spouse": "X",
    "7.street": "418 SE MORRISON ST APT 12", "7.city": "PORTLAND", "7.state": "OR", "7.zip": "97214",
    "7.area_code": "503", "7.phone": "5550199",
    "9": "RIVERA, JORDAN", "9a": "OTH991", "9d": "SECOND HEALTH",
    "10a.no": "X", "10b.yes": "X", "10b.state": "OR", "10c.no": "X", "10d": "A1B2",
    "11": "GRP550081", "11a.mm": "12", "11a.dd": "30", "11a.yyyy": "1985", "11a.m": "X",
    "11b.qualifier": "Y4", "11b": "WC77120", "11c": "CASCADE CHOICE", "11d.yes": "X",
    "12.signature": "SIGNATURE ON FILE", "12.date": "01 05 2026", "13.signature": "SIGNATURE ON FILE",
    "14.mm": "09", "14.dd": "01", "14.yyyy": "2025", "14.qualifier": "431",
    "15.qualifier": "304", "15.mm": "02", "15.dd": "03", "15.yyyy": "2026",
    "16.from.mm": "01", "16.from.dd": "02", "16.from.yyyy": "2026", "16.to.mm": "01", "16.to.dd": "20", "16.to.yyyy": "2026",
    "17.qualifier": "DN", "17.name": "LENA M PARK MD", "17a.qualifier": "0B", "17a": "MD12345", "17b": "1881723452",
    "18.from.mm": "03", "18.from.dd": "01", "18.from.yyyy": "2026", "18.to.mm": "03", "18.to.dd": "04", "18.to.yyyy": "2026",
    "19.upper": "TELEHEALTH FROM OFFICE;", "19.lower": "CLIENT AT HOME, CONSENT IS ON FILE",
    "20.yes": "X", "20.charges": "120 50", "21.icd": "0",
    "21.A": "F411", "21.B": "F330", "21.C": "F4310", "21.D": "Z630", "21.E": "F4010", "21.F": "F5101",
    "21.G": "G4700", "21.H": "F900", "21.I": "F603", "21.J": "Z62820", "21.K": "F50819", "21.L": "S060X0A",
    "22.code": "7", "22.reference": "CLM20260098761", "23": "AUTH004451",
    "25": "931234567", "25.ein": "X", "26": "2026001171", "27.yes": "X",
    "28.dollars": "1110", "28.cents": "21", "29.dollars": "30", "29.cents": "05",
    "31.signature": "ANA RUIZ LCSW", "31.date": "11 02 2026",
    "32.name": "HARBOR LANE EAST OFFICE", "32.street": "77 E BURNSIDE ST", "32.city": "PORTLAND OR 97214-0001",
    "32a": "1992837465", "32b": "ZZ261QM0801X",
    "33.name": "HARBOR LANE COUNSELING PLLC", "33.street": "1820 HARBOR LANE SUITE 4", "33.city": "PORTLAND OR 97209-1234",
    "33.area_code": "503", "33.phone": "5550142", "33a": "1234567893", "33b": "ZZ103TC0700X",
}  # fmt: skip


def expected_of_line(number: int) -> dict[str, str]:
    return {
        f"24.{number}.supplement": "ZZ PSYCHOTHERAPY 60 MINUTES START 0900 STOP 0955",
        f"24A.{number}.from.mm": "10", f"24A.{number}.from.dd": f"{number:02}", f"24A.{number}.from.yy": "26",
        f"24A.{number}.to.mm": "10", f"24A.{number}.to.dd": f"{number + 10}", f"24A.{number}.to.yy": "26",
        f"24B.{number}": "10", f"24C.{number}": "Y", f"24D.{number}.code": "90837",
        f"24D.{number}.modifier1": "95", f"24D.{number}.modifier2": "HO", f"24D.{number}.modifier3": "U1",
        f"24D.{number}.modifier4": "GT", f"24E.{number}": "ABCD",
        f"24F.{number}.dollars": "185", f"24F.{number}.cents": f"{number:02}",
        f"24G.{number}": str(number), f"24H.{number}": "N", f"24I.{number}": "ZZ",
        f"24J.{number}.id": "1041C0700X", f"24J.{number}.npi": "1972530248",
    }  # fmt: skip


def positions() -> dict[str, dict[str, str]]:
    with TABLE.open(newline="", encoding="utf-8") as table:
        return {row["key"]: row for row in csv.DictReader(table) if row["key"]}


def read_back(pdf: bytes) -> dict[str, str]:
    typed = Typed(pdf)
    read = {
        key: typed.within(float(row["x_left_in"]), float(row["y_bottom_in"]), int(row["width"]))
        for key, row in positions().items()
    }
    return {key: text for key, text in read.items() if text}


@PRINTINGS
def test_every_box_is_read_back_from_its_place(form: bool) -> None:
    expected = EXPECTED.copy()
    for number in range(1, 7):
        expected |= expected_of_line(number)
    assert read_back(cms1500_pdf(a_full_claim(), form=form)) == expected


def test_between_them_the_samples_fill_every_field_that_the_form_has() -> None:
    claims = [a_full_claim(), *map(a_claim_with, MARKS.values())]
    filled = {key for claim in claims for key, _ in boxes(claim)}
    assert filled == positions().keys()


MARKS = {
    "medicare": {"payer": Payer(name="M", kind="medicare"), "tax_id_kind": "SSN", "accept_assignment": False},
    "medicaid": {"payer": Payer(name="M", kind="medicaid"), "another_plan": False},
    "tricare": {"payer": Payer(name="T", kind="tricare")},
    "champva": {"payer": Payer(name="C", kind="champva")},
    "feca": {"payer": Payer(name="F", kind="feca")},
    "other": {"payer": Payer(name="O", kind="other")},
    "self": {"patient": Patient(name=PersonName(last="A"), sex="M")},
    "child": {
        "patient": Patient(
            name=PersonName(last="A"), relationship="child", accident_at_work=True, accident_by_car=False, accident_other=True
        ),
        "insured": Insured(member_id="1", name=PersonName(last="B"), sex="F"),
    },
    "relative": {"patient": Patient(name=PersonName(last="A"), relationship="other")},
}  # fmt: skip


def a_claim_with(but: dict) -> object:
    return a_claim(**but)


@PRINTINGS
@pytest.mark.parametrize("but", MARKS.values(), ids=MARKS.keys())
def test_every_mark_stands_in_its_own_box(but: dict, form: bool) -> None:
    claim = a_claim(**but)
    assert read_back(cms1500_pdf(claim, form=form)) == dict(boxes(claim))


def test_the_data_stand_at_the_same_place_in_both_printings() -> None:
    claim = a_full_claim()
    assert Typed(cms1500_pdf(claim)).all == Typed(cms1500_pdf(claim, form=False)).all


def test_the_data_move_by_tenths_of_a_millimeter_on_a_pre_printed_form() -> None:
    claim = a_full_claim()
    moved = Typed(cms1500_pdf(claim, form=False, offset=(15, -20))).all
    still = Typed(cms1500_pdf(claim, form=False)).all
    for (x, y, letter), (x_before, y_before, before) in zip(moved, still, strict=True):
        assert letter == before
        assert x - x_before == pytest.approx(1.5 / 25.4, abs=0.001)
        assert y - y_before == pytest.approx(-2 / 25.4, abs=0.001)


def test_nothing_but_the_data_is_printed_on_a_pre_printed_form() -> None:
    with pdfplumber.open(BytesIO(cms1500_pdf(a_full_claim(), form=False))) as document:
        page = document.pages[0]
        assert {one["fontname"].split("+")[1] for one in page.chars} == {"CourierPrime"}
        assert (page.lines, page.rects, page.curves) == ([], [], [])


def test_the_drawn_form_has_its_captions_and_says_what_it_is_for() -> None:
    text = text_of(cms1500_pdf(a_claim()))
    for caption in (
        "HEALTH INSURANCE CLAIM FORM", "1a. INSURED'S I.D. NUMBER", "24. A. DATE(S) OF SERVICE", "28. TOTAL CHARGE",
        "33. BILLING PROVIDER INFO & PH #", "FORM 1500 (02-12)", "for your files and payers that take copies",
    ):  # fmt: skip
        assert caption in text


def test_type_is_ten_to_the_inch() -> None:
    xs = [x for x, y, _ in Typed(cms1500_pdf(a_full_claim())).all if abs(y - (2 - 0.04)) < 0.01 and x < 3]
    assert {round(right - left, 3) for left, right in pairwise(xs)} == {0.1}


def test_a_claim_has_at_most_six_lines_and_twelve_diagnoses() -> None:
    with pytest.raises(TooMuchForOneForm, match="7 service lines; a CMS-1500 holds 6"):
        a_claim(lines=(a_service(),) * 7)
    with pytest.raises(TooMuchForOneForm, match="13 diagnoses; a CMS-1500 holds 12"):
        a_claim(diagnoses=("F41.1",) * 13)
    with pytest.raises(TooMuchForOneForm, match="more than 4 modifiers"):
        a_claim(lines=(a_service(modifiers=("95", "HO", "U1", "GT", "HQ")),))


LONG = "W" * 80
LONG_ADDRESS = Address(street=LONG, city=LONG, state=LONG, zip="9" * 20, phone="5" * 20)
LONG_NAME = PersonName(last=LONG)
WIDTHS = {
    "1a": 29, "2": 28, "4": 29, "5.street": 28, "5.city": 24, "5.state": 2, "5.zip": 12, "5.phone": 9,
    "7.street": 29, "7.city": 23, "7.state": 2, "7.zip": 12, "9": 28, "11": 29, "11c": 29, "17.name": 24, "19.lower": 48,
    "22.code": 11, "22.reference": 18, "23": 29, "24.1.supplement": 61, "24G.1": 3, "26": 14,
    "32.name": 26, "32.street": 26, "32.city": 26, "32b": 13, "33.name": 29, "33.street": 29, "33.city": 29, "33b": 17,
}  # fmt: skip


def a_claim_too_wide_everywhere() -> object:
    site = Site(name=LONG, address=LONG_ADDRESS, npi="1234567893", other_id=LONG)
    return a_claim(
        account_number=LONG, payer=Payer(name=LONG, kind="group"), billing=site, facility=site, tax_id="9" * 30,
        patient=Patient(name=LONG_NAME, address=LONG_ADDRESS),
        insured=Insured(member_id=LONG, name=LONG_NAME, address=LONG_ADDRESS, group_number=LONG, plan_name=LONG),
        other_insured=OtherInsured(name=LONG_NAME), referrer=Referrer(name=LONG_NAME), additional=LONG,
        resubmission_code=LONG, original_reference=LONG, authorization=LONG,
        lines=(a_service(supplement=LONG, units=12345),), provider_signature=LONG,
    )  # fmt: skip


@PRINTINGS
def test_what_is_too_wide_is_cut_at_its_box_and_told(form: bool) -> None:
    claim = a_claim_too_wide_everywhere()
    read = read_back(cms1500_pdf(claim, form=form))
    assert {key: len(read[key]) for key in WIDTHS} == WIDTHS
    told = overflows(claim)
    for key in WIDTHS:
        row = positions()[key]
        assert any(sentence.startswith(f"Box {row['box']}, {row['field']}:") for sentence in told), key


def test_nothing_is_told_of_a_claim_that_fits() -> None:
    assert overflows(a_full_claim()) == []
    assert unprintable(a_full_claim()) == []


def test_money_up_to_the_width_of_its_box_is_printed_whole() -> None:
    read = read_back(cms1500_pdf(a_claim(lines=(a_service(charge_cents=99_999_999),) * 6)))
    assert (read["24F.1.dollars"], read["24F.1.cents"]) == ("999999", "99")
    assert (read["28.dollars"], read["28.cents"]) == ("5999999", "94")


def test_letters_that_a_payer_cannot_read_are_told_and_never_left_blank() -> None:
    claim = a_claim(patient=Patient(name=PersonName(last="Łukasiewicz", first="محمد")))
    assert unprintable(claim) == ["Box 2, patient's name: “حدم” can't be printed on the form"]
    assert read_back(cms1500_pdf(claim))["2"] == "LUKASIEWICZ, ????"


def test_boxes_that_the_form_reserves_stay_blank() -> None:
    reserved = {"8", "9b", "9c", "30"}
    assert not {positions()[key]["box"] for key, _ in boxes(a_full_claim())} & reserved


def test_a_claim_drawn_after_another_is_whole() -> None:
    cms1500_pdf(a_claim())
    claim = a_full_claim(lines=(a_full_service(1),), made_on=date(2026, 12, 1))
    assert read_back(cms1500_pdf(claim)) == dict(boxes(claim))


def test_medicare_first_leaves_the_insured_s_boxes_empty() -> None:
    claim = a_full_claim(payer=Payer(name="Medicare", kind="medicare"), insured=replace(a_full_claim().insured, group_number="NONE"))
    filled = dict(boxes(claim))
    assert [filled["1.medicare"], filled["1a"], filled["11"]] == ["X", "XJR884213-01", "NONE"]
    assert [key for key in filled if key.split(".")[0] in {"4", "6", "7", "11a", "11b", "11c", "11d"}] == []


def test_medicare_second_names_the_insured() -> None:
    filled = dict(boxes(a_full_claim(payer=Payer(name="Medicare", kind="medicare"), rank="secondary")))
    assert (filled["4"], filled["6.spouse"], filled["11"], filled["11c"]) == ("RIVERA, SAM, Q", "X", "GRP550081", "CASCADE CHOICE")
