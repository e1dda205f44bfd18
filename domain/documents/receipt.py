"""A receipt: that money was received or given back, and what it has paid."""

from collections.abc import Iterator
from pathlib import Path

from domain.documents.account_records import PaidLine, ReceiptRecord
from domain.documents.flow import Block
from domain.documents.letterhead import BODY_TOP, LEFT, RIGHT, address_window, draw_pages, facts, letterhead
from domain.documents.paper import Paper, paper_for
from domain.documents.parts import Cell, Column, heads, labeled, paragraph, result_line, row, sums, with_sums
from domain.documents.records import PracticeBlock
from domain.documents.texts import texts_in
from domain.documents.wording import day, money, numbers

COLUMNS = (
    Column("Date", LEFT, 132),
    Column("For", 138, 330),
    Column("Document", 336, 456),
    Column("Paid", 462, RIGHT, "R"),
)
ROOM = Block(18)


def receipt_pdf(record: ReceiptRecord, *, fonts_in: Path = Path()) -> bytes:
    """The receipt on letter paper; the same record gives the same bytes."""
    title = _title(record)
    paper = paper_for(
        texts_in(record), dated=record.made_on, title=f"{title} {record.number}", author=record.practice.legal_name,
        extra_font=fonts_in / record.font_path if record.font_path else None,
    )  # fmt: skip
    paper.add_page()
    below = letterhead(paper, record.practice, title)
    ends = address_window(paper, "Given back to" if record.kind == "refund" else "Received from", record.party, below=below)
    rows = [("Number", record.number), ("Given back" if record.kind == "refund" else "Received", day(record.received_on)),
            ("Printed", day(record.made_on))]
    beside = facts(paper, rows, ("Amount", money(record.cents)), beside=below + 30)
    running = f"{title} {record.number}  ·  {record.practice.legal_name}"
    draw_pages(paper, list(_body(paper, record)), first_top=max(BODY_TOP, ends + 24, beside + 16), running=running,
               foot=foot_with_ein(f"{title} {record.number}", record.practice))
    return paper.finished()


def _title(record: ReceiptRecord) -> str:
    return "Refund" if record.kind == "refund" else "Receipt"


def _body(paper: Paper, record: ReceiptRecord) -> Iterator[Block]:
    yield from labeled(paper, "Client", [record.client_name], bold=True)
    yield from labeled(paper, "How", [f"{record.method} {record.reference}".strip()])
    yield Block(10, with_next=True)
    if record.paid:
        heading = heads(COLUMNS)
        yield heading
        rows = [block for line in record.paid for block in row(paper, COLUMNS, _cells(line), heading)]
        yield from with_sums(rows, _sums(paper, record))
    else:
        yield from _sums(paper, record)
    if record.kind == "payment":
        yield ROOM
        yield from paragraph(paper, f"What this payment has paid as of {day(record.made_on)}. Thank you.", quiet=True)


def _cells(line: PaidLine) -> list[Cell]:
    return [Cell(day(line.day)), Cell(line.what), Cell(line.document), Cell(money(line.cents))]


def _sums(paper: Paper, record: ReceiptRecord) -> list[Block]:
    left = sums(paper, "Not applied yet", money(record.left_cents)) if record.left_cents else []
    words = "Given back" if record.kind == "refund" else "Received"
    return [Block(6, with_next=True), *left, result_line(words, money(record.cents))]


def foot_with_ein(words: str, practice: PracticeBlock) -> str:
    """A person's own social security number is on a letter only when it is for insurers or taxes."""
    return numbers(words, (practice.tax_id_kind, practice.tax_id if practice.tax_id_kind == "EIN" else ""))
