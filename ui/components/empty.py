"""Empty states: a small drawing, what is empty, why, and the one next step."""

from nicegui import ui

from ui.theme import ASSETS


def empty_state(title: str, why: str = "", *, drawing: str = "empty-list") -> ui.element:
    """Draw it and answer the place for its buttons."""
    picture = (ASSETS / "icons" / "own" / f"{drawing}.svg").read_text(encoding="utf-8")
    with ui.element("div").classes("sb-empty"):
        ui.html(picture, sanitize=False).classes("sb-drawing").props("aria-hidden=true")
        ui.label(title).classes("sb-panel-title").props("role=heading aria-level=2")
        if why:
            ui.label(why).classes("sb-empty-why")
        return ui.element("div").classes("sb-empty-acts")
