"""Invoices and claim forms beside bare fpdf2 with prepared fonts that is told to draw the very same pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from unittest.mock import patch

from fpdf import FPDF
from pypdf import PdfReader

from domain.documents import fonts
from domain.documents.cms1500 import cms1500_pdf
from domain.documents.cms1500.form import form_sheet
from domain.documents.invoice import invoice_pdf
from domain.documents.records import claim_from_json, invoice_from_json

Stroke = Callable[[FPDF], object]
PREPARED = ("text", "line", "rect")


FACES = {face.name: face for face in (fonts.PLAIN, fonts.TYPEWRITER, fonts.CAPTIONS)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a page, as calls of bare fpdf2: every text in its place, font, size and color; every line."""

    title: str
    author: str
    dated: date
    strokes: list[Stroke] = field(default_factory=list)
    used: set[tuple[str, bool]] = field(default_factory=set)  # fonts by name, and whether bold


def sheet_of(text: str) -> Sheet:
    """Draws the invoice once, noting what is put on the page."""
    record = invoice_from_json(text)
    sheet = Sheet(f"Invoice {record.number}", record.practice.legal_name, record.issued_on)
    with noting(sheet):
        ours = invoice_pdf(record)
    assert content_of(ours) == content_of(bare_page(sheet)), "the limit must draw the same page"
    return sheet


def forms_of(text: str) -> list[Sheet]:
    """Both printings of a claim, the first with all rules and captions of the form, which ours has ready."""
    record = claim_from_json(text)
    printings = [Sheet("CMS-1500", record.billing.name, record.made_on) for _ in range(2)]
    for sheet, with_form in zip(printings, (True, False), strict=True):
        with noting(sheet):
            if with_form:
                form_sheet.__wrapped__()
            cms1500_pdf(record, form=with_form)
    return printings


def content_of(paper: bytes) -> tuple[str, list[tuple[str, ...]]]:
    """The words of a page, and each text with its place, font and size."""
    found: list[tuple[str, ...]] = []

    def seen(words: str, _cm: Any, at: list[float], font: Any, size: float) -> None:
        found.append((words, *(f"{number:.1f}" for number in at[4:]), str((font or {}).get("/BaseFont")), f"{size:.1f}"))

    return PdfReader(io.BytesIO(paper)).pages[0].extract_text(visitor_text=seen), found


@contextmanager
def noting(sheet: Sheet) -> Iterator[None]:
    """Fpdf2's own drawing, with a note of each call."""
    strokes = sheet.strokes
    text, line, rect = (getattr(FPDF, name) for name in PREPARED)

    def noted_text(page: FPDF, x: float, y: float, words: str) -> None:
        sheet.used.add((page.font_family, page.font_style == "B"))
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

    def noted_rect(page: FPDF, *place: float, style: str = "D") -> None:
        color, edge, width = rgb(page.fill_color), rgb(page.draw_color), page.line_width

        def again(bare: FPDF) -> None:
            if style == "D":
                bare.set_draw_color(*edge)
                bare.set_line_width(width)
            else:
                bare.set_fill_color(*color)
            bare.rect(*place, style=style)

        strokes.append(again)
        rect(page, *place, style=style)

    with patch.multiple(FPDF, text=noted_text, line=noted_line, rect=noted_rect):
        yield


def said(page: FPDF, x: float, y: float, words: str) -> Stroke:
    """A text as a plain program would print it: a cell at its place."""
    color, family, style, size = rgb(page.text_color), page.font_family, page.font_style, page.font_size_pt

    def again(bare: FPDF) -> None:
        bare.set_text_color(*color)
        bare.set_font(family, style, size)
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
    page.set_title(sheet.title)
    page.set_author(sheet.author)
    page.set_creation_date(datetime.combine(sheet.dated, time(12), UTC))
    for name, bold in sorted(sheet.used):
        face, key = FACES[name], f"{name}{'B' if bold else ''}"
        file = face.bold or face.regular if bold else face.regular
        page.fonts[key] = fonts.ready(file, bold=bold).fresh(key, len(page.fonts) + 1)
    page.add_page()
    for stroke in sheet.strokes:
        stroke(page)
    written = bytes(page.output())
    fonts.forget_copies()
    return written
