"""The editor of one client session: what was done, for whom, at what fee, and what was paid at the session."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from nicegui import ui

from domain.client_sessions import (
    METHODS,
    LineDraft,
    PaymentDraft,
    SessionDraft,
    hold,
    keep_session,
    release,
    remove_sessions,
)
from domain.errors import ChangedMeanwhile, PracticeError
from domain.place_of_service import place_of_service
from domain.reading import sessions as reading
from domain.reading.choices import choices, client_name
from domain.reading.documents import live_documents_of
from ui import routes
from ui.answering import Answers, answering
from ui.components.banner import Banner
from ui.components.buttons import danger, icon_button, primary, quiet, standard
from ui.components.client_picker import client_picker
from ui.components.dialog import Dialog, ask
from ui.components.fields import number_field, select_field, text_area, text_field
from ui.components.typed import money_text
from ui.components.typed_fields import all_readable, date_field, money_field, time_field
from ui.dialogs.result import what_it_is
from ui.live import Announcement, Listening
from ui.visit import Visit

HELD_AS = {"in_person": "In person", "video": "By video", "phone": "By phone"}
BILL_TO = {"automatic": "Automatic: insurance when it applies", "client": "Client directly"}


async def edit_session(visit: Visit, session_id: int) -> None:
    """Open the editor of a session; a removed one says so on the page."""
    try:
        draft = await reading.draft_of(session_id, seen_by=visit.user)
    except PracticeError as refusal:
        visit.refused(refusal.told())
        return
    await SessionEditor(visit, draft).open()


async def new_session(visit: Visit, *, client_id: int | None = None) -> None:
    """Open the editor for a session made by hand, today on the hour."""
    hour = visit.now().astimezone(visit.zone).replace(minute=0, second=0, microsecond=0)
    draft = SessionDraft(client_id=client_id, starts_at=hour.astimezone(UTC),
                         ends_at=(hour + timedelta(minutes=50)).astimezone(UTC), lines=[LineDraft()])
    await SessionEditor(visit, draft).open()


class SessionEditor(Answers):
    """One open editor with its draft; inputs write into the draft, Save keeps it."""

    def __init__(self, visit: Visit, draft: SessionDraft) -> None:
        self.visit, self.draft = visit, draft
        self.fields: dict[str, Any] = {}

    async def open(self) -> None:
        """Read what can be chosen, then draw."""
        self.choices = await choices(seen_by=self.visit.user)
        self.name = await client_name(self.draft.client_id or 0, seen_by=self.visit.user)
        title = f"Session {self.draft.id}" if self.draft.id else "New session"
        hint = self.name or "A session made by hand, without an appointment."
        with Dialog(title, hint, size="wide") as self.dialog:
            with self.dialog.body:
                self.news = ui.element("div")
                if self.draft.invoiced:
                    await self.its_documents()
                self.who_and_when()
                self.where_and_to_whom()
                self.charge_lines()
                self.payments_taken()
                self.fields["note"] = text_area("Note", self.draft.note, on_change=self.keep_note)
            with self.dialog.foot:
                self.buttons()
            Listening("session", self.heard)
        self.dialog.open()

    async def its_documents(self) -> None:
        """Why it can't be changed, and the way to the invoice or insurance form it stands on."""
        found = await live_documents_of(self.draft.id, seen_by=self.visit.user)
        banner = Banner("This session is invoiced.", "Void its document to change it.", tone="info", closable=False)
        with banner.acts:
            for one in found:
                standard(what_it_is(one), icon="arrow-right",
                         on_click=lambda _, one=one: self.visit.go(f"{routes.DOCUMENTS}?{one.kind}={one.id}"))

    def who_and_when(self) -> None:
        """Client, provider, day and times."""
        starts = self.draft.starts_at.astimezone(self.visit.zone)
        ends = self.draft.ends_at.astimezone(self.visit.zone)
        with ui.element("div").classes("sb-fields"):
            if not self.draft.from_appointment:
                self.fields["client_id"] = client_picker(
                    "Client", self.visit, self.draft.client_id, self.name, on_change=self.took("client_id"))
                self.fields["client_id"].frame.classes("sb-span-6")
            self.select("provider_id", "Provider", self.choices.providers, span=6)
            width = "sb-span-6" if self.draft.from_appointment else "sb-span-4"
            self.day = date_field("Date", starts.date(), today=self.visit.today()).classes(width)
            self.fields["starts_at"] = time_field("From", starts.time()).classes(width)
            self.fields["ends_at"] = time_field("To", ends.time()).classes(width)

    def where_and_to_whom(self) -> None:
        """How it was held, place of service, who is billed, authorization."""
        with ui.element("div").classes("sb-fields"):
            self.select("held_as", "How it was held", HELD_AS, span=4, then=self.suggest_place)
            self.select("location_id", "Location", self.choices.locations, span=4, then=self.suggest_place, clearable=True)
            self.text("place_of_service", "Place of service", span=4, hint="Box 24B, two digits")
            self.select("bill_to", "Bill to", BILL_TO, span=8)
            self.text("authorization_number", "Authorization number", span=4, hint="Box 23")

    def select(self, name: str, label: str, options: dict[Any, str], *, span: int, then: Any = None,
               clearable: bool = False) -> None:
        """A choice that writes into the draft."""
        value = getattr(self.draft, name)
        field = select_field(label, options, value if value in options else None, searchable=len(options) > 6,
                             clearable=clearable, on_change=self.took(name, then))
        field.frame.classes(f"sb-span-{span}")
        self.fields[name] = field

    def text(self, name: str, label: str, *, span: int, hint: str = "") -> None:
        """A line of text that writes into the draft."""
        field = text_field(label, getattr(self.draft, name), hint=hint, on_change=self.took(name))
        field.frame.classes(f"sb-span-{span}")
        self.fields[name] = field

    def took(self, name: str, then: Any = None) -> Any:
        """What writes a field's new value into the draft."""

        def take(event: Any) -> None:
            setattr(self.draft, name, event.value)
            if then is not None:
                then()

        return take

    def keep_note(self, event: Any) -> None:
        """Write the note into the draft."""
        self.draft.note = event.value or ""

    def suggest_place(self) -> None:
        """The place of service follows how and where it was held, until somebody types another."""
        code = place_of_service(
            self.draft.held_as, client_at_home=self.draft.client_at_home,
            location_code=self.choices.place_of_location.get(self.draft.location_id or 0))
        self.fields["place_of_service"].value = code

    def charge_lines(self) -> None:
        """The billing codes, a row each."""
        with ui.element("div").classes("sb-part-head"):
            ui.label("Billing Codes").classes("sb-card-title")
            self.total = ui.label().classes("sb-right sb-strong sb-num")
        self.fields["lines"] = SayingPlace()
        self.lines_place = ui.element("div").classes("sb-charge-lines")
        self.draw_lines()
        quiet("Add a Billing Code", icon="plus", inviting=True, on_click=self.add_line).classes("self-start")

    def draw_lines(self) -> None:
        """Draw the rows anew: only when one is added or taken away."""
        self.lines_place.clear()
        with self.lines_place:
            for number, line in enumerate(self.draft.lines):
                self.charge_line(number, line)
        self.show_total()

    def charge_line(self, number: int, line: LineDraft) -> None:
        """Code, units, fee, modifiers, pointers and a way to remove it."""
        codes = {code.id: f"{code.code}  {code.description}" for code in self.choices.billing_codes}
        own = line.billing_code_id if line.billing_code_id in codes else None
        if own is None and line.code:
            codes[0], own = f"{line.code}  {line.description}", 0
        with ui.element("div").classes("sb-fields sb-charge-line"):
            code = select_field("Billing Code", codes, own, on_change=lambda e: self.take_code(number, e.value))
            code.frame.classes("sb-span-4")
            units = number_field("Units", line.units, minimum=1, on_change=lambda e: self.take(number, "units", int(e.value or 0)))
            units.frame.classes("sb-span-1")
            fee = money_field("Fee", line.fee_cents, on_change=lambda e: self.take(number, "fee_cents", e.value or 0))
            fee.classes("sb-span-2")
            modifiers = text_field("Modifiers", line.modifiers.replace(",", ", "), placeholder="95, HO",
                                   on_change=lambda e: self.take(number, "modifiers", e.value.replace(" ", "").upper()))
            modifiers.frame.classes("sb-span-2")
            pointers = text_field("Diagnoses", line.pointers, placeholder="First four",
                                  on_change=lambda e: self.take(number, "pointers", e.value.replace(" ", "").replace(",", "").upper()))
            pointers.frame.classes("sb-span-2")
            icon_button("trash-2", f"Remove line {number + 1}", on_click=lambda: self.remove_line(number)).classes("sb-line-remove")
        self.fields |= {f"lines.{number}.{name}": field for name, field in (
            ("code", code), ("units", units), ("fee_cents", fee), ("modifiers", modifiers), ("pointers", pointers))}

    def take(self, number: int, name: str, value: Any) -> None:
        """Write one value of a line into the draft."""
        setattr(self.draft.lines[number], name, value)
        self.show_total()

    def take_code(self, number: int, code_id: int | None) -> None:
        """A chosen code brings its own words, fee, units and modifiers."""
        line = self.draft.lines[number]
        code = next((code for code in self.choices.billing_codes if code.id == code_id), None)
        if code is None:
            return
        line.billing_code_id, line.code, line.description = code.id, code.code, code.description
        line.client_only = code.client_only
        for name, value in (("fee_cents", code.fee_cents), ("units", code.units)):
            self.fields[f"lines.{number}.{name}"].value = value
        self.fields[f"lines.{number}.modifiers"].value = code.modifiers.replace(",", ", ")

    def add_line(self) -> None:
        """Another row."""
        self.draft.lines.append(LineDraft())
        self.draw_lines()

    def remove_line(self, number: int) -> None:
        """One row less."""
        del self.draft.lines[number]
        self.draw_lines()

    def show_total(self) -> None:
        """What the lines come to."""
        self.total.set_text(f"Total {money_text(sum(line.fee_cents * line.units for line in self.draft.lines))}")

    def payments_taken(self) -> None:
        """Money taken at the session: what the invoice shows as received."""
        with ui.element("div").classes("sb-part-head"):
            ui.label("Paid at the session").classes("sb-card-title")
        self.payments_place = ui.element("div").classes("sb-charge-lines")
        self.draw_payments()
        quiet("Add a payment", icon="plus", inviting=True, on_click=self.add_payment).classes("self-start")

    def draw_payments(self) -> None:
        """Draw the payments anew: only when one is added or taken away."""
        self.payments_place.clear()
        with self.payments_place:
            for number, payment in enumerate(self.draft.payments):
                self.payment_row(number, payment)

    def payment_row(self, number: int, payment: PaymentDraft) -> None:
        """Day, way and amount of one payment."""
        with ui.element("div").classes("sb-fields sb-charge-line"):
            date_field("Received on", payment.received_on, today=self.visit.today(),
                       on_change=lambda e: e.value and setattr(payment, "received_on", e.value)).classes("sb-span-4")
            method = select_field("How it was paid", METHODS, payment.method, searchable=False,
                                  on_change=lambda e: setattr(payment, "method", e.value))
            method.frame.classes("sb-span-4")
            amount = money_field("Amount", payment.cents or None, on_change=lambda e: setattr(payment, "cents", e.value or 0))
            amount.classes("sb-span-3")
            icon_button("trash-2", f"Remove payment {number + 1}",
                        on_click=lambda: self.remove_payment(number)).classes("sb-line-remove")
        self.fields |= {f"payments.{number}.method": method, f"payments.{number}.cents": amount}

    def add_payment(self) -> None:
        """Another payment, today."""
        self.draft.payments.append(PaymentDraft(self.visit.today()))
        self.draw_payments()

    def remove_payment(self, number: int) -> None:
        """One payment less."""
        del self.draft.payments[number]
        self.draw_payments()

    def buttons(self) -> None:
        """Remove and hold at the left, Cancel and Save at the right."""
        if self.draft.id and not self.draft.invoiced:
            danger("Remove session", icon="trash-2", on_click=self.remove).classes("sb-left")
            if self.draft.held_reason:
                standard("Release", icon="play", on_click=self.release)
            else:
                standard("Hold", icon="pause", on_click=self.hold)
        quiet("Cancel", on_click=self.dialog.close)
        self.save_button = primary("Save", on_click=self.save)
        self.save_button.set_enabled(not self.draft.invoiced)
        self.dialog.enter_presses(self.save_button)

    @answering
    async def save(self, _event: object = None) -> None:
        """Keep the draft, or say beside each field what is wrong."""
        for field in self.fields.values():
            if not field.is_deleted:
                field.clear_error()
        if not all_readable(self.dialog.body):
            return
        self.read_times()
        try:
            number = await keep_session(self.draft, by=self.visit.user, now=self.visit.now())
        except ChangedMeanwhile as meanwhile:
            self.offer_theirs(meanwhile.told())
            return
        self.dialog.close()
        self.visit.toast(f"Session {number} saved")

    def read_times(self) -> None:
        """Day and times as typed, in the practice's zone, into the draft's instants."""
        day = self.day.value or self.visit.today()
        for name in ("starts_at", "ends_at"):
            at = self.fields[name].value or time()
            setattr(self.draft, name, datetime.combine(day, at, tzinfo=self.visit.zone).astimezone(UTC))

    async def heard(self, told: Announcement) -> None:
        """Someone else kept this session while it is open here: say so, touch nothing."""
        if self.draft.id not in told.get("session", ()) or self.dialog.is_deleted:
            return
        try:
            now = await reading.draft_of(self.draft.id, seen_by=self.visit.user)
        except PracticeError as refusal:
            self.say(refusal.told())
            return
        if now.version != self.draft.version:
            self.offer_theirs("Someone else changed this session while you have it open.")

    def offer_theirs(self, sentence: str) -> None:
        """Say what happened and offer to look at the other's version."""
        self.news.clear()
        with self.news:
            banner = Banner(sentence, tone="info")
            with banner.acts:
                standard("See the change", on_click=self.take_theirs)

    async def take_theirs(self) -> None:
        """Open the session as it stands now."""
        self.dialog.close()
        await edit_session(self.visit, self.draft.id)

    @answering
    async def remove(self, _event: object = None) -> None:
        """Ask, then remove: the appointment is unlocked."""
        unlocks = " Its appointment is unlocked in the calendar and can be sent again." if self.draft.from_appointment else ""
        if not await ask(f"Remove session {self.draft.id}?", f"{self.name}'s session is taken out of billing.{unlocks}",
                         "Remove session", "Keep it"):
            return
        await remove_sessions([self.draft.id], by=self.visit.user, now=self.visit.now())
        self.dialog.close()
        self.visit.toast(f"Session {self.draft.id} removed")

    async def hold(self) -> None:
        """Ask why, then keep it out of invoicing."""
        await HoldDialog(self.visit, self.draft.id, then=self.dialog.close).open()

    @answering
    async def release(self, _event: object = None) -> None:
        """Back among the ready ones."""
        await release(self.draft.id, by=self.visit.user, now=self.visit.now())
        self.dialog.close()
        self.visit.toast(f"Session {self.draft.id} is ready again")

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field, or above the form."""
        field = self.fields.get(at)
        if field is not None and not field.is_deleted:
            field.say(sentence)
            return
        self.news.clear()
        with self.news:
            Banner(sentence)


class SayingPlace(ui.label):
    """A place for a sentence about a whole part of the form."""

    def __init__(self) -> None:
        super().__init__("")
        self.classes("sb-bad-words").props("role=alert")

    def say(self, sentence: str) -> None:
        """Say it."""
        self.set_text(sentence)

    def clear_error(self) -> None:
        """Say nothing."""
        self.set_text("")


class HoldDialog(Answers):
    """Why a session is held."""

    def __init__(self, visit: Visit, session_id: int, *, then: Any = None) -> None:
        self.visit, self.session_id, self.then = visit, session_id, then

    async def open(self) -> None:
        """Ask for the reason."""
        with Dialog(f"Hold session {self.session_id}?", "It is left out of Select All until it is released.",
                    size="small") as self.dialog:
            with self.dialog.body:
                self.reason = text_field("Reason", placeholder="Waiting for the authorization")
            with self.dialog.foot:
                quiet("Cancel", on_click=self.dialog.close)
                self.dialog.enter_presses(primary("Hold session", on_click=self.keep))
        self.dialog.open()

    @answering
    async def keep(self, _event: object = None) -> None:
        """Hold it."""
        await hold(self.session_id, self.reason.value or "", by=self.visit.user, now=self.visit.now())
        self.dialog.close()
        if self.then is not None:
            self.then()
        self.visit.toast(f"Session {self.session_id} is on hold")

    def say(self, sentence: str, *, at: str = "") -> None:
        """Under the reason."""
        del at
        self.reason.say(sentence)


