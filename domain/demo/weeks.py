"""The made-up practice's calendar: three months of weekly visits around a day, the same for the same day."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.demo.people import CLIENTS, SERVICE_CODES, Person
from domain.scheduling import AppointmentDraft, MemberDraft

BEFORE, AFTER = timedelta(days=47), timedelta(days=44)
SLOTS = ((8, 30), (9, 30), (10, 30), (11, 30), (13, 0), (14, 0), (15, 0), (16, 0))
GROUP_AT, GROUP_WEEKDAY, GROUP_NAME = (17, 0), 1, "Tuesday skills group"
MINUTES = {code: minutes for code, _, _, minutes, _, _ in SERVICE_CODES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """The ids of what the demo made before: by name or code."""

    clients: Mapping[str, int]
    providers: tuple[int, ...]
    service_codes: Mapping[str, int]
    location: int
    therapy: int
    intake: int
    consultation: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A weekday and a time at which a client comes."""

    person: Person
    weekday: int
    at: time
    every: int  # weeks between visits
    phase: int


def slots(dice: random.Random) -> Iterator[Slot]:
    """Where each client stands in the week; most come weekly, some every other week."""
    free = {provider: [(day, time(*at)) for day in range(5) for at in SLOTS] for provider in range(3)}
    for places in free.values():
        dice.shuffle(places)
    for person in CLIENTS:
        if person.code == "GRP":
            continue
        weekday, at = free[person.provider].pop()
        every = 2 if dice.random() < 0.25 else 1
        yield Slot(person, weekday, at, every, dice.randrange(every))


def appointments(today: date, ids: Ids, zone: ZoneInfo, now: datetime) -> list[AppointmentDraft]:
    """Every appointment of the demo, in order of time. Pure: the dice are thrown from the day."""
    dice = random.Random(today.toordinal())  # noqa: S311  not a secret: the same day gives the same demo
    first, last = today - BEFORE, today + AFTER
    made = [draft for slot in slots(dice) for draft in _visits(slot, first, last, ids, zone, now, dice)]
    made += _groups(first, last, ids, zone, now, dice)
    made += _supervision(first, last, ids, zone, now)
    return sorted(made, key=lambda draft: draft.starts_at)


def _visits(slot: Slot, first: date, last: date, ids: Ids, zone: ZoneInfo, now: datetime,
            dice: random.Random) -> Iterator[AppointmentDraft]:
    day = first + timedelta(days=(slot.weekday - first.weekday()) % 7 + 7 * slot.phase)
    number = 0
    while day <= last:
        code = _code(slot.person, number)
        starts = datetime.combine(day, slot.at, tzinfo=zone).astimezone(UTC)
        ends = starts + timedelta(minutes=MINUTES.get(code or "", 50))
        member = MemberDraft(
            client_id=ids.clients[slot.person.name], status=_status(ends, now, dice),
            service_code_id=ids.service_codes[code] if code else None)
        yield AppointmentDraft(
            starts_at=starts, ends_at=ends, kind="one", provider_id=ids.providers[slot.person.provider],
            location_id=ids.location, type_id=ids.intake if code == "INTK" else ids.therapy,
            held_as="video" if code == "TELE" else "in_person", members=[member])
        number += 1
        day += timedelta(days=7 * slot.every)


def _code(person: Person, number: int) -> str | None:
    """An intake comes once, then individual sessions; a client without usual code began with one."""
    if person.code == "INTK":
        return "INTK" if number == 0 else "IN60"
    if person.code is None and number == 0 and person.name != "Clover Dandeworth":
        return "IN45"
    return person.code


def _status(ends: datetime, now: datetime, dice: random.Random) -> str:
    """What became of a visit: most were attended; of those to come a few are canceled already."""
    throw = dice.random()
    if ends > now:
        return "canceled" if throw < 0.03 else "scheduled"
    if throw < 0.04:
        return "no_show"
    return "canceled" if throw < 0.08 else "completed"


def _groups(first: date, last: date, ids: Ids, zone: ZoneInfo, now: datetime,
            dice: random.Random) -> Iterator[AppointmentDraft]:
    members = [person for person in CLIENTS if person.code == "GRP"]
    day = first + timedelta(days=(GROUP_WEEKDAY - first.weekday()) % 7)
    while day <= last:
        starts = datetime.combine(day, time(*GROUP_AT), tzinfo=zone).astimezone(UTC)
        ends = starts + timedelta(minutes=90)
        yield AppointmentDraft(
            starts_at=starts, ends_at=ends, kind="group", title=GROUP_NAME, provider_id=ids.providers[2],
            location_id=ids.location, type_id=ids.therapy, service_code_id=ids.service_codes["GRP"],
            members=[MemberDraft(client_id=ids.clients[person.name], status=_status(ends, now, dice),
                                 service_code_id=ids.service_codes["GRP"]) for person in members])
        day += timedelta(days=7)


def _supervision(first: date, last: date, ids: Ids, zone: ZoneInfo, now: datetime) -> Iterator[AppointmentDraft]:
    """An hour of supervision each Wednesday: a visit without client, never billed."""
    day = first + timedelta(days=(2 - first.weekday()) % 7)
    while day <= last:
        starts = datetime.combine(day, time(17, 0), tzinfo=zone).astimezone(UTC)
        yield AppointmentDraft(
            starts_at=starts, ends_at=starts + timedelta(minutes=60), kind="none", title="Supervision with T. Mistlethwait",
            provider_id=ids.providers[0], location_id=ids.location, type_id=ids.consultation,
            service_code_id=ids.service_codes["SUPV"], status="completed" if starts < now else "scheduled")
        day += timedelta(days=7)
