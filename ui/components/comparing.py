"""Two people changed one record: which fields differ, and both versions side by side in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields as fields_of
from datetime import date
from typing import Any

from nicegui import ui

from ui.components.typed import day_text, money_text

UNTOLD = {"id", "version"}


def three_ways(original: Any, mine: Any, theirs: Any) -> tuple[list[str], list[str]]:
    """Which fields the other changed, and which of those are typed in here too and differ."""
    names = [one.name for one in fields_of(original) if one.name not in UNTOLD]
    changed = [name for name in names if getattr(theirs, name) != getattr(original, name)]
    conflicts = [
        name for name in changed
        if getattr(mine, name) != getattr(original, name) and getattr(mine, name) != getattr(theirs, name)
    ]
    return changed, conflicts


def comparison(lines: Sequence[tuple[str, str, str, str]]) -> None:
    """A table: the field, how it was, theirs, yours."""
    with ui.element("table").classes("sb-compare"):
        with ui.element("thead"), ui.element("tr"):
            for head in ("", "Before", "Theirs", "Yours"):
                with ui.element("th").props("scope=col"):
                    ui.label(head)
        with ui.element("tbody"):
            for words, *versions in lines:
                with ui.element("tr"):
                    with ui.element("th").props("scope=row"):
                        ui.label(words)
                    for version in versions:
                        with ui.element("td"):
                            ui.label(version or "–")


def in_words(name: str, value: Any) -> str:
    """A value as people write it, by its kind and the unit in its name."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day_text(value)
    if name.endswith("_cents") and value is not None:
        return money_text(value)
    if name.endswith("_points") and value is not None:
        return f"{value / 100:g} %"
    return "" if value is None else str(value)


def listed(words: list[str]) -> str:
    """A, B and C."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
