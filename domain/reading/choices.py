"""What can be chosen in forms: active providers, locations, service codes and billing codes, and clients by name."""

from __future__ import annotations

from dataclasses import dataclass

from domain import access
from domain.access import SignedIn
from storage.models import BillingCode, Client, Location, Provider, ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCodeChoice:
    """A service code that can be set."""

    id: int
    code: str
    name: str
    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingCodeChoice:
    """A billing code that can be charged; the fee in cents a unit."""

    id: int
    code: str
    description: str
    fee_cents: int
    units: int
    modifiers: str
    client_only: bool
    unit_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """All of them, by id, in the order people look for them."""

    providers: dict[int, str]
    locations: dict[int, str]
    place_of_location: dict[int, str]
    service_codes: list[ServiceCodeChoice]
    billing_codes: list[BillingCodeChoice]


async def choices(*, seen_by: SignedIn) -> Choices:
    """Read them; four queries."""
    await access.require(seen_by)
    providers = await Provider.filter(archived_at=None).order_by("last_name", "first_name")
    locations = await Location.filter(archived_at=None).order_by("name")
    codes = await ServiceCode.filter(archived_at=None).order_by("code")
    billing = await BillingCode.filter(archived_at=None).order_by("code")
    return Choices(
        providers={provider.id: provider.name for provider in providers},
        locations={location.id: location.name for location in locations},
        place_of_location={location.id: location.place_of_service for location in locations},
        service_codes=[ServiceCodeChoice(id=c.id, code=c.code, name=c.name, color=c.color) for c in codes],
        billing_codes=[
            BillingCodeChoice(id=b.id, code=b.code, description=b.description, fee_cents=b.fee_cents,
                              units=b.default_units, modifiers=b.modifiers, client_only=b.client_only, unit_minutes=b.unit_minutes)
            for b in billing
        ],
    )


async def clients_named(text: str, *, seen_by: SignedIn, limit: int = 50) -> dict[int, str]:
    """Active clients whose name holds the text, by name."""
    await access.require(seen_by)
    rows = Client.filter(archived_at=None, merged_into=None, name__icontains=text.strip()).order_by("name").limit(limit)
    return dict(await rows.values_list("id", "name"))


async def client_name(client_id: int, *, seen_by: SignedIn) -> str:
    """What a client goes by; empty when unknown."""
    await access.require(seen_by)
    client = await Client.get_or_none(id=client_id)
    return client.name if client else ""
