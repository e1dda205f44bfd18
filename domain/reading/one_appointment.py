"""One appointment in full: who comes, and for each of them what was sent to billing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.access import SignedIn, require
from domain.errors import NotFound
from domain.reading.calendar import AppointmentLine, appointments
from domain.reading.who_pays import who_pays
from storage.models import Appointment, Attendance, ChargeLine, ClientSession, Payer


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledLine:
    """One charge of a session, as it was made."""

    code: str
    description: str
    units: int
    modifiers: str
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """What a client's part of the appointment was billed as."""

    session_id: int
    status: str
    sent_at: datetime
    sent_by: str
    lines: tuple[BilledLine, ...]
    codes_from: str
    service_code: str
    color: str
    billed_to: str  # a payer's name; empty: the client
    unclear: bool  # two primary policies on that day

    @property
    def total_cents(self) -> int:
        """What it comes to."""
        return sum(line.amount_cents for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A client at the appointment."""

    attendance_id: int
    client_id: int
    name: str
    participant: bool
    status: str
    service_code_id: int | None
    billed: Billed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The whole of an appointment: its line on the calendar, and what only its own panel shows."""

    line: AppointmentLine
    title: str
    note: str
    client_at_home: bool
    changed_elsewhere: str
    members: tuple[Member, ...]
    billed_before: bool  # also by a session removed since: it stays on record and can't be deleted

    @property
    def billed(self) -> tuple[Member, ...]:
        """Those who were sent to billing."""
        return tuple(member for member in self.members if member.billed)


async def one_appointment(appointment_id: int, *, seen_by: SignedIn) -> Details:
    """Everything about one appointment. Raises NotFound."""
    await require(seen_by)
    row = await Appointment.get_or_none(id=appointment_id)
    lines = await appointments([appointment_id], seen_by=seen_by)
    if row is None or not lines:
        raise NotFound(what="This appointment")
    sessions = await ClientSession.filter(attendance__appointment_id=appointment_id).select_related(
        "made_by", "service_code", "client"
    )
    billed = await _billed([session for session in sessions if session.undone_at is None])
    attendances = await Attendance.filter(appointment_id=appointment_id).order_by("id").select_related("client")
    return Details(
        line=lines[0],
        title=row.title,
        note=row.note,
        client_at_home=row.client_at_home,
        changed_elsewhere=row.changed_elsewhere,
        members=tuple(_member(one, billed.get(one.id)) for one in attendances),
        billed_before=bool(sessions),
    )


def _member(attendance: Attendance, billed: Billed | None) -> Member:
    return Member(
        attendance_id=attendance.id,
        client_id=attendance.client_id,
        name=attendance.client.name,
        participant=attendance.participant,
        status=attendance.status,
        service_code_id=attendance.service_code_id,
        billed=billed,
    )


async def _billed(sessions: Iterable[ClientSession]) -> dict[int, Billed]:
    live = {session.id: session for session in sessions}
    charged: dict[int, list[ChargeLine]] = {id_: [] for id_ in live}
    for line in await ChargeLine.filter(session_id__in=list(live)).order_by("position"):
        charged[line.session_id].append(line)  # type: ignore[attr-defined]
    payers = await _payers(live, charged)
    return {
        session.attendance_id: _as_billed(session, charged[session.id], payers[session.id])  # type: ignore[attr-defined]
        for session in live.values()
    }


async def _payers(
    live: dict[int, ClientSession], charged: dict[int, list[ChargeLine]]
) -> dict[int, tuple[str, bool]]:
    """By session: the payer's name, empty for the client; and whether two policies leave it unclear."""
    paying = await who_pays({session.client.id for session in live.values()})
    names = dict(await Payer.all().values_list("id", "name"))
    found: dict[int, tuple[str, bool]] = {}
    for session in live.values():
        billing = paying.of(
            session.client.id,
            day=session.day,
            session_id=session.id,
            issued=session.status == "invoiced",
            provider_id=session.provider_id,  # type: ignore[attr-defined]
            bill_to=session.bill_to,
            insurable=any(not line.client_only for line in charged[session.id]),
            pays_without_insurance=session.client.pays_without_insurance,
        )
        payer = names.get(billing.payer_id, "") if billing.payer_id else ""
        found[session.id] = (payer, billing.kind == "unclear")
    return found


def _as_billed(session: ClientSession, charged: list[ChargeLine], payer: tuple[str, bool]) -> Billed:
    return Billed(
        session_id=session.id,
        status=session.status,
        sent_at=session.made_at,
        sent_by=session.made_by.name if session.made_by else "",
        lines=tuple(_as_line(line) for line in charged),
        codes_from=session.codes_from,
        service_code=session.service_code.code if session.service_code else "",
        color=session.service_code.color if session.service_code else "",
        billed_to=payer[0],
        unclear=payer[1],
    )


def _as_line(line: ChargeLine) -> BilledLine:
    return BilledLine(
        code=line.code,
        description=line.description,
        units=line.units,
        modifiers=line.modifiers,
        amount_cents=line.fee_cents * line.units,
    )
