"""A statement says what is open and for how long, and asks for nothing that is with an insurer."""

from datetime import timedelta

import pytest

from domain.documents.account_records import AccountSection, StatementRecord, statement_from_json
from domain.documents.records import Party, to_json
from domain.documents.statement import statement_pdf
from tests.domain.documents.account_samples import MADE_ON, a_section, a_statement, owed
from tests.domain.documents.reading import pages_of, text_of


def test_a_statement_says_what_is_open_since_when_and_what_was_paid() -> None:
    text = text_of(statement_pdf(a_statement()))
    for said in (
        "Statement Not a new charge", "To Jordan Rivera 418 SE Morrison Street, Apt 12 Portland, OR 97214",
        "Statement of Oct 14, 2026 Amount due $470.00", "Client Jordan Rivera", "Invoice 2026-0100", "Jul 6, 2026 $150.00 $30.00",
        "$120.00 credited", "Open $480.00 Paid, not applied yet -$10.00 Amount due $470.00",
        "0–30 days 31–60 days 61–90 days Over 90 days Open in all $150.00 $150.00 $150.00 $30.00 $480.00",
        "Payments since Jul 16, 2026", "Sep 1, 2026 Check 1044 $120.00", "Sep 20, 2026 Refund, card -$20.00",
        "$25.00 was taken for visits that are not charged yet.", "Bluebell Health $250.00 This is with the insurance and not part",
        "Thank you for your trust.", "Please make checks payable to Harbor Lane Counseling, PLLC, and write Jordan Rivera",
        "EIN 93-1234567", "Page 1 of 2",
    ):
        assert said in text, said


def test_a_statement_is_no_invoice_and_has_no_number() -> None:
    text = text_of(statement_pdf(a_statement(a_section(owed(5, document="")))))
    assert "Invoice" not in text
    assert "Due Oct" not in text


@pytest.mark.parametrize(("days", "at"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (4000, 3), (-3, 0)])
def test_an_amount_stands_in_the_range_of_its_days(days: int, at: int) -> None:
    line = owed(1, since=MADE_ON - timedelta(days=days))
    assert a_statement(a_section(line)).by_age == tuple(15000 if place == at else 0 for place in range(4))


def test_more_paid_than_open_is_a_credit_and_nothing_is_asked_for() -> None:
    text = text_of(statement_pdf(a_statement(a_section(owed(5), credit_cents=20000))))
    assert "Your credit $50.00" in text
    assert "payable" not in text


def test_an_account_with_nothing_open_can_be_stated() -> None:
    text = text_of(statement_pdf(a_statement(AccountSection(client_name="Jordan Rivera"), message="")))
    assert "Nothing is open on this account." in text
    assert "Amount due $0.00" in text
    assert "0–30" not in text


def test_a_parent_sees_each_child_with_a_subtotal() -> None:
    text = text_of(statement_pdf(a_statement(a_section(client_name="Mia"), a_section(owed(3), client_name="Leo"))))
    for said in ("Client Mia", "Subtotal $480.00", "Client Leo", "Subtotal $150.00 Open $630.00", "Payments since Jul 16, 2026 for Mia",
                 "Waiting for insurance of Leo"):
        assert said in text, said


def test_every_page_says_which_it_is_and_the_sums_never_stand_alone() -> None:
    for count in range(40, 62):
        pages = pages_of(statement_pdf(a_statement(a_section(*[owed(5)] * count))))
        assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
        [with_sum] = [page for page in pages if "Open $" in page and "Amount due" in page and "Paid, not applied" in page]
        assert "Individual 60" in with_sum


def test_names_of_any_script_and_length_and_no_address_are_drawn() -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff " * 6
    record = a_statement(a_section(client_name="محمد بن عبد الله"), a_section(client_name="Ελένη Жанна שרה प्रियंका"),
                         bill_to=Party(name=long))
    pages = pages_of(statement_pdf(record))
    assert pages[0].count("Wolfeschlegelsteinhausenbergerdorff") == 6
    assert "Ελένη Жанна" in " ".join(pages)


def test_a_statement_comes_back_from_its_text_exactly() -> None:
    record: StatementRecord = a_statement(a_section(), a_section(client_name="سام"))
    assert statement_from_json(to_json(record)) == record
