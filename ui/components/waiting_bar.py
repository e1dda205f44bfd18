"""The bar under the grid of waiting sessions: how many are ticked and how much, and what may be done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui

from domain.reading.to_invoice import WaitingSession
from ui.components.buttons import Button, primary, quiet, standard
from ui.components.fields import text_area
from ui.components.menus import popover
from ui.components.typed import money_text

Tap = Callable[..., Any]


class WaitingBar:
    """Rests until the rows are read: an early tap would be lost without a word."""

    def __init__(self, words: str, *, on_select_all: Tap, on_hold: Tap, on_release: Tap, on_generate: Tap,
                 on_preview: Tap) -> None:
        with ui.element("div").classes("sb-bottom-bar"):
            self.select_all = standard("Select All", icon="list-checks", on_click=on_select_all)
            with ui.element("div").props("aria-live=polite"):
                with ui.element("div").classes("sb-total-words"):
                    self.selected = ui.label()
                    self.to_fix_first = ui.label().classes("sb-desk-only")
                self.total = ui.label().classes("sb-total")
            self.hold = quiet("Hold", icon="pause", on_click=on_hold).classes("sb-right is-short")
            self.release = standard("Release it", icon="play", on_click=on_release).classes("sb-right")
            self.release.set_visibility(False)
            self.message_button = Button("Message", look="sb-quiet is-short", icon="message-square")
            with (self.message_button, popover("Message").props("no-focus"), ui.element("div").classes("sb-message-box")):
                self.message = text_area("Message printed on the client invoices", words, max_length=600)
            self.preview = Button("Preview", look="sb-quiet is-short", icon="eye", on_click=on_preview)
            self.generate = primary("Generate Invoices and Insurance Forms", icon="copy-check", on_click=on_generate)
        for button in (self.select_all, self.hold, self.preview, self.generate):
            button.disable()

    def offer(self, *, ready: bool, held: int) -> None:
        """What fits the rows shown: Select All where some are ready; held ones alone can only be released."""
        self.select_all.set_enabled(ready)
        self.release.set_text(f"Release all {held:,}" if held > 1 else "Release it")
        self.release.set_visibility(held > 0)
        for button in (self.hold, self.message_button, self.preview, self.generate):
            button.set_visibility(not held)

    def count(self, ticked: Sequence[WaitingSession], *, to_fix: int, making: bool) -> None:
        """How many are ticked, what they come to, and how many wait to be mended."""
        self.selected.set_text(f"{len(ticked):,} selected")
        self.to_fix_first.set_text(f", {to_fix:,} to fix first" if to_fix else "")
        self.total.set_text(money_text(sum(row.fee_cents for row in ticked)))
        for button in (self.hold, self.preview, self.generate):
            button.set_enabled(bool(ticked) and not making)
