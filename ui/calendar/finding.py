"""Find an appointment by client or title, and the list of the calendar's keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from domain.practice import keep_letter_keys
from domain.reading.calendar import AppointmentLine
from domain.reading.calendar_setup import appointments_named
from ui.answering import Answers
from ui.calendar.blocks import as_row
from ui.components import buttons, cells
from ui.components.dialog import Dialog
from ui.components.fields import search_field, switch
from ui.components.table import Column, LongTable, Row
from ui.components.typed import day_text
from ui.visit import Visit

KEYS = {
    "T": "Today", "← →": "Back and forth", "D": "Day", "W": "Week", "M": "Month", "L": "List",
    "N": "New appointment", "/": "Find an appointment", "?": "These keys",
}  # fmt: skip
FOUND = (
    Column(name="day", label="Date", look="sb-num sb-2", width="140px"),
    Column(name="time", label="Time", look="sb-num", width="186px"),
    Column(name="client", label="Client", html=True),
    Column(name="chip", label="Code", html=True, width="88px"),
    Column(name="status", label="Status", html=True, width="128px"),
)


class Finding(Answers):
    """A box and what it finds: what is to come first, then the latest before."""

    def __init__(self, visit: Visit, *, on_choice: Callable[[int], Any]) -> None:
        self.visit, self.on_choice = visit, on_choice

    def open(self) -> None:
        """Draw and show, with the cursor in the box."""
        hint = "By client or title: what is to come, then what was."
        with Dialog("Find an appointment", hint, size="wide", flush=True) as self.dialog:
            with self.dialog.body:
                with ui.element("div").classes("sb-toolbar"):
                    self.box = search_field("Client or title", width="100%", on_change=self.look)
                with ui.element("div").classes("sb-found"):
                    self.table = LongTable(FOUND, label="Appointments found", on_row=self.choose)
                    self.nothing = ui.label("Type a part of the name.").classes("sb-hint sb-padded")
            with self.dialog.foot:
                buttons.standard("Close", on_click=self.dialog.close)
        self.table.set_visibility(False)
        self.dialog.open()
        ui.timer(0.25, self.box.focus, once=True)

    async def look(self, event: Any) -> None:
        """Read what holds the text."""
        text = event.value or ""
        lines = await appointments_named(text, near=self.visit.now(), seen_by=self.visit.user)
        if text != (self.box.value or ""):
            return
        self.table.set_rows([self.row(line) for line in lines])
        self.table.set_visibility(bool(lines))
        self.nothing.set_visibility(not lines)
        self.nothing.set_text("Nothing of this name." if text.strip() else "Type a part of the name.")

    def row(self, line: AppointmentLine) -> Row:
        """One of those found, with its day."""
        day = day_text(line.starts_at.astimezone(self.visit.zone).date())
        chip = cells.chip_html(line.code, line.color) if line.code else ""
        return as_row(line, self.visit.zone) | {"day": day, "chip": chip}

    async def choose(self, appointment_id: int) -> None:
        """Show it on its day."""
        self.dialog.close()
        await self.on_choice(appointment_id)


def show_keys(visit: Visit, *, on_switch: Callable[[bool], Any]) -> None:
    """The keys, and a switch for single letters."""

    async def keep(event: Any) -> None:
        visit.letter_keys = bool(event.value)
        on_switch(visit.letter_keys)
        await keep_letter_keys(on=visit.letter_keys, by=visit.user)

    with Dialog("Keys of the calendar", size="small") as dialog:
        with dialog.body:
            with ui.element("dl").classes("sb-keys"):
                for key, words in KEYS.items():
                    with ui.element("dt"):
                        for one in key.split():
                            ui.label(one).classes("sb-key")
                    with ui.element("dd"):
                        ui.label(words)
            switch("Single-letter keys", visit.letter_keys, on_change=keep)
        with dialog.foot:
            buttons.standard("Close", on_click=dialog.close)
    dialog.open()
