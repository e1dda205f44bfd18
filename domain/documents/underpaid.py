"""A letter to a payer about services it allowed less for than its contract says, listed line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from domain.documents import paper as on
from domain.documents.flow import Block
from domain.documents.letterhead import BODY_TOP, LEFT, RIGHT, address_window, draw_pages, facts, letterhead
from domain.documents.paper import Paper, paper_for
from domain.documents.parts import Cell, Column, heads, paragraph, row
from domain.documents.records import Party, PracticeBlock
from domain.documents.texts import texts_in
from domain.documents.wording import day, days, money

TITLE = "Underpaid services"
COLUMNS = (
    Column("Service", LEFT, 146), Column("Patient", 152, 248), Column("Claim", 252, 314), Column("Code", 318, 376),
    Column("Contract", 380, 428, "R"), Column("Allowed", 432, 480, "R"), Column("Missing", 484, RIGHT, "R"),
)
ROOM = Block(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortLine:
    """One service allowed short."""

    on: date
    patient_name: str
    claim_number: str
    code: str
    expected_cents: int
    allowed_cents: int
    paid_on: date
    trace_number: str

    @property
    def short_cents(self) -> int:
        """What is missing."""
        return self.expected_cents - self.allowed_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderpaidLetter:
    """All services of one payer that were allowed short."""

    made_on: date
    practice: PracticeBlock
    payer: Party
    lines: tuple[ShortLine, ...]
    font_path: str = ""

    @property
    def short_cents(self) -> int:
        """All of it."""
        return sum(line.short_cents for line in self.lines)


def underpaid_pdf(record: UnderpaidLetter, *, fonts_in: Path = Path()) -> bytes:
    """The letter; the same record gives the same bytes."""
    paper = paper_for(texts_in(record), dated=record.made_on, title=TITLE, author=record.practice.legal_name,
                      extra_font=fonts_in / record.font_path if record.font_path else None)
    paper.add_page()
    below = letterhead(paper, record.practice, TITLE)
    ends = address_window(paper, "To", record.payer, below=below)
    rows = [("Date", day(record.made_on)), ("Services", str(len(record.lines)))]
    beside = facts(paper, rows, ("Missing", money(record.short_cents)), beside=below + 30)
    draw_pages(paper, list(_body(paper, record)), first_top=max(BODY_TOP, ends + 24, beside + 16),
               running=f"{TITLE}  ·  {record.practice.legal_name}", foot=f"{money(record.short_cents)} missing")
    return paper.finished()


def _body(paper: Paper, record: UnderpaidLetter) -> Iterator[Block]:
    for sentence in letter(record):
        yield from paragraph(paper, sentence)
        yield Block(6)
    yield ROOM
    yield (head := heads(COLUMNS))
    for line in record.lines:
        cells = [Cell(day(line.on), f"paid {day(line.paid_on)}"), Cell(line.patient_name, f"trace {line.trace_number}"),
                 Cell(line.claim_number), Cell(line.code), Cell(money(line.expected_cents)), Cell(money(line.allowed_cents)),
                 Cell(money(line.short_cents))]
        yield from row(paper, COLUMNS, cells, head)
    yield ROOM
    yield from paragraph(paper, "Sincerely,")
    yield Block(64, partial(_signature, name=record.practice.legal_name))


def letter(record: UnderpaidLetter) -> Iterator[str]:
    """What the payer is asked, and why."""
    span = days(min(line.on for line in record.lines), max(line.on for line in record.lines))
    many = "service" if len(record.lines) == 1 else f"{len(record.lines)} services"
    yield (f"For the {many} of {span} listed below you allowed less than our contract with you provides. "
           f"Together {money(record.short_cents)} is missing.")
    yield "Please reprocess these claims at the contracted rates, or tell us in writing by which schedule you allowed them."


def _signature(paper: Paper, top: float, *, name: str) -> None:
    y = top + 44
    for left, right, caption in ((LEFT, 330.0, name), (352.0, 440.0, "Date")):
        paper.rule(left, y, right, color=on.STRONG_LINE, thickness=0.8)
        paper.say(caption, left, y + 11, size=8, color=on.FAINT)
