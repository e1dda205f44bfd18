"""Service Codes: the colored codes of the calendar, and what each of them bills."""

from __future__ import annotations

from typing import Any

from nicegui import PageArguments, ui

from domain import service_codes as domain
from domain.reading import masters
from domain.reading.masters import BillingCodeRow, ServiceCodeRow
from ui import routes
from ui.components import buttons, cells
from ui.components.color_choice import CodePreview, ColorChoice
from ui.components.editing import SaysHere
from ui.components.fields import number_field, select_field, switch, text_field
from ui.components.master_editor import MasterEditor
from ui.components.master_page import MasterPage
from ui.components.table import Column
from ui.components.typed import money_text
from ui.visit import Visit


async def service_codes(visit: Visit, args: PageArguments) -> None:
    """The page; `?open=ID&at=field` opens an editor."""
    await ServiceCodes(visit).build(args)


class ServiceCodeEditor(MasterEditor):
    """Letters, name, length, color, the Billing Codes in order, billable or not."""

    retire = "Retire code"
    new_draft = domain.ServiceCodeDraft
    keeps, drafts = domain.keep_service_code, domain.draft_of_service_code
    archives, restores, deletes = domain.archive_service_code, domain.restore_service_code, domain.delete_service_code

    async def prepare(self) -> None:
        """The Billing Codes to choose from."""
        self.codes = {row.id: row for row in await masters.billing_codes(seen_by=self.visit.user)}

    def draw(self) -> None:
        """From the preview down to the switch, as the person sees it."""
        draft = self.draft
        self.preview = CodePreview(draft.code, draft.name, draft.color, draft.default_minutes)
        with ui.element("div").classes("sb-fields is-tight"):
            self.bind("code", text_field("Code", draft.code, max_length=6, placeholder="IN60"), span=3)
            self.bind("name", text_field("Name", draft.name, placeholder="Individual 60"), span=6)
            self.bind("default_minutes", number_field("Length", draft.default_minutes, suffix="min"), span=3)
        with ui.element("div").classes("sb-field"):
            ui.label("Color").classes("sb-label")
            self.bind("color", ColorChoice(draft.color))
        self.billing_codes()
        ui.element("hr").classes("sb-rule")
        self.bind("billable", switch("Billable", draft.billable, hint="Offered in Send to Billing"))

    def changed(self, name: str) -> None:
        """The preview follows what is typed; the lines follow what is taken over."""
        draft = self.draft
        if name in {"code", "name", "color", "default_minutes"}:
            self.preview.show(draft.code, draft.name, draft.color, draft.default_minutes)
        if name == "billing_codes":
            self.draw_lines()

    def billing_codes(self) -> None:
        """What it bills, in order, with a way to add one and the sum."""
        self.words["billing_codes"] = "Billing Codes"
        with ui.element("div").classes("sb-field"):
            ui.label("Billing Codes").classes("sb-label")
            self.lines = ui.element("div").classes("sb-lines")
            self.fields["billing_codes"] = SaysHere()
            with ui.element("div").classes("sb-line-foot"):
                self.adder = ui.element("div")
                with ui.element("span").classes("sb-hint"):
                    self.total = ui.html(sanitize=False)
        self.draw_lines()
        self.show_adder()

    def draw_lines(self) -> None:
        """One line a Billing Code."""
        self.lines.clear()
        with self.lines:
            for place, billing_code in enumerate(self.draft.billing_codes):
                self.line(place, self.codes.get(billing_code))
        total = sum(self.codes[one].amount_cents for one in self.draft.billing_codes if one in self.codes)
        self.total.set_content(f"Total <b class='sb-strong sb-num'>{money_text(total)}</b>" if self.draft.billing_codes else "")

    def line(self, place: int, row: BillingCodeRow | None) -> None:
        """Code, words, units, amount; up and away."""
        with ui.element("div").classes("sb-line-row"):
            if row is None:
                ui.label("Deleted meanwhile").classes("sb-line-words")
            else:
                ui.label(row.code).classes("sb-line-code")
                ui.label(row.description + (" (retired)" if row.archived else "")).classes("sb-line-words")
                ui.label(f"× {row.default_units}").classes("sb-num")
                ui.label(money_text(row.amount_cents)).classes("sb-num")
            called = row.code if row else "it"
            with ui.element("div").classes("sb-line-acts"):
                if place:
                    buttons.icon_button("chevron-up", f"Move {called} up", size=16, on_click=lambda: self.move_up(place))
                elif len(self.draft.billing_codes) > 1:
                    buttons.icon_button("chevron-down", f"Move {called} down", size=16, on_click=lambda: self.move_up(1))
                buttons.icon_button("x", f"Remove {called}", size=16, on_click=lambda: self.remove(place))

    def show_adder(self) -> None:
        """A button that turns into a box to find a Billing Code."""
        self.adder.clear()
        with self.adder:
            buttons.quiet("Add a Billing Code", icon="plus", inviting=True, on_click=self.choose)

    def choose(self) -> None:
        """The Billing Codes in use that are not on the list yet."""
        offered = {row.id: f"{row.code}  {row.description}" for row in self.codes.values()
                   if not row.archived and row.id not in self.draft.billing_codes}
        self.adder.clear()
        with self.adder:
            if not offered:
                ui.link("Set up more Billing Codes first", routes.BILLING_CODES).classes("sb-link")
                return
            box = select_field("Billing Code", offered, placeholder="Type a code", width="250px", show_label=False,
                               on_change=lambda event: self.add(event.value))
            box.run_method("showPopup")
            box.focus()

    def add(self, billing_code: int | None) -> None:
        """Behind the others."""
        if billing_code is not None:
            self.take("billing_codes", [*self.draft.billing_codes, billing_code])
        self.show_adder()

    def move_up(self, place: int) -> None:
        """One place nearer to the top."""
        kept = self.draft.billing_codes.copy()
        kept[place - 1], kept[place] = kept[place], kept[place - 1]
        self.take("billing_codes", kept)

    def remove(self, place: int) -> None:
        """Off the list; the Billing Code itself stays."""
        self.take("billing_codes", [one for number, one in enumerate(self.draft.billing_codes) if number != place])

    def spoken(self, name: str, value: Any) -> str:
        """Billing Codes by their codes."""
        if name == "billing_codes":
            return " + ".join(self.codes[one].code for one in value if one in self.codes)
        return super().spoken(name, value)


