"""What Generate would make, looked at paper by paper before anything is made; it follows what others mend meanwhile."""

from __future__ import annotations

import base64
from collections.abc import Collection

from nicegui import ui

from domain.invoicing.previewing import Preview, PreviewPaper, pages_of, preview
from domain.reading.to_invoice import SUBJECTS
from ui.answering import Answers, answering
from ui.components.banner import Banner
from ui.components.buttons import icon_button, standard
from ui.components.dialog import Dialog
from ui.components.typed import money_text
from ui.live import Announcement, Listening
from ui.visit import Visit

PIXELS_WIDE = 1224  # twice the points of a sheet: sharp at the width it is shown, on a tablet too
KINDS = {"invoice": "Invoice", "claim": "Insurance form"}


class PreviewDialog(Answers):
    """One paper at a time; a paper is drawn when it is looked at."""

    def __init__(self, visit: Visit, session_ids: Collection[int], message: str) -> None:
        self.visit, self.session_ids, self.message = visit, list(session_ids), message
        self.seen = Preview(papers=[], left_out=[])
        self.at = 0
        self.drawing = False

    @answering
    async def open(self, _event: object = None) -> None:
        """Plan, then show the first paper."""
        await self.plan()
        with Dialog("Preview", "Nothing is made, numbered or changed yet.", size="large", flush=True) as self.dialog:
            with self.dialog.body:
                self.left_out = ui.element("div").classes("sb-news")
                self.turning()
                self.page = ui.element("div").classes("sb-sheet-view").props("tabindex=0 role=region")
                Listening({*SUBJECTS}, self.heard)
            with self.dialog.foot:
                standard("Close", on_click=self.dialog.close)
        self.dialog.open()
        await self.draw()

    def turning(self) -> None:
        """Back and on, and which paper it is."""
        with ui.element("div").classes("sb-sheet-bar"):
            self.back = icon_button("chevron-left", "Previous document", edged=True, on_click=lambda: self.turn(-1))
            self.on = icon_button("chevron-right", "Next document", edged=True, on_click=lambda: self.turn(1))
            with ui.element("div").props("aria-live=polite"):
                self.which = ui.label().classes("sb-total-words")
                self.name = ui.label().classes("sb-sheet-name")
            self.cents = ui.label().classes("sb-total sb-right")

    async def plan(self) -> None:
        """What would be made now."""
        self.seen = await preview(
            self.session_ids, on=self.visit.today(), message=self.message, seen_by=self.visit.user)
        self.at = max(0, min(self.at, len(self.seen.papers) - 1))

    @answering
    async def turn(self, step: int) -> None:
        """Another paper, from its top."""
        self.at = max(0, min(self.at + step, len(self.seen.papers) - 1))
        await self.draw()

    async def heard(self, told: Announcement) -> None:
        """Something that the papers say has changed: the one in sight is drawn anew where it did."""
        if told.keys() == {"session"} and not set(self.session_ids) & set(told["session"]):
            return
        before = self.paper
        await self.plan()
        if self.paper != before:
            await self.draw()
        else:
            self.say_which()

    @property
    def paper(self) -> PreviewPaper | None:
        """The one that is looked at."""
        return self.seen.papers[self.at] if self.seen.papers else None

    async def draw(self) -> None:
        """The paper's pages; while it is drawn a bare sheet stands there, and of several turns the last one is drawn."""
        self.say_which()
        self.page.clear()
        with self.page:
            ui.element("div").classes("sb-sheet-page is-bare")
        if self.drawing:
            return
        self.drawing = True
        try:
            while (paper := self.paper) is not None:
                pages = await pages_of(paper, width=PIXELS_WIDE)
                if self.page.is_deleted or paper is self.paper:
                    break
        finally:
            self.drawing = False
        if not self.page.is_deleted:
            self.show_pages(paper, pages if paper else [])

    def show_pages(self, paper: PreviewPaper | None, pages: list[bytes]) -> None:
        """One under the other, each with its words for who can't see it."""
        self.page.clear()
        if paper is None:
            return
        with self.page:
            if not pages:
                Banner("This document could not be drawn.", "Its sessions stay as they are; Generate would leave it for a new try.")
            for number, png in enumerate(pages, 1):
                about = f"{KINDS[paper.kind]} for {paper.name}, page {number} of {len(pages)}"
                picture = ui.element("img").classes("sb-sheet-page")
                picture.props["src"] = "data:image/png;base64," + base64.b64encode(png).decode()
                picture.props["alt"] = about
        self.page.props["aria-label"] = f"{KINDS[paper.kind]} for {paper.name}"
        self.page.update()

    def say_which(self) -> None:
        """Which of how many, whose, how much, and what would be left out."""
        count, paper = len(self.seen.papers), self.paper
        self.which.set_text(f"{self.at + 1:,} of {count:,} · {KINDS[paper.kind]}" if paper else "Nothing would be made")
        self.name.set_text(paper.name if paper else "")
        self.cents.set_text(money_text(paper.cents) if paper else "")
        self.back.set_enabled(self.at > 0)
        self.on.set_enabled(self.at < count - 1)
        self.left_out.clear()
        if self.seen.left_out:
            names = "; ".join(f"{one.client_name}: {one.reason}" for one in self.seen.left_out[:3])
            with self.left_out:
                Banner(f"{len(self.seen.left_out):,} of the ticked sessions would be left out.", names, tone="info")
