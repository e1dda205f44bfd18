"""The appointments of a stretch of time, as the calendar shows them: a fixed number of reads, however many they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.access import SignedIn, require
from domain.scheduling.checking import LONGEST
from domain.scheduling.drafts import OFF
from domain.scheduling.wall_clock import day_bounds
from storage import queries
from storage.models import Appointment, AppointmentType, Attendance, ClientSession, Location, Provider, ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLine:
    """Everything that a block or a row of the calendar shows of an appointment."""

    id: int
    version: int
    kind: str
    name: str
    provider_id: int
    provider_name: str
    location_name: str
    type_name: str
    starts_at: datetime
    ends_at: datetime
    service_code_id: int | None
    code: str
    code_name: str
    color: str
    status: str  # one of the six; empty when the members of a group differ
    attended: int
    members: int
    held_as: str
    sessions: tuple[int, ...]  # live ones: the lock
    client_ids: frozenset[int]
    changed_elsewhere: bool

    @property
    def locked(self) -> bool:
        """Sent to billing; of a group from the first one sent."""
        return bool(self.sessions)

    @property
    def off(self) -> bool:
        """Canceled, so that the time is free again."""
        return self.status in OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The first appointments of each day, and how many each day has in all."""

    lines: list[AppointmentLine]
    totals: dict[date, int]


@dataclass(frozen=True, slots=True)
class _Place:
    """One client's place in an appointment."""

    attendance_id: int
    client_id: int
    client_name: str
    participant: bool
    status: str
    service_code_id: int | None


_OWN = (
    "id", "version", "kind", "title", "provider_id", "location_id", "type_id", "starts_at", "ends_at",
    "service_code_id", "status", "held_as", "changed_elsewhere",
)  # fmt: skip


async def appointments_between(
    start: datetime,
    end: datetime,
    *,
    provider_id: int | None = None,
    service_code_ids: Collection[int] = (),
    seen_by: SignedIn,
) -> list[AppointmentLine]:
    """All appointments that touch a stretch of time, in order; of some Service Codes only when there are any."""
    await require(seen_by)
    within: dict[str, Any] = {"starts_at__gt": start - LONGEST, "starts_at__lt": end, "ends_at__gt": start}
    if provider_id is not None:
        within["provider_id"] = provider_id
    lines = await _lines(within)
    return [line for line in lines if not service_code_ids or line.service_code_id in service_code_ids]


async def appointments(ids: Iterable[int], *, seen_by: SignedIn) -> list[AppointmentLine]:
    """These appointments as they stand now; those that are gone are left out."""
    await require(seen_by)
    return await _lines({"id__in": list(ids)})


async def touched(
    appointment_ids: Collection[int], session_ids: Collection[int], *, seen_by: SignedIn
) -> dict[int, AppointmentLine | None]:
    """What a change of these appointments and sessions means for a calendar: each line as it stands, None when gone."""
    await require(seen_by)
    ids = set(appointment_ids)
    if session_ids:
        from_calendar = ClientSession.filter(id__in=list(session_ids)).exclude(attendance_id=None)
        ids |= {id_ for (id_,) in await from_calendar.values_list("attendance__appointment_id")}
    found: dict[int, AppointmentLine | None] = dict.fromkeys(ids)
    return found | {line.id: line for line in await _lines({"id__in": list(ids)})}


async def month(
    days: Collection[date],
    zone: ZoneInfo,
    *,
    each_day: int,
    provider_id: int | None = None,
    service_code_ids: Collection[int] = (),
    seen_by: SignedIn,
) -> Month:
    """The first `each_day` appointments of each day: what a month can show stays small, whatever it holds."""
    await require(seen_by)
    bounds = {day: day_bounds(day, day, zone) for day in days}
    first = await queries.first_of_each_day(
        bounds, each_day, provider_id=provider_id, service_code_ids=service_code_ids
    )
    lines = await _lines({"id__in": [id_ for ids, _ in first.values() for id_ in ids]})
    return Month(lines=lines, totals={day: total for day, (_, total) in first.items()})


async def next_day_with_any(
    after: datetime, zone: ZoneInfo, *, provider_id: int | None = None, seen_by: SignedIn
) -> date | None:
    """The day of the next appointment after an instant: where to look when the calendar shows none."""
    await require(seen_by)
    of: dict[str, Any] = {} if provider_id is None else {"provider_id": provider_id}
    found = await Appointment.filter(starts_at__gte=after, **of).order_by("starts_at").first()
    return found.starts_at.astimezone(zone).date() if found else None


async def _lines(within: Mapping[str, Any]) -> list[AppointmentLine]:
    rows = await Appointment.filter(**within).order_by("starts_at", "id").values(*_OWN)
    if not rows:
        return []
    places = await _places([row["id"] for row in rows])
    sessions = await _sessions([place.attendance_id for there in places.values() for place in there])
    names = await _Names.read()
    return [_line(row, places.get(row["id"], []), sessions, names) for row in rows]


