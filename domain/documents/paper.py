"""A letter-size sheet to draw on: points from the top left, text by its baseline, and no clock but the record's."""

import copy
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.fonts import TTFFont

from domain.documents import fonts
from domain.documents.setting import Run, runs_of

Align = Literal["L", "R", "C"]
Color = tuple[int, int, int]

WIDTH, HEIGHT = 612.0, 792.0
INK: Color = (0x18, 0x22, 0x2C)
SOFT: Color = (0x46, 0x54, 0x61)
FAINT: Color = (0x5E, 0x6B, 0x78)
LINE: Color = (0xE2, 0xE7, 0xEB)
STRONG_LINE: Color = (0xCB, 0xD3, 0xDA)
ACCENT: Color = (0x12, 0x60, 0x7A)
ACCENT_SOFT: Color = (0xE3, 0xF0, 0xF4)


class Paper(FPDF):
    """One document with the fonts that its text needs."""

    def __init__(self, *, dated: date, title: str, author: str, faces: tuple[fonts.Face, ...]) -> None:
        super().__init__(unit="pt", format="letter")
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        self.set_title(title)
        self.set_lang("en-US")
        self.str_alias_nb_pages = ""  # else {nb} in a description turns into a number
        self._sign(dated, author)
        self.faces = faces
        self._prepared: dict[tuple[str, bool], fonts.ReadyFont] = {}

    def _sign(self, dated: date, author: str) -> None:
        self.set_author(author)
        self.set_creation_date(datetime.combine(dated, time(12), UTC))

    def copied(self, *, dated: date, author: str) -> "Paper":
        """Another sheet with all that is drawn on this one, which is faster than drawing it again."""
        sheet = copy.deepcopy(self)
        sheet._sign(dated, author)
        for key, font in sheet.fonts.items():
            if isinstance(font, TTFFont):
                self._ready(key.removesuffix("B"), bold=key.endswith("B")).renew(font)
        return sheet

    def say(
        self, text: str, x: float, baseline: float, *, size: float, bold: bool = False, color: Color = INK,
        align: Align = "L", face: str = "",
    ) -> None:  # fmt: skip
        """Text from x to the right, up to x, or about x; in the fonts that it needs, or in one face by name."""
        runs = [Run(text, face)] if face else runs_of(fonts.normal(text).strip(), self.faces)
        widths = [self._width(run, size, bold=bold) for run in runs]
        left = x - sum(widths) * {"L": 0, "C": 0.5, "R": 1}[align]
        self.set_text_color(*color)
        with self._readable_as(text, runs):
            for run, width in zip(runs, widths, strict=True):
                self._set(run, left, baseline, size, bold=bold)
                left += width

    def _set(self, run: Run, left: float, baseline: float, size: float, *, bold: bool) -> None:
        self._choose(run, size, bold=bold)
        if not run.shaped:
            self.text(left, baseline, run.text)  # a cell would do the same, at twice the work
            return
        self.set_xy(left, baseline - 0.8 * size)  # a cell of the font's height sets its baseline at 0.8 of it
        self.cell(h=size, text=run.text)

    @contextmanager
    def _readable_as(self, text: str, runs: list[Run]) -> Iterator[None]:
        """Shaped text is copied and read aloud as it was written, not letter shape by letter shape (PDF 14.9.4)."""
        if not any(run.shaped for run in runs) or any(run.from_right for run in runs):
            yield
            return
        self._out(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex()}>>> BDC")
        yield
        self._out("EMC")

    def width_of(self, text: str, *, size: float, bold: bool = False) -> float:
        """How wide the text would stand."""
        return sum(self._width(run, size, bold=bold) for run in runs_of(fonts.normal(text), self.faces))

    def _width(self, run: Run, size: float, *, bold: bool) -> float:
        if run.shaped:
            self._choose(run, size, bold=bold)
            return float(self.get_string_width(run.text))
        widths = self._ready(run.face, bold=bold).widths
        return sum(map(widths.__getitem__, map(ord, run.text))) * size / 1000

    def _choose(self, run: Run, size: float, *, bold: bool) -> None:
        style = "B" if bold else ""
        if (key := f"{run.face}{style}") not in self.fonts:  # a font that is not used is not embedded
            self.fonts[key] = self._ready(run.face, bold=bold).fresh(key, len(self.fonts) + 1)
        self.set_font(run.face, style, size)
        self.set_text_shaping(run.shaped, direction=("rtl" if run.from_right else "ltr") if run.shaped else None)

    def _ready(self, face: str, *, bold: bool) -> fonts.ReadyFont:
        if (found := self._prepared.get((face, bold))) is None:  # asked for every text: its file is looked at once
            chosen = next(one for one in self.faces if one.name == face)
            found = fonts.ready(chosen.bold or chosen.regular if bold else chosen.regular, bold=bold)
            self._prepared[face, bold] = found
        return found

    def wrapped(self, text: str, width: float, *, size: float, bold: bool = False) -> list[str]:
        """The text in lines no wider than the width; a word wider than a line is broken between letters."""
        return [
            line
            for paragraph in text.splitlines()
            for line in self._filled(paragraph.split(), width, size=size, bold=bold)
        ]

    def _filled(self, words: list[str], width: float, *, size: float, bold: bool) -> list[str]:
        if self.width_of(whole := " ".join(words), size=size, bold=bold) <= width:
            return [whole]
        lines = [""]
        for word in words:
            longer = f"{lines[-1]} {word}".strip()
            if self.width_of(longer, size=size, bold=bold) <= width:
                lines[-1] = longer
                continue
            *full, rest = self._broken(word, width, size=size, bold=bold)
            lines += [*full, rest]
        return lines if lines[0] or len(lines) == 1 else lines[1:]

    def _broken(self, word: str, width: float, *, size: float, bold: bool) -> list[str]:
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.width_of(pieces[-1] + letter, size=size, bold=bold) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def rule(self, x: float, y: float, to: float, *, color: Color = LINE, thickness: float = 0.6) -> None:
        """A horizontal line from x to x."""
        self.set_draw_color(*color)
        self.set_line_width(thickness)
        self.line(x, y, to, y)

    def block(self, x: float, y: float, width: float, height: float, color: Color) -> None:
        """A filled rectangle."""
        self.set_fill_color(*color)
        self.rect(x, y, width, height, style="F")

    def finished(self) -> bytes:
        """The bytes; the paper is used up."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                fonts.name_every_glyph(font)
        written = bytes(self.output())
        fonts.forget_copies()
        return written


def paper_for(texts: Iterable[str], *, dated: date, title: str, author: str, extra_font: Path | None = None) -> Paper:
    """Paper with the fonts that these texts need."""
    return Paper(dated=dated, title=title, author=author, faces=fonts.faces_for(texts, extra_font))
