"""Why a session is held: asked before it is kept out of invoicing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.client_sessions import hold
from ui.answering import Answers, answering
from ui.components.buttons import primary, quiet
from ui.components.dialog import Dialog
from ui.components.fields import text_field
from ui.visit import Visit


class HoldDialog(Answers):
    """Asks for the reason; `then` is called once the session is on hold."""

    def __init__(self, visit: Visit, session_id: int, *, then: Callable[[], Any]) -> None:
        self.visit, self.session_id, self.then = visit, session_id, then

    def open(self) -> None:
        """Ask."""
        title, hint = f"Hold session {self.session_id}?", "It is left out of Select All until it is released."
        with Dialog(title, hint, size="small") as self.dialog:
            with self.dialog.body:
                self.reason = text_field("Reason", placeholder="Waiting for the authorization")
            with self.dialog.foot:
                quiet("Cancel", on_click=self.dialog.close)
                self.dialog.enter_presses(primary("Hold session", on_click=self.keep))
        self.dialog.open()

    @answering
    async def keep(self, _event: object = None) -> None:
        """Hold it."""
        await hold(self.session_id, self.reason.value or "", by=self.visit.user, now=self.visit.now())
        self.dialog.close()
        self.then()
        self.visit.toast(f"Session {self.session_id} is on hold")

    def say(self, sentence: str, *, at: str = "") -> None:
        """Under the reason."""
        del at
        self.reason.say(sentence)
