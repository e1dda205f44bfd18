"""What one person's invoice says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.claims.facts import Postal
from domain.documents.records import InvoiceRecord
from domain.invoicing.invoice import invoice_record
from domain.invoicing.parts import parts_of
from domain.invoicing.shares import Share
from tests.fixtures import billing_facts as facts

ON = date(2026, 10, 14)


def record(*sessions: Any, **practice: Any) -> InvoiceRecord:
    """The first bill-to person's invoice; of an insured session $25.00 are expected."""
    parts = [parts_of(session, Share(2500, 0))[0] for session in sessions]
    return invoice_record(parts, facts.a_practice(**practice), number="2026-0001", message="Thank you.", on=ON)


@pytest.mark.parametrize(("shares", "insured", "note"), [
    ((10_000,), False, ""),
    ((10_000,), True, "Your share of $150.00, billed to Bluebell Health"),
    ((6_000, 4_000), False, "60 % of $150.00"),
    ((6_000, 4_000), True, "60 % of the client's share of $150.00, billed to Bluebell Health"),
])
def test_an_amount_that_is_not_the_whole_fee_says_why(shares: tuple[int, ...], insured: bool, note: str) -> None:
    persons = tuple(facts.a_person(f"Person {place}", share, position=place) for place, share in enumerate(shares, 1))
    client = facts.a_client(bill_tos=persons)
    assert record(facts.a_session(client=client, insured=insured)).lines[0].note == note


def test_a_line_for_the_client_only_beside_insured_ones_needs_no_note() -> None:
    lines = (facts.a_line(), facts.a_line("NS-FEE", 6000, client_only=True))
    assert [line.note != "" for line in record(facts.a_session(lines=lines)).lines] == [True, False]


def test_diagnoses_and_numbers_stand_where_client_or_practice_want_them() -> None:
    plain = record(facts.a_session())
    assert (plain.with_diagnoses, plain.sections[0].diagnoses, plain.sections[0].provider.npi) == (False, (), "")
    whole = record(facts.a_session(), invoice_with_diagnoses=True)
    assert whole.with_diagnoses
    assert [one.code for one in whole.sections[0].diagnoses] == ["F41.1"]
    assert (whole.sections[0].provider.npi, whole.sections[0].provider.license_number) == ("1245319599", "C-1001")
    not_this_one = facts.a_session(client=facts.a_client(invoice_with_diagnoses=False))
    assert not record(not_this_one, invoice_with_diagnoses=True).with_diagnoses


def test_one_client_of_a_shared_invoice_may_keep_diagnoses_to_themselves() -> None:
    open_, private = facts.a_client(invoice_with_diagnoses=True), facts.a_client(id=2, name="Hazel", invoice_with_diagnoses=False)
    made = record(facts.a_session(client=open_), facts.a_session(client=private))
    assert {section.client_name: len(section.diagnoses) for section in made.sections} == {"Rowan Applewick": 1, "Hazel": 0}


def test_it_is_due_after_the_practices_days_and_goes_to_the_bill_to_person() -> None:
    client = facts.a_client(bill_tos=(facts.a_person("Ada Applewick"),))
    made = record(facts.a_session(client=client), invoice_due_days=14)
    assert (made.issued_on, made.due_on) == (ON, date(2026, 10, 28))
    assert (made.bill_to.name, made.bill_to.lines) == ("Ada Applewick", ("12 Imaginary Lane", "Albany, NY 12203"))


def test_checks_go_to_the_pay_to_address_when_there_is_one() -> None:
    assert record(facts.a_session()).practice.pay_to == ()
    lockbox = Postal(street="PO Box 9", city="Troy", state="NY", zip="12180")
    assert record(facts.a_session(), pay_to=lockbox).practice.pay_to == (
        "Thistledown Counseling PLLC", "PO Box 9", "Troy, NY 12180")


def test_payments_are_listed_in_order_of_their_days_with_their_way() -> None:
    payments = (facts.a_payment(1000, "cash", date(2026, 10, 13)), facts.a_payment(500, "check", date(2026, 10, 12)))
    made = record(facts.a_session(payments=payments))
    assert [(one.method, one.amount_cents) for one in made.payments] == [("Check", 500), ("Cash", 1000)]
    assert made.due_cents == 2500 - 1500
