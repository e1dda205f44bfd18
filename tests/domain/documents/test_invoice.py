"""An invoice as its reader sees it: words read back from the PDF."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.documents.invoice import invoice_pdf
from domain.documents.records import Party, Payment
from tests.domain.documents.reading import pages_of, text_of, words_of
from tests.domain.documents.samples import PRACTICE, a_line, a_section, an_invoice

LONG_NAME = "Maximiliana Wolfeschlegelsteinhausenbergerdorff " * 5


def test_an_invoice_says_who_what_when_and_how_much() -> None:
    text = text_of(invoice_pdf(an_invoice()))
    for said in (
        "Harbor Lane Counseling, PLLC", "1820 Harbor Lane, Suite 4", "(503) 555-0142", "Invoice number 2026-0117",
        "Issued Nov 2, 2026", "Due Dec 2, 2026", "Bill to Jordan Rivera 418 SE Morrison Street, Apt 12", "EIN 93-1234567",
        "Ana Ruiz, LCSW", "Oct 12, 2026 90834-95 Psychotherapy, 45 minutes 1 $150.00", "Your share; insurer billed",
        "Total $405.00", "Card, Oct 12, 2026 -$150.00", "Balance due $255.00", "Thank you for your trust.",
        "Please make checks payable to Harbor Lane Counseling, PLLC", "Page 1 of 1",
    ):  # fmt: skip
        assert said in text


def test_diagnoses_and_numbers_of_the_provider_are_printed_only_when_asked_for() -> None:
    standard, full = text_of(invoice_pdf(an_invoice())), text_of(invoice_pdf(an_invoice(with_diagnoses=True)))
    for said in ("F41.1 Generalized anxiety disorder", "NPI 1972530248", "License L8841", "NPI 1234567893"):
        assert said not in standard
        assert said in full


def test_a_social_security_number_stays_off_a_standard_invoice() -> None:
    alone = replace(PRACTICE, tax_id="123-45-6789", tax_id_kind="SSN")
    assert "123-45-6789" not in text_of(invoice_pdf(an_invoice(practice=alone)))
    assert "SSN 123-45-6789" in text_of(invoice_pdf(an_invoice(practice=alone, with_diagnoses=True)))


def test_sixty_lines_go_over_the_page_under_heads_that_repeat() -> None:
    lines = tuple(a_line(1 + number % 28, description=f"Session {number}") for number in range(60))
    pages = pages_of(invoice_pdf(an_invoice(a_section(*lines))))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "2026-0117" in page
    assert all("Date Code Description Units Amount" in page for page in pages)
    assert re.findall(r"Session (\d+) ", " ".join(pages)) == [str(number) for number in range(60)]
    assert "Session 59" in pages[-1], "the sums are never alone on a page"


@pytest.mark.parametrize("count", range(14, 40))
def test_the_sums_stand_with_the_last_line_wherever_the_page_ends(count: int) -> None:
    lines = tuple(a_line(description=f"Session {number}.") for number in range(count))
    last = next(page for page in pages_of(invoice_pdf(an_invoice(a_section(*lines)))) if "Total $" in page)
    assert f"Session {count - 1}." in last
    assert last.count("Balance due") >= 1


def test_two_clients_on_one_invoice_have_their_lines_and_subtotals_apart() -> None:
    both = an_invoice(a_section(a_line()), a_section(a_line(9, 2500), client_name="Sam Rivera"), payments=())
    text = text_of(invoice_pdf(both))
    assert re.search(
        r"Client Jordan Rivera.*Subtotal \$150\.00.*Client Sam Rivera.*Subtotal \$25\.00.*Total \$175\.00", text
    )


def test_an_endless_name_is_wrapped_and_nothing_of_it_is_lost() -> None:
    name = LONG_NAME.strip()
    section = a_section(a_line(description=name), client_name=name)
    pdf = invoice_pdf(an_invoice(section, bill_to=Party(name=name, lines=("1 Street",))))
    assert text_of(pdf).count("Wolfeschlegelsteinhausenbergerdorff") == 3 * 5
    assert max(word["x1"] for word in words_of(pdf)) <= 549


def test_a_name_without_a_place_to_break_it_is_broken_between_letters() -> None:
    pdf = invoice_pdf(an_invoice(practice=replace(PRACTICE, legal_name="W" * 200)))
    assert "W" * 200 in text_of(pdf).replace(" ", "")
    assert max(word["x1"] for word in words_of(pdf)) <= 549


def test_a_description_longer_than_a_page_goes_on_over_it() -> None:
    pdf = invoice_pdf(an_invoice(a_section(a_line(description="word " * 2500))))
    assert text_of(pdf).count("word") == 2500
    assert len(pages_of(pdf)) > 2


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Žižek",
        "Αλέξανδρος Παπάς",
        "Жанна Єфремова",
        "محمد عبد الله",
        "שרה לוי",
        "प्रियंका शर्मा",
        "Nguyễn Thị Hương",
    ],
)
def test_a_name_in_any_script_the_fonts_hold_is_read_back(name: str) -> None:
    invoice = an_invoice(a_section(a_line(), client_name=name), bill_to=Party(name=name))
    assert text_of(invoice_pdf(invoice)).count(name) >= 2


def test_letters_joined_by_accents_are_printed_like_those_that_have_them() -> None:
    assert "José" in text_of(invoice_pdf(an_invoice(bill_to=Party(name="José"))))


def test_the_address_stands_in_the_window_of_an_envelope() -> None:
    words = [word for word in words_of(invoice_pdf(an_invoice())) if word["x0"] < 300]
    address = [word for word in words if "Morrison" in word["text"] or "97214" in word["text"]]
    assert address
    for word in address:
        assert word["x0"] > 0.875 * 72
        assert word["x1"] < 4.375 * 72
        assert 2.04 * 72 < word["top"] < word["bottom"] < 3.17 * 72
    assert not [word for word in words if 3.25 * 72 < word["top"] < 3.63 * 72], "nothing else shows in the window"


def test_words_of_the_practice_are_printed_as_written_even_when_they_look_like_a_code() -> None:
    text = text_of(invoice_pdf(an_invoice(message="{nb} **bold** <b>tag</b> --x--")))
    assert "{nb} **bold** <b>tag</b> --x--" in text


def test_letters_without_a_shape_leave_no_mark() -> None:
    pdf = invoice_pdf(an_invoice(message="\ufeffsoft\u00adly \u200bjoi\u200dned\x07 now"))
    assert "softly joined now" in text_of(pdf)


def test_a_message_keeps_its_paragraphs() -> None:
    words = words_of(invoice_pdf(an_invoice(message="First line.\nSecond line.")))
    first, second = (next(word for word in words if word["text"] == said) for said in ("First line.", "Second line."))
    assert second["top"] - first["top"] == pytest.approx(14, abs=0.5)


def test_what_was_paid_too_much_is_a_credit() -> None:
    paid = (Payment(received_on=date(2026, 10, 1), method="Check", amount_cents=50000),)
    text = text_of(invoice_pdf(an_invoice(payments=paid)))
    assert "Credit $95.00" in text
    assert "Balance due" not in text
    assert "Please make checks" not in text


def test_where_a_check_goes_is_said_when_it_is_elsewhere() -> None:
    elsewhere = replace(PRACTICE, pay_to=("PO Box 11", "Salem, OR 97301"))
    assert "PLLC, PO Box 11, Salem, OR 97301" in text_of(invoice_pdf(an_invoice(practice=elsewhere)))


@settings(max_examples=25, deadline=None)
@given(
    amounts=st.lists(st.integers(-5_000, 2_000_000), min_size=1, max_size=12),
    paid=st.lists(st.integers(1, 500_000), max_size=3),
)
def test_the_sums_in_the_text_are_those_of_the_lines(amounts: list[int], paid: list[int]) -> None:
    payments = tuple(Payment(received_on=date(2026, 10, 1), method="Cash", amount_cents=cents) for cents in paid)
    lines = tuple(a_line(amount_cents=cents) for cents in amounts)
    text = text_of(invoice_pdf(an_invoice(a_section(*lines), payments=payments)))
    printed = re.findall(r"45 minutes 1 (-?\$[\d,]+\.\d\d)", text)
    assert [cents_of(sum_) for sum_ in printed] == amounts
    assert cents_of(re.search(r"Total (-?\$[\d,.]+)", text)[1]) == sum(amounts)
    label, due = re.findall(r"(Balance due|Credit) (\$[\d,.]+)", text)[-1]
    assert cents_of(due) * (1 if label == "Balance due" else -1) == sum(amounts) - sum(paid)


def cents_of(money: str) -> int:
    return int(re.sub(r"[$,.]", "", money))
