"""Providers, who see clients and are named on claims, and the locations where they see them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from domain import access, masters
from domain.access import SignedIn
from domain.checks import (
    EIN,
    NPI,
    SSN,
    TAXONOMY,
    Findings,
    check_address,
    tidy,
    tidy_tax_id,
    tidy_zip,
)
from domain.errors import NotFound
from domain.masters import Master, Use
from domain.places import PLACES_OF_SERVICE
from storage.models import (
    Appointment,
    BillingWay,
    Client,
    ClientSession,
    Location,
    PayerRule,
    PriorAuthorization,
    Provider,
)
from storage.transactions import one_transaction

PROVIDER = Master(Provider, "provider", "Provider", (
    Use(Appointment, "provider_id", "appointment"),
    Use(ClientSession, "provider_id", "session"),
    Use(Client, "default_provider_id", "client"),
    Use(Provider, "supervisor_id", "supervised provider"),
    Use(PayerRule, "provider_id", ""),
    Use(BillingWay, "supervisor_id", "supervised provider"),
    Use(PriorAuthorization, "provider_id", "authorization"),
))  # fmt: skip
LOCATION = Master(Location, "location", "Location", (
    Use(Appointment, "location_id", "appointment"),
    Use(PayerRule, "location_id", ""),
    Use(ClientSession, "location_id", "session"),
))  # fmt: skip


@dataclass(slots=True)
class ProviderDraft:
    """A provider being edited. An entity of its own bills in the provider's name instead of the practice's."""

    id: int | None = None
    version: int = 1
    first_name: str = ""
    last_name: str = ""
    credentials: str = ""
    license: str = ""
    npi: str = ""
    taxonomy: str = ""
    bills_as_entity: bool = False
    entity_name: str = ""
    entity_npi: str = ""
    entity_tax_id: str = ""
    entity_tax_id_kind: str = "EIN"
    supervisor_id: int | None = None


@dataclass(slots=True)
class LocationDraft:
    """A location being edited."""

    id: int | None = None
    version: int = 1
    name: str = ""
    place_of_service: str = "11"
    npi: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


def as_kept(draft: Any, *leave_out: str) -> dict[str, Any]:
    """A draft's fields but its id and version, texts without stray spaces."""
    names = {one.name for one in fields(draft)} - {"id", "version", *leave_out}
    given = {name: getattr(draft, name) for name in names}
    return {name: tidy(value) if isinstance(value, str) else value for name, value in given.items()}


async def draft_of_provider(provider_id: int, *, seen_by: SignedIn) -> ProviderDraft:
    """A provider as it stands, to be edited. Raises NotFound."""
    await access.require(seen_by)
    row = await Provider.get_or_none(id=provider_id)
    if row is None:
        raise NotFound(what=PROVIDER.what)
    return ProviderDraft(**{one.name: getattr(row, one.name) for one in fields(ProviderDraft)})


def provider_values(draft: ProviderDraft) -> dict[str, Any]:
    """A draft's fields as they are kept."""
    values = as_kept(draft)
    values["taxonomy"] = draft.taxonomy.strip().upper()
    values["entity_tax_id"] = tidy_tax_id(draft.entity_tax_id, draft.entity_tax_id_kind)
    return values


def provider_findings(values: dict[str, Any]) -> Findings:
    """What is wrong with a provider by itself."""
    found = Findings()
    found.required("first_name", values["first_name"], "Type the first name.")
    found.required("last_name", values["last_name"], "Type the last name.")
    found.fits("npi", values["npi"], NPI)
    found.fits("taxonomy", values["taxonomy"], TAXONOMY)
    if values["bills_as_entity"]:
        found.required("entity_name", values["entity_name"], "Type the legal name that bills.")
        found.fits("entity_npi", values["entity_npi"], NPI)
        found.fits("entity_tax_id", values["entity_tax_id"], EIN if values["entity_tax_id_kind"] == "EIN" else SSN)
    return found


