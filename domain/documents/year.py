"""A year's summary for taxes: what one person paid for a client, by day, provider and service."""

from collections.abc import Iterator
from pathlib import Path

from domain.documents.account_records import YearLine, YearRecord
from domain.documents.flow import Block
from domain.documents.letterhead import BODY_TOP, LEFT, RIGHT, address_window, draw_pages, facts, letterhead
from domain.documents.paper import Paper, paper_for
from domain.documents.parts import Cell, Column, heads, labeled, paragraph, result_line, row, sums, with_sums
from domain.documents.texts import texts_in
from domain.documents.wording import day, money, numbers

FOR_TAXES = "For your taxes"
COLUMNS = (
    Column("Paid on", LEFT, 132),
    Column("Service of", 136, 204),
    Column("Provider", 208, 330),
    Column("Service", 336, 470),
    Column("Paid", 474, RIGHT, "R"),
)
ROOM = Block(18)


def year_pdf(record: YearRecord, *, fonts_in: Path = Path()) -> bytes:
    """The summary on letter paper; the same record gives the same bytes."""
    title = f"Payments {record.year}"
    paper = paper_for(
        texts_in(record), dated=record.made_on, title=title, author=record.practice.legal_name,
        extra_font=fonts_in / record.font_path if record.font_path else None,
    )  # fmt: skip
    paper.add_page()
    below = letterhead(paper, record.practice, title, FOR_TAXES)
    ends = address_window(paper, "To", record.party, below=below)
    rows = [("Paid in", str(record.year)), ("Prepared", day(record.made_on))]
    beside = facts(paper, rows, ("Paid", money(_paid(record))), beside=below + 30)
    draw_pages(paper, list(_body(paper, record)), first_top=max(BODY_TOP, ends + 24, beside + 16),
               running=f"{title}  ·  {record.practice.legal_name}", foot=f"{title}. {FOR_TAXES}; it is not a bill")
    return paper.finished()


def _paid(record: YearRecord) -> int:
    return record.total_cents + record.left_cents


def _body(paper: Paper, record: YearRecord) -> Iterator[Block]:
    practice = record.practice
    yield from labeled(paper, "Client", [record.client_name], bold=True)
    yield from labeled(paper, "Practice", [numbers(practice.legal_name, (practice.tax_id_kind, practice.tax_id), ("NPI", practice.npi))])
    yield from labeled(paper, "Providers", record.providers)
    yield Block(10, with_next=True)
    heading = heads(COLUMNS)
    if record.lines:
        yield heading
    rows = [block for line in record.lines for block in row(paper, COLUMNS, _cells(line), heading)]
    yield from with_sums(rows, _sums(paper, record))
    yield ROOM
    yield from paragraph(paper, f"What the client and bill-to persons paid in {record.year}, by the day of payment. What insurance "
                         "paid is not in it. A tax adviser can tell which of it counts.", quiet=True)


def _cells(line: YearLine) -> list[Cell]:
    return [Cell(day(line.paid_on)), Cell(day(line.day) if line.day else ""), Cell(line.provider), Cell(line.what),
            Cell(money(line.cents))]


def _sums(paper: Paper, record: YearRecord) -> list[Block]:
    left = [
        *sums(paper, "For services", money(record.total_cents)),
        *sums(paper, "Credit, less refunds", money(record.left_cents)),
    ] if record.left_cents else []  # fmt: skip
    return [Block(6, with_next=True), *left, result_line(f"Paid in {record.year}", money(_paid(record)))]
