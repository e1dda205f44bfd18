"""An invoice: what one person is asked to pay, for whom, when and for what."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from domain.documents.flow import Block
from domain.documents.letterhead import BODY_TOP, LEFT, RIGHT, address_window, draw_pages, facts, letterhead
from domain.documents.paper import Paper, paper_for
from domain.documents.parts import Cell, Column, heads, labeled, paragraph, result_line, row, sums, with_sums
from domain.documents.records import InvoiceLine, InvoiceRecord, InvoiceSection, ProviderBlock
from domain.documents.texts import texts_in
from domain.documents.wording import day, how_to_pay, money, numbers, with_credentials

COLUMNS = (
    Column("Date", LEFT, 132),
    Column("Code", 138, 216),
    Column("Description", 222, 424),
    Column("Units", 428, 458, "R"),
    Column("Amount", 462, RIGHT, "R"),
)
ROOM = Block(18)


def invoice_pdf(record: InvoiceRecord, *, fonts_in: Path = Path()) -> bytes:
    """The invoice on letter paper; the same record gives the same bytes."""
    paper = paper_for(
        texts_in(record), dated=record.issued_on, title=f"Invoice {record.number}", author=record.practice.legal_name,
        extra_font=fonts_in / record.font_path if record.font_path else None,
    )  # fmt: skip
    paper.add_page()
    top = _head(paper, record)
    blocks = list(_body(paper, record))
    running = f"Invoice {record.number}  ·  {record.practice.legal_name}"
    draw_pages(paper, blocks, first_top=top, running=running, foot=_foot(record))
    return paper.finished()


def _head(paper: Paper, record: InvoiceRecord) -> float:
    below = letterhead(paper, record.practice, "Invoice")
    ends = address_window(paper, "Bill to", record.bill_to, below=below)
    rows = [("Invoice number", record.number), ("Issued", day(record.issued_on)), ("Due", day(record.due_on))]
    beside = facts(paper, rows, _balance(record), beside=below + 30)
    return max(BODY_TOP, ends + 24, beside + 16)


def _body(paper: Paper, record: InvoiceRecord) -> Iterator[Block]:
    *others, last = record.sections
    for section in others:
        yield from with_sums(_section(paper, record, section), _subtotal(paper, section))
        yield ROOM
    subtotal = _subtotal(paper, last) if others else []
    yield from with_sums(_section(paper, record, last), [*subtotal, *_sums(paper, record)])
    if record.message:
        yield ROOM
        yield from paragraph(paper, record.message, marked=True)
    if record.due_cents > 0:
        yield ROOM
        yield from paragraph(paper, _how_to_pay(record), quiet=True)


def _section(paper: Paper, record: InvoiceRecord, section: InvoiceSection) -> list[Block]:
    blocks = labeled(paper, "Client", [section.client_name], bold=True)
    blocks += labeled(paper, "Provider", _provider(section.provider, in_full=record.with_diagnoses))
    if record.with_diagnoses:
        blocks += labeled(paper, "Diagnoses", [f"{dx.code}  {dx.description}" for dx in section.diagnoses])
    heading = heads(COLUMNS)
    blocks += [Block(8, with_next=True), heading]
    for line in section.lines:
        blocks += row(paper, COLUMNS, _cells(line), heading)
    return blocks


def _provider(provider: ProviderBlock, *, in_full: bool) -> list[str]:
    lines = [with_credentials(provider.name, provider.credentials)]
    if provider.supervised_by:
        lines.append(f"Supervised by {provider.supervised_by}")
    if in_full:
        lines.append(numbers("", ("NPI", provider.npi), ("License", provider.license_number)))
    return lines


def _cells(line: InvoiceLine) -> list[Cell]:
    return [
        Cell(day(line.day)),
        Cell("-".join((line.code, *line.modifiers))),
        Cell(line.description, line.note),
        Cell(str(line.units)),
        Cell(money(line.amount_cents)),
    ]


def _subtotal(paper: Paper, section: InvoiceSection) -> list[Block]:
    *above, last = sums(paper, "Subtotal", money(section.total_cents))
    return [*above, replace(last, with_next=False)]


def _sums(paper: Paper, record: InvoiceRecord) -> list[Block]:
    blocks = [Block(6, with_next=True), *sums(paper, "Total", money(record.total_cents))]
    for payment in record.payments:
        blocks += sums(paper, f"{payment.method}, {day(payment.received_on)}", money(-payment.amount_cents))
    return [*blocks, result_line(*_balance(record))]


def _balance(record: InvoiceRecord) -> tuple[str, str]:
    if record.due_cents < 0:
        return "Credit", money(-record.due_cents)
    return "Balance due", money(record.due_cents)


def _how_to_pay(record: InvoiceRecord) -> str:
    return f"{how_to_pay(record.practice.legal_name, record.practice.pay_to)}, and write the invoice number on them."


def _foot(record: InvoiceRecord) -> str:
    """A person's own social security number is on the letter only when it carries what an insurer needs."""
    practice = record.practice
    tax_id = practice.tax_id if practice.tax_id_kind == "EIN" or record.with_diagnoses else ""
    npi = practice.npi if record.with_diagnoses else ""
    return numbers(f"Invoice {record.number}", (practice.tax_id_kind, tax_id), ("NPI", npi))
