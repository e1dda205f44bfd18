"""Send to Billing: what is billable, which codes it takes, and the one transaction that makes the sessions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from domain import access
from domain.access import SignedIn
from domain.billing_rule import Billing, in_force
from domain.breaths import with_breaths
from domain.claims.minutes import minutes_between, units_by_time
from domain.ledger.for_visits import show_at_sessions
from domain.place_of_service import place_of_service, with_telehealth
from domain.reading import to_send as reading
from domain.reading.to_send import Books, CodeFacts, Visit
from storage.models import ChargeLine, ClientSession
from storage.transactions import one_transaction

State = Literal["to_send", "without_code", "to_mark", "not_held", "billed", "not_billable"]
Mend = Literal["", "session", "service_codes", "appointment_type", "practice", "choose_code", "mark", "appointment"]
CodesFrom = Literal["service_code", "last_saved", "missed_visit", "chosen", "none"]
BATCH = 1000  # rows written at a time: others have their turn in between
MISSED = {"no_show": "No-show", "late_canceled": "Late cancellation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A visit with the verdict on it: its state, the codes and cents it would make, and a reason with its mend."""

    visit: Visit
    state: State
    codes: tuple[CodeFacts, ...] = ()
    codes_from: CodesFrom = "none"
    copied_from: date | None = None
    billing: Billing | None = None
    payer_name: str = ""
    reason: str = ""
    mend: Mend = ""

    @property
    def amount_cents(self) -> int:
        """What the session would cost, in cents."""
        return sum(code.fee_cents * code.units for code in self.codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a send made and what it left out, with reasons."""

    session_ids: list[int]
    made: list[Row]
    skipped: list[Row]

    @property
    def amount_cents(self) -> int:
        """The worth of the sessions made, in cents."""
        return sum(row.amount_cents for row in self.made)


async def judged(visits: Iterable[Visit], books: Books, *, now: datetime) -> list[Row]:
    """Each visit with its verdict; every visit comes back."""
    return [_verdict(visit, books, now) async for visit in with_breaths(visits)]


def _verdict(visit: Visit, books: Books, now: datetime) -> Row:
    if visit.session_id is not None:
        return Row(visit=visit, state="billed", mend="session", reason=_sent_on(visit, books))
    if (refused := _not_billable(visit, books)) is not None:
        return refused
    if visit.ends_at > now:
        return Row(visit=visit, state="not_held", reason="Not yet held")
    if books.mark_required and visit.status == "scheduled":
        return Row(visit=visit, state="to_mark", reason="Not marked as attended", mend="mark")
    return priced(visit, books)


def _sent_on(visit: Visit, books: Books) -> str:
    made = visit.session_made_at
    return f"Sent to billing on {made.astimezone(books.zone):%b} {made.astimezone(books.zone).day}" if made else ""


def _not_billable(visit: Visit, books: Books) -> Row | None:
    """The service code, if there is one, decides whether it is billable, else the type."""

    def no(reason: str, mend: Mend) -> Row:
        return Row(visit=visit, state="not_billable", reason=reason, mend=mend)

    if visit.client_id is None:
        return no("No client", "appointment")
    if visit.status == "canceled":
        return no("Canceled", "appointment")
    if visit.service_code_id and not visit.service_code_billable:
        return no("Service Code set as not billable", "service_codes")
    if not visit.service_code_id and not visit.type_billable:
        return no("Appointment type set as not billable", "appointment_type")
    if visit.status in MISSED and books.missed_visit_code is None:
        return no(f"{MISSED[visit.status]}, and the practice has no fee for missed visits", "practice")
    if visit.status in MISSED and (payer := _forbids_missed_fee(visit, books)):
        return no(f"{MISSED[visit.status]}, and {payer} lets no client be charged for it", "")
    return None


def _forbids_missed_fee(visit: Visit, books: Books) -> str:
    """A payer of the day that forbids it (Medicaid, the VA), whoever is billed."""
    day = visit.starts_at.astimezone(books.zone).date()
    covers = books.paying.covers.get(visit.client_id or 0, ())
    return next((books.payers[one.payer_id][0] for one in covers if one.payer_id in books.no_missed_fee and in_force(one, day)), "")


def priced(visit: Visit, books: Books) -> Row:
    """The codes an attended visit takes: chosen in the pop-up, the service code's, else the last saved ones."""
    codes, came_from, copied = _codes(visit, books)
    if came_from == "service_code" and (retired := [code.code for code in codes if code.archived]):
        return Row(visit=visit, state="without_code", reason=_retired(visit, retired), mend="choose_code")
    if not codes:
        reason = "No Service Code, and no earlier session to copy from."
        if visit.service_code_id:
            reason = f"{visit.service_code} has no Billing Codes, and there is no earlier session to copy from."
        return Row(visit=visit, state="without_code", reason=reason, mend="choose_code")
    billing = _billing(visit, books, codes)
    payer, modifier = books.payers[billing.payer_id] if billing.payer_id else ("", "")
    kept = tuple(
        replace(
            code, fee_cents=_fee(code, visit, books, billing), units=_units(code, visit), modifiers=with_telehealth(
                code.modifiers, held_as=visit.held_as, payer_wants="" if code.client_only else modifier))
        for code in codes
    )
    return Row(visit=visit, state="to_send", codes=kept, codes_from=came_from, copied_from=copied, billing=billing,
               payer_name=payer)


def _fee(code: CodeFacts, visit: Visit, books: Books, billing: Billing) -> int:
    """The fee of the day of service: the practice's charge, or the client's own where the client is billed."""
    if code.id is None:
        return code.fee_cents
    day = visit.starts_at.astimezone(books.zone).date()
    own = books.fees.sliding(code.id, client_id=visit.client_id or 0, on=day) if billing.kind == "client" else None
    return books.fees.charge(code.id, code.fee_cents, provider_id=visit.provider_id, on=day) if own is None else own


def _units(code: CodeFacts, visit: Visit) -> int:
    """As the code is usually billed, or by how long the visit was."""
    if code.unit_minutes is None:
        return code.units
    return units_by_time(code.code, code.unit_minutes, minutes_between(visit.starts_at, visit.ends_at))


def _retired(visit: Visit, codes: Sequence[str]) -> str:
    """A service code bills all that it names or nothing: a code passed over in silence would bill less than it says."""
    named = f"{' and '.join(codes)}, which {'is' if len(codes) == 1 else 'are'} archived"
    return f"{visit.service_code} bills {named}."


def _codes(visit: Visit, books: Books) -> tuple[Sequence[CodeFacts], CodesFrom, date | None]:
    if visit.status in MISSED and books.missed_visit_code:
        return [books.missed_visit_code], "missed_visit", None
    if picked := books.chosen.get(visit.attendance_id or 0):
        return picked, "chosen", None
    if own := books.by_service_code.get(visit.service_code_id or 0):
        return own, "service_code", None
    if saved := books.last_saved.get((visit.client_id or 0, visit.provider_id)):
        return saved[1], "last_saved", saved[0]
    return (), "none", None


def _billing(visit: Visit, books: Books, codes: Sequence[CodeFacts]) -> Billing:
    return books.paying.of(
        visit.client_id or 0,
        day=visit.starts_at.astimezone(books.zone).date(),
        provider_id=visit.provider_id,
        insurable=any(not code.client_only for code in codes),
        pays_without_insurance=visit.pays_without_insurance,
    )


async def listed(
    start: datetime, end: datetime, *, provider_id: int | None = None,
    chosen: Mapping[int, Sequence[int]] | None = None, seen_by: SignedIn, now: datetime,
) -> list[Row]:
    """What the range [start, end), UTC, holds, each visit with its verdict."""
    visits = await reading.visits_between(start, end, provider_id=provider_id, seen_by=seen_by)
    return await judged(visits, await reading.books(visits, chosen=chosen), now=now)


async def send_to_billing(
    attendances: Collection[int], *, by: SignedIn, now: datetime, chosen: Mapping[int, Sequence[int]] | None = None,
) -> Sent:
    """Turn attended visits into client sessions, each of them once; the rest come back with a reason.

    `chosen` maps an attendance to the billing codes picked for it. A visit someone else sent first is skipped.
    """
    async with one_transaction() as changes:
        await access.require(by)
        visits = await reading.visits(attendances)
        books = await reading.books(visits, chosen=chosen)
        rows = await judged(visits, books, now=now)
        made = await _keep_once([row for row in rows if row.state == "to_send"], books, by=by, now=now)
        await show_at_sessions(made, {row.visit.attendance_id or 0: row.visit.client_id or 0 for row in rows})
        if made:
            await access.audit(by, "sent to billing", "session", made.values(), at=now)
        changes.add("session", made.values())
        changes.add("appointment", {row.visit.appointment_id for row in rows if row.visit.attendance_id in made})
    return _sent(rows, made)


def _sent(rows: list[Row], made: Mapping[int, int]) -> Sent:
    done = [row for row in rows if row.visit.attendance_id in made]
    lost = [
        replace(row, state="billed", reason="Already billed", mend="session") if row.state == "to_send" else row
        for row in rows
        if row.visit.attendance_id not in made
    ]
    return Sent(session_ids=list(made.values()), made=done, skipped=lost)


async def _keep_once(rows: Sequence[Row], books: Books, *, by: SignedIn, now: datetime) -> dict[int, int]:
    """Write sessions and lines in bulk; the unique index lets each attendance in once. Returns attendance: session."""
    if not rows:
        return {}
    before = set(await _session_ids(rows))
    await ClientSession.bulk_create([
        _session(row, by=by, now=now, day=row.visit.starts_at.astimezone(books.zone).date())
        async for row in with_breaths(rows)
    ], ignore_conflicts=True, batch_size=BATCH)
    made = {a: s for s, a in (await _session_ids(rows)).items() if s not in before}
    await ChargeLine.bulk_create([
        line async for row in with_breaths(rows)
        if (session := made.get(row.visit.attendance_id or 0)) for line in _lines(row, session)
    ], batch_size=BATCH)
    return made


async def _session_ids(rows: Sequence[Row]) -> dict[int, int]:
    ids = [row.visit.attendance_id for row in rows]
    return dict(await ClientSession.filter(attendance_id__in=ids, undone_at=None).values_list("id", "attendance_id"))


def _session(row: Row, *, by: SignedIn, now: datetime, day: date) -> ClientSession:
    visit = row.visit
    return ClientSession(
        attendance_id=visit.attendance_id, client_id=visit.client_id, provider_id=visit.provider_id,
        location_id=visit.location_id, service_code_id=visit.service_code_id, starts_at=visit.starts_at,
        ends_at=visit.ends_at, day=day, held_as=visit.held_as, client_at_home=visit.client_at_home,
        place_of_service=place_of_service(
            visit.held_as, client_at_home=visit.client_at_home, location_code=visit.location_code,
            code_says=next((code.place_of_service for code in row.codes if code.place_of_service), ""),
        ),
        codes_from=row.codes_from, made_at=now, made_by_id=by.staff_id, saved_at=now,
    )


def _lines(row: Row, session_id: int) -> list[ChargeLine]:
    return [
        ChargeLine(
            session_id=session_id, position=position, billing_code_id=code.id, code=code.code,
            description=code.description, units=code.units, modifiers=code.modifiers, fee_cents=code.fee_cents,
            client_only=code.client_only,
        )
        for position, code in enumerate(row.codes, 1)
    ]
