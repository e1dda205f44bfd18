"""Drawings in line with the text: one outlined family, and our own filled lock and marks."""

import re
from functools import cache
from html import escape

from nicegui import ui

from ui.theme import ASSETS

OWN = ASSETS / "icons" / "own"
FAMILY = ASSETS / "icons" / "lucide"


def icon(name: str, size: int = 18, classes: str = "") -> ui.html:
    """A drawing that only accompanies words: screen readers pass over it."""
    drawing = ui.html(_drawing(name, size), sanitize=False, tag="span")
    return drawing.classes(f"sb-icon {classes}").props("aria-hidden=true")


@cache
def svg(name: str, size: int = 18, classes: str = "") -> str:
    """The same as text, for table cells and calendar blocks that are drawn in the browser."""
    return f'<span class="{escape(f"sb-icon {classes}".strip())}" aria-hidden="true">{_drawing(name, size)}</span>'


def lock(size: int = 16, classes: str = "") -> ui.html:
    """The filled black lock of what was sent to billing, on a light plate in the dark."""
    return icon("lock", size, f"sb-lock {classes}")


@cache
def _drawing(name: str, size: int) -> str:
    own = OWN / f"{name}.svg"
    source = (own if own.exists() else FAMILY / f"{name}.svg").read_text(encoding="utf-8")
    source = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
    opening, rest = source.split(">", 1)
    opening = re.sub(r'\s(class|width|height|xmlns)="[^"]*"', "", opening)
    opening = opening.replace('stroke-width="2"', 'stroke-width="1.75"')
    return " ".join(f'{opening} width="{size}" height="{size}">{rest}'.split())
