"""The letters that documents can print: which font holds which, and fonts made ready to be put into a document."""

import copy
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import SubsetMap, TTFFont

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "fonts"
LAYOUT_TABLES = {"GDEF", "GPOS", "GSUB"}
OUTLINE_TABLES = {"glyf", "head", "hhea", "hmtx", "loca", "maxp", "cvt ", "fpgm", "prep"}
"""What a PDF asks of an embedded TrueType font (ISO 32000-1, 9.9); names, letters and styles are told by the PDF itself."""
UNPRINTED = {"Cc", "Cf", "Zl", "Zp"}
"""Controls, joiners and line ends: they steer printing and have no shape of their own."""


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface under one name, with a bold of its own or the regular again."""

    name: str
    regular: Path
    bold: Path | None = None


def _noto(name: str, file: str) -> Face:
    return Face(name, FOLDER / f"{file}-Regular.ttf", FOLDER / f"{file}-SemiBold.ttf")


PLAIN = _noto("plain", "NotoSansPlain")
EUROPEAN = _noto("european", "NotoSans")
SCRIPTS = (
    _noto("arabic", "NotoSansArabic"),
    _noto("hebrew", "NotoSansHebrew"),
    _noto("devanagari", "NotoSansDevanagari"),
)
CAPTIONS = _noto("captions", "Arimo")
TYPEWRITER = Face("typewriter", FOLDER / "CourierPrime-Regular.ttf")


def normal(text: str) -> str:
    """Letters as fonts hold them: an accent joined to its letter, any blank a space, no stray controls."""
    joined = unicodedata.normalize("NFC", text)
    if joined.isprintable():
        return joined
    spaced = "".join(" " if letter.isspace() else letter for letter in joined)
    return "".join(letter for letter in spaced if unicodedata.category(letter) != "Cc")


def visible(text: str) -> str:
    """Without the joiners and direction marks that only shaping obeys."""
    return text if text.isprintable() else "".join(one for one in text if unicodedata.category(one) not in UNPRINTED)


def letters_without_font(texts: Iterable[str], extra_font: Path | None = None) -> str:
    """The letters, in order, that neither the bundled fonts nor the practice's own can print; empty when all is well."""
    held = [letters_of(face) for face in (EUROPEAN, *SCRIPTS, *_extra(extra_font))]
    return "".join(sorted(_letters(texts).difference(*held)))


def faces_for(texts: Iterable[str], extra_font: Path | None = None) -> tuple[Face, ...]:
    """The fewest fonts that print these texts, the main one first: every font costs time in every document."""
    missing = _letters(texts) - letters_of(PLAIN)
    main = EUROPEAN if missing & letters_of(EUROPEAN) else PLAIN
    faces, missing = [main], missing - letters_of(main)
    for face in (*SCRIPTS, *_extra(extra_font)):
        if missing & letters_of(face):
            faces.append(face)
            missing -= letters_of(face)
    return tuple(faces)


def letters_of(face: Face) -> frozenset[str]:
    """What the face can print, in both its weights."""
    return _letters_in(face.regular, face.regular.stat().st_mtime_ns)


def _extra(file: Path | None) -> tuple[Face, ...]:
    return (Face("extra", file),) if file else ()


def _letters(texts: Iterable[str]) -> set[str]:
    letters = set(normal("".join(texts)))
    return {letter for letter in letters if unicodedata.category(letter) not in UNPRINTED}


@cache
def _letters_in(file: Path, _changed_at: int) -> frozenset[str]:
    with TTFont(file, lazy=True, fontNumber=0) as font:
        return frozenset(chr(code) for code in font.getBestCmap())


@dataclass(frozen=True, slots=True)
class ReadyFont:
    """A font that has been read once, to be given to document after document."""

    read: TTFFont
    content: bytes
    """What a document embeds a cut of: the font without the tables that only slow the cutting."""
    glyph_order: list[str]
    widths: Mapping[int, float]
    """By letter, in thousandths of the font size."""

    def __deepcopy__(self, _memo: object) -> "ReadyFont":
        """The same: it is never changed, and a copied sheet may share it."""
        return self

    def fresh(self, key: str, number: int) -> TTFFont:
        """A copy for one document."""
        font = copy.copy(self.read)
        font.fontkey, font.i = key, number
        font.missing_glyphs = []
        font.subset = SubsetMap(font)
        self.renew(font)
        return font

    def renew(self, font: TTFFont) -> None:
        """Gives a copy letters of its own to cut.

        fpdf2 cuts the font of a document in place when the document is written, and its own deepcopy shares that font:
        the second document would find the letters of the first and no others. Outlines are embedded as they were read
        (recalcBBoxes), since measuring and packing them again is most of the work of a page.
        """
        font.ttfont = TTFont(BytesIO(self.content), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
        font.ttfont.setGlyphOrder(list(self.glyph_order))
        font.desc = copy.copy(self.read.desc)


def ready(file: Path, *, bold: bool) -> ReadyFont:
    """The font in a file, read again only when the file has changed."""
    return _ready(file, bold, file.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _ready(file: Path, bold: bool, _changed_at: int) -> ReadyFont:
    style = "B" if bold else ""
    document = FPDF()
    document.add_font("any", style, file)
    read = document.fonts[f"any{style}"]
    assert isinstance(read, TTFFont)
    order = list(read.ttfont.getGlyphOrder())
    for table in _unneeded(read.ttfont):
        del read.ttfont[table]
    content = BytesIO()
    read.ttfont.save(content)
    return ReadyFont(read, content.getvalue(), order, read.cw)


def _unneeded(font: TTFont) -> set[str]:
    tables = set(font.keys()) - {"GlyphOrder"}
    return tables - OUTLINE_TABLES if "glyf" in tables else tables & LAYOUT_TABLES


class _NoLetter(int):
    """Written into the font's table of letters as nothing at all."""

    def __format__(self, _spec: str) -> str:
        return ""


def name_every_glyph(font: TTFFont) -> None:
    """Says of the later glyphs of a syllable, whose first carries its letters, that they stand for no letter.

    fpdf2 leaves them out of the table, and a reader that copies text then makes letters up.
    """
    for glyph in dict(font.subset.items()):
        if glyph is not None and glyph.unicode == ():
            glyph.unicode = (_NoLetter(),)


def forget_copies() -> None:
    """fpdf2 remembers every font copy it has looked a letter up in, forever; told after each document, it stays small."""
    SubsetMap.pick.cache_clear()
    SubsetMap.get_glyph.cache_clear()
