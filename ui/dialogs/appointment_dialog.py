"""The appointment's editor: who, when, with whom and where; what conflicts; and for a new one how it repeats."""

from __future__ import annotations

from functools import partial
from typing import Any

from nicegui import ui

from domain import scheduling
from domain.reading.calendar_setup import calendar_setup, client_names
from domain.scheduling import AppointmentDraft, MemberDraft, Repeat
from ui.calendar.blocks import HELD_AS, STATUS_WORDS
from ui.components.banner import Banner
from ui.components.client_picker import client_picker
from ui.components.editing import try_it
from ui.components.fields import select_field, switch, text_area, text_field
from ui.components.record_dialog import RecordDialog
from ui.components.segmented import Segmented
from ui.components.typed_fields import date_field, time_field
from ui.dialogs.appointment_conflicts import ConflictsPart
from ui.dialogs.appointment_form import AppointmentForm, draft_from, form_of, later, minutes_between
from ui.dialogs.appointment_members import MembersPart
from ui.dialogs.appointment_repeat import RepeatPart
from ui.visit import Visit

KINDS = {"one": "One client", "group": "Group", "family": "Couple or family", "none": "No client"}
PLACEHOLDERS = {"group": "Tuesday skills group", "family": "The names, when empty", "none": "Lunch"}
LOCKED = (
    "Sent to billing. Time, client, provider and Service Code stay as billed. To change them, undo the client session "
    "first."
)
USUAL = ("location_id", "type_id", "service_code_id", "held_as", "client_at_home")
AS_BILLED = ("day", "starts", "ends", "provider_id", "location_id", "type_id", "held_as", "client_at_home")


