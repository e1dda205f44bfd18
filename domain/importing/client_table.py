"""A CSV file of clients as a table of texts: delimiter, quotes and encoding as Excel, Sheets or any program left them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from domain.importing.chosen_file import NotAClientList, Problem, refusal_of, text_of, utf16_as_utf8

MOST_ROWS = 20_000
_DELIMITERS = ",;\t|"
_HOW = "Save the client list as CSV (comma separated) and choose that file."
_OTHER_TEXTS = (
    ("BEGIN:VCALENDAR", "This is a calendar file. Choose Import a calendar file for it."),
    ("BEGIN:VCARD", f"This is a file of contacts (vCard). {_HOW}"),
    ("{", f"This is no table. {_HOW}"),
    ("[", f"This is no table. {_HOW}"),
    ("<", f"This is no table. {_HOW}"),
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the table below its header, as wide as the header."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientTable:
    """The header names and the rows, with what was wrong in reading them."""

    headers: tuple[str, ...]
    header_line: int
    rows: tuple[TableRow, ...]
    delimiter: str
    problems: tuple[Problem, ...]


def read_client_list(raw: bytes) -> ClientTable:
    """The table in the bytes, or NotAClientList with a sentence that says what to do."""
    if why := refusal_of(raw, wanted="a CSV file", how=_HOW):
        raise NotAClientList(why=why)
    text, skipped, declared = _without_sep_line(_table_text(raw))
    delimiter = declared or _likeliest_delimiter(text)
    lines = [(line + skipped, cells) for line, cells in _lines(text, delimiter)]
    place = _header_place(lines)
    header_line, headers = lines[place][0], _named(lines[place][1])
    rows, problems = _rows(lines[place + 1 :], len(headers))
    if not rows and not problems:
        raise NotAClientList(why="This file has a line of column names but no clients below it. Choose another file.")
    return ClientTable(
        headers=headers, header_line=header_line, rows=tuple(rows), delimiter=delimiter, problems=tuple(problems)
    )


def _table_text(raw: bytes) -> str:
    text = text_of(utf16_as_utf8(raw))
    opening = text.lstrip()[:200].upper()
    for start, why in _OTHER_TEXTS:
        if opening.startswith(start):
            raise NotAClientList(why=why)
    if any(mark < " " and mark not in "\t\r\n\f\v\x1a" for mark in text[:4000]):
        raise NotAClientList(why=f"This file is no text that can be read. {_HOW}")
    return text.rstrip("\x1a")  # DOS programs end a text with this mark


def _without_sep_line(text: str) -> tuple[str, int, str]:
    """Excel's own first line `sep=;` names the delimiter: the text without it, how many lines went, the delimiter."""
    first, _, rest = text.partition("\n")
    name, equals, delimiter = first.strip("\r").strip('"').partition("=")
    if equals and name.strip().lower() == "sep" and delimiter[:1] in set(_DELIMITERS):
        return rest, 1, delimiter[0]
    return text, 0, ""


def _likeliest_delimiter(text: str) -> str:
    """The one that cuts the first lines into the most columns, all of the same number."""
    opening = "\n".join(text.splitlines()[:60])
    return max(_DELIMITERS, key=lambda delimiter: _evenness(opening, delimiter))


def _evenness(opening: str, delimiter: str) -> float:
    try:
        rows = [row for row in csv.reader(io.StringIO(opening), delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0
    widths = [len(row) for row in rows[:40]]
    usual = max(widths, key=widths.count, default=1)
    return 0 if usual < 2 else usual * widths.count(usual) / len(widths)


def _lines(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    try:
        return list(_parsed(text, delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise NotAClientList(why=_unclosed(text, delimiter)) from None
    try:
        return list(_parsed(text, delimiter, strict=False))  # a stray quotation mark inside a cell is no harm
    except csv.Error:
        raise NotAClientList(why=f"This file can't be read as a table. {_HOW}") from None


def _parsed(text: str, delimiter: str, *, strict: bool) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=strict)
    begun = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield begun, [cell.strip() for cell in row]
        begun = reader.line_num + 1


def _unclosed(text: str, delimiter: str) -> str:
    last = max((line for line, _ in _parsed(text, delimiter, strict=False)), default=1)
    return (
        f'A quotation mark (") opened on line {last} is never closed. Close or remove it, then choose the file again.'
    )


def _header_place(lines: list[tuple[int, list[str]]]) -> int:
    """The column names are the first line that is nearly as full as the fullest: some exports have a heading above."""
    if not lines:
        raise NotAClientList(why=f"This file holds no table. {_HOW}")
    filled = [sum(map(bool, cells)) for _, cells in lines[:20]]
    return next(place for place, count in enumerate(filled) if count * 2 >= max(filled))


def _named(cells: list[str]) -> tuple[str, ...]:
    """Column names, each once: a nameless one gets its number, a repeated one its count."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"Column {place}"
        count = sum(earlier == name or earlier.startswith(f"{name} (") for earlier in names)
        names.append(f"{name} ({count + 1})" if count else name)
    return tuple(names)


def _rows(lines: list[tuple[int, list[str]]], width: int) -> tuple[list[TableRow], list[Problem]]:
    rows: list[TableRow] = []
    problems: list[Problem] = []
    for line, cells in lines:
        if len(rows) == MOST_ROWS:
            problems.append(
                Problem(line, f"Only {MOST_ROWS:,} clients are read at once. Put the others in a second file.")
            )
            break
        if any(cells[width:]):
            problems.append(Problem(line, _too_wide(len(cells), width)))
        else:
            rows.append(TableRow(line, tuple(cells[:width]) + ("",) * (width - len(cells))))
    return rows, problems


def _too_wide(cells: int, width: int) -> str:
    return (
        f"This line has {cells} cells, but there are {width} columns. "
        "A text with the delimiter in it needs quotation marks around it."
    )
