"""Bring a balance forward from an earlier program: of the client, or of an insurer for the client."""

from __future__ import annotations

from nicegui import ui

from domain.ledger.brought_forward import bring_forward, take_back
from domain.reading import masters
from ui.components.act_dialog import ActDialog
from ui.components.editing import try_it
from ui.components.fields import select_field
from ui.components.typed import money_text
from ui.components.typed_fields import date_field, money_field
from ui.visit import Visit

THE_CLIENT = 0
UNDONE = "Undone right after"


class BringForward(ActDialog):
    """Whose account, as of which day, how much."""

    verb, busy = "Bring forward", "Recording…"
    hint = "What an earlier program left open. A credit of the client is typed with a minus."

    def __init__(self, visit: Visit, client_id: int, name: str) -> None:
        super().__init__(visit)
        self.client_id, self.name = client_id, name
        self.title = f"Balance of {name} brought forward"

    async def open(self) -> None:
        """Read who may owe, then ask."""
        listed = await masters.payers(seen_by=self.visit.user)
        self.accounts = {THE_CLIENT: self.name} | {row.id: row.name for row in listed if not row.archived}
        self.show()

    def draw(self) -> None:
        """The fields."""
        with ui.element("div").classes("sb-fields"):
            self.payer = self.field("payer_id", select_field("Who owes it", self.accounts, THE_CLIENT, searchable=len(self.accounts) > 6))
            self.cents = self.field("cents", money_field("Balance", negative=True), span=6)
            self.day = self.field("as_of", date_field("As of", self.visit.today(), today=self.visit.today()), span=6)

    async def act(self) -> str:
        """Post it."""
        self.made = await bring_forward(
            self.client_id, self.cents.value, payer_id=self.payer.value or None, as_of=self.day.value, by=self.visit.user,
            now=self.visit.now())
        return f"{money_text(self.cents.value)} brought forward"

    def acted(self, said: str) -> None:
        """With a way back."""

        async def undo() -> None:
            back = take_back([self.made], reason=UNDONE, by=self.visit.user, now=self.visit.now())
            await try_it(self.visit, back, "It is taken back")

        self.visit.toast(said, action="Undo", on_action=undo)
