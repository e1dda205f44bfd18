"""The editor of one client session: what was done, for whom, at what fee, and what was paid at the session."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from nicegui import ui

from domain.claims.reasons import Reason
from domain.client_sessions import LineDraft, SessionDraft, keep_session, release
from domain.errors import NotFound, PracticeError
from domain.place_of_service import place_of_service
from domain.reading import sessions as reading
from domain.reading import to_invoice
from domain.reading.authorizations import beside
from domain.reading.choices import choices, client_name
from domain.reading.documents import live_documents_of
from ui import routes
from ui.answering import answering
from ui.calendar.blocks import HELD_AS
from ui.components.banner import Banner
from ui.components.beside_session import beside_session
from ui.components.buttons import danger, standard
from ui.components.client_picker import client_picker
from ui.components.fields import select_field, switch, text_area, text_field
from ui.components.record_dialog import RecordDialog
from ui.components.typed import money_text
from ui.components.typed_fields import date_field, time_field
from ui.components.waiting_rows import place_of
from ui.dialogs.hold import HoldDialog
from ui.dialogs.remove_session import RemoveSession
from ui.dialogs.result import what_it_is
from ui.dialogs.session_form import SessionForm, draft_from, form_of
from ui.dialogs.session_hints import SessionHints
from ui.dialogs.session_parts import ChargeLines, Payments
from ui.visit import Visit

BILL_TO = {"automatic": "Automatic: insurance when it applies", "client": "Client directly"}
# What services and reasons name, and where the form has it.
STANDS_AT = {"starts_at": "day", "ends_at": "ends", "lines": "lines.0.code"}


async def edit_session(visit: Visit, session_id: int, *, at: str = "") -> None:
    """Open the editor of a session, with the cursor at a field; a removed one says so on the page."""
    try:
        draft = await reading.draft_of(session_id, seen_by=visit.user)
    except PracticeError as refusal:
        visit.refused(refusal.told())
        return
    await SessionEditor(visit, draft).open(at=at)


async def new_session(visit: Visit, *, client_id: int | None = None) -> None:
    """Open the editor for a session made by hand, today on the hour."""
    if client_id is not None and not await client_name(client_id, seen_by=visit.user):
        visit.refused(NotFound(what="This client").told())
        return
    hour = visit.now().astimezone(visit.zone).replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    draft = SessionDraft(client_id=client_id, starts_at=hour, ends_at=hour + timedelta(minutes=50), lines=[LineDraft()])
    await SessionEditor(visit, draft).open(at="client_id")


class SessionEditor(RecordDialog):
    """One open editor. What others change meanwhile is taken over or asked about, never lost (see Editing)."""

    subject, what, size = "session", "session", "wide"

    def __init__(self, visit: Visit, draft: SessionDraft) -> None:
        super().__init__(visit, form_of(draft, visit.zone))
        self.had = draft
        self.draft: SessionForm

    def title(self) -> str:
        """New, or by its number."""
        return f"Session {self.had.id}" if self.had.id else "New session"

    def hint(self) -> str:
        """Whose it is."""
        return self.name or "A session made by hand, without an appointment."

    async def prepare(self) -> None:
        """What can be chosen, whose it is, and the documents it stands on."""
        self.choices = await choices(seen_by=self.visit.user)
        self.name = await client_name(self.had.client_id or 0, seen_by=self.visit.user)
        self.told = await to_invoice.one(self.had.id, on=self.visit.today(), seen_by=self.visit.user) if self.had.id else None
        payer = self.told.payer_id if self.told else None
        self.beside = await beside(self.told.client_id, payer, today=self.visit.today(), seen_by=self.visit.user) if self.told and payer else None
        self.documents = await live_documents_of(self.had.id, seen_by=self.visit.user) if self.had.invoiced else []

    async def open(self, *, at: str = "") -> None:
        """With the cursor where a link leads."""
        await super().open(at=STANDS_AT.get(at, at) or "provider_id")
        self.save_button.set_enabled(not self.had.invoiced)

    # ---- the form, from top to bottom ----

    def draw(self) -> None:
        """Who and when, where and to whom, what was done, what was paid, a note."""
        if self.had.invoiced:
            self.its_documents()
        elif self.had.id:
            SessionHints(self.visit, self.had.id, self.mend).draw(self.told)
        if self.beside is not None:
            beside_session(self.beside, self.told.told if self.told else ())
        self.who_and_when()
        self.where_and_to_whom()
        self.charge_lines = ChargeLines(self, self.choices.billing_codes)
        self.payments = Payments(self)
        self.bind("note", text_area("Note", self.draft.note))

    def its_documents(self) -> None:
        """Why it can't be changed, and the way to the invoice or insurance form it stands on."""
        banner = Banner("This session is invoiced.", "Void its document to change it.", tone="info", closable=False)
        with banner.acts:
            for one in self.documents:
                standard(what_it_is(one), icon="arrow-right",
                         on_click=lambda _, one=one: self.visit.go(f"{routes.DOCUMENTS}?{one.kind}={one.id}"))

    def who_and_when(self) -> None:
        """Client, provider, day and times; the client of an appointment's session is the appointment's."""
        width = 6 if self.had.from_appointment else 4
        with ui.element("div").classes("sb-fields"):
            if not self.had.from_appointment:
                self.bind("client_id", client_picker("Client", self.visit, self.draft.client_id, self.name), span=6)
            self.choice("provider_id", "Provider", self.choices.providers, span=6)
            self.bind("day", date_field("Date", self.draft.day, today=self.visit.today())).classes(f"sb-span-{width}")
            self.bind("starts", time_field("From", self.draft.starts)).classes(f"sb-span-{width}")
            self.bind("ends", time_field("To", self.draft.ends)).classes(f"sb-span-{width}")

    def where_and_to_whom(self) -> None:
        """How it was held, where, place of service, who is billed, authorization."""
        with ui.element("div").classes("sb-fields"):
            self.choice("held_as", "How it was held", HELD_AS, span=4)
            self.choice("location_id", "Location", self.choices.locations, span=4, clearable=True)
            self.bind("place_of_service", text_field("Place of service", self.draft.place_of_service,
                                                     hint="Box 24B, two digits"), span=4)
            with ui.element("div") as self.at_home:
                self.bind("client_at_home", switch("The client was at home", self.draft.client_at_home))
            self.choice("bill_to", "Bill to", BILL_TO, span=8)
            self.bind("authorization_number", text_field("Authorization number", self.draft.authorization_number,
                                                         hint="Box 23"), span=4)
        self.at_home.set_visibility(self.draft.held_as != "in_person")

    def choice(self, name: str, label: str, options: dict[Any, str], *, span: int, clearable: bool = False) -> None:
        """One of several; what was archived since it was chosen is kept."""
        value = getattr(self.draft, name)
        offered = options if value is None or value in options else options | {value: "Archived"}
        self.bind(name, select_field(label, offered, value, searchable=len(offered) > 6, clearable=clearable), span=span)

    # ---- what follows what ----

    def changed(self, name: str) -> None:
        """The place of service follows how and where it was held, until somebody types another."""
        if name not in {"held_as", "location_id", "client_at_home"} or "place_of_service" not in self.fields:
            return
        self.at_home.set_visibility(self.draft.held_as != "in_person")
        self.fields["place_of_service"].value = place_of_service(
            self.draft.held_as, client_at_home=self.draft.client_at_home,
            location_code=self.choices.place_of_location.get(self.draft.location_id or 0))

    def show_value(self, name: str) -> None:
        """Take over the other's value; rows are drawn anew, and the place of service is theirs too."""
        if name in {"lines", "payments"}:
            (self.charge_lines if name == "lines" else self.payments).draw()
            return
        theirs = self.draft.place_of_service
        super().show_value(name)
        if name in {"held_as", "location_id", "client_at_home"}:
            self.fields["place_of_service"].value = theirs

    def spoken(self, name: str, value: Any) -> str:
        """Rows and choices in words."""
        if name == "lines":
            return ", ".join(f"{line.code} × {line.units}, {money_text(line.fee_cents * line.units)}" for line in value)
        if name == "payments":
            return ", ".join(f"{money_text(paid.cents)} {paid.method}" for paid in value)
        named = {"provider_id": self.choices.providers, "location_id": self.choices.locations, "held_as": HELD_AS,
                 "bill_to": BILL_TO}
        return named[name].get(value, "") if name in named else super().spoken(name, value)

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the form's field for what a service names."""
        super().say(sentence, at=at if at in self.fields else STANDS_AT.get(at, at))

    # ---- what is done with it ----

    async def mend(self, reason: Reason) -> None:
        """To the very field: here, or where the record is kept, unless the person would rather go on typing."""
        if reason.keeper == "session":
            self.focus(STANDS_AT.get(reason.field, reason.field))
        elif await self.may_leave():
            self.leave()
            self.visit.go(place_of(reason))

    async def read_again(self) -> SessionForm:
        """As it stands now."""
        now = await reading.draft_of(self.had.id, seen_by=self.visit.user)
        return form_of(now, self.visit.zone)

    async def keep(self) -> int:
        """Keep what the form means."""
        meant = draft_from(self.draft, self.visit.zone, had=self.had)
        return await keep_session(meant, by=self.visit.user, now=self.visit.now())

    async def saved(self, kept: int) -> None:
        """Close and say so."""
        self.leave()
        self.visit.toast(f"Session {kept} saved")

    def left_button(self) -> None:
        """Remove it, or hold or release it."""
        if not self.had.id or self.had.invoiced:
            return
        danger("Remove session", icon="trash-2", on_click=self.remove).classes("sb-left")
        if self.had.held_reason:
            standard("Release", icon="play", on_click=self.release)
        else:
            standard("Hold", icon="pause", on_click=HoldDialog(self.visit, [self.had.id], then=self.leave).open)

    def remove(self, _event: object = None) -> None:
        """Ask why, then remove: the appointment is unlocked."""
        unlocks = " Its appointment is unlocked in the calendar and can be sent again." if self.had.from_appointment else ""
        sentence = f"{self.name}'s session is taken out of billing.{unlocks}"
        RemoveSession(self.visit, self.had.id, sentence, then=self.leave).open()

    @answering
    async def release(self, _event: object = None) -> None:
        """Back among the ready ones."""
        await release([self.had.id], by=self.visit.user, now=self.visit.now())
        self.leave()
        self.visit.toast(f"Session {self.had.id} is ready again")
