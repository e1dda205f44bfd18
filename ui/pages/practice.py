"""The practice: names and numbers for claims, addresses, working hours, and how it bills."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time
from typing import Any
from zoneinfo import available_timezones

from nicegui import PageArguments, events, ui

from domain import own_font
from domain import practice as domain
from domain.reading import masters
from ui import routes
from ui.answering import answering
from ui.components import buttons
from ui.components.address_fields import address_fields
from ui.components.day_toggles import DAYS, DayToggles
from ui.components.editing import Editing, try_it
from ui.components.fields import number_field, select_field, switch, text_area, text_field
from ui.components.file_upload import FileUpload
from ui.components.typed import time_text
from ui.components.typed_fields import time_field
from ui.dialogs.printing import open_link
from ui.visit import Visit

TAX_ID_KINDS = {"EIN": "EIN", "SSN": "SSN"}


async def practice(visit: Visit, args: PageArguments) -> None:
    """The page; `?at=field` puts the cursor there."""
    page = PracticePage(visit, await domain.draft_of_practice(seen_by=visit.user))
    await page.build()
    if at := args.query_parameters.get("at"):
        page.focus(at)


class PracticePage(Editing):
    """One long form; Save stays in the header."""

    subject, what = "practice", "practice"

    async def build(self) -> None:
        """Header, then the parts of the form."""
        codes = await masters.billing_codes(seen_by=self.visit.user)
        self.fees: dict[int | None, str] = {None: "None: missed visits are not billed"} | {
            row.id: f"{row.code}  {row.description}" for row in codes
            if row.client_only and (not row.archived or row.id == self.draft.missed_visit_code_id)
        }
        with self.visit.header("Practice"):
            self.save_button = buttons.primary("Save", on_click=self.save)
        with ui.element("div").classes("sb-work"), ui.element("div").classes("sb-form-page") as self.form:
            self.listen()
            self.part("Practice", "What letters and the calendar show.", self.names)
            self.part("Numbers for claims", "Boxes 25 and 33 of the form. A provider may have numbers of their own.",
                      self.numbers)
            self.part("Address", "Payers want a street address with ZIP+4 here, no PO box.",
                      lambda: address_fields(self, zip_hint="ZIP+4, like 12207-1001"))
            self.part("Pay-to address", "Only where checks go somewhere else.", self.pay_to)
            self.part("Working hours", "The calendar starts with them; days off are hidden unless they hold a visit.",
                      self.hours)
            self.part("Visits", "What counts as attended, and what a missed visit costs.", self.visits)
            self.part("Invoices", "What is printed on every client invoice.", self.invoices)
            self.part("Pre-printed forms", "Shifts the print on red CMS-1500 paper. Plain paper is not affected.",
                      self.printing)
            self.part("Claims by file", "Who you are to the clearinghouse that takes your claim files (837P), and who it is.",
                      self.claim_files)
            self.part("Insurer payments", "What a remittance writes off without asking. Every other unpaid reason waits as a "
                      "denial until a person decides.", self.insurer_payments)
            self.part("Letters", "Latin, Greek, Cyrillic, Arabic, Hebrew and Devanagari are built in.", self.letters)

    def part(self, title: str, why: str, draw: Any) -> None:
        """A part of the form: its words at the left, its fields at the right."""
        with ui.element("section").classes("sb-form-part"):
            with ui.element("div"):
                ui.label(title).classes("sb-card-title").props("role=heading aria-level=2")
                ui.label(why).classes("sb-hint")
            with ui.element("div").classes("sb-fields"):
                draw()

    def text(self, name: str, label: str, span: int = 12, **how: Any) -> None:
        """A line of text of the draft."""
        self.bind(name, text_field(label, getattr(self.draft, name), **how), span=span)

    def names(self) -> None:
        """Name, legal name, phone, e-mail, zone."""
        self.text("name", "Practice name")
        self.text("billing_name", "Legal billing name", hint="As the tax office and payers know it; box 33")
        self.text("phone", "Phone", 6)
        self.text("email", "Email", 6)
        zones = {zone: zone.replace("_", " ") for zone in sorted(available_timezones())}
        self.bind("time_zone", select_field("Time zone", zones, self.draft.time_zone))

    def numbers(self) -> None:
        """Tax id, NPI, taxonomy."""
        self.bind("tax_id_kind", select_field("Tax ID is an", TAX_ID_KINDS, self.draft.tax_id_kind, searchable=False), span=4)
        self.text("tax_id", "Tax ID", 8, max_length=11, placeholder="12-3456789")
        self.text("npi", "Group NPI", 6, max_length=10)
        self.text("taxonomy", "Taxonomy", 6, max_length=10, placeholder="101YM0800X")

    def pay_to(self) -> None:
        """Where checks go."""
        self.text("pay_to_name", "Pay-to name")
        address_fields(self, prefix="pay_to_", called="Pay-to", second_line=False)

    def hours(self) -> None:
        """Days, start and end."""
        self.bind("working_days", DayToggles("Working days", self.draft.working_days))
        for name, label in (("day_starts_minute", "Day starts"), ("day_ends_minute", "Day ends")):
            ends = name == "day_ends_minute"
            field = time_field(label, clock_of(getattr(self.draft, name)), step_minutes=30)
            self.bind(name, field, span=4, shows=clock_of, reads=minute_of_end if ends else minute_of)

    def visits(self) -> None:
        """Attendance, and the missed-visit fee."""
        self.bind("attendance_mark_required", switch(
            "Ask for a mark before billing", self.draft.attendance_mark_required,
            hint="Off: a visit whose time is over counts as attended"))
        self.bind("missed_visit_code_id", select_field(
            "Missed visit fee", self.fees, self.draft.missed_visit_code_id,
            hint="A Billing Code for clients only; no-shows and late cancels make just this"))

    def invoices(self) -> None:
        """Days to pay, diagnoses, message."""
        self.bind("invoice_due_days", number_field("Due after", self.draft.invoice_due_days, suffix="days"), span=4)
        self.bind("invoice_with_diagnoses", switch(
            "Print diagnoses and provider numbers", self.draft.invoice_with_diagnoses,
            hint="For clients who hand in invoices themselves; each client can have it otherwise"))
        self.bind("invoice_message", text_area("Message", self.draft.invoice_message, rows=2,
                                               placeholder="Thank you for paying within 30 days."))

    def printing(self) -> None:
        """Millimeters to the right and down."""
        for name, label in (("form_offset_x", "To the right"), ("form_offset_y", "Down")):
            field = number_field(label, millimeters(getattr(self.draft, name)), step=0.5,
                                 precision=1, suffix="mm")
            self.bind(name, field, span=4, reads=tenths, shows=millimeters)
        with ui.element("div"):
            open_link("Open a test sheet", f"{routes.STORED_PDF}/form-test", "Open a test sheet with the saved shift")

    def claim_files(self) -> None:
        """Submitter, receiver, test or production."""
        self.text("claims_receiver_name", "Clearinghouse")
        self.text("claims_receiver_id", "Receiver ID", 6, max_length=15, hint="Of the clearinghouse")
        self.text("claims_submitter_id", "Submitter ID", 6, max_length=15, hint="As it was given to you")
        self.bind("claims_are_tests", switch(
            "Files are tests", self.draft.claims_are_tests,
            hint="A test file is checked and not billed; its claims stay to be sent"))

    def insurer_payments(self) -> None:
        """The reasons that are written off."""
        self.text("write_off_reasons", "Written off without asking", placeholder="CO-45, CO-253",
                  hint="Group and reason, as payers print them. CO-45 of a whole charge is never written off.")

    def letters(self) -> None:
        """A font file for other scripts."""
        self.words["extra_font"] = "Font"
        with ui.element("div").classes("sb-row"):
            self.font_name = ui.label().classes("sb-name")
            self.forget = buttons.quiet("Stop using it", on_click=self.forget_font)
            upload = FileUpload(self.take_font, largest_bytes=own_font.BIGGEST, on_refused=self.no_font, accept=".ttf,.otf")
            upload.classes("hidden").opens_from(buttons.standard("Add a font file", icon="upload"))
        self.show_font()

    def show_font(self) -> None:
        """Which font is used for letters that no bundled one has."""
        self.font_name.set_text(self.draft.extra_font or "No font of your own")
        self.forget.set_visibility(bool(self.draft.extra_font))

    @answering
    async def take_font(self, event: events.UploadEventArguments) -> None:
        """Keep the file, and go on at the version this made."""
        content = await event.file.read()
        with self.own_change():
            name = await own_font.keep_font(event.file.name, content, by=self.visit.user, now=self.visit.now())
            await self.font_kept()
        self.visit.toast(f"{name} is used for letters that the built-in fonts do not have")

    def no_font(self) -> None:
        """A file that the browser does not even send."""
        self.visit.refused(f"This file is no .ttf or .otf font, or larger than {own_font.BIGGEST // 1_000_000} MB. Choose another.")

    @answering
    async def forget_font(self, _event: object = None) -> None:
        """Documents use the built-in fonts only."""
        with self.own_change():
            await own_font.forget_font(by=self.visit.user, now=self.visit.now())
            await self.font_kept()
        self.visit.toast("Only the built-in fonts are used now")

    @contextmanager
    def own_change(self) -> Iterator[None]:
        """What is announced meanwhile comes from here: it is no news."""
        self.done = True
        try:
            yield
        finally:
            self.done = False

    async def font_kept(self) -> None:
        """The font is kept at once, apart from what is typed: go on from the version this made."""
        theirs = await self.read_again()
        self.follow(theirs, ["extra_font"])
        self.original.extra_font = theirs.extra_font
        if theirs.version == self.original.version + 1:
            self.original.version = self.draft.version = theirs.version

    def changed(self, name: str) -> None:
        """The font's name follows what was kept."""
        if name == "extra_font":
            self.show_font()

    async def read_again(self) -> domain.PracticeDraft:
        """The practice as it stands now."""
        return await domain.draft_of_practice(seen_by=self.visit.user)

    async def keep(self) -> int:
        """Keep the form."""
        await domain.keep_practice(self.draft, by=self.visit.user, now=self.visit.now())
        return 1

    async def saved(self, _kept: int) -> None:
        """Go on editing what was kept; offer to undo."""
        before = self.original
        theirs = await self.read_again()
        self.follow(theirs, list(self.turns))
        self.settle(theirs)
        self.done = False

        async def undo() -> None:
            put_back = replace(before, version=theirs.version)
            kept = domain.keep_practice(put_back, by=self.visit.user, now=self.visit.now())
            await try_it(self.visit, kept, "The practice is as it was")

        self.visit.toast("Practice saved", action="Undo", on_action=undo)

    def spoken(self, name: str, value: Any) -> str:
        """Days, times and fees in words."""
        if name == "working_days":
            return ", ".join(DAYS[day] for day in value)
        if name.endswith("_minute") and value is not None:
            return time_text(clock_of(value))
        return self.fees.get(value, "") if name == "missed_visit_code_id" else super().spoken(name, value)


def clock_of(minute: int | None) -> time | None:
    """Minutes since midnight as a time of day; the end of the day is midnight."""
    return None if minute is None else time(minute // 60 % 24, minute % 60)


def minute_of(at: time | None) -> int | None:
    """A time of day as minutes since midnight."""
    return None if at is None else at.hour * 60 + at.minute


def minute_of_end(at: time | None) -> int | None:
    """The same where midnight means the end of the day."""
    return minute_of(at) or (1440 if at is not None else None)


def millimeters(tenths_: int | None) -> float | None:
    """Tenths of a millimeter, for the eye."""
    return None if tenths_ is None else tenths_ / 10


def tenths(typed: float | None) -> int | None:
    """Millimeters as whole tenths."""
    return None if typed is None else round(typed * 10)
