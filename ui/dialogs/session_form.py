"""A client session as its form has it, on the practice's wall clock; and back to the draft that is kept."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, time
from zoneinfo import ZoneInfo

from domain.client_sessions import LineDraft, PaymentDraft, SessionDraft
from domain.scheduling import wall_of
from ui.dialogs.wall_times import instants

SAME = (
    "id", "version", "client_id", "provider_id", "location_id", "service_code_id", "held_as", "client_at_home",
    "place_of_service", "bill_to", "authorization_number", "note",
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class SessionForm:
    """What the fields are tied to."""

    id: int = 0
    version: int = 0
    client_id: int | None = None
    provider_id: int | None = None
    location_id: int | None = None
    service_code_id: int | None = None
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    held_as: str = "in_person"
    client_at_home: bool = True
    place_of_service: str = "11"
    bill_to: str = "automatic"
    authorization_number: str = ""
    note: str = ""
    lines: list[LineDraft] = field(default_factory=list)
    payments: list[PaymentDraft] = field(default_factory=list)


def form_of(draft: SessionDraft, zone: ZoneInfo) -> SessionForm:
    """What the form shows of a draft."""
    start, end = wall_of(draft.starts_at, zone), wall_of(draft.ends_at, zone)
    return SessionForm(
        **{name: getattr(draft, name) for name in SAME}, day=start.date(), starts=start.time(), ends=end.time(),
        lines=deepcopy(draft.lines), payments=deepcopy(draft.payments),
    )


def draft_from(form: SessionForm, zone: ZoneInfo, *, had: SessionDraft) -> SessionDraft:
    """The draft a form means. Raises Refused for an empty time, NoSuchTime for one that the clock change skips."""
    start, end = instants(form.day, form.starts, form.ends, zone, had=(had.starts_at, had.ends_at))
    return SessionDraft(
        **{name: getattr(form, name) for name in SAME}, starts_at=start, ends_at=end, lines=deepcopy(form.lines),
        payments=deepcopy(form.payments), from_appointment=had.from_appointment,
    )
