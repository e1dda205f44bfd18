"""How an appointment is drawn: its mark, its color, and what stands for those that a month has no room for."""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.reading.calendar import AppointmentLine, Month
from tests.fixtures.builders import ZONE
from ui.calendar.blocks import as_event, as_rows, billing, of_month

LINE = AppointmentLine(
    id=7, version=1, kind="one", name="Quince Thimbleton", provider_id=2, provider_name="Tobias Mistlethwait",
    location_name="Room 2", type_name="Therapy", starts_at=datetime(2026, 10, 14, 13, 30, tzinfo=UTC),
    ends_at=datetime(2026, 10, 14, 14, 20, tzinfo=UTC), service_code_id=1, code="FAM", code_name="Family", color="Fern",
    status="completed", attended=1, members=1, held_as="in_person", sessions=(1047,), client_ids=frozenset({1}),
    changed_elsewhere=False,
)  # fmt: skip


def test_a_block_stands_at_the_practices_wall_time_with_its_mark_and_lock():
    event = as_event(LINE, ZONE)
    assert (event.start, event.end) == (datetime.fromisoformat("2026-10-14T09:30"), datetime.fromisoformat("2026-10-14T10:20"))
    assert event.spoken() == "Quince Thimbleton, 9:30 – 10:20 AM, FAM, Attended, sent to billing"
    assert (event.resource_id, event.color) == ("2", "Fern")


def test_a_group_of_whom_some_came_says_how_many():
    group = replace(LINE, kind="group", status="", attended=4, members=6)
    assert as_event(group, ZONE).words == "4 of 6"
    assert as_event(replace(group, attended=0), ZONE).words == ""


def test_time_without_a_client_or_code_is_blocked_and_a_canceled_one_is_not_dragged():
    lunch = replace(LINE, kind="none", name="Lunch", code="", color="", status="scheduled", sessions=())
    assert as_event(lunch, ZONE).kind == "blocked"
    assert not as_event(replace(LINE, status="canceled"), ZONE).editable


def test_a_month_says_how_many_more_a_day_has():
    day = date(2026, 10, 14)
    events = of_month(Month(lines=[LINE], totals={day: 3, date(2026, 10, 15): 0}), ZONE)
    assert [(event.kind, event.more) for event in events] == [("appointment", 0), ("more", 2)]


def test_a_list_has_a_heading_for_each_day_and_names_the_sessions():
    later = replace(LINE, id=8, starts_at=datetime(2026, 10, 15, 13, tzinfo=UTC), sessions=(1, 2))
    rows = as_rows([later, LINE], ZONE, today=date(2026, 10, 14))
    assert [row.get("_group", row["id"]) for row in rows] == [
        "Today, Wednesday, October 14", 7, "Thursday, October 15", 8,
    ]  # fmt: skip
    assert "Session 1047" in billing(LINE)
    assert "2 sessions" in billing(later)
    assert "Changed" in billing(replace(LINE, changed_elsewhere=True))
