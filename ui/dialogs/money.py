"""What the dialogs about money share: the account, followed while they are open, and the fields that several have."""

from __future__ import annotations

from domain.client_sessions import METHODS
from domain.reading.account import ClientAccount, client_account
from ui.components.act_dialog import ActDialog
from ui.components.dialog import Size
from ui.components.editing import SaysHere
from ui.components.fields import select_field, text_field
from ui.components.typed_fields import date_field, money_field
from ui.live import Announcement, Listening
from ui.visit import Visit


class MoneyDialog(ActDialog):
    """Derive, draw the fields in `draw`, act in `act`; the account is read anew when somebody changes it."""

    size: Size = "medium"

    def __init__(self, visit: Visit, client_id: int, name: str, *, payer_id: int | None = None) -> None:
        super().__init__(visit)
        self.client_id, self.name, self.payer_id = client_id, name, payer_id
        self.account: ClientAccount

    async def open(self) -> None:
        """Read the account, then ask."""
        self.account = await self.read()
        self.title = self.title.replace("{name}", self.name)  # what a charge was called may hold braces too
        self.show()
        with self.dialog.body:
            Listening("account", self.heard)

    async def read(self) -> ClientAccount:
        """The account as it stands."""
        return await client_account(self.client_id, today=self.visit.today(), seen_by=self.visit.user)

    async def heard(self, told: Announcement) -> None:
        """Somebody paid or changed something of this client: the items are shown as they are now."""
        if self.client_id in told["account"]:
            self.account = await self.read()
            self.account_changed()

    def account_changed(self) -> None:
        """Show what depends on the account anew; what is typed stays."""

    # ---- fields that several have ----

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
