"""Which letters can be printed, and that every document gets whole fonts."""

from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fpdf.fonts import SubsetMap

from domain.documents import fonts, texts
from domain.documents.fonts import letters_without_font
from domain.documents.invoice import invoice_pdf
from domain.documents.records import Party
from domain.documents.setting import runs_of
from tests.domain.documents.reading import text_of
from tests.domain.documents.samples import an_invoice

ALL = (fonts.EUROPEAN, *fonts.SCRIPTS)


def fonts_in(pdf: bytes) -> set[str]:
    with pdfplumber.open(BytesIO(pdf)) as document:
        return {one["fontname"].split("+")[1] for one in document.pages[0].chars}


def a_font_with(letter: str, file: Path) -> Path:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 700))
    pen.lineTo((600, 700))
    pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "space", "one"])
    builder.setupCharacterMap({32: "space", ord(letter): "one"})
    builder.setupGlyf({".notdef": pen.glyph(), "space": TTGlyphPen(None).glyph(), "one": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "space": (300, 0), "one": (1000, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Practice", "styleName": "Regular", "fullName": "Practice Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(file)
    return file


@pytest.mark.parametrize(
    "text",
    [
        "Plain, with “quotes” — and $1,000.00", "Ærøskøbing Łódź Đorđe", "Αθήνα ᾧ", "Ђорђе Київ", "محمد، الله", "שָׁלוֹם",
        "प्रियंका क्षत्रिय", "Nguyễn Thị", "e\u0301", "two\nlines\tand a tab", "\u200d\ufeff", "",
    ],
)  # fmt: skip
def test_the_bundled_fonts_hold(text: str) -> None:
    assert letters_without_font([text]) == ""


def test_letters_that_no_font_has_are_told_once_and_in_order() -> None:
    assert letters_without_font(["Li 李", "😀 李", "ok"]) == "李😀"


def test_a_font_of_the_practice_adds_its_letters(tmp_path: Path) -> None:
    file = a_font_with("李", tmp_path / "practice.ttf")
    assert letters_without_font(["Li 李😀"], extra_font=file) == "😀"
    invoice = an_invoice(bill_to=Party(name="Li 李"), font_path="practice.ttf")
    pdf = invoice_pdf(invoice, fonts_in=tmp_path)
    assert "Li 李" in text_of(pdf)
    assert "Practice" in fonts_in(pdf)


def test_a_font_file_that_was_replaced_is_read_again(tmp_path: Path) -> None:
    file = a_font_with("李", tmp_path / "practice.ttf")
    assert letters_without_font(["李"], extra_font=file) == ""
    a_font_with("王", file)
    assert letters_without_font(["李王"], extra_font=file) == "李"


def test_plain_text_takes_the_small_fonts_and_no_others() -> None:
    assert fonts_in(invoice_pdf(an_invoice())) == {"NotoSans", "NotoSansSemiBold"}
    assert fonts.faces_for([*texts.texts_in(an_invoice())]) == (fonts.PLAIN,)


def test_what_the_documents_add_of_their_own_is_in_the_small_fonts() -> None:
    assert set(texts.FIXED) <= fonts.letters_of(fonts.PLAIN)


def test_a_document_drawn_after_another_has_all_its_letters() -> None:
    first, second = (invoice_pdf(an_invoice(message=message)) for message in ("abc", "QXZ jkq ½"))
    assert "abc" in text_of(first)
    assert "QXZ jkq ½" in text_of(second)


def test_documents_leave_nothing_behind() -> None:
    invoice_pdf(an_invoice())
    assert SubsetMap.get_glyph.cache_info().currsize == 0
    assert SubsetMap.pick.cache_info().currsize == 0


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Client: محمد", ["Client:", "محمد"]),
        ("محمد (Mo) 12", ["12", ")", "Mo", "(", "محمد"]),  # brackets are turned when they are drawn
        ("12 שרה", ["שרה", "12"]),
    ],
)
def test_runs_stand_in_the_order_of_the_eye(text: str, seen: list[str]) -> None:
    runs = [run.text.replace(" ", "") for run in runs_of(text, ALL)]
    assert [run for run in runs if run] == seen


def test_text_from_the_left_is_not_shaped() -> None:
    assert not any(run.shaped for run in runs_of("Zoë Ångström, Łódź", ALL))
