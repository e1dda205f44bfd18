"""What every letter of the practice has: its name above, the address in the window, facts beside it, the foot."""

from collections.abc import Sequence

from domain.documents import paper as on
from domain.documents.flow import Block, Placed, pages_of
from domain.documents.paper import Paper
from domain.documents.records import Party, PracticeBlock

LEFT, RIGHT = 64.0, 548.0
FOOT = 758.0
BOTTOM = 736.0
NEXT_TOP = 86.0
WINDOW_TOP = 176.0
"""The first address line. A #10 window envelope shows 2.5 to 3.1 in. of the sheet however it slips: 180 to 225 points."""
WINDOW_WIDTH = 262.0
FACTS_LEFT = 372.0
BODY_TOP = 272.0

Fact = tuple[str, str]


def letterhead(paper: Paper, practice: PracticeBlock, title: str, note: str = "") -> float:
    """The practice at the left, what this is at the right; returns where it ends."""
    paper.block(LEFT, 44, 28, 3, on.ACCENT)
    y = _lines(paper, paper.wrapped(practice.legal_name, 290, size=14, bold=True), 70, size=14, leading=18, bold=True)
    y = _lines(paper, _contact(paper, practice), y - 2, size=9, leading=12.5, color=on.SOFT)
    paper.say(title, RIGHT, 72, size=20, align="R")
    paper.say(note, RIGHT, 90, size=9.5, bold=True, color=on.ACCENT, align="R")
    return y


def _contact(paper: Paper, practice: PracticeBlock) -> list[str]:
    reached = "  ·  ".join(part for part in (practice.phone, practice.email) if part)
    return [line for text in (*practice.lines, reached) for line in paper.wrapped(text, 290, size=9)]


def address_window(paper: Paper, label: str, party: Party, *, below: float) -> float:
    """The address where a window envelope shows it; returns where it ends."""
    top = max(WINDOW_TOP, below + 30)
    paper.say(label, LEFT, top - 16, size=8, color=on.FAINT)
    y = _lines(
        paper, paper.wrapped(party.name, WINDOW_WIDTH, size=10.5, bold=True), top, size=10.5, leading=14, bold=True
    )
    rest = [line for text in party.lines for line in paper.wrapped(text, WINDOW_WIDTH, size=10.5)]
    return _lines(paper, rest, y, size=10.5, leading=14)


def facts(paper: Paper, rows: Sequence[Fact], result: Fact | None, *, beside: float) -> float:
    """Number, dates and the like beside the window, and the one sum that matters below them."""
    y = max(WINDOW_TOP, beside) - 16
    for label, value in rows:
        paper.say(label, FACTS_LEFT, y, size=9, color=on.FAINT)
        paper.say(value, RIGHT, y, size=9, align="R")
        y += 15
    if result:
        paper.rule(FACTS_LEFT, y - 5, RIGHT, color=on.STRONG_LINE)
        paper.say(result[0], FACTS_LEFT, y + 12, size=10, bold=True)
        paper.say(result[1], RIGHT, y + 12, size=13, bold=True, color=on.ACCENT, align="R")
        y += 24
    return y


def _lines(
    paper: Paper, lines: Sequence[str], y: float, *, size: float, leading: float, bold: bool = False,
    color: on.Color = on.INK,
) -> float:  # fmt: skip
    for line in lines:
        paper.say(line, LEFT, y, size=size, bold=bold, color=color)
        y += leading
    return y


def draw_pages(paper: Paper, blocks: Sequence[Block], *, first_top: float, running: str, foot: str) -> None:
    """All blocks, the first page being open already; every page says which it is of how many."""
    pages = pages_of(blocks, first_top=first_top, next_top=NEXT_TOP, bottom=BOTTOM)
    for number, page in enumerate(pages, start=1):
        if number > 1:
            paper.add_page()
            _running_head(paper, running)
        _draw(paper, page)
        _foot(paper, foot, f"Page {number} of {len(pages)}")


def _draw(paper: Paper, page: Sequence[Placed]) -> None:
    for top, block in page:
        if block.draw:
            block.draw(paper, top)


def _running_head(paper: Paper, text: str) -> None:
    paper.block(LEFT, 44, 28, 3, on.ACCENT)
    paper.say(text, LEFT, 62, size=9, color=on.SOFT)


def _foot(paper: Paper, text: str, page: str) -> None:
    paper.rule(LEFT, FOOT - 13, RIGHT)
    line = paper.wrapped(text, RIGHT - LEFT - 70, size=8)
    paper.say(line[0] if line else "", LEFT, FOOT, size=8, color=on.FAINT)
    paper.say(page, RIGHT, FOOT, size=8, color=on.FAINT, align="R")
