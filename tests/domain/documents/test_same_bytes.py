"""The same record gives the same bytes: twice, in another process, after other documents."""

import hashlib
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest

from domain.documents.cms1500 import cms1500_pdf
from domain.documents.invoice import invoice_pdf
from domain.documents.merge import as_one_pdf, as_zip
from domain.documents.receipt import receipt_pdf
from domain.documents.records import Party
from domain.documents.statement import statement_pdf
from domain.documents.superbill import superbill_pdf
from domain.documents.year import year_pdf
from tests.domain.documents.account_samples import a_receipt, a_statement, a_year
from tests.domain.documents.samples import a_full_claim, a_superbill, an_invoice

ALL_SCRIPTS = Party(name="Łukasz Жанна محمد שרה प्रियंका")
DRAWN = {
    "invoice": lambda: invoice_pdf(an_invoice()),
    "invoice in every script": lambda: invoice_pdf(an_invoice(bill_to=ALL_SCRIPTS)),
    "superbill": lambda: superbill_pdf(a_superbill()),
    "statement": lambda: statement_pdf(a_statement()),
    "receipt": lambda: receipt_pdf(a_receipt()),
    "year": lambda: year_pdf(a_year(party=ALL_SCRIPTS)),
    "form": lambda: cms1500_pdf(a_full_claim()),
    "data alone": lambda: cms1500_pdf(a_full_claim(), form=False),
    "one PDF": lambda: as_one_pdf([invoice_pdf(an_invoice()), cms1500_pdf(a_full_claim())]),
    "ZIP": lambda: as_zip([("a.pdf", invoice_pdf(an_invoice())), ("b.pdf", superbill_pdf(a_superbill()))]),
}


def digests() -> str:
    return "\n".join(hashlib.sha256(draw()).hexdigest() for draw in DRAWN.values())


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN.keys())
def test_drawn_twice_it_is_the_same(draw: Callable[[], bytes]) -> None:
    assert draw() == draw()


def test_another_process_with_another_clock_and_order_of_hashes_draws_the_same() -> None:
    code = "from tests.domain.documents.test_same_bytes import digests; print(digests())"
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONHASHSEED": "12345", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONPATH": "."},
    )  # fmt: skip
    assert other.stdout.strip() == digests()


def test_another_day_on_the_record_is_another_document() -> None:
    assert invoice_pdf(an_invoice()) != invoice_pdf(an_invoice(issued_on=date(2026, 11, 3)))
