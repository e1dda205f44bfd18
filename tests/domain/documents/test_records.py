"""Frozen records go to text and come back exactly."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.documents import records
from domain.documents.account_records import StatementRecord, statement_from_json
from domain.documents.claim_record import ClaimRecord
from domain.documents.kept import NotThisRecord
from domain.documents.records import InvoiceRecord, SuperbillRecord
from tests.domain.documents.samples import a_claim, a_full_claim, a_section, a_superbill, an_invoice

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@pytest.mark.parametrize(
    ("record", "read"),
    [
        (an_invoice(), records.invoice_from_json),
        (an_invoice(a_section(), a_section(client_name="سام"), with_diagnoses=True), records.invoice_from_json),
        (a_superbill(), records.superbill_from_json),
        (a_claim(), records.claim_from_json),
        (a_full_claim(), records.claim_from_json),
    ],
)
def test_a_record_comes_back_exactly_as_it_was(record: object, read: object) -> None:
    assert read(records.to_json(record)) == record


@settings(max_examples=60)
@given(st.from_type(InvoiceRecord), st.from_type(SuperbillRecord))
def test_any_invoice_and_superbill_comes_back(invoice: InvoiceRecord, superbill: SuperbillRecord) -> None:
    assert records.invoice_from_json(records.to_json(invoice)) == invoice
    assert records.superbill_from_json(records.to_json(superbill)) == superbill


@settings(max_examples=30)
@given(st.from_type(StatementRecord))
def test_any_statement_comes_back(statement: StatementRecord) -> None:
    assert statement_from_json(records.to_json(statement)) == statement


@settings(max_examples=40)
@given(
    WORDS,
    st.dates(),
    st.lists(st.sampled_from(a_full_claim().lines), max_size=6),
    st.lists(WORDS, max_size=12),
    st.sampled_from([True, False, None]),
)
def test_any_claim_comes_back(
    number: str, made_on: date, lines: list, diagnoses: list[str], answer: bool | None
) -> None:
    claim: ClaimRecord = a_full_claim(
        account_number=number, made_on=made_on, lines=tuple(lines), diagnoses=tuple(diagnoses), another_plan=answer
    )
    assert records.claim_from_json(records.to_json(claim)) == claim


def test_the_same_record_is_the_same_text() -> None:
    assert records.to_json(a_full_claim()) == records.to_json(a_full_claim())


def test_a_text_of_another_kind_is_refused() -> None:
    with pytest.raises(NotThisRecord):
        records.claim_from_json(records.to_json(an_invoice()))


def test_a_text_with_something_unknown_in_it_is_refused_rather_than_half_read() -> None:
    said = json.loads(records.to_json(an_invoice())) | {"discount_cents": 5}
    with pytest.raises(NotThisRecord, match="discount_cents"):
        records.invoice_from_json(json.dumps(said))


@pytest.mark.parametrize(("field", "value"), [("number", 5), ("with_diagnoses", 1), ("message", None)])
def test_a_value_of_the_wrong_kind_is_refused(field: str, value: object) -> None:
    said = json.loads(records.to_json(an_invoice())) | {field: value}
    with pytest.raises(NotThisRecord):
        records.invoice_from_json(json.dumps(said))


def test_a_record_kept_before_a_field_was_added_is_still_read() -> None:
    said = json.loads(records.to_json(an_invoice()))
    del said["font_path"]
    assert records.invoice_from_json(json.dumps(said)) == an_invoice()


def test_sums_follow_from_the_lines() -> None:
    invoice = an_invoice()
    assert (invoice.total_cents, invoice.paid_cents, invoice.due_cents) == (40500, 15000, 25500)
