"""What is to fix about a session and what is worth a look, above its form; each with the way to the field that mends it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from domain.claims.reasons import Reason
from domain.invoicing import ask_again
from domain.reading import to_invoice
from domain.reading.to_invoice import WaitingSession
from ui.components.editing import try_it
from ui.components.icons import icon
from ui.components.waiting_rows import said_of
from ui.live import Announcement, Listening
from ui.visit import Visit


class SessionHints:
    """Follows whatever a reason hangs on. `on_mend` is told which was tapped."""

    def __init__(self, visit: Visit, session_id: int, on_mend: Callable[[Reason], Awaitable[None]]) -> None:
        self.visit, self.session_id, self.on_mend = visit, session_id, on_mend
        self.place = ui.element("div").classes("sb-hints").props("role=group aria-label='What to look at'")
        self.place.set_visibility(False)
        Listening({*to_invoice.SUBJECTS}, self.heard)

    async def heard(self, _told: Announcement) -> None:
        """Something was mended, here or elsewhere."""
        self.draw(await to_invoice.one(self.session_id, on=self.visit.today(), seen_by=self.visit.user))

    def draw(self, row: WaitingSession | None) -> None:
        """Red first, then amber; nothing when all is well."""
        self.place.clear()
        self.place.set_visibility(bool(row and (said_of(row) or row.accepted)))
        if row is None:
            return
        with self.place:
            self.listed(row.reasons, "bad")
            self.listed(row.warnings, "warn")
            self.let_pass(row.accepted)

    def listed(self, told: Sequence[Reason], tone: str) -> None:
        """A sentence and its link, line by line."""
        if not told:
            return
        with ui.element("ul").classes(f"sb-reasons is-{tone}"):
            for reason in told:
                with ui.element("li"):
                    ui.label(reason.sentence)
                    with ui.element("button").classes("sb-mend").props("type=button") as link:
                        ui.label(reason.mend)
                        icon("arrow-right", 15)
                    link.on("click", lambda _, reason=reason: self.on_mend(reason))

    def let_pass(self, accepted: Sequence[Reason]) -> None:
        """What somebody accepted, and the way to be asked again."""
        if not accepted:
            return
        with ui.element("ul").classes("sb-reasons is-quiet"):
            for reason in accepted:
                with ui.element("li"):
                    ui.label(f"Accepted: {reason.sentence}")
            with ui.element("li"), ui.element("button").classes("sb-mend").props("type=button") as again:
                ui.label("Ask about it again" if len(accepted) == 1 else "Ask about them again")
            again.on("click", self.ask_again)

    async def ask_again(self) -> None:
        """Take the acceptance back; the warnings turn amber by themselves."""
        await try_it(self.visit, ask_again(self.session_id, by=self.visit.user, now=self.visit.now()),
                     "It will be asked again")
