"""Who bills whom: what is set for a provider or a payer from a day on, one more added, one taken away."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from domain.billing_ways import SUPERVISED, WAYS
from domain.reading import masters
from domain.reading.billing_ways import EVERY_PAYER, WayRow, billing_ways
from domain.who_bills import WayDraft, add_way, remove_way
from ui.answering import Answers, answering
from ui.components.banner import Banner
from ui.components.buttons import icon_button, primary, quiet
from ui.components.dialog import Dialog
from ui.components.editing import try_it
from ui.components.fields import select_field
from ui.components.typed import day_text
from ui.components.typed_fields import all_readable, date_field
from ui.live import Announcement, Listening
from ui.visit import Visit


class WhoBills(Answers):
    """Of one provider for its payers, or of one payer for the providers."""

    def __init__(self, visit: Visit, *, name: str, provider_id: int | None = None, payer_id: int | None = None) -> None:
        self.visit, self.name = visit, name
        self.provider_id, self.payer_id = provider_id, payer_id
        self.fields: dict[str, Any] = {}
        self.adding = False

    async def open(self) -> None:
        """Read, then show."""
        who = {"seen_by": self.visit.user}
        self.providers = {row.id: row.name for row in await masters.providers(**who) if not row.archived}
        payers = {row.id: row.name for row in await masters.payers(**who) if not row.archived}
        self.payers: dict[int, str] = {0: EVERY_PAYER} | payers
        self.lines = await self.read()
        title = f"Who bills for {self.name}" if self.provider_id else f"Who bills {self.name}"
        with Dialog(title, "Each session follows what holds on its day of service.", size="medium") as self.dialog:
            with self.dialog.body:
                self.news = ui.element("div").classes("sb-news")
                self.place = ui.element("div").classes("sb-sum-lines").props(f'role=group aria-label="{title}"')
                self.draw_lines()
                with ui.element("div").classes("sb-fields"):
                    self.new_fields()
                Listening({"provider", "payer"}, self.heard)
            with self.dialog.foot:
                quiet("Close", on_click=self.dialog.close)
                self.button = primary("Add", on_click=self.go)
        self.dialog.open()

    def new_fields(self) -> None:
        """The other side, from when, how, and with whom."""
        if self.provider_id:
            self.field("payer_id", select_field("Payer", self.payers, 0), span=6)
        else:
            self.field("provider_id", select_field("Provider", self.providers, None), span=6)
        self.field("starts_on", date_field("From", None, today=self.visit.today(), hint="Empty: always"), span=6)
        self.field("way", select_field("How it is billed", WAYS, "own", searchable=False, on_change=self.chosen), span=6)
        others = {key: name for key, name in self.providers.items() if key != self.provider_id}
        self.field("supervisor_id", select_field("Supervisor", others, None), span=6)
        self.chosen()

    def field(self, name: str, field: Any, *, span: int) -> None:
        """Note a field under the name that refusals use."""
        self.fields[name] = field
        field.frame.classes(f"sb-span-{span}")

    def chosen(self, _event: object = None) -> None:
        """A supervisor is asked only where there is one."""
        if "supervisor_id" in self.fields:
            self.fields["supervisor_id"].frame.set_visibility(self.fields["way"].value in SUPERVISED)

    async def read(self) -> list[WayRow]:
        """What is set."""
        return await billing_ways(provider_id=self.provider_id, payer_id=self.payer_id, today=self.visit.today(),
                                  seen_by=self.visit.user)

    async def heard(self, _told: Announcement) -> None:
        """Another one came or went."""
        self.lines = await self.read()
        self.draw_lines()

    def draw_lines(self) -> None:
        """What holds today in strong letters."""
        self.place.clear()
        with self.place:
            for line in self.lines:
                self.line(line)
            if not self.lines:
                ui.label("Nothing set: in their own name; a supervisor of the provider is told.").classes("sb-hint sb-sum-line")

    def line(self, line: WayRow) -> None:
        """Whom it is about, how, from when, and the way to take it away."""
        about = line.payer_name if self.provider_id else line.provider_name
        if not self.provider_id and line.payer_name == EVERY_PAYER:
            about += f", {EVERY_PAYER.lower()}"
        since = f"from {day_text(line.starts_on)}" if line.starts_on else "always"
        with ui.element("div").classes("sb-sum-line is-tall"):
            with ui.element("div").classes("sb-grow"):
                ui.label(f"{about}: {line.words}").classes("sb-name" if line.holds else "sb-2")
                ui.label(since + (", holds today" if line.holds else "")).classes("sb-hint")
            icon_button("trash-2", f"Remove {about}, {since}", on_click=lambda: self.take_away(line))

    @answering
    async def go(self, _event: object = None) -> None:
        """Add one; a second tap meanwhile does nothing."""
        if self.adding or not all_readable(self.dialog.body):
            return
        self.adding = True
        self.news.clear()
        for field in self.fields.values():
            field.clear_error()
        try:
            await add_way(self.typed(), by=self.visit.user, now=self.visit.now())
        finally:
            self.adding = False

    def typed(self) -> WayDraft:
        """What the fields say."""
        value = {name: field.value for name, field in self.fields.items()}
        return WayDraft(
            provider_id=self.provider_id or value.get("provider_id"), payer_id=self.payer_id or value.get("payer_id") or None,
            starts_on=value["starts_on"], way=value["way"] or "", supervisor_id=value["supervisor_id"])

    @answering
    async def take_away(self, line: WayRow) -> None:
        """At once, with a way back."""
        how = {"by": self.visit.user, "now": self.visit.now()}
        draft = await remove_way(line.id, **how)

        async def undo() -> None:
            await try_it(self.visit, add_way(draft, **how), "It is as it was")

        self.visit.toast(f"Removed: {line.words}", action="Undo", on_action=undo)

    def say(self, sentence: str, *, at: str = "") -> None:
        """Beside the field, or above all."""
        if at in self.fields:
            self.fields[at].say(sentence)
            return
        self.news.clear()
        with self.news:
            Banner(sentence)
