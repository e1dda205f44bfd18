"""A dialog that edits one record: it asks before typed text is thrown away, and hears what others change."""

from __future__ import annotations

from typing import Any

from ui.components import buttons
from ui.components.dialog import Dialog, Size, ask
from ui.components.editing import Editing
from ui.components.side_panel import UNLESS_A_LIST_IS_OPEN


class AskingDialog(Dialog):
    """Its cross and Esc ask first; a tap beside it does nothing."""

    def __init__(self, editing: RecordDialog, title: str, hint: str, size: Size) -> None:
        self.editing = editing
        super().__init__(title, hint, size=size, locked=True)
        self.card.on("keydown.escape", self.close, js_handler=UNLESS_A_LIST_IS_OPEN)

    async def close(self) -> None:  # type: ignore[override]
        """Close, unless the person would rather go on."""
        if await self.editing.may_leave():
            self.editing.leave()


class RecordDialog(Editing):
    """Derive, draw the fields in `draw`, keep the draft in `keep`; `open` shows it with the cursor at a field."""

    size: Size = "medium"
    verb = "Save"

    def title(self) -> str:
        """The dialog's title."""
        raise NotImplementedError

    def hint(self) -> str:
        """The line under it."""
        return ""

    def draw(self) -> None:
        """The fields."""
        raise NotImplementedError

    def left_button(self) -> None:
        """What stands at the left of the foot: a way to delete, where there is one."""

    async def prepare(self) -> None:
        """Read what the fields offer, before anything is drawn."""

    async def open(self, *, at: str = "") -> None:
        """Draw and show."""
        await self.prepare()
        with AskingDialog(self, self.title(), self.hint(), self.size) as self.dialog:
            self.form = self.dialog.body
            with self.dialog.body:
                self.listen()
                self.draw()
            with self.dialog.foot:
                self.left_button()
                buttons.standard("Cancel", on_click=self.leave)
                self.save_button = buttons.primary(self.verb, on_click=self.save)
            self.dialog.enter_presses(self.save_button)
        self.dialog.open()
        self.focus(at if at in self.fields else next(iter(self.fields), ""))

    async def may_leave(self) -> bool:
        """Ask before typed text is thrown away."""
        if self.done or not self.touched:
            return True
        return await ask("Leave without saving?", "What you typed is not saved yet.", "Leave without saving", "Keep editing")

    def leave(self, _event: Any = None) -> None:
        """Close without a question."""
        self.done = True
        Dialog.close(self.dialog)
