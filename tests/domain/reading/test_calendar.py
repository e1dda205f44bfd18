"""What the calendar reads: names, statuses, locks, and the month's first few a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain import scheduling
from domain.errors import NotFound, NotSignedIn
from domain.reading.calendar import (
    AppointmentLine,
    appointments,
    appointments_between,
    month,
    month_grid,
    next_day_with_any,
    shared_status,
    shown_name,
    together,
    touched,
)
from domain.reading.one_appointment import one_appointment
from domain.scheduling import AppointmentDraft, MemberDraft
from storage import queries
from storage.models import Attendance, SignIn
from tests.fixtures.builders import (
    MONDAY_NINE,
    NOW,
    OWNER,
    ZONE,
    a_client,
    a_location,
    a_payer,
    a_policy,
    a_provider,
    a_service_code,
    a_session,
    a_type,
    an_appointment,
)

pytestmark = pytest.mark.usefixtures("practice_db")
BY = {"by": OWNER, "now": NOW}
WEEK = (MONDAY_NINE - timedelta(days=1), MONDAY_NINE + timedelta(days=6))


async def this_week(**of) -> list[AppointmentLine]:
    return await appointments_between(*WEEK, **of, seen_by=OWNER)


async def attendances(appointment_id: int) -> list[Attendance]:
    return await Attendance.filter(appointment_id=appointment_id).order_by("id").select_related("client")


async def test_a_line_says_all_that_a_block_shows():
    code = await a_service_code("FAM", name="Family", color="Fern")
    seen = await an_appointment(
        await a_client("Quince Thimbleton"), service_code=code, location=await a_location(name="Room 2"),
        type=await a_type(name="Therapy"), held_as="video",
    )  # fmt: skip
    [attendance] = await attendances(seen.id)
    session = await a_session(attendance.client, attendance=attendance)
    [line] = await this_week()
    assert (line.name, line.provider_name, line.location_name, line.type_name) == (
        "Quince Thimbleton", "Imogen Larkspur", "Room 2", "Therapy",
    )  # fmt: skip
    assert (line.code, line.code_name, line.color, line.status, line.held_as) == (
        "FAM", "Family", "Fern", "completed", "video",
    )  # fmt: skip
    assert (line.locked, line.sessions, line.starts_at) == (True, (session.id,), MONDAY_NINE)


async def test_a_removed_session_locks_nothing():
    seen = await an_appointment()
    [attendance] = await attendances(seen.id)
    session = await a_session(attendance.client, attendance=attendance, undone_at=NOW)
    assert [line.locked for line in await this_week()] == [False]
    assert await touched([], [session.id], seen_by=OWNER) == {seen.id: (await this_week())[0]}


async def test_a_group_is_locked_from_the_first_one_sent():
    seen = await an_appointment(await a_client("Ash Reed"), await a_client("Elm Vale"), title="Teens")
    [first, _] = await attendances(seen.id)
    await a_session(first.client, attendance=first)
    [line] = await this_week()
    assert (line.locked, line.name, line.members) == (True, "Teens (2)", 2)


async def test_what_reaches_over_midnight_is_on_both_days():
    await an_appointment(starts_at=MONDAY_NINE.replace(hour=3) + timedelta(days=1), minutes=120)  # 11 PM
    midnight = datetime(2026, 10, 13, tzinfo=ZONE).astimezone(UTC)
    day = timedelta(days=1)
    assert len(await appointments_between(midnight - day, midnight, seen_by=OWNER)) == 1
    assert len(await appointments_between(midnight, midnight + day, seen_by=OWNER)) == 1


async def test_a_stretch_of_time_leaves_out_what_only_touches_its_edges():
    await an_appointment()
    end = MONDAY_NINE + timedelta(minutes=50)
    assert await appointments_between(end, end + timedelta(hours=1), seen_by=OWNER) == []
    assert await appointments_between(MONDAY_NINE - timedelta(hours=1), MONDAY_NINE, seen_by=OWNER) == []


async def test_by_provider_and_by_service_code():
    code, nell = await a_service_code("FAM"), await a_provider(first_name="Nell")
    mine = await an_appointment(await a_client("A B"), provider=await a_provider(), service_code=code)
    hers = await an_appointment(await a_client("C D"), provider=nell)
    assert [line.id for line in await this_week(provider_id=nell.id)] == [hers.id]
    assert [line.id for line in await this_week(service_code_ids={code.id})] == [mine.id]
    of_october = {"each_day": 4, "seen_by": OWNER}
    days = [date(2026, 10, 12)]
    assert [one.id for one in (await month(days, ZONE, provider_id=nell.id, **of_october)).lines] == [hers.id]
    assert [one.id for one in (await month(days, ZONE, service_code_ids={code.id}, **of_october)).lines] == [mine.id]


async def test_a_month_brings_the_first_few_of_each_day_and_counts_all():
    client = await a_client()
    for hour in range(7):
        await an_appointment(client, starts_at=MONDAY_NINE + timedelta(hours=hour))
    await an_appointment(client, starts_at=MONDAY_NINE + timedelta(days=1))
    shown = await month(month_grid(date(2026, 10, 14)), ZONE, each_day=4, seen_by=OWNER)
    assert [line.starts_at for line in shown.lines[:4]] == [MONDAY_NINE + timedelta(hours=h) for h in range(4)]
    assert len(shown.lines) == 5
    assert {day: total for day, total in shown.totals.items() if total} == {
        date(2026, 10, 12): 7, date(2026, 10, 13): 1,
    }  # fmt: skip


async def test_a_month_counts_by_the_days_of_the_practices_zone():
    late = datetime(2026, 10, 31, 23, 30, tzinfo=ZONE).astimezone(UTC)  # November in UTC
    await an_appointment(starts_at=late)
    shown = await month([date(2026, 10, 31), date(2026, 11, 1)], ZONE, each_day=4, seen_by=OWNER)
    assert shown.totals == {date(2026, 10, 31): 1, date(2026, 11, 1): 0}


@pytest.mark.sqlite
async def test_the_number_of_reads_does_not_grow_with_the_appointments(monkeypatch):
    from tortoise.backends.sqlite.client import SqliteClient

    asked = []
    plain = SqliteClient.execute_query
    monkeypatch.setattr(SqliteClient, "execute_query", lambda self, sql, *v: (asked.append(sql), plain(self, sql, *v))[1])
    client = await a_client()
    counts = []
    for _ in range(2):
        for minutes in range(0, 200, 20):
            await an_appointment(client, starts_at=MONDAY_NINE + timedelta(minutes=minutes))
        asked.clear()
        await this_week()
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


@pytest.mark.sqlite
async def test_a_months_filter_looks_up_each_appointments_clients_and_never_all_of_a_code(monkeypatch):
    """Without the plus in the statement SQLite reads all attendances of the code for each appointment: seconds."""
    plans = []
    plain = queries.rows

    async def explained(sql: str):
        plans.extend(str(row["detail"]) for row in await plain(f"EXPLAIN QUERY PLAN {sql}"))
        return await plain(sql)

    monkeypatch.setattr(queries, "rows", explained)
    code = await a_service_code()
    await month([date(2026, 10, 12)], ZONE, each_day=4, service_code_ids={code.id}, seen_by=OWNER)
    of_attendances = [plan for plan in plans if " t " in plan]
    assert of_attendances
    assert all("attendance_once (appointment_id=?" in plan for plan in of_attendances)


async def test_these_appointments_leaves_out_the_ones_that_are_gone():
    seen = await an_appointment()
    assert [line.id for line in await appointments([seen.id, 999], seen_by=OWNER)] == [seen.id]


async def test_a_change_means_each_touched_line_as_it_stands_or_that_it_is_gone():
    seen = await an_appointment()
    [attendance] = await attendances(seen.id)
    session = await a_session(attendance.client, attendance=attendance)
    by_hand = await a_session(attendance.client)
    [line] = await this_week()
    assert await touched([999], [session.id, by_hand.id], seen_by=OWNER) == {seen.id: line, 999: None}


async def test_the_next_day_with_any():
    await an_appointment()
    assert await next_day_with_any(MONDAY_NINE - timedelta(days=20), ZONE, seen_by=OWNER) == date(2026, 10, 12)
    assert await next_day_with_any(NOW, ZONE, seen_by=OWNER) is None


async def test_the_signed_out_see_nothing():
    await (await SignIn.get()).update_from_dict({"ended_at": NOW}).save()
    with pytest.raises(NotSignedIn):
        await this_week()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Pip Tanglewood", "Olive Tanglewood"], "Pip & Olive Tanglewood"),
        (["Ash Reed", "Elm Stone"], "Ash Reed & Elm Stone"),
        (["A Bell", "B Bell", "C Bell"], "A, B & C Bell"),
        (["A Bell", "B Reed", "C Bell"], "A Bell and family"),
        (["Madonna", "Cher"], "Madonna & Cher"),
        (["Rowan Applewick"], "Rowan Applewick"),
    ],
)
def test_a_couple_is_called_by_both_names(names, said):
    assert together(names) == said


def test_an_appointment_is_called_by_who_or_what_it_is():
    assert shown_name("one", "ignored", ["Rowan Applewick"], 1) == "Rowan Applewick"
    assert shown_name("family", "The Bellwhistle family", ["A Bell", "B Bell"], 1) == "The Bellwhistle family"
    assert shown_name("group", "", ["A B"], 6) == "Group (6)"
    assert shown_name("none", "Lunch", [], 0) == "Lunch"


@pytest.mark.parametrize(
    ("statuses", "shared"),
    [
        (["completed", "completed"], "completed"),
        (["completed", "canceled"], "completed"),
        (["completed", "no_show"], ""),
        (["canceled", "canceled"], "canceled"),
        (["canceled", "late_canceled"], "canceled"),
    ],
)
def test_a_group_shows_the_status_that_those_who_came_share(statuses, shared):
    assert shared_status(statuses) == shared


def test_a_month_is_shown_in_whole_weeks():
    october = month_grid(date(2026, 10, 14))
    assert (october[0], october[-1], len(october)) == (date(2026, 9, 28), date(2026, 11, 1), 35)
    sundays_first = month_grid(date(2026, 10, 14), week_starts=7)
    assert (sundays_first[0], sundays_first[-1]) == (date(2026, 9, 27), date(2026, 10, 31))
    assert len(month_grid(date(2027, 2, 1))) == 28


async def test_one_appointment_tells_what_each_member_was_billed_as():
    ash, elm = await a_client("Ash Reed"), await a_client("Elm Vale")
    await a_policy(ash, await a_payer(name="Bluebell Health"))
    code = await a_service_code("GRP", color="Amber")
    seen = await an_appointment(ash, elm, service_code=code, note="Room is warm")
    first, second = await attendances(seen.id)
    of_code = {"service_code": code, "codes_from": "service_code", "made_by_id": 1}
    lines = [{"units": 2, "fee_cents": 1500}, {"code": "90785", "fee_cents": 500}]
    session = await a_session(ash, attendance=first, lines=lines, **of_code)
    details = await one_appointment(seen.id, seen_by=OWNER)
    assert (details.note, details.billed_before, [m.name for m in details.members]) == (
        "Room is warm", True, ["Ash Reed", "Elm Vale"],
    )  # fmt: skip
    [sent] = details.billed
    assert sent.billed is not None
    assert (sent.billed.session_id, sent.billed.total_cents, sent.billed.sent_by) == (session.id, 3500, OWNER.name)
    assert [(line.code, line.units, line.amount_cents) for line in sent.billed.lines] == [
        ("90837", 2, 3000), ("90785", 1, 500),
    ]  # fmt: skip
    assert (sent.billed.billed_to, sent.billed.codes_from, sent.billed.service_code) == (
        "Bluebell Health", "service_code", "GRP",
    )  # fmt: skip
    assert second.id == details.members[1].attendance_id


async def test_a_family_is_billed_by_the_identified_clients_policy_only():
    identified, partner = await a_client("Pip Tanglewood"), await a_client("Olive Tanglewood")
    await a_policy(partner)
    provider = await a_provider()
    draft = AppointmentDraft(
        starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + timedelta(hours=1), kind="family", provider_id=provider.id,
        members=[MemberDraft(client_id=identified.id), MemberDraft(client_id=partner.id, participant=True)],
    )  # fmt: skip
    made = await scheduling.book(draft, **BY)
    [attendance, _] = await attendances(made)
    await a_session(identified, attendance=attendance)
    details = await one_appointment(made, seen_by=OWNER)
    assert details.line.name == "Pip & Olive Tanglewood"
    assert details.members[0].billed is not None
    assert details.members[0].billed.billed_to == ""
    assert details.members[1].billed is None


async def test_an_appointment_that_is_gone_is_said_to_be_gone():
    with pytest.raises(NotFound):
        await one_appointment(7, seen_by=OWNER)
