"""Warnings of what is about to be generated: shown together, then accepted with a reason, or their sessions left out."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from domain.claims.reasons import Reason
from domain.invoicing import accept_warnings
from domain.reading.to_invoice import WaitingSession
from ui.answering import Answers, answering
from ui.components.buttons import primary, quiet, standard
from ui.components.dialog import Dialog
from ui.components.fields import text_field
from ui.components.waiting_rows import short_day
from ui.visit import Visit

MOST = 8  # rules in sight; each is told with how many sessions it concerns


class AcceptDialog(Answers):
    """Await `answer()`: the sessions to generate, or None when the person goes back to mend something."""

    def __init__(self, visit: Visit, rows: Sequence[WaitingSession]) -> None:
        self.visit = visit
        self.ids = [row.id for row in rows]
        self.warned = [row for row in rows if row.warnings and not row.reasons]  # red ones are left out anyway
        self.others = [row.id for row in rows if row not in self.warned]

    async def answer(self) -> list[int] | None:
        """Ask, unless nothing is to be asked."""
        if not self.warned:
            return self.ids
        count = len(self.warned)
        title = "1 session has something to check" if count == 1 else f"{count:,} sessions have something to check"
        hint = "A payer may refuse these. Accept them with a reason, or go back and mend them."
        with Dialog(title, hint, size="medium") as self.dialog:
            with self.dialog.body:
                self.listed()
                self.reason = text_field("Reason to accept them", placeholder="The payer agreed by phone")
            with self.dialog.foot:
                quiet("Go back", on_click=self.dialog.close)
                if self.others:
                    words = f"Leave {'it' if count == 1 else 'them'} out"
                    standard(words, on_click=lambda: self.dialog.submit(self.others))
                self.dialog.enter_presses(primary("Accept and generate", on_click=self.accept))
        answer: list[int] | None = await self.dialog
        return answer

    def listed(self) -> None:
        """Rule by rule: what is said of the first session, and of how many more."""
        rules: dict[str, list[tuple[WaitingSession, Reason]]] = {}
        for row in self.warned:
            for warning in row.warnings:
                rules.setdefault(warning.code, []).append((row, warning))
        with ui.element("ul").classes("sb-reasons is-warn"):
            for found in list(rules.values())[:MOST]:
                with ui.element("li"):
                    ui.label(self.sentence(found)).classes("sb-grow")
            if len(rules) > MOST:
                with ui.element("li"):
                    ui.label(f"and {len(rules) - MOST} more")

    def sentence(self, found: Sequence[tuple[WaitingSession, Reason]]) -> str:
        """What is odd (Rowan Applewick, Oct 12, and 3 more)."""
        row, warning = found[0]
        sessions = len({one.id for one, _ in found}) - 1
        more = f", and {sessions:,} more" if sessions else ""
        return f"{warning.sentence} ({row.client_name}, {short_day(row.day, self.visit.today())}{more})"

    @answering
    async def accept(self, _event: object = None) -> None:
        """Keep the reason for each, then go on with all."""
        warned = [(row.id, warning.code) for row in self.warned for warning in row.warnings]
        await accept_warnings(warned, self.reason.value or "", by=self.visit.user, now=self.visit.now())
        self.dialog.submit(self.ids)

    def say(self, sentence: str, *, at: str = "") -> None:
        """Under the reason."""
        del at
        self.reason.say(sentence)
