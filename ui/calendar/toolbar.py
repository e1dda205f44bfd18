"""The calendar's header: today, back and forth, the title that jumps to a date, views, provider, New and a menu."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from nicegui import ui

from domain.reading.calendar_setup import CalendarSetup
from ui.calendar.shown import VIEWS, Shown
from ui.components import buttons
from ui.components.buttons import Button
from ui.components.fields import select_field
from ui.components.icons import icon
from ui.components.menus import menu_entry, popover
from ui.components.segmented import Segmented
from ui.components.status import LiveBadge
from ui.visit import Visit

OnTap = Callable[..., Any]


class Toolbar(ui.element):
    """Tells the page what was tapped; on a tablet its second row holds what is not the title, Live and New."""

    def __init__(
        self,
        visit: Visit,
        shown: Shown,
        setup: CalendarSetup,
        *,
        on_step: Callable[[int], Any],
        on_day: Callable[[date], Any],
        on_view: Callable[[Any], Any],
        on_provider: Callable[[Any], Any],
        on_new: OnTap,
        menu: dict[str, OnTap],
    ) -> None:
        super().__init__("header")
        self.visit, self.shown, self.setup = visit, shown, setup
        self.on_day = on_day
        self.classes("sb-header sb-calendar-header")
        with self:
            self._way(on_step)
            self._title()
            if visit.is_demo:
                ui.label("Demo practice").classes("sb-demo-mark")
            LiveBadge()
            self.views = Segmented(VIEWS, shown.view, label="View", on_change=lambda event: on_view(event.value))
            self._providers(on_provider)
            self._new(on_new)
            self._menu(menu)

    def _way(self, on_step: Callable[[int], Any]) -> None:
        with ui.element("div").classes("sb-calendar-way"):
            buttons.standard("Today", on_click=lambda: self.on_day(self.visit.today()))
            self.back = buttons.icon_button("chevron-left", self.shown.called(-1), on_click=lambda: on_step(-1))
            self.on = buttons.icon_button("chevron-right", self.shown.called(1), on_click=lambda: on_step(1))

    def _title(self) -> None:
        with ui.element("div").classes("sb-title sb-calendar-title").props("role=heading aria-level=1"):
            self.title = Button(look="sb-title-button").props("aria-haspopup=dialog")
            with self.title:
                self.words = ui.label()
                ui.tooltip("Jump to a date").props("delay=700")
                self.jump = popover("Jump to a date").classes("sb-bare").props("no-parent-event")
            self.title.on("click", self._open_jump)

    def _open_jump(self) -> None:
        """A small calendar at the day that is shown; a tap goes there."""
        self.jump.clear()
        with self.jump:
            days = ui.date(value=self.shown.day.isoformat(), on_change=self._jumped)
            days.props("minimal no-unset today-btn")
        self.jump.open()

    async def _jumped(self, event: Any) -> None:
        if event.value:
            self.jump.close()
            answer = self.on_day(date.fromisoformat(event.value))
            if hasattr(answer, "__await__"):
                await answer

    def _providers(self, on_provider: Callable[[Any], Any]) -> None:
        field = select_field(
            "Provider shown", self._choices(), self.shown.provider_id or 0, searchable=False, show_label=False,
            on_change=lambda event: on_provider(event.value or None),
        )  # fmt: skip
        field.frame.classes("sb-calendar-provider")
        with field.add_slot("prepend"):
            icon("user-round", 16)
        self.provider = field

    def _choices(self) -> dict[int, str]:
        return {0: "All providers"} | self.setup.providers

    def _new(self, on_new: OnTap) -> None:
        self.new = buttons.primary("", icon="plus", on_click=on_new).props('aria-label="New appointment"')
        with self.new:
            ui.label("New").classes("sb-desk-only")
            ui.label("New appointment").classes("sb-tablet-only")

    def _menu(self, entries: dict[str, OnTap]) -> None:
        with buttons.icon_button("ellipsis-vertical", "More").props("aria-haspopup=menu"), ui.menu():
            for words, act in entries.items():
                menu_entry(words, act)

    def follow(self, setup: CalendarSetup) -> None:
        """Providers came or went."""
        self.setup = setup
        self.provider.set_options(self._choices(), value=self.shown.provider_id or 0)

    def write(self, title: str) -> None:
        """Say what is shown now."""
        self.words.set_text(title)
        self.title.props["aria-label"] = f"{title}, jump to a date"
        self.title.update()
        for button, count in ((self.back, -1), (self.on, 1)):
            button.props["aria-label"] = self.shown.called(count)
            button.update()
        self.views.set_value(self.shown.view)
        self.provider.frame.classes(add="is-one" if self.shown.provider_id else "", remove="is-one")
