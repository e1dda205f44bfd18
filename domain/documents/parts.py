"""Parts of a letter's body as blocks: labeled facts, tables whose heads repeat, sums, paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest

from domain.documents import paper as on
from domain.documents.flow import Block
from domain.documents.letterhead import LEFT, RIGHT
from domain.documents.paper import Align, Paper

VALUES_LEFT = 138.0
SUMS_LEFT = 372.0
TOGETHER = 10
"""A row of up to so many lines is kept on one page."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, between two edges."""

    title: str
    left: float
    right: float
    align: Align = "L"

    @property
    def edge(self) -> float:
        """Where its text is aligned."""
        return self.right if self.align == "R" else self.left


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a row, and a quieter note below it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    size: float
    color: on.Color


def labeled(paper: Paper, label: str, lines: Sequence[str], *, bold: bool = False) -> list[Block]:
    """A quiet label at the left and its lines beside it."""
    width = RIGHT - VALUES_LEFT
    wrapped = [piece for line in lines if line for piece in paper.wrapped(line, width, size=9.5, bold=bold)]
    return [
        Block(14, partial(_labeled_line, label="" if number else label, text=text, bold=bold), with_next=True)
        for number, text in enumerate(wrapped)
    ]


def _labeled_line(paper: Paper, top: float, *, label: str, text: str, bold: bool) -> None:
    paper.say(label, LEFT, top + 10, size=9, color=on.FAINT)
    paper.say(text, VALUES_LEFT, top + 10, size=9.5, bold=bold)


def heads(columns: Sequence[Column]) -> Block:
    """The line of column titles, repeated where the table goes over a page."""
    return Block(20, partial(_heads, columns=columns), with_next=True)


def _heads(paper: Paper, top: float, *, columns: Sequence[Column]) -> None:
    for column in columns:
        paper.say(column.title, column.edge, top + 11, size=8, color=on.FAINT, align=column.align)
    paper.rule(LEFT, top + 18, RIGHT, color=on.STRONG_LINE, thickness=0.8)


def row(paper: Paper, columns: Sequence[Column], cells: Sequence[Cell], heading: Block) -> list[Block]:
    """One row, a block a line, so that even an endless description goes over the page."""
    pieces = [_pieces(paper, column, cell) for column, cell in zip(columns, cells, strict=True)]
    lines = list(zip_longest(*pieces))
    last = len(lines) - 1
    return [
        Block(
            13 + 5 * (number == 0) + 5 * (number == last),
            partial(_row_line, columns=columns, line=line, first=number == 0, last=number == last),
            with_next=number < last <= TOGETHER,
            heading=heading,
        )
        for number, line in enumerate(lines)
    ]


def with_sums(rows: Sequence[Block], sums_below: Sequence[Block]) -> list[Block]:
    """The table's last row goes over to the next page with the sums, which never stand there alone."""
    if not rows:
        return list(sums_below)
    return [*rows[:-1], replace(rows[-1], with_next=True), *sums_below]


def _pieces(paper: Paper, column: Column, cell: Cell) -> list[_Piece]:
    width = column.right - column.left
    text = [_Piece(line, 9.5, on.INK) for line in paper.wrapped(cell.text, width, size=9.5)]
    return text + [_Piece(line, 8.5, on.FAINT) for line in paper.wrapped(cell.note, width, size=8.5)]


def _row_line(
    paper: Paper, top: float, *, columns: Sequence[Column], line: Sequence[_Piece | None], first: bool, last: bool
) -> None:
    baseline = top + 9.5 + 5 * first
    for column, piece in zip(columns, line, strict=True):
        if piece:
            paper.say(piece.text, column.edge, baseline, size=piece.size, color=piece.color, align=column.align)
    if last:
        paper.rule(LEFT, top + 13 + 5 * first + 5, RIGHT)


def subheading(paper: Paper, text: str) -> list[Block]:
    """What the table below is about."""
    lines = paper.wrapped(text, RIGHT - LEFT, size=10.5, bold=True)
    return [Block(15 + 3 * (at == len(lines) - 1), partial(_subheading, text=line), with_next=True) for at, line in enumerate(lines)]


def _subheading(paper: Paper, top: float, *, text: str) -> None:
    paper.say(text, LEFT, top + 11, size=10.5, bold=True)


def sums(paper: Paper, label: str, value: str, *, last: bool = False) -> list[Block]:
    """A sum below the table's last column, kept with what follows unless it is the last; a long label takes several lines."""
    lines = paper.wrapped(label, 112, size=9.5)
    return [
        Block(16, partial(_sum_line, label=line, value="" if number else value),
              with_next=not (last and number == len(lines) - 1))
        for number, line in enumerate(lines)
    ]


def _sum_line(paper: Paper, top: float, *, label: str, value: str) -> None:
    paper.say(label, SUMS_LEFT, top + 12, size=9.5, color=on.SOFT)
    paper.say(value, RIGHT, top + 12, size=9.5, align="R")


def result_line(label: str, value: str) -> Block:
    """The sum that the letter is about."""
    return Block(30, partial(_result_line, label=label, value=value))


def _result_line(paper: Paper, top: float, *, label: str, value: str) -> None:
    paper.rule(SUMS_LEFT, top + 6, RIGHT, color=on.STRONG_LINE, thickness=0.8)
    paper.say(label, SUMS_LEFT, top + 23, size=10.5, bold=True)
    paper.say(value, RIGHT, top + 23, size=12, bold=True, color=on.ACCENT, align="R")


def paragraph(paper: Paper, text: str, *, marked: bool = False, quiet: bool = False) -> list[Block]:
    """Sentences across the page; marked ones have a bar at their side."""
    size, indent = (8.5, 0.0) if quiet else (9.5, 12.0 if marked else 0.0)
    lines = paper.wrapped(text, RIGHT - LEFT - indent, size=size)
    draw = partial(_paragraph_line, size=size, indent=indent, color=on.FAINT if quiet else on.INK)
    return [Block(size + 4.5, partial(draw, text=line)) for line in lines]


def _paragraph_line(paper: Paper, top: float, *, text: str, size: float, indent: float, color: on.Color) -> None:
    if indent:
        paper.block(LEFT, top, 2, size + 4.5, on.ACCENT)
    paper.say(text, LEFT + indent, top + size, size=size, color=color)
