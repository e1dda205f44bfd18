"""Blocks that follow each other down the page and over to the next, known in full before the first is drawn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from domain.documents.paper import Paper


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page that is never cut."""

    height: float
    draw: Callable[[Paper, float], None] | None = None
    """Draws the block, given its top; a block without is room, and dropped at the top of a page."""
    with_next: bool = False
    """Never the last on its page."""
    heading: "Block | None" = None
    """What is repeated above when the block begins a page: a table's column heads."""


Placed = tuple[float, Block]


def pages_of(blocks: Sequence[Block], *, first_top: float, next_top: float, bottom: float) -> list[list[Placed]]:
    """Every page with its blocks and where each begins."""
    pages: list[list[Placed]] = [[]]
    y = first_top
    for group in _kept_together(blocks):
        if pages[-1] and y + _height(group) > bottom:
            pages.append([])
            y = next_top
        for block in group:
            if pages[-1] and y + block.height > bottom:  # the group alone is taller than a page
                pages.append([])
                y = next_top
            y = _place(pages, y, block, again=len(pages) > 1)
    return pages


def _place(pages: list[list[Placed]], y: float, block: Block, *, again: bool) -> float:
    page = pages[-1]
    if again and not page:
        if block.draw is None:
            return y
        if block.heading:
            page.append((y, block.heading))
            y += block.heading.height
    page.append((y, block))
    return y + block.height


def _height(group: Sequence[Block]) -> float:
    return sum(block.height for block in group)


def _kept_together(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.with_next:
            yield group
            group = []
    if group:
        yield group
