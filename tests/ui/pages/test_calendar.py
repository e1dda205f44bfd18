"""The Calendar page on the screen: book, mark, filter, lock; what another person keeps appears by itself."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction

from domain import scheduling
from domain.client_sessions import remove_sessions
from storage.models import Appointment, Attendance, ClientSession, PriorAuthorization, ServiceCode
from tests.fixtures.builders import (
    NOW,
    OWNER,
    ZONE,
    a_client,
    a_location,
    a_policy,
    a_provider,
    a_service_code,
    a_session,
    a_type,
    an_appointment,
)
from tests.fixtures.screens import Open, choose, eventually, field, press, questions, rows, screens, tap, typed
from ui import clock, routes
from ui.calendar.legend import Legend
from ui.components.event_calendar import CalendarEvent, EventCalendar
from ui.components.letter_keys import LetterKeys
from ui.components.segmented import Segmented
from ui.components.side_panel import SidePanel
from ui.pages.calendar import calendar

pytestmark = pytest.mark.usefixtures("practice_db")
PAGES = {routes.CALENDAR: calendar}


def at(hour: int, minute: int = 0) -> datetime:
    """Today at an hour on the practice's wall, in UTC."""
    return datetime.combine(clock.today(ZONE), time(hour, minute), ZONE).astimezone(UTC)


def grid(user: User) -> EventCalendar:
    return next(one for one in user.client.elements.values() if isinstance(one, EventCalendar))


def drawn(user: User) -> bool:
    """Whether the page has got as far as its calendar."""
    return any(isinstance(one, EventCalendar) for one in user.client.elements.values())


def blocks(user: User) -> dict[str, CalendarEvent]:
    return grid(user).events


def panel(user: User) -> SidePanel:
    return next(one for one in user.client.elements.values() if isinstance(one, SidePanel))


def legend(user: User) -> Legend:
    return next(one for one in user.client.elements.values() if isinstance(one, Legend))


def view(user: User, name: str) -> None:
    with user:
        next(one for one in user.client.elements.values() if isinstance(one, Segmented) and "week" in one.segments).value = name


def open_block(user: User, appointment: Appointment) -> None:
    grid(user)._tell(grid(user).on_event, str(appointment.id))


async def shown(open_: Open, path: str = routes.CALENDAR) -> User:
    """The calendar in a tab of its own, once it is drawn."""
    user = await open_(path)
    await eventually(lambda: any(isinstance(one, LetterKeys) for one in user.client.elements.values()))
    return user


async def a_setup() -> None:
    await a_provider()
    await a_location()
    await a_type()


async def test_without_providers_the_page_says_where_to_begin() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.CALENDAR)
        await user.should_see("No providers yet")
        await user.should_see("Add a provider")


async def test_an_appointment_is_booked_and_stands_on_the_calendar() -> None:
    await a_setup()
    code = await a_service_code(default_minutes=45)
    client = await a_client("Ivy Candlewright")
    async with screens(PAGES) as open_:
        user = await shown(open_, f"{routes.CALENDAR}?client={client.id}")
        await user.should_see("Book appointment")
        typed(user, "service-code", code.id)
        typed(user, "from", "9:00 AM")
        assert field(user, "to").value == "9:45 AM"
        await press(user, "Book appointment")
        await user.should_see("Appointment booked")
        await eventually(lambda: [event.name for event in blocks(user).values()] == ["Ivy Candlewright"])
    kept = await Attendance.get().select_related("appointment")
    assert (kept.client_id, kept.service_code_id) == (client.id, code.id)
    assert kept.appointment.starts_at == at(9)
    assert kept.appointment.ends_at == at(9, 45)


async def test_a_booking_is_undone_from_its_toast() -> None:
    await a_setup()
    client = await a_client("Ivy Candlewright")
    async with screens(PAGES) as open_:
        user = await shown(open_, f"{routes.CALENDAR}?client={client.id}")
        await user.should_see("Book appointment")
        await press(user, "Book appointment")
        await user.should_see("Appointment booked")
        await press(user, "Undo")
        await user.should_see("Booking undone")
        await eventually(lambda: not blocks(user))
    assert not await Appointment.exists()


async def test_what_is_missing_is_said_beside_the_field() -> None:
    await a_setup()
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await press(user, "New appointment")
        await user.should_see("Book appointment")
        await press(user, "Book appointment")
        await user.should_see("Choose a client.")
    assert not await Appointment.exists()


