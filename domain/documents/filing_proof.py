"""Proof that a claim was filed in time: a letter to the payer, and word for word what was sent and answered, with its dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from domain.documents import paper as on
from domain.documents.flow import Block
from domain.documents.letterhead import BODY_TOP, LEFT, RIGHT, address_window, draw_pages, facts, letterhead
from domain.documents.paper import Paper, paper_for
from domain.documents.parts import Cell, Column, heads, paragraph, row, subheading
from domain.documents.records import Party, PracticeBlock
from domain.documents.texts import texts_in
from domain.documents.wording import day, days, money, numbers

TITLE = "Proof of timely filing"
ROOM = Block(12)
SERVICES = (Column("Date of service", LEFT, 190), Column("Code", 196, 400), Column("Charge", 406, RIGHT, "R"))
EVENTS = (Column("Date", LEFT, 142), Column("What", 148, 360), Column("Its number", 366, RIGHT))
WORDS_SIZE, WORDS_LEADING = 8.0, 10.5


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledService:
    """One line of the claim."""

    on: date
    code: str
    charge_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingEvent:
    """One thing that proves it: its day as the file says it, what it is, and its number; with the segments themselves."""

    on: date
    what: str
    note: str = ""
    number: str = ""
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingProof:
    """One claim that was denied as late, with everything that says when it was filed."""

    made_on: date
    practice: PracticeBlock
    payer: Party
    claim_number: str
    payer_number: str
    patient_name: str
    member_id: str
    services: tuple[FiledService, ...]
    denied_on: date | None
    reason: str
    filed_on: date
    answered_on: date | None
    limit_days: int | None
    events: tuple[FilingEvent, ...]
    font_path: str = ""

    @property
    def days_to_filing(self) -> int:
        """From the first service to the first filing."""
        return (self.filed_on - min(service.on for service in self.services)).days


def filing_proof_pdf(record: FilingProof, *, fonts_in: Path = Path()) -> bytes:
    """The letter with its events; the same record gives the same bytes."""
    paper = paper_for(texts_in(record), dated=record.made_on, title=TITLE, author=record.practice.legal_name,
                      extra_font=fonts_in / record.font_path if record.font_path else None)
    paper.add_page()
    below = letterhead(paper, record.practice, TITLE)
    ends = address_window(paper, "To", record.payer, below=below)
    rows = [("Date", day(record.made_on)), ("Claim", record.claim_number)]
    rows += [("Your number", record.payer_number)] if record.payer_number else []
    rows += [("Filed", day(record.filed_on))]
    beside = facts(paper, rows, None, beside=below + 30)
    running = f"{TITLE}, claim {record.claim_number}  ·  {record.practice.legal_name}"
    draw_pages(paper, list(_body(paper, record)), first_top=max(BODY_TOP, ends + 24, beside + 16), running=running,
               foot=f"Claim {record.claim_number}, filed {day(record.filed_on)}")
    return paper.finished()


def _body(paper: Paper, record: FilingProof) -> Iterator[Block]:
    patient = numbers(record.patient_name, ("Member ID", record.member_id))
    yield from subheading(paper, f"Claim {record.claim_number} of {patient}")
    for sentence in letter(record):
        yield from paragraph(paper, sentence)
        yield Block(6)
    yield ROOM
    yield (services := heads(SERVICES))
    for one in record.services:
        yield from row(paper, SERVICES, [Cell(day(one.on)), Cell(one.code), Cell(money(one.charge_cents))], services)
    yield ROOM
    yield from subheading(paper, "What was filed and answered, in order")
    yield (events := heads(EVENTS))
    for event in record.events:
        yield from row(paper, EVENTS, [Cell(day(event.on)), Cell(event.what, event.note), Cell(event.number)], events)
    yield ROOM
    yield from paragraph(paper, "Sincerely,")
    yield Block(64, partial(_signature, name=record.practice.legal_name))
    yield from _segments(paper, record)


def letter(record: FilingProof) -> Iterator[str]:
    """What the payer is asked, and why."""
    services = days(min(one.on for one in record.services), max(one.on for one in record.services))
    denied = f", on {day(record.denied_on)}" if record.denied_on else ""
    said = f", reason {record.reason}" if record.reason else ""
    yield f"You denied this claim for services of {services} as filed too late{denied}{said}. It was filed in time."
    within = f", within your limit of {record.limit_days} days" if record.limit_days and record.days_to_filing <= record.limit_days else ""
    answered = f" It was acknowledged on {day(record.answered_on)}." if record.answered_on else ""
    yield (f"It was filed on {day(record.filed_on)}, {record.days_to_filing} days after the first service{within}.{answered} "
           "The claim as sent and each acknowledgement, with its date and trace number, are listed below and enclosed.")
    yield "Please take back this denial and process the claim."


def _signature(paper: Paper, top: float, *, name: str) -> None:
    y = top + 44
    for left, right, caption in ((LEFT, 330.0, name), (352.0, 440.0, "Date")):
        paper.rule(left, y, right, color=on.STRONG_LINE, thickness=0.8)
        paper.say(caption, left, y + 11, size=8, color=on.FAINT)


def _segments(paper: Paper, record: FilingProof) -> Iterator[Block]:
    """The files' own words of this claim; nothing of other patients stands in them."""
    for event in record.events:
        if event.segments:
            yield ROOM
            yield from subheading(paper, f"{event.what}, {day(event.on)}, word for word")
            lines = [line for segment in event.segments for line in paper.wrapped(segment, RIGHT - LEFT, size=WORDS_SIZE)]
            for line in lines:
                yield Block(WORDS_LEADING, partial(_word_for_word, text=line))


def _word_for_word(paper: Paper, top: float, *, text: str) -> None:
    paper.say(text, LEFT, top + 8, size=WORDS_SIZE, color=on.SOFT)
