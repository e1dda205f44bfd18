"""The form on the wall clock and the draft in UTC: there and back, also where the clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.errors import Refused
from domain.scheduling import AppointmentDraft, MemberDraft, NoSuchTime
from tests.fixtures.builders import ZONE
from ui.dialogs.appointment import next_half_hour, next_same_weekday
from ui.dialogs.appointment_form import draft_from, form_of, later, minutes_between

START = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
ONE = AppointmentDraft(
    id=3, version=2, starts_at=START, ends_at=START + timedelta(minutes=50), provider_id=1, note="Knock",
    members=[MemberDraft(client_id=7, status="arrived", service_code_id=4)],
)  # fmt: skip
GROUP = replace(
    ONE, kind="group", title="Teens", service_code_id=4,
    members=[MemberDraft(client_id=7, status="no_show"), MemberDraft(client_id=8, service_code_id=5)],
)  # fmt: skip
FAMILY = replace(ONE, kind="family", members=[*ONE.members, MemberDraft(client_id=8, participant=True)])
NOBODY = replace(ONE, kind="none", title="Lunch", members=[], status="canceled", service_code_id=2)


@pytest.mark.parametrize("draft", [ONE, GROUP, FAMILY, NOBODY], ids=lambda draft: draft.kind)
def test_a_draft_comes_back_from_its_form_as_it_was(draft):
    assert draft_from(form_of(draft, ZONE), ZONE, had=draft) == draft


def test_a_new_time_is_read_on_the_practices_wall():
    form = form_of(ONE, ZONE)
    form.day, form.starts, form.ends = date(2026, 12, 1), time(9), time(9, 45)
    changed = draft_from(form, ZONE, had=ONE)
    assert changed.starts_at == datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    assert changed.ends_at - changed.starts_at == timedelta(minutes=45)


def test_the_second_of_two_equal_hours_stays_when_nobody_touched_the_time():
    second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # 1:30 AM for the second time
    draft = replace(ONE, starts_at=second, ends_at=second + timedelta(minutes=20))
    form = form_of(draft, ZONE)
    form.note = "Only the note"
    assert draft_from(form, ZONE, had=draft).starts_at == second


def test_a_skipped_time_is_refused():
    form = replace(form_of(ONE, ZONE), day=date(2026, 3, 8), starts=time(2, 30), ends=time(3, 20))
    with pytest.raises(NoSuchTime):
        draft_from(form, ZONE, had=ONE)


@pytest.mark.parametrize(("starts", "ends"), [(time(9), time(9)), (time(15), time(9))])
def test_an_end_that_is_not_after_the_start_is_refused(starts, ends):
    form = replace(form_of(ONE, ZONE), starts=starts, ends=ends)
    with pytest.raises(Refused) as refused:
        draft_from(form, ZONE, had=ONE)
    assert refused.value.fields == {"ends_at": "The end must come after the start."}


def test_a_late_evening_may_end_after_midnight():
    form = replace(form_of(ONE, ZONE), starts=time(23, 30), ends=time(0, 20))
    draft = draft_from(form, ZONE, had=ONE)
    assert draft.ends_at - draft.starts_at == timedelta(minutes=50)


def test_empty_times_are_named():
    form = replace(form_of(ONE, ZONE), day=None, ends=None)
    with pytest.raises(Refused) as refused:
        draft_from(form, ZONE, had=ONE)
    assert list(refused.value.fields) == ["day", "ends"]


def test_lengths_are_counted_on_the_clock():
    assert later(time(23, 30), 50) == time(0, 20)
    assert minutes_between(time(23, 30), time(0, 20)) == 50


def test_a_new_appointment_starts_at_the_next_half_hour():
    assert next_half_hour(datetime.fromisoformat("2026-10-14T10:54")) == datetime.fromisoformat("2026-10-14T11:00")
    assert next_half_hour(datetime.fromisoformat("2026-10-14T11:00")) == datetime.fromisoformat("2026-10-14T11:30")


def test_the_next_one_is_a_week_later_and_never_in_the_past():
    wednesday = date(2026, 10, 14)
    assert next_same_weekday(wednesday, after=date(2026, 10, 1)) == date(2026, 10, 21)
    assert next_same_weekday(wednesday, after=wednesday) == date(2026, 10, 21)
    assert next_same_weekday(date(2026, 9, 2), after=wednesday) == date(2026, 10, 21)
