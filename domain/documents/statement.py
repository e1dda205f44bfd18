"""A statement: what is open on an account and for how long, what was paid, and what insurers are waited for."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from domain.documents.account_records import AGES, AccountSection, MoneyLine, OwedLine, StatementRecord
from domain.documents.flow import Block
from domain.documents.letterhead import BODY_TOP, LEFT, RIGHT, address_window, draw_pages, facts, letterhead
from domain.documents.paper import Paper, paper_for
from domain.documents.parts import (
    Cell,
    Column,
    heads,
    labeled,
    paragraph,
    result_line,
    row,
    subheading,
    sums,
    with_sums,
)
from domain.documents.texts import texts_in
from domain.documents.wording import day, how_to_pay, money, numbers

NO_CHARGE = "Not a new charge"
OWED = (
    Column("Date", LEFT, 132),
    Column("Description", 138, 318),
    Column("Due since", 324, 394),
    Column("Amount", 398, 470, "R"),
    Column("Open", 476, RIGHT, "R"),
)
PAID = (
    Column("Date", LEFT, 132),
    Column("Payment", 138, 318),
    Column("Reference", 324, 470),
    Column("Amount", 476, RIGHT, "R"),
)
WAITING = (Column("Insurance", LEFT, 470), Column("Amount", 476, RIGHT, "R"))
AGE_WIDTH = 88
OLD = (
    *(Column(words, LEFT + AGE_WIDTH * at, LEFT + AGE_WIDTH * (at + 1) - 6) for at, (words, *_) in enumerate(AGES)),
    Column("Open in all", 428, RIGHT, "R"),
)
ROOM = Block(16)


def statement_pdf(record: StatementRecord, *, fonts_in: Path = Path()) -> bytes:
    """The statement on letter paper; the same record gives the same bytes."""
    paper = paper_for(
        texts_in(record), dated=record.made_on, title=f"Statement of {day(record.made_on)}", author=record.practice.legal_name,
        extra_font=fonts_in / record.font_path if record.font_path else None,
    )  # fmt: skip
    paper.add_page()
    top = _head(paper, record)
    running = f"Statement of {day(record.made_on)}  ·  {record.practice.legal_name}"
    draw_pages(paper, list(_body(paper, record)), first_top=top, running=running, foot=_foot(record))
    return paper.finished()


def _head(paper: Paper, record: StatementRecord) -> float:
    below = letterhead(paper, record.practice, "Statement", NO_CHARGE)
    ends = address_window(paper, "To", record.bill_to, below=below)
    beside = facts(paper, [("Statement of", day(record.made_on))], _result(record), beside=below + 30)
    return max(BODY_TOP, ends + 24, beside + 16)


def _body(paper: Paper, record: StatementRecord) -> Iterator[Block]:
    *others, last = record.sections
    several = bool(others)
    for section in others:
        yield from with_sums(_section(paper, section), _subtotal(paper, section, last=True))
        yield ROOM
    subtotal = _subtotal(paper, last) if several else []
    yield from with_sums(_section(paper, last), [*subtotal, *_end(paper, record)])
    if record.open_cents:
        yield ROOM
        yield from _ages(paper, record)
    for section in record.sections:
        yield from _payments(paper, section, record.payments_since, several=several)
        yield from _insurance(paper, section, several=several)
    if record.message:
        yield ROOM
        yield from paragraph(paper, record.message, marked=True)
    if record.due_cents > 0:
        yield ROOM
        yield from paragraph(paper, _how_to_pay(record), quiet=True)


def _section(paper: Paper, section: AccountSection) -> list[Block]:
    blocks = labeled(paper, "Client", [section.client_name], bold=True)
    if not section.owed:
        return [*blocks, *paragraph(paper, "Nothing is open on this account.")]
    heading = heads(OWED)
    blocks += [Block(8, with_next=True), heading]
    for line in section.owed:
        blocks += row(paper, OWED, _owed(line), heading)
    return blocks


def _subtotal(paper: Paper, section: AccountSection, *, last: bool = False) -> list[Block]:
    return sums(paper, "Subtotal", money(section.open_cents), last=last)


def _owed(line: OwedLine) -> list[Cell]:
    paid = line.cents - line.open_cents
    return [
        Cell(day(line.day)), Cell(line.what, line.document), Cell(day(line.since)),
        Cell(money(line.cents), f"{money(paid)} credited" if paid else ""), Cell(money(line.open_cents)),
    ]  # fmt: skip


def _end(paper: Paper, record: StatementRecord) -> list[Block]:
    blocks = [Block(6, with_next=True), *sums(paper, "Open", money(record.open_cents))]
    if record.credit_cents:
        blocks += sums(paper, "Paid, not applied yet", money(-record.credit_cents))
    return [*blocks, result_line(*_result(record))]


def _result(record: StatementRecord) -> tuple[str, str]:
    if record.due_cents < 0:
        return "Your credit", money(-record.due_cents)
    return "Amount due", money(record.due_cents)


def _ages(paper: Paper, record: StatementRecord) -> Iterator[Block]:
    heading = heads(OLD)
    yield from subheading(paper, "How long it has been due")
    yield heading
    cells = [Cell(money(cents)) for cents in (*record.by_age, record.open_cents)]
    yield from row(paper, OLD, cells, heading)


def _payments(paper: Paper, section: AccountSection, since: date, *, several: bool) -> Iterator[Block]:
    if not section.payments and not section.held_cents:
        return
    heading = heads(PAID)
    yield ROOM
    yield from subheading(paper, f"Payments since {day(since)}{f' for {section.client_name}' if several else ''}")
    if section.payments:
        yield heading
    for line in section.payments:
        yield from row(paper, PAID, _paid(line), heading)
    if section.held_cents:
        held = f"{money(section.held_cents)} was taken for visits that are not charged yet. It is kept for them."
        yield Block(5)
        yield from paragraph(paper, held, quiet=True)


def _paid(line: MoneyLine) -> list[Cell]:
    what = f"Refund, {line.method.lower()}" if line.cents < 0 else line.method
    return [Cell(day(line.received_on)), Cell(what), Cell(line.reference), Cell(money(line.cents))]


def _insurance(paper: Paper, section: AccountSection, *, several: bool) -> Iterator[Block]:
    if not section.waiting:
        return
    heading = heads(WAITING)
    yield ROOM
    yield from subheading(paper, f"Waiting for insurance of {section.client_name}" if several else "Waiting for insurance")
    yield heading
    for one in section.waiting:
        yield from row(paper, WAITING, [Cell(one.name), Cell(money(one.cents))], heading)
    yield Block(5)
    yield from paragraph(paper, "This is with the insurance and not part of the amount due.", quiet=True)


def _how_to_pay(record: StatementRecord) -> str:
    return f"{how_to_pay(record.practice.legal_name, record.practice.pay_to)}, and write {record.bill_to.name} on them."


def _foot(record: StatementRecord) -> str:
    """A person's own social security number is not on a letter that asks for money."""
    practice = record.practice
    tax_id = practice.tax_id if practice.tax_id_kind == "EIN" else ""
    return numbers(f"Statement of {day(record.made_on)}", (practice.tax_id_kind, tax_id))
