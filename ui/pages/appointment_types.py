"""Appointment Types: kinds of visits, with the length they start with and whether they are billable."""

from __future__ import annotations

from typing import Any

from nicegui import PageArguments, ui

from domain import codes as domain
from domain.reading import masters
from domain.reading.masters import AppointmentTypeRow
from ui.components import cells
from ui.components.fields import number_field, switch, text_field
from ui.components.master_editor import MasterEditor
from ui.components.master_page import MasterPage
from ui.components.table import Column
from ui.visit import Visit


async def appointment_types(visit: Visit, args: PageArguments) -> None:
    """The page; `?open=ID&at=field` opens an editor."""
    await AppointmentTypes(visit).build(args)


class AppointmentTypeEditor(MasterEditor):
    """Name, length, billable or not."""

    retire = "Retire type"
    new_draft = domain.AppointmentTypeDraft
    keeps, drafts = domain.keep_appointment_type, domain.draft_of_appointment_type
    archives, restores = domain.archive_appointment_type, domain.restore_appointment_type
    deletes = domain.delete_appointment_type

    def draw(self) -> None:
        """The fields."""
        draft = self.draft
        with ui.element("div").classes("sb-fields"):
            self.bind("name", text_field("Name", draft.name, placeholder="Therapy session"), span=8)
            self.bind("default_minutes", number_field("Length", draft.default_minutes, suffix="min"), span=4)
        self.bind("billable", switch("Billable", draft.billable, hint="Offered in Send to Billing"))
        ui.label("A Service Code on the appointment wins over its type.").classes("sb-hint")


class AppointmentTypes(MasterPage):
    """The list and its editor."""

    title, one, subject = "Appointment Types", "Appointment Type", "appointment_type"
    editor = AppointmentTypeEditor
    columns = (
        Column(name="name", label="Name", look="sb-name", sub="said"),
        Column(name="length", label="Length", look="sb-2 sb-num", width="110px", tablet_width="84px"),
        Column(name="billable", label="Billable", html=True, width="140px", folds=True),
    )
    empty_why = "An Appointment Type is a kind of visit. It gives the length, and whether the visit is billed."

    async def read(self) -> list[AppointmentTypeRow]:
        """All Appointment Types."""
        return await masters.appointment_types(seen_by=self.visit.user)

    def line(self, row: AppointmentTypeRow) -> dict[str, Any]:
        """Name, length, billable."""
        said = "Billable" if row.billable else "Not billable"
        return {
            "id": row.id, "_name": row.name, "name": row.name, "length": f"{row.default_minutes} min", "said": said,
            "billable": cells.text(said, "" if row.billable else "sb-2"),
        }
