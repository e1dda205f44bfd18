"""Cards: where a page holds several subjects, each has one, with its title and what may be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nicegui import ui


@contextmanager
def card(title: str, acts: Callable[[], object] | None = None, *, place: str = "") -> Iterator[ui.element]:
    """A card; what `acts` draws stands at the right of its title. `place` is a class that says where it goes."""
    with ui.element("section").classes(f"sb-card is-flush {place}") as whole:
        whole.props["aria-label"] = title
        with ui.element("div").classes("sb-card-head"):
            ui.label(title).classes("sb-card-title").props("role=heading aria-level=2")
            with ui.element("div").classes("sb-card-acts"):
                if acts is not None:
                    acts()
        with ui.element("div").classes("sb-card-body") as body:
            yield body


def line_button(on_tap: Callable[..., object]) -> ui.element:
    """A line of a card that opens something: a button as wide as the card, called what stands in it."""
    return ui.element("button").classes("sb-card-line").props("type=button").on("click", on_tap)


def nothing_yet(words: str) -> None:
    """What stands in a card with nothing in it."""
    ui.label(words).classes("sb-card-nothing")
