"""What a session's payer wants to be known, and what is left of the client's authorizations with it."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from domain.reading.authorizations import AuthorizationRow, Beside
from ui.components.status import status_mark
from ui.components.typed import day_text


def beside_session(told: Beside, lines: Sequence[str] = ()) -> None:
    """Nothing, where there is nothing to tell."""
    if not told.payer_note and not told.authorizations and not lines:
        return
    with ui.element("div").classes("sb-hints").props("role=group aria-label='Payer and authorization'"):
        if told.payer_note:
            ui.label(f"{told.payer_name}: {told.payer_note}").classes("sb-hint")
        for line in lines:
            ui.label(line).classes("sb-hint")
        for row in told.authorizations:
            authorization_left(row)


def authorization_left(row: AuthorizationRow) -> None:
    """Authorization BH-1: 3 of 8 visits left, until Nov 28, 2026; in amber what should be seen in time."""
    ends = f", until {day_text(row.facts.ends_on)}" if row.facts.ends_on else ""
    with ui.element("div").classes("sb-row"):
        ui.label(f"Authorization {row.facts.number}: {row.left_words}{ends}").classes("sb-hint")
        if row.told:
            status_mark("warning", row.told)
