"""Voids an invoice, an insurance form or a whole batch: says before what goes with it, and asks why."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Self

from nicegui import ui

from domain import invoicing
from domain.access import SignedIn
from domain.invoicing import Bound
from domain.reading.documents import IssuedBatch, IssuedDocument
from ui.answering import answering
from ui.components.banner import Banner
from ui.components.buttons import danger, quiet
from ui.components.dialog import Dialog
from ui.components.fields import text_area
from ui.visit import Visit

Void = Callable[..., Awaitable[Bound]]
Look = Callable[..., Awaitable[Bound]]


class VoidDialog:
    """One question: what it is, what goes with it, and the reason."""

    def __init__(self, visit: Visit, what: str, key: int, look: Look, void: Void) -> None:
        self.visit, self.what, self.key, self.look, self.void = visit, what, key, look, void

    @classmethod
    def of_document(cls, visit: Visit, one: IssuedDocument) -> Self:
        """An invoice or an insurance form."""
        if one.kind == "invoice":
            return cls(visit, f"invoice {one.number}", one.id, invoicing.bound_to_invoice, invoicing.void_invoice)
        return cls(visit, f"insurance form {one.number}", one.id, invoicing.bound_to_claim, invoicing.void_claim)

    @classmethod
    def of_batch(cls, visit: Visit, batch: IssuedBatch) -> Self:
        """All that is live of a press of Generate."""
        count = len(batch.live)
        what = f"all {count} documents" if count > 1 else "the one document"
        return cls(visit, what, batch.id, invoicing.bound_to_batch, invoicing.void_batch)

    async def open(self) -> None:
        """Read what hangs together, then ask."""
        whole = await self.look(self.key, seen_by=self.visit.user)
        with Dialog(f"Void {self.what}?", size="small") as self.dialog:
            with self.dialog.body:
                self.news = ui.element("div").classes("sb-news")
                ui.label(consequences(whole))
                self.reason = text_area("Reason", placeholder="Wrong fee on Oct 12", rows=2, max_length=300,
                                        hint="Kept with your name.")
            with self.dialog.foot:
                quiet("Keep it", on_click=self.dialog.close)
                self.button = danger(f"Void {self.what}", solid=True, on_click=self.go)
        self.dialog.open()

    @answering
    async def go(self, _event: object = None) -> None:
        """Void it, or say what is in the way."""
        self.reason.clear_error()
        with self.button.busy("Voiding…"):
            whole = await self.void(self.key, **self.told())
        self.dialog.close()
        ready = "1 session is" if len(whole.sessions) == 1 else f"{len(whole.sessions)} sessions are"
        self.visit.toast(f"Voided {self.what}; {ready} ready again")

    def told(self) -> dict[str, str | SignedIn | datetime]:
        """Why, by whom, when."""
        return {"reason": self.reason.value or "", "by": self.visit.user, "now": self.visit.now()}

    def say(self, sentence: str, *, at: str = "") -> None:
        """Under the reason, or above it."""
        if at == "reason":
            self.reason.say(sentence)
            return
        self.news.clear()
        with self.news:
            Banner(sentence)


def consequences(whole: Bound) -> str:
    """What is voided together, and what becomes of the sessions and the numbers."""
    kinds = [words for words in (counted(len(whole.invoices), "invoice"), counted(len(whole.claims), "insurance form")) if words]
    together = f"These share sessions and are voided together: {' and '.join(kinds)}. " if (
        len(whole.invoices) + len(whole.claims) > 1) else ""
    count = len(whole.sessions)
    ready = "Its session becomes" if count == 1 else f"Its {count} sessions become"
    if together:
        ready = "The session becomes" if count == 1 else f"The {count} sessions become"
    stays = "Numbers stay used, and the PDFs can still be opened, marked as void in this list."
    return f"{together}{ready} ready to invoice again. {stays}"


def counted(count: int, words: str) -> str:
    """2 invoices; nothing for none."""
    return f"{count} {words}{'' if count == 1 else 's'}" if count else ""
