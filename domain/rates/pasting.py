"""Contract rates as a payer's fee schedule lists them: rows pasted from a spreadsheet or a CSV file's text. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from domain.checks import is_procedure_code, modifiers_fault, tidy_modifiers
from domain.errors import Refused
from domain.importing.client_values import Misread, cents, policy_date
from domain.rates.lookup import Rate

MOST_ROWS = 5_000
MOST_TOLD = 5
IN_ORDER = ("code", "cents", "starts_on", "modifiers")
# What a schedule's column names have in them, in lower case.
NAMED = {
    "code": ("code", "cpt", "hcpcs", "procedure"), "modifiers": ("mod",),
    "cents": ("rate", "allowed", "amount", "fee", "price"), "starts_on": ("from", "effective", "start", "date"),
}


def pasted_rates(text: str, *, payer_id: int, starts_on: date | None, on: date) -> list[Rate]:
    """The rates of a text, one a row. Rows without a day hold from `starts_on`. Raises Refused, all at once."""
    rows = _rows(text)
    if not rows:
        raise Refused({"text": "Paste at least one row: a code and its rate, such as 90837, 142.50."})
    if len(rows) > MOST_ROWS:
        raise Refused({"text": f"Paste at most {MOST_ROWS:,} rows at a time."})
    columns = _columns(rows[0][1])
    listed = rows[1:] if columns else rows
    found: list[Rate] = []
    wrong: list[str] = []
    for line, cells in listed:
        told = dict(zip(IN_ORDER, cells, strict=False)) if not columns else {
            name: cells[place] for name, place in columns.items() if place < len(cells)}
        try:
            found.append(_rate(told, payer_id, starts_on, on))
        except Misread as refused:
            wrong.append(f"Line {line}: {refused}")
    if wrong:
        more = f" And {len(wrong) - MOST_TOLD} more." if len(wrong) > MOST_TOLD else ""
        raise Refused({"text": " ".join(wrong[:MOST_TOLD]) + more})
    return found


def _rows(text: str) -> list[tuple[int, list[str]]]:
    lines = text.splitlines()
    delimiter = next((mark for mark in "\t;" if any(mark in line for line in lines)), ",")
    return list(_split(lines, delimiter))


def _split(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=delimiter), [])]
        if any(cells):
            yield number, cells


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Where each value stands, when the first row names its columns; nothing when it is a rate itself."""
    if is_procedure_code(cells[0].upper()) and any(re.search(r"\d", cell) for cell in cells[1:]):
        return {}
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = next((name for name, words in NAMED.items() if any(word in cell.lower() for word in words)), "")
        if name:
            places.setdefault(name, place)
    return places if {"code", "cents"} <= places.keys() else {}


def _rate(told: Mapping[str, str], payer_id: int, starts_on: date | None, on: date) -> Rate:
    code = told.get("code", "").upper()
    if not is_procedure_code(code):
        raise Misread(f"“{code}” is no code of five letters or digits, like 90837.")
    modifiers = tidy_modifiers(told.get("modifiers", ""))
    if fault := modifiers_fault(modifiers):
        raise Misread(fault)
    if not (amount := told.get("cents", "")):
        raise Misread(f"{code} has no rate.")
    day = policy_date(told["starts_on"], on=on) if told.get("starts_on") else starts_on
    if day is None:
        raise Misread(f"{code} has no day from which it holds. Type one above.")
    return Rate(payer_id=payer_id, code=code, modifiers=modifiers, starts_on=day, cents=cents(amount))
