"""What a chosen file is, and why it can't be read: the refusals and the row-by-row problems of every import."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import PracticeError

LARGEST_BYTES = 20_000_000


class NotACalendarFile(PracticeError):
    """The chosen file is no iCalendar file, so not one row of it can be read."""

    sentence = "{why}"
    field = "file"


class NotAClientList(PracticeError):
    """The chosen file is no table of clients, so not one row of it can be read."""

    sentence = "{why}"
    field = "file"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where it stands and what to do. `left_out` says whether its row is kept out."""

    line: int
    sentence: str
    column: str = ""
    left_out: bool = True


# The first bytes by which other programs know their files, and what to do with each of them.
_FOREIGN = (
    (b"%PDF", "a PDF", ""),
    (b"\xd0\xcf\x11\xe0", "an old Excel, Word or Outlook file", ""),
    (b"!BDN", "an Outlook data file (.pst)", ""),
    (b"\x89PNG", "a picture", ""),
    (b"\xff\xd8\xff", "a picture", ""),
    (b"GIF8", "a picture", ""),
    (b"\x1f\x8b", "a compressed file", "Unpack it and choose the file inside."),
    (b"{\\rtf", "a text document (.rtf)", ""),
    (b"SQLite format 3", "a database", ""),
)


def foreign_kind(raw: bytes) -> tuple[str, str] | None:
    """What the bytes are when they are clearly another program's, with the advice for that kind."""
    if raw.startswith(b"PK\x03\x04"):
        return _packed_kind(raw)
    for start, kind, advice in _FOREIGN:
        if raw.startswith(start):
            return kind, advice
    opening = raw[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith((b"<!doctype html", b"<html")):
        return "a web page", ""
    return None


def _packed_kind(raw: bytes) -> tuple[str, str]:
    if b"xl/" in raw[:4096] or b"xl/workbook.xml" in raw:
        return "an Excel workbook", ""
    if b"word/" in raw[:4096]:
        return "a Word document", ""
    return "a ZIP file", "Unpack it and choose the file inside."


def refusal_of(raw: bytes, *, wanted: str, how: str) -> str:
    """Why the bytes can't be `wanted` at all, with `how` to get one; empty when they may be."""
    if not raw.strip(b"\xef\xbb\xbf\x00 \t\r\n"):
        return f"This file is empty. {how}"
    if len(raw) > LARGEST_BYTES:
        return f"This file is larger than {LARGEST_BYTES // 1_000_000} MB. Export a shorter time or fewer rows."
    if kind := foreign_kind(raw):
        return f"This is {kind[0]}, not {wanted}. {kind[1] or how}"
    return ""


def utf16_as_utf8(raw: bytes) -> bytes:
    """The same text in UTF-8 when it came as UTF-16 (Windows programs' "Unicode"), else the bytes as they are."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace").encode()
    opening = raw[:2000]
    if opening[1::2].count(0) * 10 > len(opening) * 4:  # every second byte is zero: little-endian without a mark
        return raw.decode("utf-16-le", "replace").encode()
    return raw.removeprefix(b"\xef\xbb\xbf")


def text_of(raw: bytes) -> str:
    """UTF-8 where it is UTF-8, else what Windows wrote before it (cp1252), else Latin-1, which can't fail."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
