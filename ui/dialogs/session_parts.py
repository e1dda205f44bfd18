"""The rows of a client session's editor: its charge lines, and the payments taken at the session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nicegui import ui

from domain.claims.minutes import units_by_time
from domain.client_sessions import METHODS, LineDraft, PaymentDraft
from domain.rates.offering import fee_for
from domain.reading.choices import BillingCodeChoice
from ui.components.buttons import icon_button, quiet
from ui.components.editing import Editing, SaysHere
from ui.components.fields import number_field, select_field, text_field
from ui.components.typed import money_text
from ui.components.typed_fields import date_field, money_field

MINUTES_A_DAY = 24 * 60


class RowsPart:
    """Rows of one kind with a heading, a place for a sentence and a way to add one; drawn anew only when one comes or goes."""

    name = ""
    heading = ""
    add_words = ""
    first = ""  # the field of a new row that is typed in first

    def __init__(self, editing: Editing) -> None:
        self.editing = editing
        with ui.element("div").classes("sb-part-head"):
            ui.label(self.heading).classes("sb-card-title")
            self.sum = ui.label().classes("sb-right sb-strong sb-num")
        editing.fields[self.name], editing.words[self.name] = SaysHere(), self.heading
        self.place = ui.element("div").classes("sb-charge-lines")
        quiet(self.add_words, icon="plus", inviting=True, on_click=self.add).classes("self-start")
        self.draw()

    @property
    def rows(self) -> list[Any]:
        """The draft's rows, which another's change may have replaced."""
        rows: list[Any] = getattr(self.editing.draft, self.name)
        return rows

    def draw(self) -> None:
        """All rows, from the draft."""
        self.place.clear()
        for gone in [key for key in self.editing.fields if key.startswith(f"{self.name}.")]:
            del self.editing.fields[gone]
        with self.place:
            for number, row in enumerate(self.rows):
                with ui.element("div").classes("sb-fields sb-charge-line"):
                    self.row(number, row)
        self.show_sum()

    def row(self, number: int, row: Any) -> None:
        """One row's fields."""
        raise NotImplementedError

    def new(self) -> Any:
        """An empty row."""
        raise NotImplementedError

    def show_sum(self) -> None:
        """What the rows come to."""
        self.sum.set_text("")

    def field(self, number: int, name: str, field: Any, *, span: int) -> Any:
        """Note a row's field under the name that refusals use, and give it its width."""
        getattr(field, "frame", field).classes(f"sb-span-{span}")
        self.editing.fields[f"{self.name}.{number}.{name}"] = field
        return field

    def remover(self, number: int, words: str) -> None:
        """The button at the row's end."""
        icon_button("trash-2", f"{words} {number + 1}", on_click=lambda: self.remove(number)).classes("sb-line-remove")

    def add(self) -> None:
        """Another row, with the cursor in it."""
        self.rows.append(self.new())
        self.draw()
        self.editing.focus(f"{self.name}.{len(self.rows) - 1}.{self.first}")

    def remove(self, number: int) -> None:
        """One row less."""
        del self.rows[number]
        self.draw()


