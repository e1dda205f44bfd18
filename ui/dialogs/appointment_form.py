"""An appointment as the form has it, on the practice's wall clock; and back to the draft that is kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.scheduling import AppointmentDraft, MemberDraft, wall_of
from ui.dialogs.wall_times import instants

WITH_ONE = frozenset({"one", "family"})  # kinds that name one client whose session it becomes


@dataclass(slots=True, kw_only=True)
class AppointmentForm:
    """What the fields are tied to. For one client or a family, client, code and status are the identified client's;
    `members` are a group's clients, or the other persons of a family.
    """

    id: int | None = None
    version: int = 1
    kind: str = "one"
    title: str = ""
    client_id: int | None = None
    service_code_id: int | None = None
    status: str = "scheduled"
    members: list[MemberDraft] = field(default_factory=list)
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    provider_id: int | None = None
    location_id: int | None = None
    type_id: int | None = None
    held_as: str = "in_person"
    client_at_home: bool = True
    note: str = ""
    every: str = ""
    times: int | None = 8


def form_of(draft: AppointmentDraft, zone: ZoneInfo) -> AppointmentForm:
    """What the form shows of a draft."""
    start, end = wall_of(draft.starts_at, zone), wall_of(draft.ends_at, zone)
    same = ("id", "version", "kind", "title", "provider_id", "location_id", "type_id", "held_as", "client_at_home", "note")
    form = AppointmentForm(
        **{name: getattr(draft, name) for name in same}, day=start.date(), starts=start.time(), ends=end.time(),
        status=draft.status, service_code_id=draft.service_code_id, members=[replace(one) for one in draft.members],
    )  # fmt: skip
    identified = draft.identified()
    if draft.kind in WITH_ONE and identified is not None:
        form.client_id, form.status = identified.client_id, identified.status
        form.service_code_id = identified.service_code_id
        form.members = [replace(one) for one in draft.members if one is not identified]
    return form


def draft_from(form: AppointmentForm, zone: ZoneInfo, *, had: AppointmentDraft) -> AppointmentDraft:
    """The draft a form means. Raises Refused for an empty time, NoSuchTime for one that the clock change skips."""
    start, end = instants(form.day, form.starts, form.ends, zone, had=(had.starts_at, had.ends_at))
    return AppointmentDraft(
        id=form.id,
        version=form.version,
        kind=form.kind,
        title=form.title,
        provider_id=form.provider_id,
        location_id=form.location_id,
        type_id=form.type_id,
        starts_at=start,
        ends_at=end,
        held_as=form.held_as,
        client_at_home=form.client_at_home,
        note=form.note,
        status=form.status if form.kind == "none" else "scheduled",
        service_code_id=None if form.kind in WITH_ONE else form.service_code_id,
        members=members_of(form),
    )


def members_of(form: AppointmentForm) -> list[MemberDraft]:
    """Who comes, the identified client first."""
    if form.kind == "none":
        return []
    if form.kind == "group":
        return [replace(one, participant=False) for one in form.members]
    code = form.service_code_id
    own = [MemberDraft(client_id=form.client_id, status=form.status, service_code_id=code)] if form.client_id else []
    others = form.members if form.kind == "family" else []
    return own + [replace(one, participant=True, service_code_id=None) for one in others]


def later(at: time, minutes: int) -> time:
    """A time of day some minutes later."""
    return (datetime.combine(date(2026, 1, 1), at) + timedelta(minutes=minutes)).time()


def minutes_between(start: time, end: time) -> int:
    """How long from one time of day to the next such end."""
    day = date(2026, 1, 1)
    return int((datetime.combine(day, end) - datetime.combine(day, start)).total_seconds() // 60) % (24 * 60)
