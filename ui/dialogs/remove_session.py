"""Removes a client session: says before what is unlocked, and asks why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from domain.client_sessions import remove_sessions
from ui.answering import Answers, answering
from ui.components.banner import Banner
from ui.components.buttons import danger, quiet
from ui.components.dialog import Dialog
from ui.components.fields import text_area
from ui.visit import Visit


class RemoveSession(Answers):
    """`RemoveSession(visit, 1044, "Rowan Applewick's session …", then=panel.close).open()`; `then` is called once it is gone."""

    def __init__(
        self, visit: Visit, session_id: int, consequences: str, *, verb: str = "Remove session",
        then: Callable[[], Any] = lambda: None,
    ) -> None:
        self.visit, self.session_id, self.consequences, self.verb, self.then = visit, session_id, consequences, verb, then

    def open(self) -> None:
        """Ask."""
        with Dialog(f"{self.verb} {self.session_id}?", size="small") as self.dialog:
            with self.dialog.body:
                self.news = ui.element("div").classes("sb-news")
                ui.label(self.consequences)
                self.reason = text_area("Reason", placeholder="Sent with the wrong code", rows=2, max_length=300,
                                        hint="Kept with your name.")
            with self.dialog.foot:
                quiet("Keep it", on_click=self.dialog.close)
                self.button = danger(self.verb, solid=True, on_click=self.remove)
        self.dialog.open()

    @answering
    async def remove(self, _event: object = None) -> None:
        """Remove it, or say what is in the way."""
        self.reason.clear_error()
        with self.button.busy("Removing…"):
            await remove_sessions([self.session_id], reason=self.reason.value or "", by=self.visit.user, now=self.visit.now())
        self.dialog.close()
        self.then()
        self.visit.toast(f"Session {self.session_id} removed")

    def say(self, sentence: str, *, at: str = "") -> None:
        """Under the reason, or above it."""
        if at == "reason":
            self.reason.say(sentence)
            return
        self.news.clear()
        with self.news:
            Banner(sentence)
