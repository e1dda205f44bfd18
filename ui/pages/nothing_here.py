"""An address that leads nowhere: it says so, with a way back to work."""

from __future__ import annotations

from nicegui import ui

from ui import routes
from ui.components import buttons
from ui.components.empty import empty_state
from ui.visit import Visit


def nothing_here(visit: Visit) -> None:
    """The page."""
    with visit.header("Nothing here"):
        pass
    with ui.element("div").classes("sb-work"), empty_state(
        "There is no page at this address", "It may be mistyped, or from an older link.", drawing="empty-papers",
    ):  # fmt: skip
        buttons.primary("Open the calendar", on_click=lambda: visit.go(routes.CALENDAR))
