"""A dialog of what is set: its lines, one more added, one taken away with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from ui.answering import Answers, answering
from ui.components.banner import Banner
from ui.components.buttons import icon_button, primary, quiet
from ui.components.dialog import Dialog
from ui.components.editing import try_it
from ui.components.typed_fields import all_readable
from ui.live import Announcement, Listening
from ui.visit import Visit


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: what it says, a smaller line below, whether it counts today, and what it is called when taken away."""

    id: int
    words: str
    below: str = ""
    holds: bool = True
    called: str = ""


class SetLines(Answers):
    """Derive: title, the lines, the fields of a new one, add, remove, put back."""

    title = ""
    hint = ""
    nothing = ""
    hears: frozenset[str] = frozenset()

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.fields: dict[str, Any] = {}
        self.lines: Sequence[SetLine] = ()
        self.adding = False

    # ---- what each list says for itself ----

    async def prepare(self) -> None:
        """What can be chosen."""

    async def read(self) -> Sequence[SetLine]:
        """What is set."""
        raise NotImplementedError

    def new_fields(self) -> None:
        """The fields of a new one."""
        raise NotImplementedError

    async def add(self) -> None:
        """Keep what is typed."""
        raise NotImplementedError

    async def remove(self, line_id: int) -> Any:
        """Take one away; answers what puts it back."""
        raise NotImplementedError

    async def put_back(self, draft: Any) -> Any:
        """Keep a removed one again."""
        raise NotImplementedError

    # ---- the dialog ----

    async def open(self) -> None:
        """Read, then show."""
        await self.prepare()
        self.lines = await self.read()
        with Dialog(self.title, self.hint, size="medium") as self.dialog:
            with self.dialog.body:
                self.news = ui.element("div").classes("sb-news")
                self.place = ui.element("div").classes("sb-sum-lines").props(f'role=group aria-label="{self.title}"')
                self.draw_lines()
                with ui.element("div").classes("sb-fields"):
                    self.new_fields()
                Listening({*self.hears}, self.heard)
            with self.dialog.foot:
                quiet("Close", on_click=self.dialog.close)
                self.button = primary("Add", on_click=self.go)
        self.dialog.open()

    def field(self, name: str, field: Any, *, span: int = 6) -> Any:
        """Note a field under the name that refusals use."""
        self.fields[name] = field
        field.frame.classes(f"sb-span-{span}")
        return field

    async def heard(self, _told: Announcement) -> None:
        """Another one came or went."""
        self.lines = await self.read()
        self.draw_lines()

    def draw_lines(self) -> None:
        """What holds today in strong letters."""
        self.place.clear()
        with self.place:
            for line in self.lines:
                self.line(line)
            if not self.lines:
                ui.label(self.nothing).classes("sb-hint sb-sum-line")

    def line(self, line: SetLine) -> None:
        """What it says, and the way to take it away."""
        with ui.element("div").classes("sb-sum-line is-tall"):
            with ui.element("div").classes("sb-grow"):
                ui.label(line.words).classes("sb-name" if line.holds else "sb-2")
                if line.below:
                    ui.label(line.below).classes("sb-hint")
            icon_button("trash-2", f"Remove {line.called or line.words}", on_click=lambda: self.take_away(line))

    @answering
    async def go(self, _event: object = None) -> None:
        """Add one; a second tap meanwhile does nothing."""
        if self.adding or not all_readable(self.dialog.body):
            return
        self.adding = True
        self.news.clear()
        for field in self.fields.values():
            field.clear_error()
        try:
            await self.add()
        finally:
            self.adding = False

    @answering
    async def take_away(self, line: SetLine) -> None:
        """At once, with a way back."""
        draft = await self.remove(line.id)

        async def undo() -> None:
            await try_it(self.visit, self.put_back(draft), "It is as it was")

        self.visit.toast(f"Removed: {line.words}", action="Undo", on_action=undo)

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field, or above all."""
        if at in self.fields:
            self.fields[at].say(sentence)
            return
        self.news.clear()
        with self.news:
            Banner(sentence)