async def test_a_client_brings_the_usual_provider_code_and_length() -> None:
    await a_setup()
    nell = await a_provider(first_name="Nell", last_name="Wintergloam")
    code = await a_service_code("PLAY", default_minutes=30)
    client = await a_client("Ivy Candlewright")
    await an_appointment(client, provider=nell, service_code=code, starts_at=at(9) - timedelta(days=7))
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await press(user, "New appointment")
        await user.should_see("Book appointment")
        typed(user, "from", "9:00 AM")
        with user:
            field(user, "client").set_options({client.id: client.name}, value=client.id)
        await eventually(lambda: field(user, "service-code").value == code.id)
        assert field(user, "provider").value == nell.id
        assert field(user, "to").value == "9:30 AM"


async def test_who_would_be_in_two_places_is_told_before_booking() -> None:
    await a_setup()
    await an_appointment(await a_client("Quince Thimbleton"), starts_at=at(9), status="scheduled")
    client = await a_client("Ivy Candlewright")
    async with screens(PAGES) as open_:
        user = await shown(open_, f"{routes.CALENDAR}?client={client.id}")
        await user.should_see("Book appointment")
        typed(user, "from", "9:30 AM")
        await user.should_see("Imogen Larkspur also has Quince Thimbleton, 9:00 – 9:50 AM.")
        await press(user, "Book appointment")
        await user.should_see("Appointment booked")
    assert await Appointment.all().count() == 2


async def test_a_repeat_is_booked_at_once() -> None:
    await a_setup()
    client = await a_client("Ivy Candlewright")
    async with screens(PAGES) as open_:
        user = await shown(open_, f"{routes.CALENDAR}?client={client.id}")
        await user.should_see("Book appointment")
        typed(user, "repeats", "week")
        typed(user, "appointments-in-all", 3)
        await press(user, "Book 3 appointments")
        await user.should_see("3 appointments booked")
    starts = await Appointment.all().order_by("starts_at").values_list("starts_at", flat=True)
    assert [later.date() - starts[0].date() for later in starts] == [timedelta(days=7 * week) for week in range(3)]


async def test_a_mark_made_by_one_person_is_seen_by_another() -> None:
    await a_setup()
    seen = await an_appointment(await a_client("Ivy Candlewright"), starts_at=at(9), status="scheduled")
    async with screens(PAGES) as open_:
        mine, theirs = await shown(open_), await shown(open_)
        await eventually(lambda: bool(blocks(mine)) and bool(blocks(theirs)))
        open_block(mine, seen)
        await mine.should_see("Scheduled")
        await press(mine, "Attended")
        await eventually(lambda: blocks(theirs)[str(seen.id)].status == "attended")
        await eventually(lambda: blocks(mine)[str(seen.id)].status == "attended")
    assert (await Attendance.get()).status == "completed"


async def test_a_lock_appears_and_goes_with_its_session() -> None:
    await a_setup()
    client = await a_client("Ivy Candlewright")
    seen = await an_appointment(client, starts_at=at(9))
    attendance = await Attendance.get()
    session = await a_session(client, attendance=attendance, starts_at=at(9), made_by_id=1)
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await eventually(lambda: bool(blocks(user)) and blocks(user)[str(seen.id)].locked)
        open_block(user, seen)
        for words in ("Sent to billing", "90837", "$150.00", f"Open client session {session.id}", "Billed to the client."):
            await user.should_see(words)
        await press(user, "Undo client session")
        await user.should_see("The appointment is unlocked and can be sent again.")
        await press(user, "Undo client session")
        await user.should_see("Say why it is removed")
        typed(user, "reason", "Sent with the wrong code")
        await press(user, "Undo client session")
        await eventually(lambda: not blocks(user)[str(seen.id)].locked)
        await user.should_see("No-show")
    assert (await ClientSession.get()).undone_at is not None


async def test_a_session_removed_elsewhere_opens_the_lock_here() -> None:
    await a_setup()
    client = await a_client("Ivy Candlewright")
    seen = await an_appointment(client, starts_at=at(9))
    session = await a_session(client, attendance=await Attendance.get(), starts_at=at(9))
    async with screens(PAGES) as open_:
        user = await shown(open_)
        for name in ("day", "month", "list", "week"):
            view(user, name)
            await eventually(lambda: any(event.locked for event in blocks(user).values()))
        await remove_sessions([session.id], reason="wrong code", by=OWNER, now=NOW)
        await eventually(lambda: not blocks(user)[str(seen.id)].locked)


