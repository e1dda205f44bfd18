"""Locations: where visits take place, as claims name them (boxes 24B and 32)."""

from __future__ import annotations

from typing import Any

from nicegui import PageArguments, ui

from domain import providers as domain
from domain.places import PLACES_OF_SERVICE
from domain.reading import masters
from domain.reading.masters import LocationRow
from ui.components.address_fields import address_fields
from ui.components.fields import select_field, text_field
from ui.components.master_editor import MasterEditor
from ui.components.master_page import MasterPage
from ui.components.table import Column
from ui.visit import Visit

PLACES = {code: f"{code}  {words}" for code, words in PLACES_OF_SERVICE.items() if code not in {"02", "10"}}


async def locations(visit: Visit, args: PageArguments) -> None:
    """The page; `?open=ID&at=field` opens an editor."""
    await Locations(visit).build(args)


class LocationEditor(MasterEditor):
    """Name, place of service, address, NPI."""

    retire = "Archive location"
    new_draft = domain.LocationDraft
    keeps, drafts = domain.keep_location, domain.draft_of_location
    archives, restores, deletes = domain.archive_location, domain.restore_location, domain.delete_location

    def draw(self) -> None:
        """The fields."""
        draft = self.draft
        places = PLACES | {draft.place_of_service: PLACES.get(draft.place_of_service, draft.place_of_service)}
        with ui.element("div").classes("sb-fields"):
            self.bind("name", text_field("Name", draft.name, placeholder="Office"), span=5)
            self.bind("place_of_service", select_field("Place of service", places, draft.place_of_service), span=7)
            address_fields(self, zip_hint="ZIP+4 for claims")
            self.bind("npi", text_field("NPI of the location", draft.npi, max_length=10,
                                        hint="Only where it has one of its own; box 32a"))
        ui.label("Visits by video or phone are billed as telehealth, wherever they are booked.").classes("sb-hint")


class Locations(MasterPage):
    """The list and its editor."""

    title, one, subject = "Locations", "Location", "location"
    editor = LocationEditor
    columns = (
        Column(name="name", label="Name", look="sb-name", sub="place", width="170px", tablet_width="100%"),
        Column(name="place", label="Place of service", look="sb-2 sb-num", width="180px", folds=True),
        Column(name="address", label="Address", look="sb-2", folds=True),
    )
    empty_why = "A location gives claims the place of service and its address."

    async def read(self) -> list[LocationRow]:
        """All locations."""
        return await masters.locations(seen_by=self.visit.user)

    def line(self, row: LocationRow) -> dict[str, Any]:
        """Name, place of service, address."""
        return {
            "id": row.id, "_name": row.name, "name": row.name, "place": f"{row.place_of_service}  {row.place_words}",
            "address": row.address or "No address yet",
        }

    def retired_words(self) -> str:
        """Closed, rather than retired."""
        return "Archived"
