"""The panel of one appointment: what it is, what it was billed as, and the small marks made all day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from nicegui import ui

from domain import scheduling
from domain.errors import PracticeError
from domain.reading.authorizations import AuthorizationRow, authorizations_of
from domain.reading.calendar_setup import CalendarSetup
from domain.reading.one_appointment import Details, Member, one_appointment
from domain.reading.visit_money import VisitMoney, visit_money
from ui import routes
from ui.answering import Answers, answering
from ui.calendar.acts import WAITING, AppointmentActs
from ui.calendar.billed import billed_card, billed_group
from ui.calendar.blocks import HELD_AS, MARK, STATUS_WORDS
from ui.calendar.money import money_card
from ui.calendar.shown import FULL_WEEKDAYS
from ui.components import buttons
from ui.components.banner import Banner
from ui.components.beside_session import authorization_left
from ui.components.chips import no_code_chip, service_code_chip
from ui.components.date_range import FULL_MONTHS
from ui.components.dialog import ask
from ui.components.fields import select_field, text_area
from ui.components.menus import menu_entry
from ui.components.segmented import Segmented
from ui.components.side_panel import AskingPanel, SidePanel, facts
from ui.components.status import status_mark
from ui.components.typed import time_span_text
from ui.dialogs.appointment import edit_appointment, new_appointment_like
from ui.visit import Visit

# What is marked all day by one tap; canceling is in the menu, since it frees the time.
QUICK = {"scheduled": "Scheduled", "arrived": "Arrived", "completed": "Attended", "no_show": "No-show"}
AS_BILLED = "Time, client, provider and Service Code stay as billed. To change them, undo the client session first."


class AppointmentPanel(Answers):
    """One open appointment at a time; it is read again when somebody changes it, unless a note is being typed."""

    def __init__(self, visit: Visit, setup: CalendarSetup, *, on_close: Callable[[], Any]) -> None:
        self.visit, self.setup = visit, setup
        self.panel = AskingPanel(self.may_leave, on_close=lambda: (self.stop_typing(), on_close()))
        self.place = ui.element("div")  # for dialogs: the panel is drawn anew while they are open
        self.act = AppointmentActs(visit, place=self.place, on_deleted=self.close)
        self.details: Details | None = None
        self.money: list[VisitMoney] = []
        self.running_out: list[AuthorizationRow] = []  # told while there is time to ask for more
        self.box: ui.textarea | None = None  # the note being typed
        visit.leaving.watch(self)

    @property
    def open_id(self) -> int | None:
        """The appointment it shows, if it is open."""
        return self.details.line.id if self.details and self.panel.visible else None

    async def show(self, appointment_id: int) -> None:
        """Read and draw. Raises NotFound."""
        self.details = await one_appointment(appointment_id, seen_by=self.visit.user)
        self.money = await visit_money(appointment_id, seen_by=self.visit.user)
        clients = [one.client_id for one in self.details.members if not one.participant]
        rows = await authorizations_of(clients, today=self.visit.today(), seen_by=self.visit.user)
        self.running_out = [row for row in rows if row.told and row.state == "active"]
        self.stop_typing()
        self.draw(self.details)

    async def show_again(self) -> None:
        """Somebody changed it: draw it anew, or say that it is gone."""
        if self.open_id is None or self.box is not None:
            return
        try:
            await self.show(self.open_id)
        except PracticeError:
            self.close()

    def close(self) -> None:
        """Close it without a question."""
        SidePanel.close(self.panel)

    # ---- a note that is being typed ----

    @property
    def gone(self) -> bool:
        """Whether the calendar is no longer on the screen."""
        return self.panel.is_deleted

    @property
    def unsaved(self) -> bool:
        """Whether a note is typed that is not kept."""
        return self.box is not None and self.details is not None and (self.box.value or "") != self.details.note

    async def may_leave(self) -> bool:
        """Ask before a typed note is thrown away."""
        if not self.unsaved:
            return True
        return await ask("Leave the note without saving?", "What you typed is not saved yet.", "Leave without saving", "Keep editing")

    def stop_typing(self) -> None:
        """The note is kept or given up."""
        self.box = None
        self.visit.leaving.follow()

    # ---- drawing ----

    def draw(self, details: Details) -> None:
        """Code and name at the top, what was billed, the facts, the acts."""
        line = details.line
        self.panel.show(line.name)
        with self.panel.over:
            service_code_chip(line.code, line.color) if line.code else no_code_chip()
            ui.label(line.code_name or line.type_name)
        with self.panel.body:
            self.flag(details)
            if details.billed:
                self.billed(details)
            elif line.kind != "group":
                self.marks(details)
            with ui.element("div").classes("sb-column"):
                self.what_it_is(details)
                for row in self.running_out if details.line.kind != "group" else ():
                    authorization_left(row)
                self.note_place = ui.element("div")
                self.note(details)
            if self.money and not line.off:
                with ui.element("div").classes("sb-column"):
                    money_card(self.visit, self.money, self.place)
            if line.kind == "group" and len(details.billed) < len(details.members):
                self.members(details)
        with self.panel.foot:
            self.acts(details)

    def flag(self, details: Details) -> None:
        """What a calendar file wanted of a billed appointment."""
        if details.changed_elsewhere:
            Banner("Changed elsewhere", details.changed_elsewhere, tone="warn", drawing="calendar-sync", closable=False).classes(
                "sb-both"
            )

    def billed(self, details: Details) -> None:
        """When, by whom and as what it was sent; of a group once for each who was sent."""
        with ui.element("div").classes("sb-column"):
            if details.line.kind == "group":
                billed_group(self.visit, details, on_undo=self.act.undo_session)
            else:
                billed_card(self.visit, details.billed[0])
            ui.label(AS_BILLED).classes("sb-hint")

    def marks(self, details: Details) -> None:
        """Status and Service Code, to be set by one tap."""
        with ui.element("div").classes("sb-column sb-marks"):
            if details.line.kind != "none" or details.line.off:
                self.status_choice(details)
            self.code_choice(details.line.service_code_id, partial(self.act.give_code, details), show_label=True)

    def what_it_is(self, details: Details) -> None:
        """Date, time, provider, place, status."""
        line = details.line
        start, end = line.starts_at.astimezone(self.visit.zone), line.ends_at.astimezone(self.visit.zone)
        rows: dict[str, Any] = {
            "Date": f"{FULL_WEEKDAYS[start.weekday()]}, {FULL_MONTHS[start.month - 1]} {start.day}",
            "Time": time_span_text(start, end),
            "Provider": line.provider_name,
        }
        if line.location_name:
            rows["Place"] = line.location_name
        if line.held_as != "in_person" and line.kind != "none":
            rows["Held"] = HELD_AS[line.held_as] + (", client at home" if details.client_at_home else "")
        if line.type_name and line.code_name:
            rows["Type"] = line.type_name
        if line.kind == "family":
            rows["Client"] = next(member.name for member in details.members if not member.participant)
            rows["With"] = ", ".join(member.name for member in details.members if member.participant) or "Nobody else"
        if line.locked and line.kind != "group":
            rows["Status"] = partial(status_mark, MARK[line.status])
        facts(rows)

    def status_choice(self, details: Details) -> None:
        """The quick ones as buttons; a canceled one says so, with a way back."""
        status = details.line.status
        if status not in QUICK:
            with ui.element("div").classes("sb-row"):
                status_mark(MARK[status])
                take_back = buttons.quiet("Take it back", icon="undo-2", on_click=lambda: self.act.mark(details, "scheduled"))
                take_back.classes("sb-in-row")
            return
        choice = Segmented(QUICK, status, label="Status").classes("sb-small-segments")
        choice.on_value_change(lambda event: self.act.mark(details, event.value))

    def code_choice(
        self, code_id: int | None, on_choice: Callable[[int | None], Any], label: str = "Service Code", *,
        show_label: bool = False,
    ) -> None:  # fmt: skip
        """One of the practice's codes, or none."""
        codes = {one.id: f"{one.code}  {one.name}" for one in self.setup.service_codes.values()}
        if code_id is not None and code_id not in codes:
            codes[code_id] = "Archived code"
        field = select_field(label, codes, code_id, show_label=show_label, clearable=True, placeholder="None")
        field.on_value_change(lambda event: on_choice(event.value))

    def members(self, details: Details) -> None:
        """A group's clients who are not billed yet, each with their own status and code."""
        unbilled = [member for member in details.members if not member.billed]
        with ui.element("div").classes("sb-both sb-column"):
            with ui.element("div").classes("sb-row"):
                ui.label("Not sent yet" if details.billed else "Clients").classes("sb-card-title")
                if any(member.status in WAITING for member in unbilled):
                    appointment_id = details.line.id
                    everyone = buttons.quiet("All attended", icon="check", on_click=lambda: self.act.all_attended(appointment_id))
                    everyone.classes("sb-right sb-in-row")
            for member in unbilled:
                self.member(member)

    def member(self, member: Member) -> None:
        """One client of a group."""
        with ui.element("div").classes("sb-member"):
            ui.link(member.name, routes.client(member.client_id)).classes("sb-name sb-plain-link")
            status = select_field(f"Status of {member.name}", STATUS_WORDS, member.status, searchable=False, show_label=False)
            status.on_value_change(lambda event: self.act.mark_members(event.value, [member.attendance_id]))
            self.code_choice(
                member.service_code_id, partial(self.act.give_members_code, [member.attendance_id]), f"Service Code of {member.name}"
            )

    def note(self, details: Details) -> None:
        """The note, and a way to write it in place."""
        self.note_place.clear()
        with self.note_place:

            def words() -> None:
                with ui.element("span").classes("sb-own-note"):
                    if details.note:
                        ui.label(details.note)
                    link = ui.element("button").classes("sb-link sb-link-button").props("type=button")
                    link.on("click", lambda: self.write_note(details)).mark("edit-note")
                    with link:
                        ui.label("Edit note" if details.note else "Add a note")

            facts({"Note": words})

    def write_note(self, details: Details) -> None:
        """A box in the note's place; what others change meanwhile waits."""
        self.note_place.clear()
        with self.note_place, ui.element("div").classes("sb-column"):
            self.box = box = text_area("Note", details.note, on_change=self.visit.leaving.follow)
            with ui.element("div").classes("sb-row"):
                buttons.standard("Save note", on_click=lambda: self.keep_note(details, box.value or ""))
                buttons.quiet("Cancel", on_click=lambda: self.stop_writing(details))
        box.focus()

    def stop_writing(self, details: Details) -> None:
        """The note as it is kept."""
        self.stop_typing()
        self.note(details)

    def acts(self, details: Details) -> None:
        """Edit, book the next one; cancel and delete in a menu; undo once billed."""
        line = details.line
        if not line.locked or line.kind == "group":
            buttons.standard("Edit", icon="pencil", on_click=lambda: self.open_editor(edit_appointment))
        buttons.standard("Book next", icon="calendar-plus", on_click=lambda: self.open_editor(new_appointment_like))
        if line.locked and len(line.sessions) == 1:
            undo = buttons.quiet("Undo client session", icon="undo-2", on_click=lambda: self.act.undo_session(details.billed[0]))
            undo.classes("sb-right")
        elif not line.locked:
            self.menu(details)

    def menu(self, details: Details) -> None:
        """What frees the time: asked for, never by a slip of the finger."""
        with buttons.icon_button("ellipsis", "More").classes("sb-right").props("aria-haspopup=menu"), ui.menu():
            if not details.line.off:
                menu_entry("Cancel appointment", lambda: self.act.cancel(details, late=False))
                menu_entry("Mark as late cancellation", lambda: self.act.cancel(details, late=True))
            if not details.billed_before:
                menu_entry("Delete appointment", lambda: self.act.delete(details)).classes("sb-danger")

    async def open_editor(self, opens: Callable[[Visit, int], Awaitable[None]]) -> None:
        """The editor of this appointment, or of the next one like it."""
        if self.open_id is not None:
            with self.place:
                await opens(self.visit, self.open_id)

    @answering
    async def keep_note(self, details: Details, note: str) -> None:
        """The note alone, at the version it was read at."""
        draft = await scheduling.draft_of(details.line.id, seen_by=self.visit.user)
        draft.note, draft.version = note, details.line.version
        await scheduling.change(draft, by=self.visit.user, now=self.visit.now())
        self.stop_typing()
        await self.show_again()
