"""The masters as lists show them: codes, types, providers, locations, payers and staff, and what uses each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import access
from domain.access import SignedIn
from domain.codes import APPOINTMENT_TYPE, BILLING_CODE
from domain.masters import Master, counted_uses
from domain.payers import PAYER
from domain.places import PLACES_OF_SERVICE
from domain.providers import LOCATION, PROVIDER
from domain.reading.sessions import codes_text
from domain.service_codes import SERVICE_CODE
from storage.models import (
    AppointmentType,
    BillingCode,
    Location,
    Payer,
    Policy,
    Provider,
    ServiceCode,
    ServiceCodeLine,
    SignIn,
    Staff,
)

BilledLine = tuple[str, str, int]
MASTERS: dict[str, Master] = {
    one.subject: one for one in (APPOINTMENT_TYPE, BILLING_CODE, LOCATION, PAYER, PROVIDER, SERVICE_CODE)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingCodeRow:
    """A Billing Code in a list; `billed_by` are the Service Codes in use that have it."""

    id: int
    code: str
    description: str
    fee_cents: int
    default_units: int
    modifiers: str
    place_of_service: str
    client_only: bool
    once: bool
    archived: bool
    billed_by: tuple[str, ...]

    @property
    def amount_cents(self) -> int:
        """What it bills with its usual units."""
        return self.fee_cents * self.default_units


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCodeRow:
    """A Service Code in a list; `codes` reads as people write it: 90832 + 90785."""

    id: int
    code: str
    name: str
    color: str
    billable: bool
    default_minutes: int
    archived: bool
    codes: str
    fee_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentTypeRow:
    """An Appointment Type in a list."""

    id: int
    name: str
    billable: bool
    default_minutes: int
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow:
    """A provider in a list."""

    id: int
    name: str
    first_name: str
    last_name: str
    credentials: str
    license: str
    npi: str
    taxonomy: str
    bills_as_entity: bool
    entity_name: str
    supervisor_name: str
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRow:
    """A location in a list; `address` on one line."""

    id: int
    name: str
    place_of_service: str
    place_words: str
    address: str
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerRow:
    """A payer in a list; `policies` counts the clients' policies with it."""

    id: int
    name: str
    kind: str
    payer_id: str
    phone: str
    telehealth_modifier: str
    address: str
    policies: int
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """A staff account in a list."""

    id: int
    name: str
    email: str
    is_owner: bool
    last_signed_in_at: datetime | None


def address_line(row: Any) -> str:
    """An address on one line, without what is missing."""
    place = " ".join(part for part in (row.state, row.zip) if part)
    return ", ".join(part for part in (row.street, row.street2, row.city, place) if part)


async def uses_of(subject: str, record_id: int, *, seen_by: SignedIn) -> dict[str, int]:
    """What points to a master, counted by the word for it: {"appointment": 38}; empty when it may be deleted."""
    await access.require(seen_by)
    return await counted_uses(MASTERS[subject], record_id)


async def billing_codes(*, seen_by: SignedIn) -> list[BillingCodeRow]:
    """All Billing Codes by code, retired ones too."""
    await access.require(seen_by)
    billed_by: dict[int, list[str]] = {}
    using = ServiceCodeLine.filter(service_code__archived_at=None).order_by("service_code__code")
    for billing_code, code in await using.values_list("billing_code_id", "service_code__code"):
        billed_by.setdefault(billing_code, []).append(code)
    same = ("id", "code", "description", "fee_cents", "default_units", "modifiers", "place_of_service", "client_only",
            "once")  # fmt: skip
    return [
        BillingCodeRow(
            **{name: getattr(row, name) for name in same}, archived=row.archived_at is not None,
            billed_by=tuple(billed_by.get(row.id, ())),
        )
        for row in await BillingCode.all().order_by("code", "modifiers")
    ]


async def service_codes(*, seen_by: SignedIn) -> list[ServiceCodeRow]:
    """All Service Codes by code with what they bill, retired ones too."""
    await access.require(seen_by)
    lines, rows = await billed_by(), await ServiceCode.all().order_by("code")
    return [_service_code(row, lines.get(row.id, ())) for row in rows]