async def keep_provider(draft: ProviderDraft, *, by: SignedIn, now: datetime) -> int:
    """Add or change a provider; claims already made keep the numbers they were made with."""
    async with one_transaction() as changes:
        await access.require(by)
        values = provider_values(draft)
        found = provider_findings(values)
        if draft.supervisor_id is not None and await supervises_in_a_circle(draft.id, draft.supervisor_id):
            found.note("supervisor_id", "Choose someone who is not supervised by this provider.")
        if values["npi"] and await npi_taken(values["npi"], except_for=draft.id):
            found.note("npi", "Another provider has this NPI. Each person has one of their own.")
        found.refuse()
        return await masters.keep(PROVIDER, draft, values, changes, by=by, now=now)


async def supervises_in_a_circle(provider_id: int | None, supervisor_id: int) -> bool:
    """Whether following the supervisors upward comes back to the provider."""
    above = {one.id: one.supervisor_id for one in await Provider.all()}  # type: ignore[attr-defined]
    seen: set[int] = set()
    step: int | None = supervisor_id
    while step is not None and step not in seen:
        if step == provider_id:
            return True
        seen.add(step)
        step = above.get(step)
    return False


async def npi_taken(npi: str, *, except_for: int | None) -> bool:
    """Whether another provider in use has the same NPI."""
    return await Provider.filter(npi=npi, archived_at=None).exclude(id=except_for or 0).exists()


async def archive_provider(provider_id: int, *, by: SignedIn, now: datetime) -> None:
    """Take a provider who left out of every list; their appointments and sessions stay."""
    await masters.archive(PROVIDER, provider_id, by=by, now=now)


async def restore_provider(provider_id: int, *, by: SignedIn, now: datetime) -> None:
    """Offer a provider again."""
    await masters.restore(PROVIDER, provider_id, by=by, now=now)


async def delete_provider(provider_id: int, *, by: SignedIn, now: datetime) -> None:
    """Remove a provider that nothing points to. Raises InUse."""
    await masters.delete(PROVIDER, provider_id, by=by, now=now)


async def draft_of_location(location_id: int, *, seen_by: SignedIn) -> LocationDraft:
    """A location as it stands, to be edited. Raises NotFound."""
    await access.require(seen_by)
    row = await Location.get_or_none(id=location_id)
    if row is None:
        raise NotFound(what=LOCATION.what)
    return LocationDraft(**{one.name: getattr(row, one.name) for one in fields(LocationDraft)})


async def keep_location(draft: LocationDraft, *, by: SignedIn, now: datetime) -> int:
    """Add or change a location; its code is where visits in person took place."""
    async with one_transaction() as changes:
        await access.require(by)
        values = as_kept(draft) | {"state": draft.state.strip().upper(), "zip": tidy_zip(draft.zip)}
        found = Findings()
        found.required("name", values["name"], "Type a name, like Office.")
        if draft.place_of_service not in PLACES_OF_SERVICE:
            found.note("place_of_service", "Choose a place of service from the list.")
        found.fits("npi", values["npi"], NPI)
        check_address(found, values["state"], values["zip"])
        if await Location.filter(name__iexact=values["name"], archived_at=None).exclude(id=draft.id or 0).exists():
            found.note("name", "There is a Location of this name already.")
        found.refuse()
        return await masters.keep(LOCATION, draft, values, changes, by=by, now=now)


async def archive_location(location_id: int, *, by: SignedIn, now: datetime) -> None:
    """Take a location out of every list; appointments and sessions keep it."""
    await masters.archive(LOCATION, location_id, by=by, now=now)


async def restore_location(location_id: int, *, by: SignedIn, now: datetime) -> None:
    """Offer a location again."""
    await masters.restore(LOCATION, location_id, by=by, now=now)


async def delete_location(location_id: int, *, by: SignedIn, now: datetime) -> None:
    """Remove a location that nothing points to. Raises InUse."""
    await masters.delete(LOCATION, location_id, by=by, now=now)