class AppointmentDialog(RecordDialog):
    """One open editor. `billed` are the clients who were sent to billing: they and the time stay."""

    subject, what, size = "appointment", "appointment", "wide"

    def __init__(
        self,
        visit: Visit,
        draft: AppointmentDraft,
        *,
        billed: set[int] | None = None,
        minutes_given: bool = False,
        provider_given: bool = False,
    ) -> None:
        super().__init__(visit, form_of(draft, visit.zone))
        self.provider_given = provider_given
        self.had, self.billed = draft, billed or set()
        self.minutes = minutes_between(self.draft.starts, self.draft.ends)
        self.minutes_given = minutes_given or draft.id is not None
        self.verb = "Save changes" if draft.id else "Book appointment"
        self.conflicts: ConflictsPart | None = None
        self.repeat: RepeatPart | None = None
        self.draft: AppointmentForm

    def title(self) -> str:
        """New or known."""
        return "Appointment" if self.draft.id else "New appointment"

    async def prepare(self) -> None:
        """What can be chosen, and what the clients are called."""
        self.setup = await calendar_setup(seen_by=self.visit.user)
        ids = {one.client_id for one in self.had.members}
        self.names = await client_names(sorted(ids), seen_by=self.visit.user)

    async def open(self, *, at: str = "") -> None:
        """With the cursor where the typing starts."""
        first = "client_id" if self.draft.kind in {"one", "family"} else "title"
        await super().open(at=at or ("note" if self.billed else first))

    # ---- the form, from top to bottom ----

    def draw(self) -> None:
        """Who, when, with whom and where, what it is, a note."""
        if self.billed:
            Banner(LOCKED, tone="info", drawing="lock", closable=False)
        else:
            self.kind_choice()
        self.persons()
        self.when()
        self.with_whom()
        if not self.draft.id:
            self.repeat = RepeatPart(self, self.draft, today=self.visit.today())
        self.conflicts = ConflictsPart(self.visit, self.as_draft)
        self.bind("note", text_area("Note", self.draft.note, rows=2))
        self.lock_fields()
        self.follow_kind()
        self.check_conflicts()

    def kind_choice(self) -> None:
        """For whom it is."""
        kind = Segmented(KINDS, self.draft.kind, label="For whom", on_change=lambda _: None)
        self.bind("kind", kind).classes("sb-wraps")

    def persons(self) -> None:
        """The client; or a group's or family's persons; or what it is when nobody comes."""
        with ui.element("div").classes("sb-fields"):
            name = self.names.get(self.draft.client_id or 0, "")
            client = client_picker("Client", self.visit, self.draft.client_id, name)
            self.bind("client_id", client, span=6)
            client.on_value_change(self.bring_usual)
            self.bind("title", text_field("Title", self.draft.title), span=6)
            code = select_field(
                "Service Code", self.codes(), self.draft.service_code_id, clearable=True, placeholder="None"
            )
            self.bind("service_code_id", code, span=6)
        self.members = MembersPart(
            self.visit, self.draft, names=self.names, codes=self.codes(), billed=self.billed,
            on_change=self.check_conflicts,
        )  # fmt: skip
        self.fields["members"] = self.members.says

    def codes(self) -> dict[int, str]:
        """The Service Codes in words; one archived since it was set is kept."""
        found = {one.id: f"{one.code}  {one.name}" for one in self.setup.service_codes.values()}
        kept = self.had.service_codes() - found.keys()
        return found | dict.fromkeys(kept, "Archived code")

    def when(self) -> None:
        """Day and times; the end moves with the start."""
        with ui.element("div").classes("sb-fields"):
            self.bind("day", date_field("Date", self.draft.day, today=self.visit.today()), span=4)
            self.bind("starts", time_field("From", self.draft.starts), span=4)
            self.bind("ends", time_field("To", self.draft.ends), span=4)
        for name in ("day", "starts", "ends"):
            self.fields[name].classes("sb-span-4")
            self.fields[name].on_value_change(self.check_conflicts)

    def with_whom(self) -> None:
        """Provider, place, type, how it is held and how it stands."""
        with ui.element("div").classes("sb-fields"):
            self.choice("provider_id", "Provider", self.setup.providers, then=self.check_conflicts)
            self.choice("location_id", "Location", self.setup.locations, clearable=True)
            self.choice("type_id", "Appointment type", self.setup.types, clearable=True)
            self.choice("held_as", "How it is held", HELD_AS)
            self.choice("status", "Status", STATUS_WORDS, then=self.check_conflicts)
            with ui.element("div").classes("sb-span-4 sb-at-home") as self.at_home:
                self.bind("client_at_home", switch("The client is at home", self.draft.client_at_home))

    def choice(
        self, name: str, label: str, options: dict[Any, str], *, clearable: bool = False, then: Any = None
    ) -> None:
        """One of several; what was archived since it was chosen is kept."""
        value = getattr(self.draft, name)
        offered = options if value is None or value in options else options | {value: "Archived"}
        field = select_field(label, offered, value, searchable=len(offered) > 8, clearable=clearable)
        self.bind(name, field, span=4)
        if then is not None:
            field.on_value_change(then)

    # ---- what follows what ----

    def changed(self, name: str) -> None:
        """The end follows the start, the length the code; the parts follow the kind."""
        if name == "kind":
            self.take_persons_along()
            self.follow_kind()
        elif name == "members":
            self.members.draw()
        elif name in {"starts", "ends"}:
            self.follow_time(name)
        elif name in {"service_code_id", "type_id"}:
            self.usual_length()
        elif name == "held_as":
            self.at_home.set_visibility(self.draft.held_as != "in_person")
        if name in {"every", "times", "day"}:
            self.follow_repeat()

    def follow_time(self, name: str) -> None:
        """A moved start takes the end along; a moved end is the person's own length."""
        start, end = self.draft.starts, self.draft.ends
        if start is None or "ends" not in self.fields:
            return
        if name == "starts":
            self.fields["ends"].value = later(start, self.minutes)
        elif end is not None and minutes_between(start, end) != self.minutes:
            self.minutes, self.minutes_given = minutes_between(start, end), True

    def usual_length(self) -> None:
        """A new appointment takes its code's or type's minutes until somebody sets the end."""
        if self.minutes_given or self.draft.starts is None or "ends" not in self.fields:
            return
        of_code = self.setup.minutes_of_code.get(self.draft.service_code_id or 0)
        self.minutes = of_code or self.setup.minutes_of_type.get(self.draft.type_id or 0) or self.minutes
        self.fields["ends"].value = later(self.draft.starts, self.minutes)

    def follow_repeat(self) -> None:
        """How many days the repeat means, in words and on the button."""
        if self.repeat is not None:
            self.repeat.follow()
            count = self.repeat.count
            self.save_button.set_text(f"Book {count} appointments" if count > 1 else "Book appointment")

    def take_persons_along(self) -> None:
        """Who was chosen under one kind is still there under the next."""
        draft = self.draft
        if draft.kind == "group" and draft.client_id:
            first = MemberDraft(client_id=draft.client_id, status=draft.status, service_code_id=draft.service_code_id)
            draft.members = [first, *(one for one in draft.members if one.client_id != draft.client_id)]
            draft.client_id = None
        elif draft.kind != "group" and draft.client_id is None and draft.members:
            draft.client_id = draft.members.pop(0).client_id
        for member in draft.members:
            member.participant = draft.kind == "family"

    def follow_kind(self) -> None:
        """Show the parts that this kind has."""
        kind = self.draft.kind
        if self.fields["client_id"].value != self.draft.client_id:
            self.show_client()
        self.fields["client_id"].frame.set_visibility(kind in {"one", "family"})
        self.fields["title"].frame.set_visibility(kind != "one")
        self.fields["status"].frame.set_visibility(kind != "group")
        self.at_home.set_visibility(self.draft.held_as != "in_person" and kind != "none")
        for name in ("held_as", "type_id"):
            self.fields[name].frame.set_visibility(kind != "none")
        identified = "Identified: the session and the policy are theirs" if kind == "family" else None
        self.fields["client_id"].props.set_optional("hint", identified)
        self.fields["title"].props["placeholder"] = PLACEHOLDERS.get(kind, "")
        self.members.draw()

    def show_client(self) -> None:
        """The client in the field, with the name that goes with it."""
        field, client_id = self.fields["client_id"], self.draft.client_id
        known = {client_id: self.names.get(client_id, "The client")} if client_id else {}
        field.set_options(known, value=client_id)

    def lock_fields(self) -> None:
        """What was billed can be read, not changed."""
        if not self.billed:
            return
        own = () if self.draft.kind == "group" else ("client_id", "service_code_id", "status")
        for name in (*AS_BILLED, *own):
            self.fields[name].set_enabled(False)

    def check_conflicts(self, _event: object = None) -> None:
        """Who would be in two places now."""
        if self.conflicts is not None:
            self.conflicts.check()

    async def bring_usual(self, event: Any) -> None:
        """A new appointment starts as the client was seen last, where nobody chose otherwise."""
        client_id = event.value
        if client_id:
            self.names |= await client_names([client_id], seen_by=self.visit.user)
        if self.draft.id is None and client_id:
            usual = await scheduling.usual_of(client_id, seen_by=self.visit.user)
            for name in USUAL if self.provider_given else ("provider_id", *USUAL):
                value = getattr(usual, name)
                if value is not None and getattr(self.draft, name) == getattr(self.original, name):
                    setattr(self.draft, name, value)
                    self.show_value(name)
        self.check_conflicts()

    # ---- keeping ----

    def as_draft(self) -> AppointmentDraft:
        """What the form says, without members that nobody was chosen for."""
        draft = draft_from(self.draft, self.visit.zone, had=self.had)
        draft.members = [one for one in draft.members if one.client_id]
        return draft

    async def keep(self) -> int:
        """Book or change."""
        who = {"by": self.visit.user, "now": self.visit.now()}
        draft = self.as_draft()
        if draft.id is not None:
            await scheduling.change(draft, **who)
            return draft.id
        if self.draft.every:
            repeat = Repeat(self.draft.every, int(self.draft.times or 0))  # type: ignore[arg-type]
            self.made = await scheduling.book_repeating(draft, repeat, **who)
        else:
            self.made = [await scheduling.book(draft, **who)]
        return self.made[0]

    async def saved(self, kept: int) -> None:
        """Close and say so; what was booked can be undone in one tap."""
        del kept
        self.leave()
        if self.draft.id is not None:
            self.visit.toast("Appointment saved")
            return
        words = "Appointment booked" if len(self.made) == 1 else f"{len(self.made)} appointments booked"
        self.visit.toast(words, action="Undo", on_action=partial(take_back, self.visit, self.made))

    async def read_again(self) -> AppointmentForm:
        """As it stands now."""
        self.had = await scheduling.draft_of(self.draft.id or 0, seen_by=self.visit.user)
        ids = [one.client_id for one in self.had.members]
        self.names |= await client_names(ids, seen_by=self.visit.user)
        return form_of(self.had, self.visit.zone)

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field, which the service calls by its own name."""
        super().say(sentence, at={"starts_at": "starts", "ends_at": "ends"}.get(at, at))


async def take_back(visit: Visit, made: list[int]) -> None:
    """Undo a booking."""

    async def delete_all() -> None:
        for appointment_id in made:
            await scheduling.delete(appointment_id, by=visit.user, now=visit.now())

    await try_it(visit, delete_all(), "Booking undone")
