"""Who would be in two places at once, in the appointment's editor: told while one edits, never refused."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from domain import scheduling
from domain.errors import PracticeError
from domain.scheduling import AppointmentDraft
from ui.components.banner import Banner
from ui.visit import Visit

MOST_TOLD = 3


class ConflictsPart(ui.element):
    """`draft_of` answers what the form says now; it may refuse."""

    def __init__(self, visit: Visit, draft_of: Callable[[], AppointmentDraft]) -> None:
        super().__init__("div")
        self.visit, self.draft_of = visit, draft_of
        self.looking: ui.timer | None = None
        self.classes("sb-warnings").props("role=status")

    def check(self, _event: object = None) -> None:
        """Look in a moment, once for several changes."""
        if self.looking is not None:
            self.looking.cancel()
        with self.parent_slot.parent:
            self.looking = ui.timer(0.2, self.tell, once=True, immediate=False)

    async def tell(self) -> None:
        """Look now, and say what there is."""
        try:
            draft = self.draft_of()
            found = await scheduling.conflicts(draft, seen_by=self.visit.user) if draft.provider_id else []
        except PracticeError:
            found = []
        if self.is_deleted:
            return
        self.clear()
        with self:
            for conflict in found[:MOST_TOLD]:
                Banner(conflict.sentence, tone="warn", drawing="clock-alert", closable=False).classes("is-line")
