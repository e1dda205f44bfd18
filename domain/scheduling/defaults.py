"""What a new appointment starts with, so that most of it need not be typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.access import SignedIn, require
from domain.scheduling.drafts import OFF, AppointmentDraft, MemberDraft
from storage.models import AppointmentType, Attendance, Location, Provider, ServiceCode

USUAL_MINUTES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """How a client is usually seen: as the last time, else by their own provider."""

    provider_id: int | None = None
    location_id: int | None = None
    type_id: int | None = None
    service_code_id: int | None = None
    held_as: str = "in_person"
    client_at_home: bool = True


async def new_draft(
    starts_at: datetime, *, provider_id: int | None = None, client_id: int | None = None, seen_by: SignedIn
) -> AppointmentDraft:
    """A draft for a new appointment; its end comes from the Service Code's or the type's minutes."""
    await require(seen_by)
    usual = await usual_of(client_id, seen_by=seen_by) if client_id else Usual()
    draft = AppointmentDraft(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=USUAL_MINUTES),
        provider_id=provider_id or usual.provider_id or await _first(Provider, "id"),
        location_id=usual.location_id or await _first(Location, "id"),
        type_id=usual.type_id or await _first(AppointmentType, "-billable", "id"),
        held_as=usual.held_as,
        client_at_home=usual.client_at_home,
    )
    if client_id:
        draft.members = [MemberDraft(client_id=client_id, service_code_id=usual.service_code_id)]
    draft.ends_at = starts_at + timedelta(minutes=await minutes_of(draft, seen_by=seen_by))
    return draft


async def usual_of(client_id: int, *, seen_by: SignedIn) -> Usual:
    """How a client was seen the last time; what was archived since is left out."""
    await require(seen_by)
    own = await Provider.get_or_none(clients__id=client_id, archived_at=None)
    last = (
        await Attendance.filter(client_id=client_id, participant=False, appointment__kind__in=["one", "family"])
        .exclude(status__in=OFF)
        .order_by("-appointment__starts_at")
        .select_related("appointment", "service_code")
        .first()
    )
    if last is None:
        return Usual(provider_id=own.id if own else None)
    code = last.service_code if last.service_code and last.service_code.archived_at is None else None
    seen = last.appointment
    return Usual(
        provider_id=own.id if own else await _still(Provider, seen.provider_id),
        location_id=await _still(Location, seen.location_id),
        type_id=await _still(AppointmentType, seen.type_id),
        service_code_id=code.id if code else None,
        held_as=seen.held_as,
        client_at_home=seen.client_at_home,
    )


async def _first(model: type[Provider | Location | AppointmentType], *order: str) -> int | None:
    row = await model.filter(archived_at=None).order_by(*order).first()
    return row.id if row else None


async def _still(model: type[Provider | Location | AppointmentType], record_id: int | None) -> int | None:
    return record_id if record_id and await model.filter(id=record_id, archived_at=None).exists() else None


async def minutes_of(draft: AppointmentDraft, *, seen_by: SignedIn) -> int:
    """How long a draft's appointment usually takes: by its Service Code, else its type."""
    await require(seen_by)
    identified = draft.identified()
    code_id = (identified.service_code_id if identified else None) or draft.service_code_id
    if code_id and (code := await ServiceCode.get_or_none(id=code_id)):
        return int(code.default_minutes)
    if draft.type_id and (kind := await AppointmentType.get_or_none(id=draft.type_id)):
        return int(kind.default_minutes)
    return USUAL_MINUTES
