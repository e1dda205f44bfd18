"""Who bills whom: what is set for a provider or a payer from a day on."""

from __future__ import annotations

from typing import Any

from domain.billing_ways import SUPERVISED, WAYS
from domain.reading import masters
from domain.reading.billing_ways import EVERY_PAYER, WayRow, billing_ways
from domain.who_bills import WayDraft, add_way, remove_way
from ui.components.fields import select_field
from ui.components.typed import day_text
from ui.components.typed_fields import date_field
from ui.dialogs.set_lines import SetLine, SetLines
from ui.visit import Visit


class WhoBills(SetLines):
    """Of one provider for its payers, or of one payer for the providers."""

    hint = "Each session follows what holds on its day of service."
    nothing = "Nothing set: in their own name; a supervisor of the provider is told."
    hears = frozenset({"provider", "payer"})

    def __init__(self, visit: Visit, *, name: str, provider_id: int | None = None, payer_id: int | None = None) -> None:
        super().__init__(visit)
        self.provider_id, self.payer_id = provider_id, payer_id
        self.title = f"Who bills for {name}" if provider_id else f"Who bills {name}"

    async def prepare(self) -> None:
        """Providers and payers to choose from."""
        who = {"seen_by": self.visit.user}
        self.providers = {row.id: row.name for row in await masters.providers(**who) if not row.archived}
        payers = {row.id: row.name for row in await masters.payers(**who) if not row.archived}
        self.payers: dict[int, str] = {0: EVERY_PAYER} | payers

    def new_fields(self) -> None:
        """The other side, from when, how, and with whom."""
        if self.provider_id:
            self.field("payer_id", select_field("Payer", self.payers, 0))
        else:
            self.field("provider_id", select_field("Provider", self.providers, None))
        self.field("starts_on", date_field("From", None, today=self.visit.today(), hint="Empty: always"))
        self.field("way", select_field("How it is billed", WAYS, "own", searchable=False, on_change=self.chosen))
        others = {key: name for key, name in self.providers.items() if key != self.provider_id}
        self.field("supervisor_id", select_field("Supervisor", others, None))
        self.chosen()

    def chosen(self, _event: object = None) -> None:
        """A supervisor is asked only where there is one."""
        if "supervisor_id" in self.fields:
            self.fields["supervisor_id"].frame.set_visibility(self.fields["way"].value in SUPERVISED)

    async def read(self) -> list[SetLine]:
        """What is set."""
        rows = await billing_ways(provider_id=self.provider_id, payer_id=self.payer_id, today=self.visit.today(),
                                  seen_by=self.visit.user)
        return [self.said(row) for row in rows]

    def said(self, row: WayRow) -> SetLine:
        """Whom it is about, how, from when."""
        about = row.payer_name if self.provider_id else row.provider_name
        if not self.provider_id and row.payer_name == EVERY_PAYER:
            about += f", {EVERY_PAYER.lower()}"
        since = f"from {day_text(row.starts_on)}" if row.starts_on else "always"
        return SetLine(row.id, f"{about}: {row.words}", since + (", holds today" if row.holds else ""), row.holds,
                       f"{about}, {since}")

    async def add(self) -> None:
        """Keep what the fields say."""
        value = {name: field.value for name, field in self.fields.items()}
        draft = WayDraft(
            provider_id=self.provider_id or value.get("provider_id"), payer_id=self.payer_id or value.get("payer_id") or None,
            starts_on=value["starts_on"], way=value["way"] or "", supervisor_id=value["supervisor_id"])
        await add_way(draft, by=self.visit.user, now=self.visit.now())

    async def remove(self, line_id: int) -> WayDraft:
        """What held before it holds again."""
        return await remove_way(line_id, by=self.visit.user, now=self.visit.now())

    async def put_back(self, draft: WayDraft) -> Any:
        """As it was."""
        return await add_way(draft, by=self.visit.user, now=self.visit.now())
