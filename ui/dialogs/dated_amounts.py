"""Amounts that hold from a day on: what is set, what holds today, one more added, one taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from nicegui import ui

from ui.answering import Answers, answering
from ui.components.banner import Banner
from ui.components.buttons import icon_button, primary, quiet
from ui.components.dialog import Dialog
from ui.components.editing import try_it
from ui.components.typed import day_text, money_text
from ui.components.typed_fields import all_readable, date_field, money_field
from ui.live import Announcement, Listening
from ui.visit import Visit


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One amount, as it is shown."""

    id: int
    name: str
    starts_on: date
    cents: int
    holds: bool


class DatedAmounts(Answers):
    """Derive: say the words, read the lines, draw the fields of a new one, add, remove, put back."""

    title = ""
    hint = ""
    verb = ""
    nothing = ""
    subject = ""  # what is announced when one comes or goes

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.fields: dict[str, Any] = {}
        self.lines: list[DatedLine] = []
        self.adding = False

    # ---- what each list says for itself ----

    async def read(self) -> list[DatedLine]:
        """The amounts as they are kept."""
        raise NotImplementedError

    def draw_who(self) -> None:
        """The fields of a new one before its day and amount."""
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

    def more_acts(self) -> None:
        """Buttons at the left of the foot; none by default."""

    # ---- the dialog ----

    async def open(self) -> None:
        """Read, then show."""
        self.lines = await self.read()
        with Dialog(self.title, self.hint, size="medium") as self.dialog:
            with self.dialog.body:
                self.news = ui.element("div").classes("sb-news")
                self.place = ui.element("div").classes("sb-sum-lines").props(f'role=group aria-label="{self.title}"')
                self.draw_lines()
                with ui.element("div").classes("sb-fields"):
                    self.draw_who()
                    self.day = self.field("starts_on", date_field("From", self.visit.today(), today=self.visit.today()), span=6)
                    self.cents = self.field("cents", money_field("Amount for one unit", on_change=self.typed), span=6)
                Listening({self.subject}, self.heard)
            with self.dialog.foot:
                self.more_acts()
                quiet("Close", on_click=self.dialog.close)
                self.button = primary(self.verb, on_click=self.go)
                self.button.set_enabled(False)
                self.dialog.enter_presses(self.button)
        self.dialog.open()

    def field(self, name: str, field: Any, *, span: int = 12) -> Any:
        """Note a field under the name that refusals use."""
        self.fields[name] = field
        field.frame.classes(f"sb-span-{span}")
        return field

    def typed(self, _event: object = None) -> None:
        """There is something to add once an amount is typed."""
        self.button.set_enabled(self.cents.value is not None)

    async def heard(self, _told: Announcement) -> None:
        """Another one came or went, here or elsewhere."""
        self.lines = await self.read()
        self.draw_lines()

    def draw_lines(self) -> None:
        """The amounts, what holds today in strong letters."""
        self.place.clear()
        with self.place:
            for line in self.lines:
                self.line(line)
            if not self.lines:
                ui.label(self.nothing).classes("sb-hint sb-sum-line")

    def line(self, line: DatedLine) -> None:
        """Whose, from when, how much, and the way to take it away."""
        begun = line.starts_on <= self.visit.today()
        since = f"from {day_text(line.starts_on)}" + (", holds today" if line.holds else ", replaced" if begun else "")
        with ui.element("div").classes("sb-sum-line is-tall"):
            with ui.element("div").classes("sb-grow"):
                ui.label(line.name).classes("sb-name" if line.holds else "sb-2")
                ui.label(since).classes("sb-hint")
            ui.label(money_text(line.cents)).classes("sb-amount sb-num")
            words = f"Remove {line.name} {money_text(line.cents)} from {day_text(line.starts_on)}"
            icon_button("trash-2", words, on_click=lambda: self.take_away(line))

    @answering
    async def go(self, _event: object = None) -> None:
        """Add one, then empty its amount: a second tap finds nothing to add."""
        if self.adding or not all_readable(self.dialog.body):
            return
        self.adding = True
        self.news.clear()
        try:
            await self.add()
            self.cents.value = None
            self.button.set_enabled(False)
        finally:
            self.adding = False

    @answering
    async def take_away(self, line: DatedLine) -> None:
        """At once, with a way back."""
        draft = await self.remove(line.id)

        async def undo() -> None:
            await try_it(self.visit, self.put_back(draft), f"{line.name} is as it was")

        self.visit.toast(f"{line.name} {money_text(line.cents)} removed", action="Undo", on_action=undo)

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field, or above all."""
        if at in self.fields:
            self.fields[at].say(sentence)
            return
        self.news.clear()
        with self.news:
            Banner(sentence)