async def test_a_refused_drag_goes_back_with_the_reason() -> None:
    await a_setup()
    client = await a_client("Ivy Candlewright")
    seen = await an_appointment(client, starts_at=at(9))
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await eventually(lambda: bool(blocks(user)))
        session = await a_session(client, attendance=await Attendance.get(), starts_at=at(9))
        ten = at(10).astimezone(ZONE).replace(tzinfo=None)
        grid(user)._tell(grid(user).on_moved, str(seen.id), ten, ten + timedelta(minutes=50), "1")
        await user.should_see(
            f"Ivy Candlewright's appointment was sent to billing as session {session.id}. "
            "Remove that session first to change it."
        )
    assert (await Appointment.get()).starts_at == at(9)


async def test_a_drag_moves_and_can_be_undone() -> None:
    await a_setup()
    seen = await an_appointment(await a_client("Ivy Candlewright"), starts_at=at(9), status="scheduled")
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await eventually(lambda: bool(blocks(user)))
        ten = at(10).astimezone(ZONE).replace(tzinfo=None)
        grid(user)._tell(grid(user).on_moved, str(seen.id), ten, ten + timedelta(minutes=25), "1")
        await user.should_see("Moved to")
        assert (await Appointment.get()).ends_at == at(10, 25)
        await press(user, "Undo")
        await user.should_see("Moved back")
    kept = await Appointment.get()
    assert (kept.starts_at, kept.ends_at) == (at(9), at(9, 50))


async def test_a_legends_code_filters_and_its_color_is_changed_from_there() -> None:
    await a_setup()
    blue, green = await a_service_code("IN60"), await a_service_code("FAM", name="Family", color="Fern")
    await an_appointment(await a_client("A One"), starts_at=at(9), service_code=blue)
    other = await an_appointment(await a_client("B Two"), starts_at=at(10), service_code=green)
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await eventually(lambda: len(blocks(user)) == 2)
        UserInteraction(user, {legend(user).buttons[green.id]}, None).click()
        await eventually(lambda: list(blocks(user)) == [str(other.id)])
        await press(user, "Edit color")
        await user.should_see("Color of FAM")
        with user:
            field(user, "color").value = "Plum"
        await press(user, "Save color")
        await eventually(lambda: blocks(user)[str(other.id)].color == "Plum")
        await press(user, "Show all")
        await eventually(lambda: len(blocks(user)) == 2)
        assert legend(user).codes[green.id].color == "Plum"
    assert (await ServiceCode.get(id=green.id)).color == "Plum"


async def test_a_month_shows_four_a_day_and_counts_the_rest_live() -> None:
    await a_setup()
    client = await a_client("Ivy Candlewright")
    for hour in range(8, 14):
        await an_appointment(client, starts_at=at(hour), status="scheduled")
    async with screens(PAGES) as open_:
        user = await shown(open_)
        view(user, "month")
        today = clock.today(ZONE).isoformat()
        await eventually(lambda: grid(user).view == "month" and f"more-{today}" in blocks(user))
        assert blocks(user)[f"more-{today}"].more == 2
        first = await Appointment.all().order_by("starts_at").first()
        await scheduling.delete(first.id, by=OWNER, now=NOW)
        await eventually(lambda: blocks(user)[f"more-{today}"].more == 1)
        assert str(first.id) not in blocks(user)


async def test_a_group_shows_each_member_and_marks_all_at_once() -> None:
    await a_setup()
    group = await an_appointment(await a_client("Ash Reed"), await a_client("Elm Vale"), starts_at=at(9), status="scheduled")
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await eventually(lambda: bool(blocks(user)))
        open_block(user, group)
        await user.should_see("Ash Reed")
        before = blocks(user)[str(group.id)]
        typed(user, "status-of-elm-vale", "no_show")
        await eventually(lambda: blocks(user)[str(group.id)] is not before)
        await press(user, "All attended")
        await eventually(lambda: blocks(user)[str(group.id)].words == "1 of 2")
    statuses = await Attendance.all().order_by("id").values_list("status", flat=True)
    assert statuses == ["completed", "no_show"]


async def test_the_list_is_grouped_by_day_and_opens_the_panel() -> None:
    await a_setup()
    seen = await an_appointment(await a_client("Ivy Candlewright"), starts_at=at(9), status="scheduled")
    async with screens(PAGES) as open_:
        user = await shown(open_)
        view(user, "list")
        await eventually(lambda: [row["id"] for row in rows(user)] == [seen.id])
        tap(user, seen.id)
        await eventually(lambda: panel(user).visible)
        await scheduling.cancel(seen.id, by=OWNER, now=NOW)
        await user.should_see("Take it back")
        assert "Ivy Candlewright" in rows(user)[0]["client"]
        assert "sb-struck" in rows(user)[0]["client"]


