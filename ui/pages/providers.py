"""Providers: who sees clients, with the numbers that claims ask for."""

from __future__ import annotations

from typing import Any

from nicegui import PageArguments, ui

from domain import providers as domain
from domain.reading import masters
from domain.reading.masters import ProviderRow
from ui.components import buttons
from ui.components.fields import select_field, switch, text_field
from ui.components.master_editor import MasterEditor
from ui.components.master_page import MasterPage
from ui.components.table import Column
from ui.dialogs.who_bills import WhoBills
from ui.visit import Visit

TAX_ID_KINDS = {"EIN": "EIN", "SSN": "SSN"}


async def providers(visit: Visit, args: PageArguments) -> None:
    """The page; `?open=ID&at=field` opens an editor."""
    await Providers(visit).build(args)


class ProviderEditor(MasterEditor):
    """Name, numbers, supervisor, and an entity of their own where they bill by themselves."""

    retire = "Archive provider"
    new_draft = domain.ProviderDraft
    keeps, drafts = domain.keep_provider, domain.draft_of_provider
    archives, restores, deletes = domain.archive_provider, domain.restore_provider, domain.delete_provider

    async def prepare(self) -> None:
        """Who may supervise."""
        rows = await masters.providers(seen_by=self.visit.user)
        kept = {row.id: row.name for row in rows if row.id != self.draft.id and not row.archived}
        former = {row.id: f"{row.name} (archived)" for row in rows if row.id == self.draft.supervisor_id and row.archived}
        self.supervisors: dict[int | None, str] = {None: "Nobody", **kept, **former}

    def name(self) -> str:
        """First and last name."""
        return f"{self.draft.first_name} {self.draft.last_name}".strip()

    def draw(self) -> None:
        """The person first, then what claims need."""
        draft = self.draft
        with ui.element("div").classes("sb-fields"):
            self.bind("first_name", text_field("First name", draft.first_name), span=6)
            self.bind("last_name", text_field("Last name", draft.last_name), span=6)
            self.bind("credentials", text_field("Credentials", draft.credentials, placeholder="LCSW"), span=6)
            self.bind("license", text_field("License", draft.license), span=6)
            self.bind("npi", text_field("NPI", draft.npi, max_length=10, hint="Ten digits; box 24J"), span=6)
            self.bind("taxonomy", text_field("Taxonomy", draft.taxonomy, max_length=10, hint="Like 101YM0800X"), span=6)
            self.bind("supervisor_id", select_field("Supervised by", self.supervisors, draft.supervisor_id,
                                                    hint="Told on claims where Who bills says nothing else"))
        if draft.id:
            buttons.standard("Who bills", icon="users", on_click=self.who_bills).classes("self-start")
        ui.element("hr").classes("sb-rule")
        self.bind("bills_as_entity", switch("Bills as an entity of their own", draft.bills_as_entity,
                                            hint="Claims name this entity instead of the practice (boxes 25 and 33)"))
        with ui.element("div").classes("sb-fields") as self.entity:
            self.bind("entity_name", text_field("Legal name", draft.entity_name))
            self.bind("entity_npi", text_field("NPI of the entity", draft.entity_npi, max_length=10), span=5)
            self.bind("entity_tax_id_kind", select_field("Number", TAX_ID_KINDS, draft.entity_tax_id_kind,
                                                         searchable=False), span=3)
            self.bind("entity_tax_id", text_field("Tax ID", draft.entity_tax_id, max_length=11), span=4)
        self.entity.set_visibility(draft.bills_as_entity)

    async def who_bills(self) -> None:
        """In whose name this provider's visits go to each payer."""
        await WhoBills(self.visit, provider_id=self.draft.id, name=self.name()).open()

    def changed(self, name: str) -> None:
        """The entity's fields show only where there is one."""
        if name == "bills_as_entity":
            self.entity.set_visibility(self.draft.bills_as_entity)

    def spoken(self, name: str, value: Any) -> str:
        """The supervisor by name."""
        return self.supervisors.get(value, "") if name == "supervisor_id" else super().spoken(name, value)


class Providers(MasterPage):
    """The list and its editor."""

    title, one, subject = "Providers", "Provider", "provider"
    editor = ProviderEditor
    columns = (
        Column(name="name", label="Name", look="sb-name", sub="license"),
        Column(name="credentials", label="Credentials", look="sb-2", width="104px", folds=True),
        Column(name="npi", label="NPI", look="sb-num", width="112px", tablet_width="112px"),
        Column(name="supervisor", label="Supervised by", look="sb-2", width="150px", folds=True),
    )
    empty_why = "Providers see clients. Claims need the NPI of each; you can add it later."

    async def read(self) -> list[ProviderRow]:
        """All providers."""
        return await masters.providers(seen_by=self.visit.user)

    def line(self, row: ProviderRow) -> dict[str, Any]:
        """Name, credentials, NPI, who supervises."""
        return {
            "id": row.id, "_name": row.name, "name": row.name, "credentials": row.credentials,
            "npi": row.npi or "Missing", "license": row.credentials, "supervisor": row.supervisor_name,
        }

    def retired_words(self) -> str:
        """They left, rather than being retired."""
        return "Archived"
