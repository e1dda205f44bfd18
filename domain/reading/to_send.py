"""The appointments of a range, as Send to Billing sees them: what can be sent, what not, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain import access
from domain.access import SignedIn
from domain.breaths import with_breaths
from domain.rates.lookup import Fees
from domain.reading.rates import fees
from domain.reading.who_pays import WhoPays, who_pays
from storage import queries
from storage.models import (
    Appointment,
    Attendance,
    BillingCode,
    ChargeLine,
    ClientSession,
    Payer,
    Practice,
    ServiceCodeLine,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFacts:
    """A billing code as a session would take it."""

    id: int | None
    code: str
    description: str
    fee_cents: int
    units: int
    modifiers: str
    place_of_service: str
    client_only: bool
    archived: bool = False
    unit_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One attendance (or an appointment without clients), with what decides whether and how it is billed."""

    attendance_id: int | None
    appointment_id: int
    kind: str
    title: str
    client_id: int | None
    client_name: str
    pays_without_insurance: bool
    provider_id: int
    provider_name: str
    location_id: int | None
    location_code: str | None
    type_name: str
    type_billable: bool
    service_code_id: int | None
    service_code: str
    service_code_name: str
    service_code_color: str
    service_code_billable: bool
    status: str
    held_as: str
    client_at_home: bool
    starts_at: datetime
    ends_at: datetime
    session_id: int | None
    session_made_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All that the pure rules need beside the visits, read once for the whole range."""

    zone: ZoneInfo
    mark_required: bool
    missed_visit_code: CodeFacts | None
    by_service_code: Mapping[int, Sequence[CodeFacts]]
    last_saved: Mapping[tuple[int, int], tuple[date, Sequence[CodeFacts]]]
    paying: WhoPays
    payers: Mapping[int, tuple[str, str]]  # id: (name, telehealth modifier)
    chosen: Mapping[int, Sequence[CodeFacts]] = field(default_factory=dict)  # by attendance
    no_missed_fee: frozenset[int] = frozenset()  # payers that forbid it
    fees: Fees = field(default_factory=Fees)


WANTED = {
    "attendance_id": "id",
    "appointment_id": "appointment_id",
    "kind": "appointment__kind",
    "title": "appointment__title",
    "client_id": "client_id",
    "client_name": "client__name",
    "pays_without_insurance": "client__pays_without_insurance",
    "provider_id": "appointment__provider_id",
    "first_name": "appointment__provider__first_name",
    "last_name": "appointment__provider__last_name",
    "location_id": "appointment__location_id",
    "location_code": "appointment__location__place_of_service",
    "type_name": "appointment__type__name",
    "type_billable": "appointment__type__billable",
    "service_code_id": "service_code_id",
    "service_code": "service_code__code",
    "service_code_name": "service_code__name",
    "service_code_color": "service_code__color",
    "service_code_billable": "service_code__billable",
    "status": "status",
    "held_as": "appointment__held_as",
    "client_at_home": "appointment__client_at_home",
    "starts_at": "appointment__starts_at",
    "ends_at": "appointment__ends_at",
}
# Of an appointment without clients the same, one join nearer.
WANTED_ALONE = {
    name: path.removeprefix("appointment__")
    for name, path in WANTED.items()
    if name not in {"attendance_id", "appointment_id", "client_id", "client_name", "pays_without_insurance"}
} | {"appointment_id": "id"}


def _visit(row: dict[str, Any], billed: Mapping[int, tuple[int, datetime]]) -> Visit:
    session_id, made_at = billed.get(row.get("attendance_id") or 0, (None, None))
    name = f"{row.pop('first_name')} {row.pop('last_name')}".strip()
    given = {"attendance_id": None, "client_id": None, "client_name": row["title"], "pays_without_insurance": False}
    told = given | row
    told["type_name"] = told["type_name"] or ""
    told["type_billable"] = told["type_billable"] is not False and told["type_billable"] != 0
    for part in ("service_code", "service_code_name", "service_code_color"):
        told[part] = told[part] or ""
    told["service_code_billable"] = bool(told["service_code_billable"])
    return Visit(**told, provider_name=name, session_id=session_id, session_made_at=made_at)


async def visits_between(
    start: datetime, end: datetime, *, provider_id: int | None = None, seen_by: SignedIn
) -> list[Visit]:
    """All visits that start in [start, end), UTC, in order of time; four queries whatever the range holds."""
    await access.require(seen_by)
    of = {"appointment__starts_at__gte": start, "appointment__starts_at__lt": end}
    if provider_id:
        of["appointment__provider_id"] = provider_id  # type: ignore[assignment]
    listed = await Attendance.filter(participant=False, **of).order_by("appointment__starts_at", "id").values(**WANTED)
    billed = await _billed(attendance__appointment__starts_at__gte=start, attendance__appointment__starts_at__lt=end)
    alone = {name.removeprefix("appointment__"): value for name, value in of.items()}
    without = await Appointment.filter(kind="none", **alone).values(**WANTED_ALONE)
    found = [_visit(row, billed) async for row in with_breaths([*listed, *without])]
    return sorted(found, key=lambda visit: (visit.starts_at, visit.attendance_id or 0))


async def visits(attendance_ids: Collection[int]) -> list[Visit]:
    """These attendances as they stand now; for services, which ask for the right themselves."""
    ids = list(attendance_ids)
    listed = await Attendance.filter(id__in=ids, participant=False).values(**WANTED)
    billed = await _billed(attendance_id__in=ids)
    found = [_visit(row, billed) async for row in with_breaths(listed)]
    return sorted(found, key=lambda visit: (visit.starts_at, visit.attendance_id or 0))


async def _billed(**of: Any) -> dict[int, tuple[int, datetime]]:
    rows = await ClientSession.filter(undone_at=None, **of).values_list("attendance_id", "id", "made_at")
    return {attendance: (session, made_at) for attendance, session, made_at in rows}


async def books(listed: Sequence[Visit], *, chosen: Mapping[int, Sequence[int]] | None = None) -> Books:
    """What the rules need for these visits. `chosen` maps an attendance to billing code ids picked in the pop-up."""
    practice = await Practice.get(id=1)
    missed = await BillingCode.get_or_none(id=practice.missed_visit_code_id) if practice.missed_visit_code_id else None  # type: ignore[attr-defined]
    codes = await _service_codes({v.service_code_id for v in listed if v.service_code_id})
    bare = [v for v in listed if v.client_id and not v.session_id and not codes.get(v.service_code_id or 0)]
    return Books(
        zone=ZoneInfo(practice.time_zone),
        mark_required=practice.attendance_mark_required,
        missed_visit_code=replace(_facts(missed), client_only=True) if missed else None,
        by_service_code=codes,
        last_saved=await _last_saved({(v.client_id, v.provider_id) for v in bare if v.client_id}),
        paying=await who_pays({v.client_id for v in listed if v.client_id and not v.session_id}),
        payers={p[0]: (p[1], p[2]) for p in await Payer.all().values_list("id", "name", "telehealth_modifier")},
        chosen=await _chosen(chosen or {}),
        no_missed_fee=frozenset([key for key, in await Payer.filter(forbids_missed_fee=True).values_list("id")]),
        fees=await fees(),
    )


def _facts(code: BillingCode) -> CodeFacts:
    return CodeFacts(
        id=code.id, code=code.code, description=code.description, fee_cents=code.fee_cents,
        units=code.default_units, modifiers=code.modifiers, place_of_service=code.place_of_service,
        client_only=code.client_only, archived=code.archived_at is not None, unit_minutes=code.unit_minutes,
    )


async def _service_codes(ids: set[int]) -> dict[int, list[CodeFacts]]:
    lines = await ServiceCodeLine.filter(service_code_id__in=ids).order_by("position").select_related("billing_code")
    found: dict[int, list[CodeFacts]] = {}
    for line in lines:
        found.setdefault(line.service_code_id, []).append(_facts(line.billing_code))  # type: ignore[attr-defined]
    return found


async def _chosen(wanted: Mapping[int, Sequence[int]]) -> dict[int, list[CodeFacts]]:
    ids = {code for codes in wanted.values() for code in codes}
    known = {code.id: _facts(code) for code in await BillingCode.filter(id__in=ids)} if ids else {}
    return {attendance: [known[c] for c in codes if c in known] for attendance, codes in wanted.items()}


async def _last_saved(pairs: set[tuple[int, int]]) -> dict[tuple[int, int], tuple[date, list[CodeFacts]]]:
    """The codes saved last, with today's fee and default units of their masters."""
    if not pairs:
        return {}
    sessions = await queries.last_saved_sessions(pairs)
    lines = await ChargeLine.filter(session_id__in=set(sessions.values()), client_only=False).order_by(
        "position"
    ).select_related("billing_code", "session")
    by_session: dict[int, tuple[date, list[CodeFacts]]] = {}
    for line in lines:
        master = line.billing_code
        if master is not None and (master.once or master.archived_at):
            continue
        _, kept = by_session.setdefault(line.session_id, (line.session.day, []))  # type: ignore[attr-defined]
        kept.append(_copied(line, master))
    return {pair: by_session[session] for pair, session in sessions.items() if session in by_session}


def _copied(line: ChargeLine, master: BillingCode | None) -> CodeFacts:
    return CodeFacts(
        id=master.id if master else None,
        code=line.code,
        description=master.description if master else line.description,
        fee_cents=master.fee_cents if master else line.fee_cents,
        units=master.default_units if master else 1,
        modifiers=line.modifiers,
        place_of_service=master.place_of_service if master else "",
        client_only=False,
        unit_minutes=master.unit_minutes if master else None,
    )
