"""What the dialogs about money share: fields with their refusals, a place above them, one button that acts."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from domain.client_sessions import METHODS
from domain.reading.account import ClientAccount, client_account
from ui.answering import answering
from ui.components.banner import Banner
from ui.components.buttons import danger, primary, quiet
from ui.components.dialog import Dialog, Size
from ui.components.editing import SaysHere
from ui.components.fields import select_field, text_field
from ui.components.typed_fields import all_readable, date_field, money_field
from ui.live import Announcement, Listening
from ui.visit import Visit


class MoneyDialog:
    """Derive, draw the fields in `draw`, act in `act`; the account is read anew when somebody changes it."""

    title = ""
    hint = ""
    verb = ""
    busy = "Saving…"
    size: Size = "medium"
    warns = False  # the verb stands in red

    def __init__(self, visit: Visit, client_id: int, name: str, *, payer_id: int | None = None) -> None:
        self.visit, self.client_id, self.name, self.payer_id = visit, client_id, name, payer_id
        self.fields: dict[str, Any] = {}
        self.account: ClientAccount

    async def open(self) -> None:
        """Read the account, then ask."""
        self.account = await self.read()
        with Dialog(self.title.format(name=self.name), self.hint, size=self.size) as self.dialog:
            with self.dialog.body:
                self.news = ui.element("div").classes("sb-news")
                self.draw()
                Listening("account", self.heard)
            with self.dialog.foot:
                quiet("Cancel", on_click=self.dialog.close)
                made = danger(self.verb, solid=True, on_click=self.go) if self.warns else primary(self.verb, on_click=self.go)
                self.button = made
                self.dialog.enter_presses(made)
        self.dialog.open()

    async def read(self) -> ClientAccount:
        """The account as it stands."""
        return await client_account(self.client_id, today=self.visit.today(), seen_by=self.visit.user)

    async def heard(self, told: Announcement) -> None:
        """Somebody paid or changed something of this client: the items are shown as they are now."""
        if self.client_id in told["account"]:
            self.account = await self.read()
            self.account_changed()

    def draw(self) -> None:
        """The fields."""
        raise NotImplementedError

    async def act(self) -> str:
        """Do it; answers what to say afterwards."""
        raise NotImplementedError

    def account_changed(self) -> None:
        """Show what depends on the account anew; what is typed stays."""

    @answering
    async def go(self, _event: object = None) -> None:
        """Act, or say beside the fields what is in the way."""
        self.news.clear()
        for field in self.fields.values():
            field.clear_error()
        if not all_readable(self.dialog.body):
            return
        with self.button.busy(self.busy):
            said = await self.act()
        self.dialog.close()
        self.visit.toast(said)

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field, or above all."""
        if at in self.fields:
            self.fields[at].say(sentence)
            return
        self.news.clear()
        with self.news:
            Banner(sentence)

    # ---- fields that several have ----

    def field(self, name: str, field: Any, *, span: int = 12) -> Any:
        """Note a field under the name that refusals use."""
        self.fields[name] = field
        getattr(field, "frame", field).classes(f"sb-span-{span}")
        return field

    def money_fields(self, words: str, cents: int | None = None, *, day: str = "Received on") -> None:
        """Amount, way, day and number."""
        self.cents = self.field("cents", money_field(words, cents), span=6)
        self.method = self.field("method", select_field("How it was paid", METHODS, "check", searchable=False), span=6)
        self.day = self.field("received_on", date_field(day, self.visit.today(), today=self.visit.today()), span=6)
        self.reference = self.field("reference", text_field("Check or reference number", max_length=60), span=6)

    def place_to_say(self, name: str) -> None:
        """A place for a sentence about the lines above it."""
        self.fields[name] = SaysHere()

    def reason_field(self, words: str = "Reason", *, placeholder: str = "") -> None:
        """Why, kept with the person's name."""
        self.reason = self.field("reason", text_field(words, placeholder=placeholder, hint="Kept with your name.", max_length=300))