# The ids are given to the next reads, not joined through: each then runs over its own index, however many there are.
async def _places(appointment_ids: list[int]) -> dict[int, list[_Place]]:
    found: dict[int, list[_Place]] = {}
    rows = Attendance.filter(appointment_id__in=appointment_ids).order_by("id")
    columns = ("id", "appointment_id", "client_id", "client__name", "participant", "status", "service_code_id")
    for id_, appointment_id, client_id, name, participant, status, code in await rows.values_list(*columns):
        place = _Place(id_, client_id, name, bool(participant), status, code)
        found.setdefault(appointment_id, []).append(place)
    return found


async def _sessions(attendance_ids: list[int]) -> dict[int, int]:
    live = ClientSession.filter(undone_at=None, attendance_id__in=attendance_ids)
    return dict(await live.values_list("attendance_id", "id"))


@dataclass(frozen=True, slots=True)
class _Names:
    """The masters by id: few enough to read whole."""

    providers: dict[int, str]
    locations: dict[int, str]
    types: dict[int, str]
    codes: dict[int, tuple[str, str, str]]

    @classmethod
    async def read(cls) -> _Names:
        """Archived ones too, since old appointments name them."""
        codes = await ServiceCode.all().values_list("id", "code", "name", "color")
        providers = await Provider.all().values_list("id", "first_name", "last_name")
        return cls(
            {id_: f"{first} {last}".strip() for id_, first, last in providers},
            dict(await Location.all().values_list("id", "name")),
            dict(await AppointmentType.all().values_list("id", "name")),
            {id_: (code, name, color) for id_, code, name, color in codes},
        )


def _line(row: dict[str, Any], places: list[_Place], sessions: dict[int, int], names: _Names) -> AppointmentLine:
    billed = [place for place in places if not place.participant]
    own_code = row["kind"] in {"none", "group"} or not billed
    code_id = row["service_code_id"] if own_code else billed[0].service_code_id
    code, code_name, color = names.codes.get(code_id or 0, ("", "", ""))
    going = [place for place in billed if place.status not in OFF]
    return AppointmentLine(
        id=row["id"],
        version=row["version"],
        kind=row["kind"],
        name=shown_name(row["kind"], row["title"] or code_name, [place.client_name for place in places], len(going)),
        provider_id=row["provider_id"],
        provider_name=names.providers.get(row["provider_id"], ""),
        location_name=names.locations.get(row["location_id"], ""),
        type_name=names.types.get(row["type_id"], ""),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        service_code_id=code_id,
        code=code,
        code_name=code_name,
        color=color,
        status=shared_status([place.status for place in billed] or [row["status"]]),
        attended=sum(place.status in {"arrived", "completed"} for place in billed),
        members=len(going),
        held_as=row["held_as"],
        sessions=tuple(sessions[place.attendance_id] for place in places if place.attendance_id in sessions),
        client_ids=frozenset(place.client_id for place in places),
        changed_elsewhere=bool(row["changed_elsewhere"]),
    )


def shown_name(kind: str, title: str, clients: list[str], going: int) -> str:
    """What an appointment is called on the calendar: the client, "Ash & Elder Pennywhirl", "Teens group (6)", Lunch."""
    if kind == "one":
        return clients[0] if clients else title
    if kind == "group":
        return f"{title or 'Group'} ({going})"
    return title or (together(clients) if clients else "Blocked")


def together(names: list[str]) -> str:
    """A couple or family in one name: the last name once when they share it."""
    parts = [name.rpartition(" ") for name in names]
    if len(names) > 1 and len({last for _, _, last in parts}) == 1 and all(first for first, _, _ in parts):
        firsts = [first for first, _, _ in parts]
        return f"{', '.join(firsts[:-1])} & {firsts[-1]} {parts[0][2]}"
    return " & ".join(names) if len(names) < 3 else f"{names[0]} and family"


def shared_status(statuses: list[str]) -> str:
    """The status that those who were to come have in common; empty when they differ."""
    going = {status for status in statuses if status not in OFF}
    if not going:
        return statuses[0] if len(set(statuses)) == 1 else "canceled"
    return going.pop() if len(going) == 1 else ""


def month_grid(day: date, *, week_starts: int = 1) -> list[date]:
    """The whole weeks that a month's page shows, from ISO weekday `week_starts` (Monday 1)."""
    first = day.replace(day=1)
    first -= timedelta(days=(first.isoweekday() - week_starts) % 7)
    after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    weeks = -((first - after).days // 7)
    return [first + timedelta(days=number) for number in range(7 * weeks)]
