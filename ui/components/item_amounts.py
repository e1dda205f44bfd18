"""What is owed, an item a line, with an amount beside each: what a payment pays, what is written off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui

from domain.reading.account import OpenItem
from ui.components.typed import day_text, money_text
from ui.components.typed_fields import money_field


class ItemAmounts:
    """Lines to type amounts in, or, with `fixed`, to see what each would get."""

    def __init__(self, words: str, on_change: Callable[[], Any]) -> None:
        self.words, self.on_change = words, on_change
        self.items: Sequence[OpenItem] = ()
        self.parts: dict[int, int] = {}
        self.fixed = False
        self.place = ui.element("div").classes("sb-sum-lines")

    def show(self, items: Sequence[OpenItem], parts: dict[int, int], *, fixed: bool) -> None:
        """Draw these items with these amounts."""
        self.items, self.fixed = items, fixed
        self.parts = {item.id: cents for item in items if (cents := min(parts.get(item.id, 0), item.open_cents))}
        self.place.clear()
        with self.place:
            for item in items:
                self.line(item)
            if not items:
                ui.label("Nothing is owed on this account.").classes("sb-hint sb-sum-line")

    def line(self, item: OpenItem) -> None:
        """What it is, how much is open, and the amount."""
        with ui.element("div").classes("sb-sum-line is-tall"):
            with ui.element("div").classes("sb-grow"):
                ui.label(f"{day_text(item.day)} · {item.what}")
                ui.label(", ".join(part for part in (item.document, f"{money_text(item.open_cents)} open") if part)).classes("sb-hint sb-num")
            if self.fixed:
                ui.label(money_text(self.parts.get(item.id, 0))).classes("sb-amount sb-num")
            else:
                self.amount(item)

    def amount(self, item: OpenItem) -> None:
        """A field whose words are heard, since the line says what it is about."""
        words = f"{self.words} {day_text(item.day)}, {item.what}"
        field = money_field(words, self.parts.get(item.id) or None, width="116px",
                            on_change=lambda event: self.take(item.id, event.value))
        field.classes("sb-bare-field")
        field.input.mark(f"amount-{item.id}")

    def take(self, item_id: int, cents: int | None) -> None:
        """An amount was typed."""
        self.parts[item_id] = cents or 0
        self.on_change()

    @property
    def total_cents(self) -> int:
        """What the lines come to."""
        return sum(self.parts.values())

    def too_much(self) -> str:
        """Which item got more than is open of it, said in a sentence; nothing if none."""
        over = next((item for item in self.items if self.parts.get(item.id, 0) > item.open_cents), None)
        return f"Only {money_text(over.open_cents)} is open of {day_text(over.day)}, {over.what}." if over else ""
