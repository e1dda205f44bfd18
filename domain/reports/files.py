"""A report as a CSV or XLSX file: money as exact numbers with two decimals, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from domain.reports.table import Cell, Kind, Report

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
FORMATS: dict[Kind, dict[str, object]] = {
    "text": {}, "month": {}, "day": {"num_format": "yyyy-mm-dd", "align": "left"}, "money": {"num_format": "#,##0.00"}, "number": {"num_format": "#,##0"},
}
WIDTHS: dict[Kind, int] = {"text": 28, "month": 10, "day": 12, "money": 14, "number": 10}


def as_csv(report: Report) -> bytes:
    """Comma-separated, in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow([harmless(column.label) for column in report.columns])
    for row in (*report.rows, report.totals):
        sheet.writerow([csv_cell(cell, column.kind) for cell, column in zip(row, report.columns, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def csv_cell(cell: Cell, kind: Kind) -> str:
    """Money as 1635.00, days as 2026-10-14, text so that it stays text."""
    if cell is None:
        return ""
    if kind == "money" and isinstance(cell, int):
        return f"{dollars(cell):.2f}"
    return harmless(cell) if isinstance(cell, str) else str(cell)


def harmless(text: str) -> str:
    """A name such as =HYPERLINK(…) is shown by spreadsheets, not run (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def dollars(cents: int) -> Decimal:
    """Exact."""
    return Decimal(cents).scaleb(-2)


def as_xlsx(report: Report) -> bytes:
    """A workbook with one sheet: heads that stay, real numbers and days, a total below."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(report.title[:31])
        sheet.freeze_panes(1, 0)
        bold = {kind: book.add_format(look | {"bold": True}) for kind, look in FORMATS.items()}
        plain = {kind: book.add_format(dict(look)) for kind, look in FORMATS.items()}
        for place, column in enumerate(report.columns):
            sheet.set_column(place, place, WIDTHS[column.kind])
            sheet.write_string(0, place, column.label, bold["text"])
        for line, row in enumerate((*report.rows, report.totals), 1):
            looks = bold if line > len(report.rows) else plain
            for place, (cell, column) in enumerate(zip(row, report.columns, strict=True)):
                _write(sheet, line, place, cell, column.kind, looks[column.kind])
    return out.getvalue()


def _write(sheet: Worksheet, line: int, place: int, cell: Cell, kind: Kind, look: object) -> None:
    """Text is written as text whatever it begins with."""
    if isinstance(cell, str):
        sheet.write_string(line, place, cell, look)
    elif isinstance(cell, date):
        sheet.write_datetime(line, place, cell, look)
    elif cell is not None:
        sheet.write_number(line, place, dollars(cell) if kind == "money" else cell, look)
