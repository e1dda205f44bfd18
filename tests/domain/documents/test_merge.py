"""Many documents as one PDF or one ZIP."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from domain.documents.cms1500 import cms1500_pdf
from domain.documents.invoice import invoice_pdf
from domain.documents.merge import as_one_pdf, as_zip
from tests.domain.documents.reading import pages_of
from tests.domain.documents.samples import a_claim, an_invoice


def test_one_pdf_has_the_pages_of_all_in_their_order() -> None:
    documents = [invoice_pdf(an_invoice(number=f"2026-000{n}")) for n in (1, 2)] + [cms1500_pdf(a_claim())]
    first, second, third = pages_of(as_one_pdf(documents))
    assert "2026-0001" in first
    assert "2026-0002" in second
    assert "HEALTH INSURANCE CLAIM FORM" in third


def test_a_zip_holds_each_file_under_its_name() -> None:
    content = invoice_pdf(an_invoice())
    with ZipFile(BytesIO(as_zip([("Rivera 2026-0117.pdf", content), ("b.pdf", b"b")]))) as archive:
        assert archive.namelist() == ["Rivera 2026-0117.pdf", "b.pdf"]
        assert archive.read("Rivera 2026-0117.pdf") == content
        assert archive.testzip() is None


def test_two_files_of_one_name_are_refused_rather_than_one_lost() -> None:
    with pytest.raises(ValueError, match="two files of one name"):
        as_zip([("a.pdf", b"1"), ("a.pdf", b"2")])
