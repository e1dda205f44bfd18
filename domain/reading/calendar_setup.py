"""What the calendar is drawn with: providers, Service Codes, types, places, and the practice's working hours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from domain.access import SignedIn, require
from domain.reading.calendar import AppointmentLine, appointments
from domain.reading.choices import ServiceCodeChoice
from storage.models import Appointment, AppointmentType, Attendance, Client, Location, Practice, Provider, ServiceCode

MOST_FOUND = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSetup:
    """The masters in use, by id, and when the practice works. `working_days` are ISO weekdays, Monday 1."""

    providers: dict[int, str]
    service_codes: dict[int, ServiceCodeChoice]
    types: dict[int, str]
    locations: dict[int, str]
    usual_type: int | None  # what a new appointment starts with
    minutes_of_code: dict[int, int]
    minutes_of_type: dict[int, int]
    working_days: frozenset[int]
    opens_minute: int
    closes_minute: int

    @property
    def week_starts(self) -> int:
        """ISO weekday: a practice that works on Sundays has its week from Sunday, the others from Monday."""
        return 7 if 7 in self.working_days else 1


async def calendar_setup(*, seen_by: SignedIn) -> CalendarSetup:
    """Five reads."""
    await require(seen_by)
    practice = await Practice.get(id=1)
    providers = await Provider.filter(archived_at=None).order_by("last_name", "first_name")
    codes = await ServiceCode.filter(archived_at=None).order_by("id")
    types = await AppointmentType.filter(archived_at=None).order_by("name")
    return CalendarSetup(
        providers={one.id: one.name for one in providers},
        service_codes={
            one.id: ServiceCodeChoice(id=one.id, code=one.code, name=one.name, color=one.color) for one in codes
        },
        types={one.id: one.name for one in types},
        locations=dict(await Location.filter(archived_at=None).order_by("name").values_list("id", "name")),
        usual_type=min(types, key=lambda one: (not one.billable, one.id)).id if types else None,
        minutes_of_code={one.id: one.default_minutes for one in codes},
        minutes_of_type={one.id: one.default_minutes for one in types},
        working_days=frozenset(int(day) for day in practice.working_days),
        opens_minute=practice.day_starts_minute,
        closes_minute=practice.day_ends_minute,
    )


async def appointments_named(text: str, *, near: datetime, seen_by: SignedIn) -> list[AppointmentLine]:
    """Appointments whose client or title holds the text: those to come first, then the latest before."""
    await require(seen_by)
    words = text.strip()
    if not words:
        return []
    to_come = await _ids(words, "starts_at", starts_at__gte=near)
    before = await _ids(words, "-starts_at", starts_at__lt=near) if len(to_come) < MOST_FOUND else []
    order = {id_: place for place, id_ in enumerate([*to_come, *before][:MOST_FOUND])}
    lines = await appointments(order, seen_by=seen_by)
    return sorted(lines, key=lambda line: order[line.id])


async def _ids(words: str, order: str, **within: Any) -> list[int]:
    of_clients = Attendance.filter(client__name__icontains=words, **{f"appointment__{k}": v for k, v in within.items()})
    sign, name = ("-", order[1:]) if order.startswith("-") else ("", order)
    attended = await of_clients.order_by(f"{sign}appointment__{name}").limit(MOST_FOUND).values_list("appointment_id")
    titled = Appointment.filter(Q(title__icontains=words), **within).order_by(order).limit(MOST_FOUND)
    ids = {id_ for (id_,) in attended} | {id_ for (id_,) in await titled.values_list("id")}
    found = await Appointment.filter(id__in=list(ids)).order_by(order).limit(MOST_FOUND).values_list("id")
    return [id_ for (id_,) in found]


async def client_names(ids: Collection[int], *, seen_by: SignedIn) -> dict[int, str]:
    """What clients go by."""
    await require(seen_by)
    return dict(await Client.filter(id__in=list(ids)).values_list("id", "name"))
