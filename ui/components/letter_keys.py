"""Single keys as shortcuts: told to the page unless someone is typing, a dialog or menu is open, or they are off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nicegui.element import Element
from nicegui.events import GenericEventArguments, handle_event


class LetterKeys(Element, component="letter_keys.js"):
    """`LetterKeys(["t", "n", "ArrowLeft"], on_key)`; `letters` switches the single letters off, never the others."""

    def __init__(self, keys: Sequence[str], on_key: Callable[[str], Any], *, letters: bool = True) -> None:
        super().__init__()
        self.on_key = on_key
        self._props["keys"] = list(keys)
        self._props["letters"] = letters
        self.on("key", self._pressed)

    def allow_letters(self, on: bool) -> None:
        """Switch single letters on or off."""
        self._props["letters"] = on

    def _pressed(self, event: GenericEventArguments) -> None:
        handle_event(lambda _: self.on_key(str(event.args)), event)
