"""A superbill: whose, with whom, which days; it opens as a PDF and is not kept."""

from __future__ import annotations

from datetime import date

from domain.invoicing import has_sessions
from domain.reading.choices import choices
from ui import routes
from ui.answering import answering
from ui.components.buttons import primary, quiet
from ui.components.client_picker import client_picker
from ui.components.date_range import Days
from ui.components.dialog import Dialog
from ui.components.fields import select_field
from ui.components.typed_fields import all_readable, date_field
from ui.dialogs.printing import save_pdf
from ui.visit import Visit


class NewSuperbill:
    """One question with four answers."""

    def __init__(self, visit: Visit, *, client_id: int | None = None, client_name: str = "") -> None:
        self.visit, self.client_id, self.client_name = visit, client_id, client_name

    async def open(self) -> None:
        """Ask; last month is offered."""
        providers = (await choices(seen_by=self.visit.user)).providers
        only = next(iter(providers)) if len(providers) == 1 else None
        days = Days.month_of(self.visit.today())
        with Dialog("New superbill", "For the client's own insurer: what was done, charged and paid. It is not a bill.",
                    size="small") as self.dialog:
            with self.dialog.body:
                self.client = client_picker("Client", self.visit, self.client_id, self.client_name)
                self.provider = select_field("Provider", providers, only)
                self.first = date_field("First day", days.start, today=self.visit.today())
                self.last = date_field("Last day", days.end, today=self.visit.today())
            with self.dialog.foot:
                quiet("Cancel", on_click=self.dialog.close)
                self.dialog.enter_presses(primary("Download superbill", icon="download", on_click=self.go))
        self.dialog.open()

    @answering
    async def go(self, _event: object = None) -> None:
        """Open it, or say what is missing."""
        if not all_readable(self.dialog.body) or self.lacks_something():
            return
        await has_sessions(self.client.value, self.provider.value, self.first.value, self.last.value,
                           seen_by=self.visit.user)
        save_pdf(superbill_address(self.client.value, self.provider.value, self.first.value, self.last.value))
        self.dialog.close()

    def lacks_something(self) -> bool:
        """Say beside each field what is missing."""
        wanted = ((self.client, "Choose the client."), (self.provider, "Choose the provider."),
                  (self.first, "Type the first day."), (self.last, "Type the last day."))
        lacking = [(field, sentence) for field, sentence in wanted if not field.value]
        for field, sentence in lacking:
            field.say(sentence)
        if not lacking and self.last.value < self.first.value:
            self.last.say("The last day is before the first.")
            return True
        return bool(lacking)

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the first day, which it is about."""
        del at
        self.first.say(sentence)


def superbill_address(client_id: int, provider_id: int, first: date, last: date) -> str:
    """Where a superbill opens."""
    return f"{routes.STORED_PDF}/superbill?client={client_id}&provider={provider_id}&start={first}&end={last}"
