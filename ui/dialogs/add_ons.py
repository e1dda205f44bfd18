"""The table of add-on codes: with which codes each stands, and with which it never does."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from domain.add_ons import AddOnDraft, keep_add_ons, listed
from ui.components.act_dialog import ActDialog
from ui.components.buttons import icon_button, quiet
from ui.components.dialog import Size
from ui.components.fields import text_field


class AddOns(ActDialog):
    """The whole table, saved at once."""

    title, verb = "Add-on codes", "Save"
    size: Size = "wide"
    hint = ("A session with an add-on needs one of the codes it stands with, and none it never stands with. "
            "Lists hold codes and ranges: 90791, 90832–90838.")

    async def open(self) -> None:
        """Read the table, then show it."""
        self.had = await listed(seen_by=self.visit.user)
        self.rows = [AddOnDraft(one.code, one.primaries, one.never_with) for one in self.had]
        self.show()

    def draw(self) -> None:
        """Rows, and a way to add one."""
        self.place = ui.element("div").classes("sb-charge-lines")
        quiet("Add a code", icon="plus", inviting=True, on_click=self.add).classes("self-start")
        self.draw_rows()

    def draw_rows(self) -> None:
        """All rows, from the drafts."""
        self.place.clear()
        self.fields.clear()
        with self.place:
            for number, row in enumerate(self.rows):
                with ui.element("div").classes("sb-fields sb-charge-line"):
                    self.row(number, row)

    def row(self, number: int, row: AddOnDraft) -> None:
        """One add-on."""
        self.typed(number, row, "code", "Add-on", span=3)
        self.typed(number, row, "primaries", "Stands with", span=5)
        self.typed(number, row, "never_with", "Never with", span=3)
        words = f"Remove {row.code}" if row.code else f"Remove row {number + 1}"
        icon_button("trash-2", words, on_click=lambda: self.remove(number)).classes("sb-line-remove")

    def typed(self, number: int, row: AddOnDraft, name: str, words: str, *, span: int) -> None:
        """One field, written into its draft."""

        def take(event: Any) -> None:
            setattr(row, name, event.value or "")

        self.field(f"{number}.{name}", text_field(words, getattr(row, name), on_change=take), span=span)

    def add(self) -> None:
        """Another row, with the cursor in it."""
        self.rows.append(AddOnDraft())
        self.draw_rows()
        self.fields[f"{len(self.rows) - 1}.code"].focus()

    def remove(self, number: int) -> None:
        """One row less."""
        del self.rows[number]
        self.draw_rows()

    async def act(self) -> str:
        """Keep them all."""
        await keep_add_ons(self.rows, had=self.had, by=self.visit.user, now=self.visit.now())
        return "Add-on codes saved"
