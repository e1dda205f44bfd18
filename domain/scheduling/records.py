"""An appointment as it is kept, with what was billed of it; and its rows as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.errors import LockedByBilling, NotFound
from domain.scheduling.drafts import AppointmentDraft, MemberDraft, as_draft
from domain.scheduling.refusals import BilledBefore
from storage.ids import new_ids
from storage.models import Appointment, Attendance, ClientSession


@dataclass(frozen=True, slots=True)
class Billed:
    """A session made of an attendance; removed ones stay on record."""

    session_id: int
    client_name: str
    live: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of one appointment. `attendances` and `billed` go by client."""

    appointment: Appointment
    attendances: dict[int, Attendance]
    billed: dict[int, list[Billed]]

    def draft(self) -> AppointmentDraft:
        """What the rows say."""
        return as_draft(self.appointment, list(self.attendances.values()))

    def refuse_if_locked(self, clients: Iterable[int] | None = None) -> None:
        """Raise LockedByBilling when one of these clients (or any) has a live session of this appointment."""
        for client_id in self.attendances if clients is None else clients:
            for session in self.billed.get(client_id, []):
                if session.live:
                    raise LockedByBilling(client=session.client_name, session=session.session_id)

    def refuse_if_billed_before(self, clients: Iterable[int] | None = None) -> None:
        """Raise when one of these clients was ever billed: the session, though removed, names this attendance."""
        for client_id in self.attendances if clients is None else clients:
            for session in self.billed.get(client_id, []):
                raise BilledBefore(client=session.client_name, session=session.session_id)


async def kept_ones(appointment_ids: Iterable[int]) -> dict[int, Kept]:
    """Appointments with their attendances and sessions, in three reads however many they are."""
    wanted = list(set(appointment_ids))
    found = {row.id: Kept(row, {}, {}) for row in await Appointment.filter(id__in=wanted)}
    for attendance in await Attendance.filter(appointment_id__in=wanted).order_by("id"):
        found[attendance.appointment_id].attendances[attendance.client_id] = attendance
    sessions = ClientSession.filter(attendance__appointment_id__in=wanted).order_by("-id")
    columns = ("id", "undone_at", "attendance__appointment_id", "attendance__client_id", "client__name")
    for id_, undone_at, appointment_id, client_id, name in await sessions.values_list(*columns):
        billed = Billed(id_, name, undone_at is None)
        found[appointment_id].billed.setdefault(client_id, []).append(billed)
    return found


async def kept_one(appointment_id: int | None) -> Kept:
    """One appointment with all that hangs on it. Raises NotFound."""
    if appointment_id is not None and (found := await kept_ones([appointment_id])):
        return found[appointment_id]
    raise NotFound(what="This appointment")


def values_of(draft: AppointmentDraft) -> dict[str, Any]:
    """The appointment row's columns. A code and status of its own only where no client carries them."""
    own_code = draft.service_code_id if draft.kind in {"none", "group"} else None
    return {
        "kind": draft.kind,
        "title": draft.title.strip(),
        "provider_id": draft.provider_id,
        "location_id": draft.location_id,
        "type_id": draft.type_id,
        "service_code_id": own_code,
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "status": draft.status if draft.kind == "none" else "scheduled",
        "held_as": draft.held_as,
        "client_at_home": draft.client_at_home,
        "note": draft.note.strip(),
    }


def attendance_of(appointment_id: int, member: MemberDraft) -> Attendance:
    """A new attendance row; a participant is never billed, so carries no code."""
    return Attendance(
        appointment_id=appointment_id, client_id=member.client_id, participant=member.participant,
        status=member.status, service_code_id=None if member.participant else member.service_code_id,
    )  # fmt: skip


async def keep_new(drafts: Sequence[AppointmentDraft], more: Sequence[dict[str, Any]] = ()) -> list[int]:
    """Write new appointments in two inserts, however many; `more` are columns a draft does not have."""
    ids = await new_ids(Appointment, len(drafts))
    extra = more or [{}] * len(drafts)
    rows = [
        Appointment(id=id_, **values_of(draft), **columns)
        for id_, draft, columns in zip(ids, drafts, extra, strict=True)
    ]
    await Appointment.bulk_create(rows)
    pairs = zip(ids, drafts, strict=True)
    await Attendance.bulk_create([attendance_of(id_, member) for id_, draft in pairs for member in draft.members])
    return ids
