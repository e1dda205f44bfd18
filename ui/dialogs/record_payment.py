"""Record a payment of a client or an insurer: how much, how, when, and what it pays."""

from __future__ import annotations

import secrets
from typing import Any

from nicegui import ui

from domain.errors import FieldRefused
from domain.ledger.payments import Pays, ReceivedDraft, record_payment
from domain.reading.account import OpenItem
from ui.components.fields import select_field, text_field
from ui.components.item_amounts import ItemAmounts
from ui.components.segmented import Segmented
from ui.components.typed import money_text
from ui.dialogs.money import MoneyDialog

PAYS: dict[Pays, str] = {"oldest": "Oldest first", "by_hand": "By hand", "nothing": "Nothing yet"}


class RecordPayment(MoneyDialog):
    """The amount falls on what is owed, the oldest first, until a person says otherwise."""

    title, verb, busy, size = "Record a payment for {name}", "Record payment", "Recording…", "wide"
    hint = "A card is only noted here; nothing is charged."

    def draw(self) -> None:
        """From whom, the money, what it pays."""
        self.once = secrets.token_hex(8)
        self.pays: Pays = "oldest"
        with ui.element("div").classes("sb-fields"):
            if self.account.insurers:
                self.field("payer_id", select_field("From", self.payers(), self.payer_id or 0, searchable=False,
                                                    on_change=lambda event: self.from_payer(event.value)))
            self.money_fields("Amount")
            self.note = self.field("note", text_field("Note", max_length=300))
        self.cents.on_value_change(lambda _: self.spread())
        with ui.element("div").classes("sb-row is-apart"):
            ui.label("What it pays").classes("sb-card-title")
            Segmented(PAYS, self.pays, label="What it pays", on_change=self.choose_pays)
        self.items = ItemAmounts("Pays of", self.show_sum)
        self.place_to_say("parts")
        self.sum = ui.label().classes("sb-num sb-sum-words")
        self.spread()
        if self.payer_id is None:
            self.cents.focus()

    def payers(self) -> dict[int, str]:
        """The client, and each insurer that was billed for them."""
        return {0: self.name} | {one.payer_id: one.name for one in self.account.insurers}

    def from_payer(self, payer_id: int) -> None:
        """An insurer pays what stands on its account."""
        self.payer_id = payer_id or None
        self.spread()

    def choose_pays(self, event: Any) -> None:
        """Oldest first, by hand, or nothing yet."""
        self.pays = event.value
        self.spread()

    def owed(self) -> list[OpenItem]:
        """What is open on the chosen account."""
        return self.account.open_on(self.payer_id)

    def spread(self) -> None:
        """Show what each item gets; by hand, the fields begin with what oldest first would give."""
        items = [] if self.pays == "nothing" else self.owed()
        self.items.place.set_visibility(self.pays != "nothing")
        self.items.show(items, oldest(items, self.cents.value or 0), fixed=self.pays != "by_hand")
        self.show_sum()

    def account_changed(self) -> None:
        """Amounts typed by hand stay as far as they are still open."""
        typed = self.items.parts if self.pays == "by_hand" else oldest(self.owed(), self.cents.value or 0)
        self.items.show([] if self.pays == "nothing" else self.owed(), typed, fixed=self.pays != "by_hand")
        self.show_sum()

    def show_sum(self) -> None:
        """How much of the payment finds something."""
        cents, pays = self.cents.value or 0, self.items.total_cents
        if not cents:
            self.sum.set_text("")
        elif pays > cents:
            self.sum.set_text(f"{money_text(pays - cents)} more than the payment.")
        else:
            left = f" {money_text(cents - pays)} stays unapplied, as credit." if cents > pays else ""
            self.sum.set_text(f"Pays {money_text(pays)} of {money_text(cents)}.{left}")

    async def act(self) -> str:
        """Book it."""
        if self.pays == "by_hand" and (over := self.items.too_much()):
            raise FieldRefused(at="parts", sentence=over)
        await record_payment(ReceivedDraft(
            client_id=self.client_id, payer_id=self.payer_id, received_on=self.day.value, method=self.method.value,
            cents=self.cents.value, reference=self.reference.value or "", note=self.note.value or "", pays=self.pays,
            parts=dict(self.items.parts) if self.pays == "by_hand" else {}, once=self.once,
        ), by=self.visit.user, now=self.visit.now())
        return f"{money_text(self.cents.value)} recorded"


def oldest(items: list[OpenItem], cents: int) -> dict[int, int]:
    """What each item would get, the oldest first."""
    parts: dict[int, int] = {}
    for item in items:
        parts[item.id] = min(item.open_cents, cents)
        cents -= parts[item.id]
    return parts
