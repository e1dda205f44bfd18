"""Passwords: one's own is changed with the old one; an owner gives somebody a new one."""

from __future__ import annotations

from typing import Any

from domain import staff
from ui.answering import answering
from ui.components import buttons
from ui.components.dialog import Dialog
from ui.components.fields import text_field
from ui.visit import Visit


class ChangePassword:
    """Old password, new password."""

    title, hint, verb = "Change my password", "Your other browsers are signed out.", "Change password"

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.fields: dict[str, Any] = {}

    def open(self) -> None:
        """Draw and show."""
        with Dialog(self.title, self.hint, size="small") as self.dialog:
            with self.dialog.body:
                self.draw()
            with self.dialog.foot:
                buttons.quiet("Cancel", on_click=self.dialog.close)
                self.dialog.enter_presses(buttons.primary(self.verb, on_click=self.keep))
        self.dialog.open()

    def draw(self) -> None:
        """The fields."""
        self.fields["old_password"] = text_field("Your password now", password=True, autocomplete="current-password")
        self.new_field()

    def new_field(self) -> None:
        """The password from now on."""
        self.fields["password"] = text_field("New password", password=True, autocomplete="new-password",
                                             hint="At least 10 characters.")

    @answering
    async def keep(self, _event: object = None) -> None:
        """Keep it, or say beside the field what is wrong."""
        for field in self.fields.values():
            field.clear_error()
        await self.write(self.fields["password"].value or "")
        self.dialog.close()

    async def write(self, new: str) -> None:
        """Change one's own."""
        old = self.fields["old_password"].value or ""
        await staff.change_password(old, new, by=self.visit.user, now=self.visit.now())
        self.visit.toast("Your password is changed")

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field it belongs to."""
        self.fields.get(at, self.fields["password"]).say(sentence)


class GivePassword(ChangePassword):
    """A new password for somebody who lost theirs."""

    verb = "Give password"

    def __init__(self, visit: Visit, staff_id: int, name: str) -> None:
        super().__init__(visit)
        self.staff_id, self.name = staff_id, name
        self.title = f"New password for {name}"
        self.hint = f"{name} is signed out everywhere and signs in with it."

    def draw(self) -> None:
        """Only the new one."""
        self.new_field()

    async def write(self, new: str) -> None:
        """Give it."""
        await staff.give_password(self.staff_id, new, by=self.visit.user, now=self.visit.now())
        self.visit.toast(f"{self.name} has a new password")
