"""The Service Codes under the calendar: tap one to show only its appointments, and change its color from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from domain.reading.choices import ServiceCodeChoice
from domain.service_codes import set_color
from ui.answering import Answers, answering
from ui.components import buttons
from ui.components.buttons import Button
from ui.components.chips import service_code_chip
from ui.components.color_choice import CodePreview, ColorChoice
from ui.components.dialog import Dialog
from ui.components.icons import lock
from ui.visit import Visit


class Legend(ui.element):
    """`chosen` are the ids of the pressed codes; none shows all."""

    def __init__(self, visit: Visit, chosen: set[int], *, on_change: Callable[[], Any]) -> None:
        super().__init__("div")
        self.visit, self.chosen, self.on_change = visit, chosen, on_change
        self.place = ui.element("div")  # for the dialog: the legend is drawn anew when a color changes
        self.codes: dict[int, ServiceCodeChoice] = {}
        self.buttons: dict[int, Button] = {}
        self.classes("sb-legend is-demo" if visit.is_demo else "sb-legend").props('role=group aria-label="Show only these Service Codes"')

    def show(self, codes: dict[int, ServiceCodeChoice]) -> None:
        """Draw these codes; pressed ones that still are there stay pressed."""
        if codes == self.codes:
            return
        self.codes = dict(codes)
        self.chosen.intersection_update(codes)
        self.clear()
        with self:
            self.buttons = {code.id: self._code(code) for code in codes.values()}
            self.color = buttons.quiet("Edit color", icon="palette", inviting=True, on_click=self._edit_color)
            self.all = buttons.quiet("Show all", icon="x", on_click=self._show_all).classes("sb-show-all")
            with ui.element("span").classes("sb-right"):
                if self.visit.is_demo:
                    ui.label("Demo practice").classes("sb-demo-mark")
                lock(16)
                ui.label("Sent to billing")
        self._press()

    def _code(self, code: ServiceCodeChoice) -> Button:
        button = Button(look="sb-quiet", on_click=lambda: self._tapped(code.id))
        with button:
            service_code_chip(code.code, code.color)
            ui.label(code.name)
        return button

    async def _tapped(self, code_id: int) -> None:
        self.chosen.symmetric_difference_update({code_id})
        await self._changed()

    async def _show_all(self) -> None:
        self.chosen.clear()
        await self._changed()

    async def _changed(self) -> None:
        self._press()
        answer = self.on_change()
        if hasattr(answer, "__await__"):
            await answer

    def _press(self) -> None:
        for code_id, button in self.buttons.items():
            button.props["aria-pressed"] = "true" if code_id in self.chosen else "false"
            button.update()
        self.color.set_visibility(len(self.chosen) == 1)
        self.all.set_visibility(bool(self.chosen))

    def _edit_color(self) -> None:
        with self.place:
            ColorDialog(self.visit, self.codes[next(iter(self.chosen))]).open()


class ColorDialog(Answers):
    """Another color for one Service Code, as it will look."""

    def __init__(self, visit: Visit, code: ServiceCodeChoice) -> None:
        self.visit, self.code = visit, code

    def open(self) -> None:
        """Draw and show."""
        code = self.code
        with Dialog(f"Color of {code.code}", code.name) as self.dialog:
            with self.dialog.body:
                self.choice = ColorChoice(code.color, on_change=lambda event: preview.show(code.code, code.name, event.value, 50))
                preview = CodePreview(code.code, code.name, code.color, 50)
            with self.dialog.foot:
                buttons.standard("Cancel", on_click=self.dialog.close)
                self.dialog.enter_presses(buttons.primary("Save color", on_click=self.save))
        self.dialog.open()

    @answering
    async def save(self, _event: object = None) -> None:
        """Keep it; every open calendar follows."""
        await set_color(self.code.id, self.choice.value, by=self.visit.user, now=self.visit.now())
        self.dialog.close()
        self.visit.toast(f"{self.code.code} is {self.choice.value} now")
