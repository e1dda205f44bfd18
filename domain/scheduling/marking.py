"""Who came and under which Service Code: the small marks made all day, in one tap each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from tortoise.expressions import F

from domain.access import SignedIn, audit, require
from domain.errors import FieldRefused, NotFound
from domain.scheduling.drafts import OFF, STATUSES
from domain.scheduling.records import Kept, kept_ones
from storage.changes import Changes
from storage.models import Appointment, Attendance, ServiceCode
from storage.transactions import one_transaction


async def set_status(
    status: str, *, attendances: Sequence[int] = (), appointment: int | None = None, by: SignedIn, now: datetime
) -> None:
    """Mark attendances, or an appointment without clients. Raises LockedByBilling, NotFound."""
    if status not in STATUSES:
        raise FieldRefused(at="status", sentence="Choose one of the six statuses.")
    async with one_transaction() as changes:
        await require(by)
        marked = await _mark({"status": status}, attendances, appointment, changes)
        await audit(by, f"marked an appointment {status}", "appointment", marked, at=now)


async def set_service_code(
    service_code_id: int | None,
    *,
    attendances: Sequence[int] = (),
    appointment: int | None = None,
    by: SignedIn,
    now: datetime,
) -> None:
    """Give attendances, or an appointment without clients, a Service Code or none. Raises LockedByBilling, NotFound."""
    async with one_transaction() as changes:
        await require(by)
        if service_code_id is not None and not await ServiceCode.filter(id=service_code_id, archived_at=None).exists():
            raise FieldRefused(at="service_code_id", sentence="This Service Code is archived. Choose another.")
        marked = await _mark({"service_code_id": service_code_id}, attendances, appointment, changes)
        await audit(by, "gave an appointment its Service Code", "appointment", marked, at=now)


async def cancel(appointment_id: int, *, late: bool = False, by: SignedIn, now: datetime) -> None:
    """Cancel for everyone who was to come. Raises LockedByBilling, NotFound."""
    status = "late_canceled" if late else "canceled"
    async with one_transaction() as changes:
        await require(by)
        kept = await _found([appointment_id])
        going = [one.id for one in kept[appointment_id].attendances.values() if one.status not in OFF]
        of = None if kept[appointment_id].attendances else appointment_id
        marked = await _mark({"status": status}, going, of, changes)
        await audit(by, f"marked an appointment {status}", "appointment", marked, at=now)


async def _mark(
    values: dict[str, Any], attendance_ids: Sequence[int], appointment_id: int | None, changes: Changes
) -> list[int]:
    """Write the same values to attendances or to an appointment without clients; return the appointments."""
    rows = await Attendance.filter(id__in=attendance_ids)
    if len(rows) != len(set(attendance_ids)):
        raise NotFound(what="This client's place in the appointment")
    marked = sorted({row.appointment_id for row in rows} | ({appointment_id} if appointment_id else set()))
    kept = await _found(marked)
    for row in rows:
        kept[row.appointment_id].refuse_if_locked([row.client_id])
    await Attendance.filter(id__in=attendance_ids).update(**values)
    own = {id_ for id_, one in kept.items() if id_ == appointment_id and not one.attendances}
    await Appointment.filter(id__in=own).update(**values)
    await Appointment.filter(id__in=marked).update(version=F("version") + 1)
    changes.add("appointment", marked)
    return marked


async def _found(appointment_ids: Iterable[int]) -> dict[int, Kept]:
    wanted = set(appointment_ids)
    found = await kept_ones(wanted)
    if wanted - found.keys():
        raise NotFound(what="This appointment")
    return found
