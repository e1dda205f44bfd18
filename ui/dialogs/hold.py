"""Why sessions are held: asked before they are kept out of invoicing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from domain.client_sessions import hold, release
from ui.answering import Answers, answering
from ui.components.buttons import primary, quiet
from ui.components.dialog import Dialog
from ui.components.editing import try_it
from ui.components.fields import text_field
from ui.visit import Visit


class HoldDialog(Answers):
    """Asks for the reason; `then` is called once the sessions are on hold."""

    def __init__(self, visit: Visit, session_ids: Sequence[int], *, then: Callable[[], Any] = lambda: None) -> None:
        self.visit, self.session_ids, self.then = visit, session_ids, then

    def open(self) -> None:
        """Ask."""
        count = len(self.session_ids)
        what, they = (f"session {self.session_ids[0]}", "It is") if count == 1 else (f"{count:,} sessions", "They are")
        with Dialog(f"Hold {what}?", f"{they} left out of Select All until released.", size="small") as self.dialog:
            with self.dialog.body:
                self.reason = text_field("Reason", placeholder="Waiting for the authorization")
            with self.dialog.foot:
                quiet("Cancel", on_click=self.dialog.close)
                verb = "Hold session" if count == 1 else f"Hold {what}"
                self.dialog.enter_presses(primary(verb, on_click=self.keep))
        self.dialog.open()

    @answering
    async def keep(self, _event: object = None) -> None:
        """Hold them, with a way back."""
        held = await hold(self.session_ids, self.reason.value or "", by=self.visit.user, now=self.visit.now())
        self.dialog.close()
        self.then()
        said = f"Session {held[0]} is on hold" if len(held) == 1 else f"{len(held):,} sessions are on hold"
        undone = "Released again"
        self.visit.toast(said, action="Undo", on_action=lambda: try_it(
            self.visit, release(held, by=self.visit.user, now=self.visit.now()), undone))

    def say(self, sentence: str, *, at: str = "") -> None:
        """Under the reason."""
        del at
        self.reason.say(sentence)
