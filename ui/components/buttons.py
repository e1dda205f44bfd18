"""Buttons: one primary a view, the others standard or quiet, red ones for what deletes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from nicegui import ui

from ui.components.icons import icon as drawing

OnClick = Callable[..., Any] | None


class Button(ui.button):
    """A button with a drawing before its words and a busy state that keeps its width."""

    def __init__(self, text: str = "", *, look: str, icon: str | None = None, icon_after: str | None = None,
                 icon_size: int = 18, on_click: OnClick = None) -> None:
        super().__init__(text, on_click=on_click, color=None)
        self.props("unelevated no-caps :ripple=false").classes(look)
        with self:
            if icon:
                drawing(icon, icon_size)
            if icon_after:
                drawing(icon_after, 16, "sb-after")
        self._busy_words: ui.element | None = None

    def start(self, words: str) -> Self:
        """Say what is going on and take no further taps."""
        with self, ui.element("span").classes("sb-busy-words").props("role=status") as self._busy_words:
            ui.element("span").classes("sb-spinner").props("aria-hidden=true")
            ui.label(words)
        self.classes("sb-busy").props("aria-busy=true").disable()
        return self

    def stop(self) -> Self:
        """Take taps again."""
        if self._busy_words is not None:
            self._busy_words.delete()
            self._busy_words = None
        self.classes(remove="sb-busy").props(remove="aria-busy").enable()
        return self

    @contextmanager
    def busy(self, words: str) -> Iterator[None]:
        """`with button.busy("Sending…"):` keeps the button busy for as long as the work takes, however it ends."""
        self.start(words)
        try:
            yield
        finally:
            if not self.is_deleted:
                self.stop()


def primary(text: str, *, icon: str | None = None, icon_after: str | None = None, on_click: OnClick = None) -> Button:
    """The one thing to do on this screen."""
    return Button(text, look="sb-primary", icon=icon, icon_after=icon_after, on_click=on_click)


def standard(text: str, *, icon: str | None = None, icon_after: str | None = None, on_click: OnClick = None) -> Button:
    """Any other thing to do; with `icon_after="chevron-down"` it opens a menu."""
    return Button(text, look="sb-standard", icon=icon, icon_after=icon_after, on_click=on_click)


def quiet(text: str, *, icon: str | None = None, inviting: bool = False, on_click: OnClick = None) -> Button:
    """A thing to do without an edge: Cancel, Undo; `inviting` writes it in the accent color: "Add policy"."""
    return Button(text, look=f"sb-quiet {'sb-inviting' if inviting else ''}", icon=icon, on_click=on_click)


def danger(text: str, *, icon: str | None = None, solid: bool = False, on_click: OnClick = None) -> Button:
    """Deletes or voids; `solid` where it is the answer to a question."""
    return Button(text, look=f"sb-danger {'sb-solid' if solid else ''}", icon=icon, on_click=on_click)


def icon_button(name: str, words: str, *, edged: bool = False, size: int = 18, tooltip: bool = True,
                on_click: OnClick = None) -> Button:
    """A drawing that is a button: its words are read aloud and shown when the mouse rests on it."""
    look = f"sb-icon-button {'sb-standard' if edged else ''}"
    button = Button(look=look, icon=name, icon_size=size, on_click=on_click)
    button.props["aria-label"] = words
    if tooltip:
        with button:
            ui.tooltip(words).props("delay=500")
    return button


def count(number: int, words: str, *, bad: bool = False) -> ui.element:
    """A small round number inside a button or menu entry, with words for those who hear it."""
    with ui.element("span").classes(f"sb-count {'sb-bad' if bad else ''}") as badge:
        ui.label(f"{number:,}").props("aria-hidden=true")
        ui.label(words).classes("sb-visually-hidden")
    return badge