class ServiceCodes(MasterPage):
    """The list and its editor."""

    title, one, subject = "Service Codes", "Service Code", "service_code"
    hears = frozenset({"billing_code"})
    editor = ServiceCodeEditor
    columns = (
        Column(name="chip", label="Code", html=True, width="88px", tablet_width="82px"),
        Column(name="name", label="Name", look="sb-name", sub="codes"),
        Column(name="length", label="Length", look="sb-2 sb-num", width="84px", folds=True),
        Column(name="bills", label="Billing Codes", html=True, look="sb-num", width="150px", folds=True),
        Column(name="fee", label="Fee", align="right", look="sb-num", width="112px", tablet_width="92px"),
    )
    empty_why = (
        "A Service Code is a short colored code on the calendar, such as IN60. It knows its length and what it bills."
    )

    async def read(self) -> list[ServiceCodeRow]:
        """All Service Codes."""
        return await masters.service_codes(seen_by=self.visit.user)

    def new_draft(self) -> domain.ServiceCodeDraft:
        """In a color that the calendar does not show yet; a retired code's still stands on past visits."""
        return domain.ServiceCodeDraft(color=domain.next_color(row.color for row in self.rows))

    def line(self, row: ServiceCodeRow) -> dict[str, Any]:
        """Chip, name, length, what it bills, for how much."""
        codes = (row.codes or "Last used codes") if row.billable else "Not billable"
        said = codes if row.billable and row.codes else ""
        return {
            "id": row.id, "_name": row.name, "chip": cells.chip_html(row.code, row.color), "name": row.name,
            "length": f"{row.default_minutes} min", "codes": codes,
            "bills": cells.text(codes, "" if said else "sb-2"), "fee": money_text(row.fee_cents) if said else "",
        }

    def searched(self, row: ServiceCodeRow) -> str:
        """Letters, name and codes."""
        return f"{row.code} {row.name} {row.codes}"
