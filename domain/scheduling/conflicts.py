"""Who would be in two places at once. Told as a warning: a practice may have its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.access import SignedIn, require
from domain.scheduling.checking import LONGEST
from domain.scheduling.drafts import OFF, AppointmentDraft
from domain.scheduling.wall_clock import said_span
from storage.models import Appointment, Attendance, Practice, Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something else at the same time, with the sentence that says so."""

    appointment_id: int
    sentence: str


async def conflicts(draft: AppointmentDraft, *, seen_by: SignedIn) -> list[Conflict]:
    """What else the provider and the clients of a draft have at its time; nothing for a canceled one."""
    await require(seen_by)
    coming = {member.client_id for member in draft.members if member.status not in OFF}
    if draft.ends_at <= draft.starts_at or _is_off(draft):
        return []
    zone = ZoneInfo((await Practice.get(id=1)).time_zone)
    names: dict[int, str] = {one.id: one.name for one in await Provider.all()}
    found = [_of_provider(row, names, zone) for row in await _others(draft) if row["provider_id"] == draft.provider_id]
    return found + [_of_client(row, names, zone) for row in await _elsewhere(draft, coming)]


def _is_off(draft: AppointmentDraft) -> bool:
    statuses = {member.status for member in draft.members} or {draft.status}
    return statuses <= OFF


def _at_that_time(draft: AppointmentDraft, prefix: str = "") -> dict[str, datetime]:
    # The earliest start bounds the index range: nothing that lasts a day at most can reach further.
    return {
        f"{prefix}starts_at__gt": draft.starts_at - LONGEST,
        f"{prefix}starts_at__lt": draft.ends_at,
        f"{prefix}ends_at__gt": draft.starts_at,
    }


async def _others(draft: AppointmentDraft) -> list[dict[str, Any]]:
    rows = await (
        Appointment.filter(**_at_that_time(draft), provider_id=draft.provider_id)
        .exclude(id=draft.id or 0)
        .order_by("starts_at")
        .values("id", "kind", "title", "status", "provider_id", "starts_at", "ends_at")
    )
    who: dict[int, list[str]] = {row["id"]: [] for row in rows}
    going = Attendance.filter(appointment_id__in=list(who)).exclude(status__in=OFF).order_by("id")
    for appointment_id, name in await going.values_list("appointment_id", "client__name"):
        who[appointment_id].append(name)
    return [
        row | {"names": who[row["id"]]} for row in rows if who[row["id"]] or _keeps_its_time(row)
    ]


def _keeps_its_time(row: dict[str, Any]) -> bool:
    return row["kind"] == "none" and row["status"] not in OFF


async def _elsewhere(draft: AppointmentDraft, clients: Iterable[int]) -> list[dict[str, Any]]:
    return await (
        Attendance.filter(**_at_that_time(draft, "appointment__"), client_id__in=list(clients))
        .exclude(appointment_id=draft.id or 0)
        .exclude(status__in=OFF)
        .exclude(appointment__provider_id=draft.provider_id)
        .order_by("appointment__starts_at")
        .values(
            "client__name",
            id="appointment_id",
            provider_id="appointment__provider_id",
            starts_at="appointment__starts_at",
            ends_at="appointment__ends_at",
        )
    )


def _of_provider(row: dict[str, Any], names: dict[int, str], zone: ZoneInfo) -> Conflict:
    what = row["title"] or (row["names"][0] if row["names"] else "something else")
    span = said_span(row["starts_at"], row["ends_at"], zone)
    sentence = f"{names.get(row['provider_id'], 'The provider')} also has {what}, {span}."
    return Conflict(appointment_id=row["id"], sentence=sentence)


def _of_client(row: dict[str, Any], names: dict[int, str], zone: ZoneInfo) -> Conflict:
    span = said_span(row["starts_at"], row["ends_at"], zone)
    sentence = f"{row['client__name']} is also with {names.get(row['provider_id'], 'someone else')}, {span}."
    return Conflict(appointment_id=row["id"], sentence=sentence)
