"""The persons of a group or family in the appointment's editor: a row for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from nicegui import ui

from domain.scheduling import MemberDraft
from ui.calendar.blocks import STATUS_WORDS
from ui.components import buttons
from ui.components.client_picker import client_picker
from ui.components.editing import SaysHere
from ui.components.fields import select_field
from ui.dialogs.appointment_form import AppointmentForm
from ui.visit import Visit


class MembersPart(ui.element):
    """Rows are drawn anew only for another kind; adding and removing touches one."""

    def __init__(
        self, visit: Visit, form: AppointmentForm, *, names: dict[int, str], codes: dict[int, str], billed: Iterable[int],
        on_change: Callable[[], Any],
    ) -> None:  # fmt: skip
        super().__init__("div")
        self.visit, self.form, self.names, self.codes = visit, form, names, codes
        self.billed, self.on_change = frozenset(billed), on_change
        self.classes("sb-column")
        with self:
            self.rows = ui.element("div").classes("sb-members")
            self.says = SaysHere()
            self.add_button = buttons.quiet("Add a client", icon="plus", inviting=True, on_click=self.add)
            self.add_button.classes("sb-at-start")

    def draw(self) -> None:
        """The rows of this kind; none for one client or nobody."""
        self.set_visibility(self.form.kind in {"group", "family"})
        self.add_button.set_text("Add a person" if self.form.kind == "family" else "Add a client")
        self.rows.clear()
        with self.rows:
            for member in self.form.members:
                self.row(member)

    def row(self, member: MemberDraft) -> None:
        """Client, and in a group status and code of their own. Who was billed stays."""
        with ui.element("div").classes("sb-fields sb-charge-line") as row:
            name = self.names.get(member.client_id, "")
            words = "With" if self.form.kind == "family" else "Client"
            picker = client_picker(words, self.visit, member.client_id or None, name)
            picker.frame.classes("sb-span-5")
            picker.on_value_change(lambda event: self.chosen(member, event.value))
            parts = [picker, *(self.marks(member) if self.form.kind == "group" else [])]
            remove_words = f"Remove {name or 'this client'}"
            remove = buttons.icon_button("trash-2", remove_words, on_click=lambda: self.remove(member, row))
            for part in (*parts, remove.classes("sb-line-remove")):
                part.set_enabled(member.client_id not in self.billed)

    def marks(self, member: MemberDraft) -> list[Any]:
        """A member's own status and Service Code."""
        status = select_field("Status", STATUS_WORDS, member.status, searchable=False)
        status.on_value_change(lambda event: setattr(member, "status", event.value))
        code = select_field("Service Code", self.codes, member.service_code_id, clearable=True, placeholder="None")
        code.on_value_change(lambda event: setattr(member, "service_code_id", event.value))
        for part in (status, code):
            part.frame.classes("sb-span-3")
        return [status, code]

    def chosen(self, member: MemberDraft, client_id: int | None) -> None:
        """Another client in this place."""
        member.client_id = client_id or 0
        self.on_change()

    def add(self) -> None:
        """One more; in a group with the group's code to start with."""
        family = self.form.kind == "family"
        member = MemberDraft(
            client_id=0, service_code_id=None if family else self.form.service_code_id, participant=family
        )
        self.form.members.append(member)
        with self.rows:
            self.row(member)

    def remove(self, member: MemberDraft, row: ui.element) -> None:
        """One less."""
        self.form.members = [one for one in self.form.members if one is not member]
        row.delete()
        self.on_change()