async def billed_by(service_codes: Collection[int] | None = None) -> dict[int, list[BilledLine]]:
    """What Service Codes bill, in order: code, modifiers, cents with the usual units; all of them when none are named."""
    lines: dict[int, list[BilledLine]] = {}
    of = ServiceCodeLine.all() if service_codes is None else ServiceCodeLine.filter(service_code_id__in=list(service_codes))
    wanted = ("service_code_id", "billing_code__code", "billing_code__modifiers", "billing_code__fee_cents",
              "billing_code__default_units")  # fmt: skip
    for owner, code, modifiers, fee, units in await of.order_by("position").values_list(*wanted):
        lines.setdefault(owner, []).append((code, modifiers, fee * units))
    return lines


def _service_code(row: ServiceCode, lines: Sequence[BilledLine]) -> ServiceCodeRow:
    return ServiceCodeRow(
        id=row.id, code=row.code, name=row.name, color=row.color, billable=row.billable,
        default_minutes=row.default_minutes, archived=row.archived_at is not None,
        codes=codes_text([(code, modifiers) for code, modifiers, _ in lines]),
        fee_cents=sum(cents for _, _, cents in lines),
    )  # fmt: skip


async def appointment_types(*, seen_by: SignedIn) -> list[AppointmentTypeRow]:
    """All Appointment Types by name, retired ones too."""
    await access.require(seen_by)
    return [
        AppointmentTypeRow(id=row.id, name=row.name, billable=row.billable, default_minutes=row.default_minutes,
                           archived=row.archived_at is not None)
        for row in await AppointmentType.all().order_by("name")
    ]  # fmt: skip


async def providers(*, seen_by: SignedIn) -> list[ProviderRow]:
    """All providers by last name, those who left too."""
    await access.require(seen_by)
    rows = await Provider.all().order_by("last_name", "first_name")
    names = {row.id: row.name for row in rows}
    same = ("id", "name", "first_name", "last_name", "credentials", "license", "npi", "taxonomy", "bills_as_entity",
            "entity_name")  # fmt: skip
    return [
        ProviderRow(
            **{name: getattr(row, name) for name in same}, archived=row.archived_at is not None,
            supervisor_name=names.get(row.supervisor_id, ""),  # type: ignore[attr-defined]
        )
        for row in rows
    ]


async def locations(*, seen_by: SignedIn) -> list[LocationRow]:
    """All locations by name, closed ones too."""
    await access.require(seen_by)
    return [
        LocationRow(
            id=row.id, name=row.name, place_of_service=row.place_of_service, address=address_line(row),
            place_words=PLACES_OF_SERVICE.get(row.place_of_service, ""), archived=row.archived_at is not None,
        )
        for row in await Location.all().order_by("name")
    ]


async def payers(*, seen_by: SignedIn) -> list[PayerRow]:
    """All payers by name with how many policies each has, archived ones too."""
    await access.require(seen_by)
    counted: dict[int, int] = {}
    for (payer,) in await Policy.all().values_list("payer_id"):
        counted[payer] = counted.get(payer, 0) + 1
    same = ("id", "name", "kind", "payer_id", "phone", "telehealth_modifier")
    return [
        PayerRow(
            **{name: getattr(row, name) for name in same}, address=address_line(row),
            policies=counted.get(row.id, 0), archived=row.archived_at is not None,
        )
        for row in await Payer.all().order_by("name")
    ]


async def staff(*, seen_by: SignedIn) -> list[StaffRow]:
    """The accounts that may sign in, by name, and when each did last."""
    await access.require(seen_by)
    last = dict(await SignIn.all().order_by("created_at").values_list("staff_id", "created_at"))
    rows = await Staff.filter(removed_at=None).order_by("name")
    return [
        StaffRow(id=row.id, name=row.name, email=row.email, is_owner=row.is_owner, last_signed_in_at=last.get(row.id))
        for row in rows
    ]
