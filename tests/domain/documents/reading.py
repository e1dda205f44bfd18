"""A PDF read back: its words, and its typed characters by place."""

from io import BytesIO

import pdfplumber
from pypdf import PdfReader

POINTS = 72
PAPER_HEIGHT = 792
TYPEWRITER = "CourierPrime"


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf))


def words_of(pdf: bytes) -> list[dict]:
    with pdfplumber.open(BytesIO(pdf)) as document:
        return document.pages[0].extract_words(keep_blank_chars=True, x_tolerance=2)


class Typed:
    """The typewriter characters of a form's page: x of the left edge and baseline from the top, in inches."""

    def __init__(self, pdf: bytes) -> None:
        with pdfplumber.open(BytesIO(pdf)) as document:
            characters = document.pages[0].chars
        self.all = [
            (one["x0"] / POINTS, (PAPER_HEIGHT - one["matrix"][5]) / POINTS, one["text"])
            for one in characters
            if TYPEWRITER in one["fontname"]
        ]

    def within(self, left: float, bottom: float, width: int) -> str:
        """The text of a field by its corner and width in characters, if it stands within 0.1 in. of it."""
        inside = [
            (x, letter)
            for x, baseline, letter in self.all
            if left - 0.05 <= x < left + width / 10 - 0.05 and abs(baseline - (bottom - 0.04)) < 0.083
        ]
        return "".join(letter for _, letter in sorted(inside)).strip()
