"""A superbill has all that an insurer asks for, and is no bill."""

from dataclasses import replace

from domain.documents.superbill import superbill_pdf
from tests.domain.documents.reading import pages_of, text_of
from tests.domain.documents.samples import a_superbill


def test_a_superbill_says_what_an_insurer_asks_for() -> None:
    text = text_of(superbill_pdf(a_superbill()))
    for said in (
        "Superbill This is not a bill", "Dates of service Oct 1 – Oct 31, 2026", "Jordan Rivera · Born Apr 9, 1988",
        "Cascade Health · Member ID XJR884213", "Ana Ruiz, LCSW · NPI 1972530248 · License L8841",
        "EIN 93-1234567 · NPI 1234567893", "Lena Park, MD", "A. F41.1 Generalized anxiety disorder",
        "B. F33.0 Major depressive disorder", "Oct 5, 2026 10 90834-95 Psychotherapy, 45 minutes AB 1 $150.00 $150.00",
        "Oct 12, 2026 10 90834-95 Psychotherapy, 45 minutes AB 1 $150.00 $0.00", "Charged $300.00",
        "Paid by the client $150.00", "Page 1 of 1",
    ):  # fmt: skip
        assert said in text


def test_a_superbill_asks_for_no_money_and_has_no_number() -> None:
    text = text_of(superbill_pdf(a_superbill()))
    for word in ("Invoice", "due", "Balance", "payable"):
        assert word not in text


def test_every_page_says_that_it_is_not_a_bill() -> None:
    record = a_superbill()
    pages = pages_of(superbill_pdf(replace(record, lines=record.lines * 30)))
    assert len(pages) > 2
    assert all("This is not a bill" in page for page in pages)
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))


def test_a_superbill_without_services_can_be_drawn() -> None:
    assert "Charged $0.00" in text_of(superbill_pdf(a_superbill(lines=())))
