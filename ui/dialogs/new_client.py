"""A new client: the name is enough; the rest can be added on the client's page."""

from __future__ import annotations

from nicegui import ui

from domain.clients import ClientDraft, keep_client
from domain.reading.choices import choices
from domain.reading.clients import same_person
from ui import routes
from ui.answering import answering
from ui.components import buttons
from ui.components.banner import Banner
from ui.components.fields import select_field, text_field
from ui.components.record_dialog import RecordDialog
from ui.components.typed_fields import date_field
from ui.visit import Visit


class NewClient(RecordDialog):
    """Name, birth date, phone, e-mail, provider; a second record of the same person is noticed."""

    subject, what, verb = "client", "client", "Add client"

    def __init__(self, visit: Visit, name: str = "") -> None:
        super().__init__(visit, ClientDraft(name=name))
        self.warned: tuple[str, object] | None = None

    def title(self) -> str:
        """The dialog's title."""
        return "New client"

    def hint(self) -> str:
        """The line under it."""
        return "A name is enough to begin."

    async def prepare(self) -> None:
        """The providers to choose from."""
        self.providers = (await choices(seen_by=self.visit.user)).providers

    def draw(self) -> None:
        """The fields."""
        with ui.element("div").classes("sb-fields"):
            self.bind("name", text_field("Name they go by", self.draft.name, placeholder="Ivy Candlewright"))
            self.bind("birth_date", date_field("Birth date", today=self.visit.today()), span=6)
            self.bind("default_provider_id", select_field("Provider", {None: "None yet"} | self.providers, None), span=6)
            self.bind("phone", text_field("Phone"), span=6)
            self.bind("email", text_field("Email"), span=6)

    @answering
    async def save(self, event: object = None) -> None:
        """Keep it; a client of the same name and birth date is shown first."""
        asked = (self.draft.name.strip(), self.draft.birth_date)
        if asked[0] and self.warned != asked:
            same = await same_person(*asked, except_for=None, seen_by=self.visit.user)
            if same:
                self.warned = asked
                self.show_same(same[0])
                return
        await super().save(event)

    def show_same(self, client_id: int) -> None:
        """Two ways on: open the record that is there, or press again."""
        sentence = f"There is a client {self.draft.name.strip()} already. Press “Add client” again if this is another person."
        banner = self.tell(Banner, sentence, tone="info")
        with banner.acts:
            buttons.standard("Open that record", on_click=lambda: self.show_client(client_id))

    def show_client(self, client_id: int) -> None:
        """To the record that is there."""
        self.leave()
        self.visit.go(routes.client(client_id))

    async def keep(self) -> int:
        """Keep the client."""
        return await keep_client(self.draft, by=self.visit.user, now=self.visit.now())

    async def saved(self, kept: int) -> None:
        """On to their page."""
        self.show_client(kept)
        self.visit.toast(f"{self.draft.name.strip()} added")
