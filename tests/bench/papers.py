"""Two hundred invoices beside bare fpdf2 with prepared fonts that is told to draw the very same pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any
from unittest.mock import patch

from fpdf import FPDF
from pypdf import PdfReader

from domain.documents import fonts
from domain.documents.invoice import invoice_pdf
from domain.documents.records import InvoiceRecord, invoice_from_json

Stroke = Callable[[FPDF], object]
PREPARED = ("text", "line", "rect")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on an invoice, as calls of bare fpdf2: every text in its place, font, size and color; every line."""

    record: InvoiceRecord
    strokes: list[Stroke] = field(default_factory=list)


def sheet_of(text: str) -> Sheet:
    """Draws the invoice once, noting what is put on the page."""
    sheet = Sheet(invoice_from_json(text))
    with noting(sheet.strokes):
        ours = invoice_pdf(sheet.record)
    assert content_of(ours) == content_of(bare_page(sheet)), "the limit must draw the same page"
    return sheet


def content_of(paper: bytes) -> tuple[str, list[tuple[str, ...]]]:
    """The words of a page, and each text with its place, font and size."""
    found: list[tuple[str, ...]] = []

    def seen(words: str, _cm: Any, at: list[float], font: Any, size: float) -> None:
        found.append((words, *(f"{number:.1f}" for number in at[4:]), str((font or {}).get("/BaseFont")), f"{size:.1f}"))

    return PdfReader(io.BytesIO(paper)).pages[0].extract_text(visitor_text=seen), found


@contextmanager
def noting(strokes: list[Stroke]) -> Iterator[None]:
    """Fpdf2's own drawing, with a note of each call."""
    text, line, rect = (getattr(FPDF, name) for name in PREPARED)

    def noted_text(page: FPDF, x: float, y: float, words: str) -> None:
        strokes.append(said(page, x, y, words))
        text(page, x, y, words)

    def noted_line(page: FPDF, *ends: float) -> None:
        color, width = rgb(page.draw_color), page.line_width

        def again(bare: FPDF) -> None:
            bare.set_draw_color(*color)
            bare.set_line_width(width)
            bare.line(*ends)

        strokes.append(again)
        line(page, *ends)

    def noted_rect(page: FPDF, *place: float, style: str) -> None:
        color = rgb(page.fill_color)

        def again(bare: FPDF) -> None:
            bare.set_fill_color(*color)
            bare.rect(*place, style=style)

        strokes.append(again)
        rect(page, *place, style=style)

    with patch.multiple(FPDF, text=noted_text, line=noted_line, rect=noted_rect):
        yield


def said(page: FPDF, x: float, y: float, words: str) -> Stroke:
    """A text as a plain program would print it: a cell at its place."""
    color, style, size = rgb(page.text_color), page.font_style, page.font_size_pt

    def again(bare: FPDF) -> None:
        bare.set_text_color(*color)
        bare.set_font("plain", style, size)
        bare.set_xy(x, y - 0.8 * size)
        bare.cell(h=size, text=words)

    return again


def rgb(color: Any) -> tuple[int, ...]:
    """As it is said to fpdf2."""
    return tuple(round(part * 255) for part in color.colors)


def bare_page(sheet: Sheet) -> bytes:
    """Plain fpdf2 with the fonts that ours has ready: nothing is read, laid out or measured."""
    page = FPDF(unit="pt", format="letter")
    page.set_auto_page_break(False)
    page.set_margin(0)
    page.c_margin = 0
    page.set_title(f"Invoice {sheet.record.number}")
    page.set_author(sheet.record.practice.legal_name)
    page.set_creation_date(datetime.combine(sheet.record.issued_on, time(12), UTC))
    for style, file in (("", fonts.PLAIN.regular), ("B", fonts.PLAIN.bold)):
        assert file
        page.fonts[f"plain{style}"] = fonts.ready(file, bold=bool(style)).fresh(f"plain{style}", len(page.fonts) + 1)
    page.add_page()
    for stroke in sheet.strokes:
        stroke(page)
    written = bytes(page.output())
    fonts.forget_copies()
    return written
