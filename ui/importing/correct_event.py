"""Corrects what an event of a calendar file becomes, for all events of its title at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nicegui import ui

from domain.importing.calendar_preview import CalendarPreview, ImportRow
from domain.scheduling import wall_of
from ui.answering import Answers
from ui.components import buttons
from ui.components.client_picker import client_picker
from ui.components.dialog import Dialog
from ui.components.fields import select_field
from ui.components.segmented import Segmented
from ui.components.typed import time_text, weekday_text
from ui.importing.parts import counted
from ui.visit import Visit

BECOMES = {"client": "A client's appointment", "none": "Time without a client", "out": "Left out"}


class CorrectEvent(Answers):
    """One event; `on_done(row)` gets a copy with the person's choices."""

    def __init__(
        self, visit: Visit, row: ImportRow, preview: CalendarPreview, *, count: int, on_done: Callable[[ImportRow], Any]
    ) -> None:
        self.visit, self.row, self.preview, self.count, self.on_done = visit, replace(row), preview, count, on_done

    def open(self) -> None:
        """Draw and show."""
        start = wall_of(self.row.occurrence.starts_at, self.visit.zone)
        hint = f"{weekday_text(start.date())}, {start.year}, {time_text(start)}"
        if self.count > 1:
            hint = f"{counted(self.count, 'event')} of this title, one on {hint}"
        with Dialog(self.row.occurrence.title or "Without a title", hint) as self.dialog:
            with self.dialog.body:
                self.becomes = Segmented(BECOMES, self.kind(), label="It becomes", on_change=lambda _: self.follow())
                self.becomes.classes("sb-wraps")
                with ui.element("div").classes("sb-fields"):
                    self.choices()
            with self.dialog.foot:
                buttons.standard("Cancel", on_click=self.dialog.close)
                words = f"Apply to all {self.count}" if self.count > 1 else "Apply"
                self.dialog.enter_presses(buttons.primary(words, on_click=self.apply))
        self.follow()
        self.dialog.open()

    def kind(self) -> str:
        """What it becomes so far."""
        if self.row.left_out:
            return "out"
        return "none" if self.row.without_client else "client"

    def choices(self) -> None:
        """Client, Service Code and type."""
        names, row = self.preview.clients, self.row
        self.client = client_picker("Client", self.visit, row.client_id, names.get(row.client_id or 0, ""))
        if row.client_id is None and row.candidates:
            self.client.set_options({one: names[one] for one in row.candidates if one in names}, value=None)
        codes = {id_: code for id_, (code, _) in self.preview.service_codes.items()}
        self.code = select_field("Service Code", codes, row.service_code_id, clearable=True, placeholder="None")
        self.type = select_field("Appointment type", self.preview.types, row.type_id, clearable=True, placeholder="The usual one")
        for field, span in ((self.client, 12), (self.code, 6), (self.type, 6)):
            field.frame.classes(f"sb-span-{span}")

    def follow(self) -> None:
        """Show the fields that count."""
        self.client.frame.set_visibility(self.becomes.value == "client")
        for field in (self.code, self.type):
            field.frame.set_visibility(self.becomes.value != "out")

    def apply(self) -> None:
        """Take the choices, or ask for the client."""
        kind = self.becomes.value
        if kind == "client" and self.client.value is None:
            self.client.say("Choose the client.")
            return
        chosen = replace(
            self.row, client_id=self.client.value if kind == "client" else None, without_client=kind == "none",
            left_out=kind == "out", service_code_id=self.code.value, type_id=self.type.value,
        )  # fmt: skip
        if chosen.client_id is not None:
            self.preview.clients.setdefault(chosen.client_id, self.client.options.get(chosen.client_id, ""))
        self.dialog.close()
        self.on_done(chosen)
