"""Write off, move to the client, refund, charge by hand, take back: the rarer things done with an account."""

from __future__ import annotations

import secrets

from nicegui import ui

from domain.errors import FieldRefused
from domain.ledger.adjusting import add_charge, move_to_client, undo_posting, write_off
from domain.ledger.entries import Account
from domain.ledger.payments import ReceivedDraft, refund, take_back_payment
from domain.reading.statement import StatementLine
from ui.components.fields import text_field
from ui.components.item_amounts import ItemAmounts
from ui.components.typed import day_text, money_text
from ui.components.typed_fields import date_field, money_field
from ui.dialogs.money import MoneyDialog


class WriteOff(MoneyDialog):
    """Gives up what is open of items, as far as a person says, with a reason."""

    title, verb, size = "Write off for {name}", "Write off", "wide"
    hint = "The charge stays on the statement, and so does what was given up of it."
    words, placeholder = "Write off of", "Courtesy, agreed with the client"

    def draw(self) -> None:
        """An amount for each item, and why."""
        self.items = ItemAmounts(self.words, self.show_sum)
        self.items.show(self.account.open_on(self.payer_id), {}, fixed=False)
        self.place_to_say("parts")
        self.sum = ui.label().classes("sb-num sb-sum-words")
        self.reason_field(placeholder=self.placeholder)

    def account_changed(self) -> None:
        """What is typed stays as far as it is still open."""
        self.items.show(self.account.open_on(self.payer_id), self.items.parts, fixed=False)

    def show_sum(self) -> None:
        """What the amounts come to."""
        self.sum.set_text(f"In all {money_text(self.items.total_cents)}" if self.items.total_cents else "")

    def asked(self) -> tuple[Account, dict[int, int]]:
        """Whose account, and the amounts."""
        if over := self.items.too_much():
            raise FieldRefused(at="parts", sentence=over)
        return Account(self.client_id, self.payer_id), {key: cents for key, cents in self.items.parts.items() if cents}

    async def act(self) -> str:
        """Give it up."""
        account, parts = self.asked()
        await write_off(account, parts, reason=self.reason.value or "", by=self.visit.user, now=self.visit.now())
        return f"{money_text(sum(parts.values()))} written off"


class MoveToClient(WriteOff):
    """What an insurer leaves open becomes the client's."""

    title, verb = "Move to {name}'s own account", "Move to the client"
    hint = "For what insurance does not pay: a deductible, a higher share, a denial that a person decided on."
    words, placeholder = "Move of", "Deductible, by the letter of Oct 12"

    async def act(self) -> str:
        """Move it."""
        account, parts = self.asked()
        await move_to_client(account, parts, reason=self.reason.value or "", by=self.visit.user, now=self.visit.now())
        return f"{money_text(sum(parts.values()))} moved to {self.name}"


class Refund(MoneyDialog):
    """Gives back money that has paid nothing."""

    title, verb, size = "Refund to {name}", "Record refund", "medium"

    def draw(self) -> None:
        """The money; what is free is offered."""
        self.once = secrets.token_hex(8)
        self.free = ui.label().classes("sb-hint")
        with ui.element("div").classes("sb-fields"):
            self.money_fields("Amount", self.account.unapplied_on(self.payer_id) or None, day="Given back on")
            self.note = self.field("note", text_field("Note", max_length=300))
        self.account_changed()

    def account_changed(self) -> None:
        """How much is free to be given back."""
        self.free.set_text(f"{money_text(self.account.unapplied_on(self.payer_id))} has paid nothing and can be given back.")

    async def act(self) -> str:
        """Book it."""
        await refund(ReceivedDraft(
            client_id=self.client_id, payer_id=self.payer_id, received_on=self.day.value, method=self.method.value,
            cents=self.cents.value, reference=self.reference.value or "", note=self.note.value or "", pays="nothing",
            once=self.once,
        ), by=self.visit.user, now=self.visit.now())
        return f"Refund of {money_text(self.cents.value)} recorded"


class AddCharge(MoneyDialog):
    """Charges the client for something that is no session."""

    title, verb, size = "Charge {name}", "Add charge", "small"
    hint = "For what is no session: a letter, copies of records, a returned check."

    def draw(self) -> None:
        """What, how much, when."""
        with ui.element("div").classes("sb-fields"):
            self.what = self.field("reason", text_field("What it is for", placeholder="Copy of records", max_length=120))
            self.cents = self.field("cents", money_field("Amount"), span=6)
            self.day = self.field("received_on", date_field("Day", self.visit.today(), today=self.visit.today()), span=6)

    async def act(self) -> str:
        """Book it."""
        await add_charge(self.client_id, self.cents.value, self.what.value or "", on=self.day.value, by=self.visit.user,
                         now=self.visit.now())
        return f"{money_text(self.cents.value)} charged"


class TakeBack(MoneyDialog):
    """Undoes a line of the statement; what it paid or gave up is open again."""

    title, verb, busy, size, warns = "Take it back?", "Take back", "Taking back…", "small", True

    def about(self, line: StatementLine) -> TakeBack:
        """Which line."""
        self.line = line
        self.title = f"Take back {line.what[0].lower()}{line.what[1:]}?"
        return self

    def draw(self) -> None:
        """What happens, and why it is done."""
        what = "What it paid is open again." if self.line.kind == "payment" else "The balance is as if it had not been."
        stays = "Both lines stay on the statement, with your reason."
        ui.label(f"{money_text(abs(self.line.cents))} of {day_text(self.line.effective_on)}. {what} {stays}").classes("sb-2")
        self.reason_field(placeholder="Typed for the wrong client")

    async def act(self) -> str:
        """Take it back."""
        take = take_back_payment if self.line.undo == "payment" else undo_posting
        await take(self.line.undo_id, reason=self.reason.value or "", by=self.visit.user, now=self.visit.now())
        return f"{self.line.what} taken back"