class ChargeLines(RowsPart):
    """Code, units, fee, modifiers and diagnosis pointers."""

    name, heading, add_words, first = "lines", "Billing Codes", "Add a Billing Code", "code"

    def __init__(self, editing: Editing, offered: Sequence[BillingCodeChoice]) -> None:
        self.offered = {code.id: code for code in offered}
        super().__init__(editing)

    def new(self) -> LineDraft:
        """An empty line."""
        return LineDraft()

    def row(self, number: int, row: LineDraft) -> None:
        """One line; its own code is offered even when it is archived or was typed by hand."""
        codes = {code.id: f"{code.code}  {code.description}" for code in self.offered.values()}
        own = row.billing_code_id if row.billing_code_id in codes else None
        if own is None and row.code:
            codes[0], own = f"{row.code}  {row.description}", 0
        take = self.taking
        self.field(number, "code", select_field("Billing Code", codes, own, on_change=lambda e: self.take_code(number, e.value)), span=4)
        self.field(number, "units", number_field("Units", row.units, minimum=1, on_change=take(row, "units", whole)), span=1)
        self.field(number, "fee_cents", money_field("Fee", row.fee_cents, on_change=take(row, "fee_cents", whole)), span=2)
        self.field(number, "modifiers", text_field(
            "Modifiers", row.modifiers.replace(",", ", "), placeholder="95, HO", on_change=take(row, "modifiers", tight)), span=2)
        self.field(number, "pointers", text_field(
            "Diagnoses", row.pointers, placeholder="First four",
            on_change=take(row, "pointers", lambda typed: tight(typed).replace(",", ""))), span=2)
        self.remover(number, "Remove line")

    def taking(self, row: LineDraft, name: str, reads: Any) -> Any:
        """What writes a field's value into its line."""

        def take(event: Any) -> None:
            setattr(row, name, reads(event.value))
            self.show_sum()

        return take

    async def take_code(self, number: int, code_id: int | None) -> None:
        """A chosen code brings its own words, units and modifiers, and the fee of this client, provider and day."""
        if (code := self.offered.get(code_id or 0)) is None:
            return
        line = self.rows[number]
        line.billing_code_id, line.code, line.description = code.id, code.code, code.description
        line.client_only = code.client_only
        for name, value in (("units", self.units_of(code)), ("modifiers", code.modifiers.replace(",", ", "))):
            self.editing.fields[f"lines.{number}.{name}"].value = value
        fee = await self.fee_of(code)
        if number < len(self.rows) and self.rows[number] is line:
            self.editing.fields[f"lines.{number}.fee_cents"].value = fee

    def units_of(self, code: BillingCodeChoice) -> int:
        """As usual, or by the time that the form says."""
        draft = self.editing.draft
        if code.unit_minutes is None or draft.starts is None or draft.ends is None:
            return code.units
        minutes = (draft.ends.hour - draft.starts.hour) * 60 + draft.ends.minute - draft.starts.minute
        return units_by_time(code.code, code.unit_minutes, minutes % MINUTES_A_DAY)

    async def fee_of(self, code: BillingCodeChoice) -> int:
        """As the form says who saw whom, when, and who is billed."""
        draft, visit = self.editing.draft, self.editing.visit
        fee = await fee_for(code.id, client_id=draft.client_id, provider_id=draft.provider_id, bill_to=draft.bill_to,
                            on=draft.day or visit.today(), seen_by=visit.user)
        return code.fee_cents if fee is None else fee

    def show_sum(self) -> None:
        """What the lines come to."""
        self.sum.set_text(f"Total {money_text(sum(line.fee_cents * line.units for line in self.rows))}")


class Payments(RowsPart):
    """Day, way and amount: what the invoice shows as received."""

    name, heading, add_words, first = "payments", "Paid at the session", "Add a payment", "cents"

    def new(self) -> PaymentDraft:
        """A payment of today."""
        return PaymentDraft(self.editing.visit.today())

    def row(self, number: int, row: PaymentDraft) -> None:
        """One payment."""
        day = date_field("Received on", row.received_on, today=self.editing.visit.today(),
                         on_change=lambda e: e.value and setattr(row, "received_on", e.value))
        method = select_field("How it was paid", METHODS, row.method, searchable=False,
                              on_change=lambda e: setattr(row, "method", e.value))
        amount = money_field("Amount", row.cents or None, on_change=lambda e: setattr(row, "cents", e.value or 0))
        self.field(number, "received_on", day, span=4)
        self.field(number, "method", method, span=4)
        self.field(number, "cents", amount, span=3)
        self.remover(number, "Remove payment")


def whole(typed: Any) -> int:
    """An empty number is none."""
    return int(typed or 0)


def tight(typed: str | None) -> str:
    """Modifiers and pointers without spaces, in capitals."""
    return (typed or "").replace(" ", "").upper()
