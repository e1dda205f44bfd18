"""Take a client's payment at a visit, on the calendar: before it is sent it is held for that visit."""

from __future__ import annotations

import secrets

from nicegui import ui

from domain.client_sessions import METHODS
from domain.ledger.at_visit import take_at_visit
from domain.ledger.payments import ReceivedDraft, take_back_payment
from domain.reading.visit_money import VisitMoney
from ui.components.act_dialog import ActDialog
from ui.components.editing import try_it
from ui.components.fields import select_field, text_field
from ui.components.typed import money_text
from ui.components.typed_fields import date_field, money_field
from ui.visit import Visit

UNDONE = "Undone on the calendar"


class TakePayment(ActDialog):
    """What is left of the share is offered; a card is only noted."""

    verb, busy = "Take payment", "Recording…"
    hint = "Held for this visit until it is invoiced. A card is only noted here; nothing is charged."

    def __init__(self, visit: Visit, money: VisitMoney) -> None:
        super().__init__(visit)
        self.money, self.once = money, secrets.token_hex(8)
        self.title = f"Payment of {money.client_name}"

    def draw(self) -> None:
        """Amount, way, day, number."""
        today = self.visit.today()
        with ui.element("div").classes("sb-fields"):
            self.cents = self.field("cents", money_field("Amount", self.money.left_cents or None), span=6)
            self.method = self.field("method", select_field("How it was paid", METHODS, "card", searchable=False), span=6)
            self.day = self.field("received_on", date_field("Received on", today, today=today), span=6)
            self.reference = self.field("reference", text_field("Reference", max_length=60), span=6)

    async def act(self) -> str:
        """Book it."""
        self.made = await take_at_visit(
            self.money.attendance_id,
            ReceivedDraft(client_id=self.money.client_id, received_on=self.day.value, method=self.method.value,
                          cents=self.cents.value, reference=self.reference.value or "", once=self.once),
            by=self.visit.user, now=self.visit.now())
        return f"{money_text(self.cents.value)} taken of {self.money.client_name}"

    def acted(self, said: str) -> None:
        """With a way back."""

        async def undo() -> None:
            back = take_back_payment(self.made, reason=UNDONE, by=self.visit.user, now=self.visit.now())
            await try_it(self.visit, back, "The payment is taken back")

        self.visit.toast(said, action="Undo", on_action=undo)
