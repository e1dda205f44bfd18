"""What opens beside a button: menus of things to do, and small boxes; each is heard as what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui


def menu_entry(words: str, on_click: Callable[..., Any]) -> ui.menu_item:
    """One thing to do; Quasar alone would call it an item of a list, which a menu has none of."""
    return ui.menu_item(words, on_click=on_click).props("role=menuitem")


def popover(words: str) -> ui.menu:
    """A box with fields or a calendar; Quasar alone would call it a menu."""
    box = ui.menu().props("role=dialog")
    box.props["aria-label"] = words
    return box
