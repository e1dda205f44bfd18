"""A superbill: what a client had and paid, with all that their own insurer asks to know; not a bill."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from domain.documents import paper as on
from domain.documents.flow import Block
from domain.documents.letterhead import BODY_TOP, LEFT, RIGHT, address_window, draw_pages, facts, letterhead
from domain.documents.paper import Paper, paper_for
from domain.documents.parts import Cell, Column, heads, labeled, paragraph, result_line, row, sums, with_sums
from domain.documents.records import Party, SuperbillLine, SuperbillRecord
from domain.documents.texts import texts_in
from domain.documents.wording import day, days, money, numbers, with_credentials

NOT_A_BILL = "This is not a bill"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COLUMNS = (
    Column("Date", LEFT, 130),
    Column("Place", 136, 164),
    Column("Code", 168, 240),
    Column("Description", 246, 376),
    Column("Dx", 382, 412),
    Column("Units", 414, 440, "R"),
    Column("Charged", 444, 494, "R"),
    Column("Paid", 498, RIGHT, "R"),
)
ROOM = Block(18)


def superbill_pdf(record: SuperbillRecord, *, fonts_in: Path = Path()) -> bytes:
    """The superbill on letter paper; the same record gives the same bytes."""
    paper = paper_for(
        texts_in(record), dated=record.made_on, title="Superbill", author=record.practice.legal_name,
        extra_font=fonts_in / record.font_path if record.font_path else None,
    )  # fmt: skip
    paper.add_page()
    top = _head(paper, record)
    running = f"Superbill, {days(record.first_day, record.last_day)}  ·  {record.practice.legal_name}"
    draw_pages(paper, list(_body(paper, record)), first_top=top, running=running, foot=NOT_A_BILL)
    return paper.finished()


def _head(paper: Paper, record: SuperbillRecord) -> float:
    below = letterhead(paper, record.practice, "Superbill", NOT_A_BILL)
    client = Party(name=record.client.name, lines=record.client.lines)
    ends = address_window(paper, "Client", client, below=below)
    rows = [
        ("Prepared", day(record.made_on)),
        ("Dates of service", days(record.first_day, record.last_day)),
        ("Charged", money(record.charged_cents)),
    ]
    beside = facts(paper, rows, ("Paid", money(record.paid_cents)), beside=below + 30)
    return max(BODY_TOP, ends + 24, beside + 16)


def _body(paper: Paper, record: SuperbillRecord) -> Iterator[Block]:
    for label, lines in _facts_of(record):
        yield from labeled(paper, label, lines)
    yield Block(10, with_next=True)
    yield (heading := heads(COLUMNS))
    rows = [block for line in record.lines for block in row(paper, COLUMNS, _cells(line), heading)]
    yield from with_sums(rows, _sums(paper, record))
    yield ROOM
    yield from paragraph(paper, _explained(record), quiet=True)
    yield Block(58, partial(_signature, name=_provider(record)))


def _facts_of(record: SuperbillRecord) -> Iterator[tuple[str, list[str]]]:
    client, practice, provider = record.client, record.practice, record.provider
    yield "Client", [numbers(client.name, ("Born", day(client.born_on) if client.born_on else ""))]
    yield "Insurance", [numbers(client.payer_name, ("Member ID", client.member_id))]
    yield "Provider", [numbers(_provider(record), ("NPI", provider.npi), ("License", provider.license_number))]
    yield "", [f"Supervised by {provider.supervised_by}" if provider.supervised_by else ""]
    yield "Practice", [numbers(practice.legal_name, (practice.tax_id_kind, practice.tax_id), ("NPI", practice.npi))]
    yield "Referred by", [record.referred_by]
    letters = zip(LETTERS, record.diagnoses, strict=False)
    yield "Diagnoses", [f"{letter}.  {dx.code}  {dx.description}" for letter, dx in letters]


def _provider(record: SuperbillRecord) -> str:
    return with_credentials(record.provider.name, record.provider.credentials)


def _cells(line: SuperbillLine) -> list[Cell]:
    return [
        Cell(day(line.day)),
        Cell(line.place_of_service),
        Cell("-".join((line.code, *line.modifiers))),
        Cell(line.description),
        Cell(line.pointers),
        Cell(str(line.units)),
        Cell(money(line.charged_cents)),
        Cell(money(line.paid_cents)),
    ]


def _sums(paper: Paper, record: SuperbillRecord) -> list[Block]:
    return [
        Block(6, with_next=True),
        *sums(paper, "Charged", money(record.charged_cents)),
        result_line("Paid by the client", money(record.paid_cents)),
    ]


def _explained(record: SuperbillRecord) -> str:
    return (
        f"{NOT_A_BILL}. It lists the services of {days(record.first_day, record.last_day)} for the client's own claim. "
        "Place is the place-of-service code; Dx points to the diagnoses above by letter."
    )


def _signature(paper: Paper, top: float, *, name: str) -> None:
    y = top + 44
    for left, right, caption in ((LEFT, 330.0, name), (352.0, 440.0, "Date")):
        paper.rule(left, y, right, color=on.STRONG_LINE, thickness=0.8)
        paper.say(caption, left, y + 11, size=8, color=on.FAINT)
