"""Billing Codes: procedure codes with the practice's own words and fees."""

from __future__ import annotations

from typing import Any

from nicegui import PageArguments, ui

from domain import codes as domain
from domain.places import PLACES_OF_SERVICE
from domain.reading import masters
from domain.reading.masters import BillingCodeRow
from domain.reading.sessions import codes_text
from ui.answering import answering
from ui.components import buttons, cells
from ui.components.dialog import ask
from ui.components.fields import number_field, select_field, switch, text_field
from ui.components.master_editor import MasterEditor
from ui.components.master_page import MasterPage
from ui.components.menus import menu_entry
from ui.components.table import Column
from ui.components.typed import money_text
from ui.components.typed_fields import money_field
from ui.dialogs.add_ons import AddOns
from ui.dialogs.fees import CodeFees
from ui.dialogs.starter_codes import StarterCodes
from ui.visit import Visit

PLACES = {"": "As the visit was held"} | {code: f"{code}  {words}" for code, words in PLACES_OF_SERVICE.items()}


async def billing_codes(visit: Visit, args: PageArguments) -> None:
    """The page; `?open=ID&at=field` opens an editor."""
    await BillingCodes(visit).build(args)


class BillingCodeEditor(MasterEditor):
    """Code, words, fee, units, modifiers, place, and who pays."""

    retire = "Retire code"
    new_draft = domain.BillingCodeDraft
    keeps, drafts = domain.keep_billing_code, domain.draft_of_billing_code
    archives, restores, deletes = domain.archive_billing_code, domain.restore_billing_code, domain.delete_billing_code

    def draw(self) -> None:
        """The fields in the order a charge line is read."""
        draft = self.draft
        with ui.element("div").classes("sb-fields"):
            self.bind("code", text_field("Code", draft.code, max_length=12, placeholder="90837"), span=4)
            self.bind("description", text_field("Description", draft.description, max_length=80,
                                                placeholder="Your own short words"), span=8)
            self.bind("fee_cents", money_field("Fee for one unit", draft.fee_cents), span=4)
            self.bind("default_units", number_field("Units", draft.default_units), span=3)
            self.bind("modifiers", text_field("Modifiers", draft.modifiers, placeholder="None"), span=5)
            self.bind("place_of_service", select_field("Place of service", PLACES, draft.place_of_service), span=7)
            self.bind("unit_minutes", number_field("Units by time", draft.unit_minutes, minimum=1, suffix="min a unit",
                                                   hint="Empty: units as above"), span=5)
        ui.element("hr").classes("sb-rule")
        self.bind("client_only", switch("Client only", draft.client_only,
                                        hint="Never billed to insurance, such as a missed visit fee"))
        self.bind("once", switch("Bill once", draft.once,
                                 hint="Not copied from a client's last session, such as an intake"))
        ui.element("hr").classes("sb-rule")
        if draft.id:
            buttons.standard("Fees by provider and day", icon="calendar-days", on_click=self.dated_fees).classes("self-start")
        ui.label("Sessions already made keep the fee and words they were made with.").classes("sb-hint")

    async def dated_fees(self) -> None:
        """What holds from a day on, for the practice or one provider."""
        await CodeFees(self.visit, self.draft.id, self.name()).open()

    async def really_archive(self) -> bool:
        """Service Codes go on billing it until they are changed: say so."""
        billed_by = next((row.billed_by for row in self.page.rows if row.id == self.draft.id), ())
        if not billed_by:
            return True
        sentence = (f"{', '.join(billed_by)} still bill{'s' if len(billed_by) == 1 else ''} it. "
                    "Change what they bill too, or they go on as before.")
        return await ask(f"Retire {self.name()}?", sentence, "Retire code", "Keep it")


class BillingCodes(MasterPage):
    """The list and its editor."""

    title, one, subject = "Billing Codes", "Billing Code", "billing_code"
    hears = frozenset({"service_code"})
    editor = BillingCodeEditor
    columns = (
        Column(name="written", label="Code", look="sb-name sb-num", width="116px", tablet_width="100%", sub="described"),
        Column(name="words", label="Description", html=True, folds=True),
        Column(name="billed_by", label="Service Codes", look="sb-2", width="124px", folds=True),
        Column(name="fee", label="Fee", align="right", look="sb-num", width="112px", tablet_width="92px"),
    )
    empty_why = "Billing Codes are what you charge: a code, your own short words for it, and your fee."

    async def read(self) -> list[BillingCodeRow]:
        """All Billing Codes."""
        return await masters.billing_codes(seen_by=self.visit.user)

    def line(self, row: BillingCodeRow) -> dict[str, Any]:
        """Code with its modifiers, words and what is special, who bills it, how much."""
        units = f"{row.default_units} units" if row.default_units > 1 else ""
        special = ", ".join(part for part in (
            "client only" if row.client_only else "", "once" if row.once else "", units) if part)
        return {
            "id": row.id, "_name": row.code, "written": codes_text([(row.code, row.modifiers)]),
            "words": cells.text(row.description) + (cells.text(f" {special}", "sb-small sb-gap") if special else ""),
            "described": f"{row.description}{f', {special}' if special else ''}", "billed_by": ", ".join(row.billed_by), "fee": money_text(row.fee_cents),
        }

    def searched(self, row: BillingCodeRow) -> str:
        """Code, modifiers, words, and the Service Codes."""
        return f"{row.code} {row.modifiers} {row.description} {' '.join(row.billed_by)}"

    def empty_acts(self) -> None:
        """A list to start from, or one's own."""
        buttons.primary("Add usual codes", icon="list-checks", on_click=self.add_usual)
        buttons.standard("New Billing Code", icon="plus", on_click=self.new)

    def header_acts(self) -> None:
        """The list of usual codes stays at hand, and so does the table of add-ons."""
        with buttons.icon_button("ellipsis", "More", edged=True), ui.menu().props("auto-close"):
            self.usual = menu_entry("Add usual codes", self.add_usual)
            menu_entry("Add-on codes", self.add_ons)

    @answering
    async def add_ons(self, _event: object = None) -> None:
        """Which codes stand only with others."""
        await AddOns(self.visit).open()

    def show_nothing(self, *, anything: bool) -> None:
        """The header's button goes where the empty state has one."""
        super().show_nothing(anything=anything)
        self.usual.set_visibility(bool(self.rows))

    def add_usual(self) -> None:
        """Usual codes, with fees to type."""
        StarterCodes(self.visit, [row.code for row in self.rows if not row.archived]).open()
