"""Merging two records of one person: choose the other, see what moves, say it once more."""

from __future__ import annotations

from nicegui import ui

from domain.merging import merge_clients
from ui import routes
from ui.answering import answering
from ui.components import buttons
from ui.components.banner import Banner
from ui.components.client_picker import client_picker
from ui.components.dialog import Dialog, ask
from ui.visit import Visit


class MergeClients:
    """The record that is open stays; the chosen one goes into it."""

    def __init__(self, visit: Visit, client_id: int, name: str) -> None:
        self.visit, self.client_id, self.name = visit, client_id, name

    def open(self) -> None:
        """Draw and show."""
        hint = f"{self.name} stays; everything of the other record moves here."
        with Dialog("Merge with another record", hint, size="medium") as self.dialog:
            with self.dialog.body:
                self.news = ui.element("div").classes("sb-news")
                self.other = client_picker("The other record of this person", self.visit, None, "")
                for line in (
                    "Appointments, sessions, policies and diagnoses move. Details that are missing here are filled in.",
                    "Invoices and claims already made keep what they said.",
                    "The other record is archived. A merge cannot be undone.",
                ):
                    ui.label(line).classes("sb-hint")
            with self.dialog.foot:
                buttons.standard("Cancel", on_click=self.dialog.close)
                buttons.primary("Merge records", icon="merge", on_click=self.merge)
        self.dialog.open()

    @answering
    async def merge(self, _event: object = None) -> None:
        """Ask once more by both names, then merge."""
        self.other.clear_error()
        self.news.clear()
        other_id = self.other.value
        if not isinstance(other_id, int):
            self.say("Choose the other record of this person.", at="other")
            return
        name = self.other.options[other_id]
        if not await ask(f"Merge {name} into {self.name}?", "This cannot be undone.", "Merge records", "Cancel", deletes=False):
            return
        merged = await merge_clients(self.client_id, other_id, by=self.visit.user, now=self.visit.now())
        self.dialog.close()
        self.visit.go(routes.client(self.client_id))
        self.visit.toast(f"{name} merged: {merged.appointments} appointments, {merged.sessions} sessions, "
                         f"{merged.policies} policies moved")

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the picker, or above."""
        if at == "other":
            self.other.say(sentence)
            return
        with self.news:
            Banner(sentence)
