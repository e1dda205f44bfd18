"""One claim of a paper EOB: its lines with the columns that paper has, and what of each charge is not explained yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from nicegui import ui

from domain.payer_files.paper import STATUSES, PaperClaim, PaperLine, to_explain_cents
from domain.reading.claim_choices import ChargeChoice
from ui.components import buttons
from ui.components.card import card
from ui.components.editing import SaysHere
from ui.components.fields import select_field, text_field
from ui.components.typed import day_text, money_text
from ui.components.typed_fields import money_field

COLUMNS = {
    "allowed_cents": "Allowed", "paid_cents": "Paid", "above_contract_cents": "CO-45", "deductible_cents": "Deductible",
    "coinsurance_cents": "Coinsurance", "copay_cents": "Copay",
}
HEARD = {"above_contract_cents": "Above the contract, CO-45", "deductible_cents": "Deductible, PR-1",
         "coinsurance_cents": "Coinsurance, PR-2", "copay_cents": "Copay, PR-3"}


class PaperClaimCard:
    """Bound to a draft claim; `on_change` hears every amount, `on_remove` that it is not on the sheet."""

    def __init__(self, claim: PaperClaim, title: str, charges: Sequence[ChargeChoice], *, on_change: Callable[[], Any],
                 on_remove: Callable[[PaperClaimCard], Any]) -> None:
        self.claim, self.title, self.charges = claim, title, {one.id: one for one in charges}
        self.on_change, self.on_remove = on_change, on_remove
        self.says: list[SaysHere] = []
        self.left: list[ui.label] = []

    def draw(self) -> None:
        """Head, then a block for each line."""
        with ui.element("div") as self.place, card(self.title, self.acts):
            with ui.element("div").classes("sb-fields sb-paper-head"):
                field = select_field("What the payer did", STATUSES, self.claim.status, searchable=False,
                                     on_change=lambda event: setattr(self.claim, "status", event.value))
                field.frame.classes("sb-span-6")
                number = text_field("Payer's claim number", self.claim.payer_control_number, max_length=50,
                                    on_change=lambda event: setattr(self.claim, "payer_control_number", event.value or ""))
                number.frame.classes("sb-span-6")
            self.lines()

    def acts(self) -> None:
        """Take it off the sheet."""
        words = f"Take {self.title} off the sheet"
        buttons.icon_button("x", words, on_click=lambda: self.on_remove(self))

    @ui.refreshable_method
    def lines(self) -> None:
        """Each line of the claim; drawn anew only when one is taken away or gets another reason."""
        self.says, self.left = [], []
        for line in self.claim.lines:
            with ui.element("div").classes("sb-paper-line").props(f'role=group aria-label="{self.words(line)}"'):
                self.line(line)

    def words(self, line: PaperLine) -> str:
        """Oct 12, 2026, 90837 95."""
        charge = self.charges[line.charge_line_id]
        return f"{day_text(charge.day)}, {' '.join((charge.code, *charge.modifiers))}"

    def line(self, line: PaperLine) -> None:
        """Its charge, its columns, other reasons, what is left."""
        charge = self.charges[line.charge_line_id]
        with ui.element("div").classes("sb-row"):
            ui.label(self.words(line)).classes("sb-name")
            ui.label(f"{money_text(charge.charge_cents)} charged").classes("sb-num sb-2")
            self.left.append(ui.label().classes("sb-num sb-small sb-right"))
            if len(self.claim.lines) > 1:
                buttons.icon_button("x", f"{self.words(line)} is not on the sheet", on_click=partial(self.remove_line, line))
        with ui.element("div").classes("sb-paper-columns"):
            for name, label in COLUMNS.items():
                self.amount(line, name, label)
        for at in range(len(line.others)):
            self.other(line, at)
        with ui.element("div").classes("sb-row"):
            buttons.quiet("Another reason", icon="plus", on_click=partial(self.add_reason, line)).props(
                f'aria-label="Another reason for {self.words(line)}"')
            self.says.append(SaysHere())
        self.show_left()

    def amount(self, line: PaperLine, name: str, label: str) -> None:
        """One column."""
        field = money_field(label, getattr(line, name), on_change=lambda event: self.take(line, name, event.value))
        field.input.props["aria-label"] = f"{HEARD.get(name, label)}, {self.words(line)}"
        field.input.mark(f"{label.lower()}-{line.charge_line_id}")

    def other(self, line: PaperLine, at: int) -> None:
        """A reason by group and number, with its amount."""
        reason, cents = line.others[at]
        with ui.element("div").classes("sb-paper-columns"):
            text = text_field("Reason", reason, placeholder="CO-97", max_length=8,
                              on_change=lambda event: self.take_other(line, at, event.value or "", line.others[at][1]))
            text.props["aria-label"] = f"Reason {at + 1}, {self.words(line)}"
            text.mark(f"reason-{line.charge_line_id}-{at}")
            money = money_field("Amount", cents, negative=True,
                                on_change=lambda event: self.take_other(line, at, line.others[at][0], event.value))
            money.input.props["aria-label"] = f"Amount of reason {at + 1}, {self.words(line)}"
            money.input.mark(f"other-{line.charge_line_id}-{at}")

    def take(self, line: PaperLine, name: str, cents: int | None) -> None:
        """An amount was typed."""
        setattr(line, name, cents)
        self.show_left()
        self.on_change()

    def take_other(self, line: PaperLine, at: int, reason: str, cents: int | None) -> None:
        """Another reason was typed."""
        line.others[at] = (reason, cents)
        self.show_left()
        self.on_change()

    def add_reason(self, line: PaperLine) -> None:
        """One more reason for a line; what is left of the charge is offered."""
        left = to_explain_cents(line, self.charges[line.charge_line_id].charge_cents)
        line.others.append(("", left or None))
        self.lines.refresh()
        self.on_change()

    def remove_line(self, line: PaperLine) -> None:
        """The sheet says nothing of this one."""
        self.claim.lines.remove(line)
        self.lines.refresh()
        self.on_change()

    def show_left(self) -> None:
        """What each charge is above what is explained."""
        for line, label in zip(self.claim.lines, self.left, strict=False):
            left = to_explain_cents(line, self.charges[line.charge_line_id].charge_cents)
            label.set_text("Explained" if not left else f"{money_text(abs(left))} {'to explain' if left > 0 else 'too much'}")
            label.classes(replace="sb-num sb-small sb-right" + (" sb-warn-text" if left else " sb-2"))

    def say(self, at: int, sentence: str) -> None:
        """Below a line."""
        self.says[at].say(sentence)

    def clear_errors(self) -> None:
        """Nothing is said any more."""
        for said in self.says:
            said.clear_error()
