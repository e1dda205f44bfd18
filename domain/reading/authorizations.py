"""Prior authorizations with what is used and booked of each, counted from sessions and appointments as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from domain import access
from domain.access import SignedIn
from domain.billing_rule import NOT_SENT
from domain.claims.authorizing import Allotment, AuthorizationFacts, Draw, allotted, amount_words, running_out
from domain.reading.who_pays import WhoPays, who_pays
from storage.models import (
    Attendance,
    ChargeLine,
    ClientSession,
    Payer,
    Policy,
    Practice,
    PriorAuthorization,
    Provider,
    ServiceCodeLine,
)

COMING = ("scheduled", "arrived", "completed")  # a visit that may still be sent


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationRow:
    """An authorization as people read it. `told` is what should be seen in time; `left` None: no limit."""

    facts: AuthorizationFacts
    payer_name: str
    provider_name: str
    used: int  # with what was used before this program counted
    booked: int
    left: int | None
    told: str
    state: str  # active, ended, ahead

    @property
    def left_words(self) -> str:
        """3 of 10 visits left; without a limit how many were used."""
        one = self.facts
        if one.granted is None or self.left is None:
            return f"{amount_words(self.used, one.counts)} used"
        if self.left < 0:
            return f"{self.used} of {amount_words(one.granted, one.counts)} used"
        return f"{self.left} of {amount_words(one.granted, one.counts)} left"


async def authorizations_by_policy(client_ids: Collection[int]) -> dict[int, list[AuthorizationFacts]]:
    """All authorizations of these clients, by policy."""
    names = ("id", "policy_id", "number", "provider_id", "codes", "starts_on", "ends_on", "counts", "granted", "used_before")
    found: defaultdict[int, list[AuthorizationFacts]] = defaultdict(list)
    for row in await PriorAuthorization.filter(policy__client_id__in=list(client_ids)).order_by("id").values(*names):
        row["codes"] = tuple(part for part in row["codes"].split(",") if part)
        found[row["policy_id"]].append(AuthorizationFacts(**row))
    return found


async def allotment(
    by_policy: Mapping[int, Sequence[AuthorizationFacts]], paying: WhoPays, *, booked: bool = False
) -> Allotment:
    """What every session of the clients who have authorizations draws on; `booked` counts appointments too."""
    holders = {client_id for client_id, covers in paying.covers.items() if any(one.id in by_policy for one in covers)}
    if not holders:
        return Allotment()
    draws = await _of_sessions(holders, paying)
    if booked:
        draws += await _of_appointments(holders, paying)
    return allotted(by_policy, draws)


async def _of_sessions(holders: Collection[int], paying: WhoPays) -> list[Draw]:
    rows = await ClientSession.filter(client_id__in=list(holders), undone_at=None).values(
        "id", "client_id", "provider_id", "day", "status", "bill_to", "authorization_number",
        pays_alone="client__pays_without_insurance")
    lines: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for session_id, code, units in await ChargeLine.filter(
        session__client_id__in=list(holders), session__undone_at=None, client_only=False
    ).values_list("session_id", "code", "units"):
        lines[session_id].append((code, units))
    draws = []
    for row in rows:
        issued = row["status"] == "invoiced"
        billing = paying.of(
            row["client_id"], day=row["day"], provider_id=row["provider_id"], insurable=row["id"] in lines,
            pays_without_insurance=bool(row["pays_alone"]), bill_to=row["bill_to"], session_id=row["id"], issued=issued)
        if billing.policy_id is not None:
            draws.append(Draw(
                id=row["id"], turn=(not issued, row["day"], row["id"]), policy_id=billing.policy_id,
                provider_id=row["provider_id"], units=tuple(lines[row["id"]]), number=row["authorization_number"]))
    return draws


async def _of_appointments(holders: Collection[int], paying: WhoPays) -> list[Draw]:
    """Visits that are booked, or held and not sent yet."""
    zone = ZoneInfo((await Practice.get(id=1)).time_zone)
    sent = set(await ClientSession.filter(client_id__in=list(holders), undone_at=None).values_list(
        "attendance_id", flat=True))
    rows = await Attendance.filter(client_id__in=list(holders), participant=False, status__in=COMING).values(
        "id", "client_id", "service_code_id", provider_id="appointment__provider_id",
        starts_at="appointment__starts_at", type_billable="appointment__type__billable",
        code_billable="service_code__billable", pays_alone="client__pays_without_insurance")
    rows = [row for row in rows if row["id"] not in sent and _billable(row)]
    bills = await _billed_by({row["service_code_id"] for row in rows if row["service_code_id"]})
    draws = []
    for row in rows:
        units, day = bills.get(row["service_code_id"], [("", 1)]), row["starts_at"].astimezone(zone).date()
        billing = paying.of(row["client_id"], day=day, provider_id=row["provider_id"], insurable=bool(units),
                            pays_without_insurance=bool(row["pays_alone"]))
        if billing.policy_id is not None:
            draws.append(Draw(
                id=row["id"], booked=True, turn=(True, day, NOT_SENT), policy_id=billing.policy_id,
                provider_id=row["provider_id"], units=tuple(units)))
    return draws


def _billable(row: Mapping[str, Any]) -> bool:
    """A service code, when set, wins over the appointment type."""
    said = row["code_billable"] if row["service_code_id"] else row["type_billable"]
    return said is None or bool(said)


async def _billed_by(service_codes: set[int]) -> dict[int, list[tuple[str, int]]]:
    """What these service codes bill to insurance."""
    found: dict[int, list[tuple[str, int]]] = {one: [] for one in service_codes}
    for one, code, units in await ServiceCodeLine.filter(
        service_code_id__in=list(service_codes), billing_code__client_only=False
    ).values_list("service_code_id", "billing_code__code", "billing_code__default_units"):
        found[one].append((code, units))
    return found


async def authorizations_of(client_ids: Collection[int], *, today: date, seen_by: SignedIn) -> list[AuthorizationRow]:
    """All authorizations of these clients: in date first, then by their end."""
    await access.require(seen_by)
    by_policy = await authorizations_by_policy(client_ids)
    if not by_policy:
        return []
    drawn = await allotment(by_policy, await who_pays(client_ids), booked=True)
    payers = dict(await Payer.all().values_list("id", "name"))
    named = {policy: payers[payer] for policy, payer in await Policy.filter(id__in=list(by_policy)).values_list("id", "payer_id")}
    providers = {one.id: one.name for one in await Provider.all()}
    rows = [
        _row(one, drawn, today, payer_name=named[one.policy_id], provider_name=providers.get(one.provider_id or 0, ""))
        for listed in by_policy.values() for one in listed
    ]
    return sorted(rows, key=_current_first)


def _row(one: AuthorizationFacts, drawn: Allotment, today: date, **names: str) -> AuthorizationRow:
    left = drawn.left(one)
    return AuthorizationRow(
        facts=one, used=one.used_before + drawn.used[one.id], booked=drawn.booked[one.id], left=left,
        told=running_out(one, left, today), state=state_on(one, today), **names)


def _current_first(row: AuthorizationRow) -> tuple[int, date, int]:
    ends = row.facts.ends_on or date.max
    return ["active", "ahead", "ended"].index(row.state), ends, row.facts.id


def state_on(one: AuthorizationFacts, day: date) -> str:
    """Whether it is in date on a day, ended before it, or still ahead."""
    if one.ends_on is not None and one.ends_on < day:
        return "ended"
    return "active" if one.covers(day) else "ahead"


@dataclass(frozen=True, slots=True)
class Beside:
    """What should be seen beside a session: the payer's note, and the client's authorizations with it that are in date."""

    payer_name: str
    payer_note: str
    authorizations: tuple[AuthorizationRow, ...]


async def beside(client_id: int, payer_id: int, *, today: date, seen_by: SignedIn) -> Beside:
    """The note and authorizations of one payer for one client."""
    policies = {one.id for one in await Policy.filter(client_id=client_id, payer_id=payer_id)}
    rows = await authorizations_of([client_id], today=today, seen_by=seen_by)
    name, note = await Payer.get(id=payer_id).values_list("name", "note")
    mine = tuple(row for row in rows if row.facts.policy_id in policies and row.state == "active")
    return Beside(str(name), str(note), mine)
