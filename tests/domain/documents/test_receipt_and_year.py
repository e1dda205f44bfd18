"""A receipt says what was received and what it paid; a year's summary what was paid, by day, provider and service."""

from domain.documents.receipt import receipt_pdf
from domain.documents.records import Party
from domain.documents.year import year_pdf
from tests.domain.documents.account_samples import a_receipt, a_year
from tests.domain.documents.reading import pages_of, text_of
from tests.domain.documents.samples import PRACTICE


def test_a_receipt_says_from_whom_how_and_what_it_paid() -> None:
    text = text_of(receipt_pdf(a_receipt()))
    for said in (
        "Receipt Received from Jordan Rivera 418 SE Morrison Street", "Number 1044 Received Oct 12, 2026 Printed Oct 14, 2026 Amount $200.00",
        "Client Jordan Rivera How Check 7781", "Sep 1, 2026 Individual 60, 90837 Invoice 2026-0100 $30.00", "Not applied yet $50.00",
        "Received $200.00", "What this payment has paid as of Oct 14, 2026.", "EIN 93-1234567", "Page 1 of 1",
    ):
        assert said in text, said


def test_a_refund_is_no_receipt() -> None:
    text = text_of(receipt_pdf(a_receipt(kind="refund", paid=(), left_cents=0)))
    assert "Refund Given back to Jordan Rivera" in text
    assert "Given back $200.00" in text
    assert "Receipt" not in text


def test_a_summary_says_what_a_tax_adviser_asks_for() -> None:
    text = text_of(year_pdf(a_year()))
    for said in (
        "Payments 2026 For your taxes", "Paid in 2026 Prepared Oct 14, 2026 Paid $1,200.00", "EIN 93-1234567 · NPI 1234567893",
        "Ana Ruiz, LCSW · NPI 1972530248", "Jan 20, 2026 Jan 5, 2026 Ana Ruiz, LCSW Individual 60, 90837 $150.00",
        "Paid in 2026 $1,200.00", "What insurance paid is not in it.", "it is not a bill",
    ):
        assert said in text, said


def test_what_paid_for_nothing_yet_stands_apart_in_the_year_it_was_paid() -> None:
    text = text_of(year_pdf(a_year(left_cents=-2500)))
    assert "For services $1,200.00 Credit, less refunds -$25.00 Paid in 2026 $1,175.00" in text


def test_a_person_who_practices_under_their_own_number_shows_it_to_tax_advisers_only() -> None:
    own = PRACTICE.__class__(legal_name="Ana Ruiz", tax_id="123-45-6789", tax_id_kind="SSN")
    assert "123-45-6789" not in text_of(receipt_pdf(a_receipt(practice=own)))
    assert "SSN 123-45-6789" in text_of(year_pdf(a_year(practice=own)))


def test_long_lists_and_names_go_over_pages_each_saying_which_it_is() -> None:
    long = Party(name="محمد " * 30 + "Wolfeschlegelsteinhausenbergerdorff" * 3)
    for pdf in (receipt_pdf(a_receipt(paid=a_receipt().paid * 40, party=long)), year_pdf(a_year(lines=a_year().lines * 9, party=long))):
        pages = pages_of(pdf)
        assert len(pages) > 2
        assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
