"""Typed text is never lost quietly: who leaves a page is asked first, and a reload after a lost connection keeps it."""

from __future__ import annotations

import json
from typing import Any, Protocol

from nicegui import background_tasks, events, ui

from domain.access import SignedIn
from ui.components import buttons
from ui.components.banner import Banner
from ui.components.dialog import Dialog, ask
from ui.components.fields import text_area
from ui.theme import ASSETS

SCRIPT = (ASSETS / "scripts" / "tab.js").read_text(encoding="utf-8")


class Unsaved(Protocol):
    """An editor, as far as leaving its page goes."""

    @property
    def unsaved(self) -> bool:
        """Whether something is typed in it that nobody has kept."""

    @property
    def gone(self) -> bool:
        """Whether it is no longer on the screen."""


class Leaving:
    """The editors of one browser tab, and the question before its page is left."""

    def __init__(self) -> None:
        self.client = ui.context.client
        self.editors: list[Unsaved] = []
        self.told = self.asking = False

    def watch(self, editor: Unsaved) -> None:
        """An editor is drawn; it is watched until it is gone."""
        self.editors = [one for one in self.editors if not one.gone] + [editor]

    @property
    def unsaved(self) -> bool:
        """Whether anything is typed in this tab that nobody has kept."""
        return any(one.unsaved for one in self.editors if not one.gone)

    def follow(self) -> None:
        """Tell the browser, which asks when the whole window is closed. Called after each change of an editor."""
        if self.told != self.unsaved and not self.client.is_deleted:
            self.told = not self.told
            self.client.run_javascript(f"window.sbUnsaved?.({json.dumps(self.told)})")

    def go(self, path: str) -> None:
        """Show another page, once the person means it."""
        if self.unsaved:
            background_tasks.create(self._ask_and_go(path), name="leaving a page")
        else:
            self._show(path)

    def answer(self, event: events.GenericEventArguments) -> None:
        """A link was tapped, or Back or Forward pressed."""
        self.go(str(event.args))

    async def _ask_and_go(self, path: str) -> None:
        here = self.client.sub_pages_router.current_path
        with self.client.layout:
            if path == here or await self._sure():
                self._show(path)
            else:  # Back has changed the address already
                ui.run_javascript(f"if (location.pathname + location.search !== {json.dumps(here)})"
                                  f" history.pushState({{page: {json.dumps(here)}}}, '', (window.path_prefix || '') + {json.dumps(here)})")

    async def _sure(self) -> bool:
        if self.asking:
            return False
        self.asking = True
        try:
            sentence = "What you typed is not saved yet."
            return await ask("Leave without saving?", sentence, "Leave without saving", "Keep editing")
        finally:
            self.asking = False

    def _show(self, path: str) -> None:
        if path != self.client.sub_pages_router.current_path:
            self.editors = []
        self.follow()
        ui.navigate.to(path)


class Kept:
    """What was typed in this tab before its page had to reload itself, until the person has seen it."""

    def __init__(self, user: SignedIn) -> None:
        self.user = user
        ui.add_head_html(f"<script>window.sbWho = {user.staff_id or 0};\n{SCRIPT}</script>")

    def draw(self) -> None:
        """The place for the line that tells; empty as a rule."""
        self.place = ui.element("div").classes("sb-news")
        ui.on("sb_typed", self.tell)

    def tell(self, event: events.GenericEventArguments) -> None:
        """Say that something was typed and not saved. Another person's text in the same tab is not shown."""
        kept: dict[str, Any] = event.args
        if kept.get("who") != self.user.staff_id:
            return
        with self.place:
            banner = Banner("The connection was away too long while you were typing.",
                            "Nothing was saved, but what you typed is kept here.", tone="warn")
            with banner.acts:
                buttons.standard("See what you typed", on_click=lambda: show_typed(kept["lines"]))


def show_typed(lines: list[list[str]]) -> None:
    """The texts, to be copied into the form again."""
    with Dialog("What you typed", "Open the form again and copy it back.") as dialog:
        with dialog.body:
            for where, label, text in lines:
                text_area(label or where, text, hint=where, rows=2 if len(text) > 60 else 1).props("readonly")
        with dialog.foot:
            buttons.primary("Done", on_click=dialog.close)
    dialog.open()