async def test_a_note_is_written_in_the_panel_and_others_wait_for_it() -> None:
    await a_setup()
    seen = await an_appointment(await a_client("Ivy Candlewright"), starts_at=at(9), status="scheduled")
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await eventually(lambda: bool(blocks(user)))
        open_block(user, seen)
        await user.should_see("Add a note")
        user.find(marker="edit-note").click()
        await user.should_see("Save note")
        typed(user, "note", "Guardian joins")
        await scheduling.set_status("arrived", attendances=[(await Attendance.get()).id], by=OWNER, now=NOW)
        await eventually(lambda: blocks(user)[str(seen.id)].status == "arrived")
        await user.should_see("Save note")
        await press(user, "Save note")
        await user.should_see("was changed by someone else while you were editing")
        assert field(user, "note").value == "Guardian joins"


async def test_a_change_by_another_is_told_in_the_open_editor_and_what_is_typed_stays() -> None:
    await a_setup()
    seen = await an_appointment(await a_client("Ivy Candlewright"), starts_at=at(9), status="scheduled")
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await eventually(lambda: bool(blocks(user)))
        open_block(user, seen)
        await user.should_see("Book next")
        await press(user, "Edit")
        await user.should_see("Save changes")
        typed(user, "note", "Mine")
        draft = await scheduling.draft_of(seen.id, seen_by=OWNER)
        draft.starts_at, draft.ends_at = at(11), at(11, 50)
        await scheduling.change(draft, by=OWNER, now=NOW)
        await user.should_see("Ada Fernwhistle changed From and To. It is shown here now.")
        assert (field(user, "from").value, field(user, "note").value) == ("11:00 AM", "Mine")
        await press(user, "Save changes")
        await user.should_see("Appointment saved")
    kept = await Appointment.get()
    assert (kept.starts_at, kept.note) == (at(11), "Mine")


async def test_a_deleted_appointment_is_put_back_from_its_toast() -> None:
    await a_setup()
    seen = await an_appointment(await a_client("Ivy Candlewright"), starts_at=at(9), status="scheduled")
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await eventually(lambda: bool(blocks(user)))
        open_block(user, seen)
        await user.should_see("Book next")
        await choose(user, "Delete appointment")
        await eventually(lambda: questions(user) == ["Delete Ivy Candlewright's appointment?"])
        await press(user, "Delete appointment")
        await user.should_see("Appointment deleted")
        await eventually(lambda: not blocks(user))
        await press(user, "Undo")
        await eventually(lambda: len(blocks(user)) == 1)


async def test_an_appointment_is_shown_by_its_address() -> None:
    await a_setup()
    seen = await an_appointment(await a_client("Ivy Candlewright"), starts_at=at(9) - timedelta(days=60))
    async with screens(PAGES) as open_:
        user = await shown(open_, f"{routes.CALENDAR}?appointment={seen.id}")
        await eventually(lambda: panel(user).visible and str(seen.id) in blocks(user))


async def test_view_and_provider_are_remembered_by_the_browser() -> None:
    await a_setup()
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await eventually(lambda: grid(user).view == "week")
        view(user, "day")
        await eventually(lambda: grid(user).view == "day")
        await user.open(routes.CALENDAR)
        await eventually(lambda: drawn(user) and grid(user).view == "day")


async def test_keys_change_what_is_shown() -> None:
    await a_setup()
    async with screens(PAGES) as open_:
        user = await shown(open_)
        await eventually(lambda: grid(user).view == "week")
        keys = next(one for one in user.client.elements.values() if isinstance(one, LetterKeys))
        start = grid(user).day
        with user:
            for key, then in (("d", start), ("ArrowRight", start + timedelta(days=1)), ("t", start)):
                await keys.on_key(key)
                assert grid(user).day == then
            await keys.on_key("?")
        await user.should_see("Keys of the calendar")


async def test_the_panel_tells_that_an_authorization_runs_out() -> None:
    await a_setup()
    rowan = await a_client()
    policy = await a_policy(rowan)
    await PriorAuthorization.create(policy=policy, number="BH-1", granted=2)
    shown = await an_appointment(rowan, status="scheduled", starts_at=at(9))
    async with screens(PAGES) as open_:
        user = await open_(f"/?appointment={shown.id}")
        await user.should_see("Authorization BH-1: 2 of 2 visits left")
        await user.should_see("2 visits left")
