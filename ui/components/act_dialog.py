"""A dialog that does one thing, once: its fields with their refusals, a place above them, and the button that acts."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from ui.answering import answering
from ui.components.banner import Banner
from ui.components.buttons import danger, primary, quiet
from ui.components.dialog import Dialog, Size
from ui.components.typed_fields import all_readable
from ui.visit import Visit


class ActDialog:
    """Derive, draw the fields in `draw`, act in `act`; `show` opens it. The words may be set on the object too."""

    title = ""
    hint = ""
    verb = ""
    keep = "Cancel"
    busy = "Saving…"
    size: Size = "small"
    warns = False  # the verb stands in red

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.fields: dict[str, Any] = {}
        self.acting = False

    def draw(self) -> None:
        """The fields."""
        raise NotImplementedError

    async def act(self) -> str:
        """Do it; answers what to say afterwards."""
        raise NotImplementedError

    def acted(self, said: str) -> None:
        """It is done and the dialog is closed."""
        self.visit.toast(said)

    def show(self) -> None:
        """Draw and open."""
        with Dialog(self.title, self.hint, size=self.size) as self.dialog:
            with self.dialog.body:
                self.news = ui.element("div").classes("sb-news")
                self.draw()
            with self.dialog.foot:
                quiet(self.keep, on_click=self.dialog.close)
                look = {"solid": True} if self.warns else {}
                self.button = (danger if self.warns else primary)(self.verb, on_click=self.go, **look)
                self.dialog.enter_presses(self.button)
        self.dialog.open()

    @answering
    async def go(self, _event: object = None) -> None:
        """Act, or say beside the fields what is in the way."""
        if self.acting or not self.may_act():
            return
        self.acting = True  # and so it stays once it is done: a second tap, while the dialog fades, does nothing
        try:
            with self.button.busy(self.busy):
                said = await self.act()
        except Exception:
            self.acting = False
            raise
        self.dialog.close()
        self.acted(said)

    def may_act(self) -> bool:
        """Start anew: no refusal stands, and every typed field can be read."""
        self.news.clear()
        for field in self.fields.values():
            field.clear_error()
        return all_readable(self.dialog.body)

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field, or above all."""
        if at in self.fields:
            self.fields[at].say(sentence)
            return
        self.news.clear()
        with self.news:
            Banner(sentence)

    def field(self, name: str, field: Any, *, span: int = 12) -> Any:
        """Note a field under the name that refusals use."""
        self.fields[name] = field
        getattr(field, "frame", field).classes(f"sb-span-{span}")
        return field
