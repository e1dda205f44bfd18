"""What an appointment must have to be kept. The rules are pure; one read brings all the names they need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any

from domain.errors import Refused
from domain.scheduling.drafts import HELD_AS, KINDS, STATUSES, AppointmentDraft, MemberDraft
from storage.models import AppointmentType, Client, Location, Provider, ServiceCode

LONGEST = timedelta(hours=25)  # a whole day, also the one on which the clocks go back
SEVERAL = frozenset({"group", "family"})


@dataclass(frozen=True, slots=True)
class Known:
    """Which records may be chosen, and what the clients are called."""

    providers: frozenset[int]
    locations: frozenset[int]
    types: frozenset[int]
    service_codes: frozenset[int]
    clients: dict[int, str]

    def with_those_of(self, draft: AppointmentDraft) -> Known:
        """An appointment may keep what it already has, though it was archived since."""
        return Known(
            self.providers | {draft.provider_id or 0},
            self.locations | {draft.location_id or 0},
            self.types | {draft.type_id or 0},
            self.service_codes | draft.service_codes(),
            {member.client_id: "" for member in draft.members} | self.clients,
        )


async def known_to(drafts: Iterable[AppointmentDraft]) -> Known:
    """What may be chosen now; of the clients only those that the drafts name."""
    wanted = {member.client_id for draft in drafts for member in draft.members}
    clients = await Client.filter(id__in=wanted, archived_at=None, merged_into_id=None).values_list("id", "name")
    return Known(
        await _in_use(Provider),
        await _in_use(Location),
        await _in_use(AppointmentType),
        await _in_use(ServiceCode),
        {int(id_): str(name) for id_, name in clients},
    )


async def _in_use(model: Any) -> frozenset[int]:
    return frozenset(await model.filter(archived_at=None).values_list("id", flat=True))


def refuse_unless_whole(drafts: Iterable[AppointmentDraft], known: Known) -> None:
    """Raise Refused with every problem of the first draft that has any."""
    for draft in drafts:
        if problems := to_fix(draft, known):
            raise Refused(problems)


def to_fix(draft: AppointmentDraft, known: Known) -> dict[str, str]:
    """Each field that stands in the way, with the sentence that says what to do."""
    found: dict[str, str] = {}
    for field, sentence in chain(
        _time_problems(draft), _choice_problems(draft, known), _member_problems(draft, known)
    ):
        if sentence:
            found.setdefault(field, sentence)
    return found


def _time_problems(draft: AppointmentDraft) -> Iterable[tuple[str, str]]:
    if draft.ends_at <= draft.starts_at:
        yield "ends_at", "The end must come after the start."
    elif draft.ends_at - draft.starts_at > LONGEST:
        yield "ends_at", "An appointment lasts a day at most. Make one for each day."


def _choice_problems(draft: AppointmentDraft, known: Known) -> Iterable[tuple[str, str]]:
    if draft.kind not in KINDS:
        yield "kind", "Choose whether it is for one client, a group, a couple or family, or nobody."
    if draft.held_as not in HELD_AS:
        yield "held_as", "Choose in person, video or phone."
    if draft.status not in STATUSES:
        yield "status", "Choose one of the six statuses."
    if draft.provider_id is None:
        yield "provider_id", "Choose a provider."
    elif draft.provider_id not in known.providers:
        yield "provider_id", "This provider is archived. Choose another."
    if draft.location_id is not None and draft.location_id not in known.locations:
        yield "location_id", "This location is archived. Choose another."
    if draft.type_id is not None and draft.type_id not in known.types:
        yield "type_id", "This appointment type is archived. Choose another."
    if draft.service_code_id is not None and draft.service_code_id not in known.service_codes:
        yield "service_code_id", "This Service Code is archived. Choose another."


def _member_problems(draft: AppointmentDraft, known: Known) -> Iterable[tuple[str, str]]:
    if draft.kind == "none":
        if draft.members:
            yield "members", "An appointment without clients has no members. Choose another kind to add them."
        if not draft.title.strip() and draft.service_code_id is None:
            yield "title", "Write what it is, such as Lunch or Supervision."
        return
    yield "members" if draft.kind in SEVERAL else "client_id", _count_problem(draft)
    for member in draft.members:
        yield "members" if draft.kind in SEVERAL else "client_id", _member_problem(member, draft, known)


def _count_problem(draft: AppointmentDraft) -> str:
    billed = [member for member in draft.members if not member.participant]
    if draft.kind == "one":
        return "" if len(billed) == len(draft.members) == 1 else "Choose a client."
    if draft.kind == "family":
        return "" if len(billed) == 1 else "Choose the one identified client, whose session it becomes."
    if not draft.members:
        return "Add at least one client to the group."
    return "" if len(billed) == len(draft.members) else "A group has members only, no participants."


def _member_problem(member: MemberDraft, draft: AppointmentDraft, known: Known) -> str:
    if member.client_id not in known.clients:
        return "A chosen client is archived or no longer there. Choose another."
    name = known.clients[member.client_id] or "A client"
    if sum(other.client_id == member.client_id for other in draft.members) > 1:
        return f"{name} is listed twice. Remove one."
    if member.status not in STATUSES:
        return f"Choose a status for {name}."
    if member.service_code_id is not None and member.service_code_id not in known.service_codes:
        return f"The Service Code of {name} is archived. Choose another."
    return ""
