"""The Import page on the screen: a calendar file and a client list, previewed, corrected, brought in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from nicegui import ui
from nicegui.elements.upload_files import SmallFileUpload
from nicegui.testing import User

from storage.models import Appointment, Attendance, Client, Policy
from tests.fixtures.builders import a_client, a_provider, a_service_code, a_type
from tests.fixtures.screens import eventually, field, press, rows, screens, tap, typed
from ui import clock, routes
from ui.components.table import LongTable
from ui.pages.import_file import import_file

pytestmark = pytest.mark.usefixtures("practice_db")
PAGES = {routes.IMPORT: import_file}
CLIENTS = Path(__file__).parents[2] / "fixtures" / "imports" / "clients.csv"


def a_calendar(*titles: str) -> bytes:
    day = f"{clock.now():%Y%m%d}"
    events = [
        f"BEGIN:VEVENT\r\nUID:{number}@x\r\nSUMMARY:{title}\r\nDTSTART:{day}T150000Z\r\nDTEND:{day}T155000Z\r\nEND:VEVENT"
        for number, title in enumerate(titles)
    ]
    return "\r\n".join(["BEGIN:VCALENDAR", *events, "END:VCALENDAR", ""]).encode()


async def chosen(user: User, name: str, raw: bytes) -> None:
    upload = next(one for one in user.client.elements.values() if isinstance(one, ui.upload))
    with user:
        await upload.handle_uploads([SmallFileUpload(name, "", raw)])


def happens(user: User) -> list[str]:
    """What the preview says of each row, once there is one."""
    if not any(isinstance(one, LongTable) for one in user.client.elements.values()):
        return []
    return [next(word for word in WORDS if word in row["then"]) for row in rows(user)]


WORDS = ("New", "Changes", "Cancels", "Unchanged", "Left as billed", "To fix", "Left out", "Updated")


async def test_a_calendar_file_is_previewed_corrected_and_imported_once() -> None:
    await a_provider()
    await a_type()
    await a_service_code("IN60")
    await a_client("Ivy Candlewright")
    raw = a_calendar("Ivy Candlewright #IN60", "Lunch", "Lunch")
    async with screens(PAGES) as open_:
        user = await open_(routes.IMPORT)
        await user.should_see("Choose a file")
        await chosen(user, "calendar.ics", raw)
        await user.should_see("Import 1 appointment")
        await eventually(lambda: happens(user) == ["To fix", "To fix", "New"])
        tap(user, 1)
        await user.should_see("2 events of this title")
        await press(user, "Time without a client")
        await press(user, "Apply to all 2")
        await user.should_see("Import 3 appointments")
        await press(user, "Import 3 appointments")
        await user.should_see("3 appointments imported")
        await press(user, "Import another file")
        await user.should_see("Choose a file")
        await chosen(user, "calendar.ics", raw)
        await eventually(lambda: happens(user) == ["Unchanged"] * 3)
    assert sorted(await Appointment.all().values_list("kind", flat=True)) == ["none", "none", "one"]
    assert await Attendance.all().count() == 1


async def test_what_is_to_fix_is_left_out_only_when_the_person_says_so() -> None:
    await a_provider()
    await a_client("Ivy Candlewright")
    async with screens(PAGES) as open_:
        user = await open_(routes.IMPORT)
        await user.should_see("Choose a file")
        await chosen(user, "calendar.ics", a_calendar("Ivy Candlewright", "Lunch"))
        await user.should_see("Leave out the one with problems")
        button = next(one for one in user.client.elements.values() if getattr(one, "text", "") == "Import 1 appointment")
        assert not button.enabled
        with user:
            field(user, "leave-out-those-to-fix").value = True
        assert button.enabled
        await press(user, "Import 1 appointment")
        await user.should_see("1 appointment imported")
        await user.should_see("1 event left out")
    assert await Appointment.all().count() == 1


async def test_a_client_list_is_previewed_and_imported_once() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.IMPORT)
        await user.should_see("Choose a file")
        await chosen(user, "clients.csv", CLIENTS.read_bytes())
        await user.should_see("Import 12 clients")
        await press(user, "Import 12 clients")
        await user.should_see("12 clients imported")
        await user.should_see("New payers: Bluebell Health, Old Oak Mutual")
        await press(user, "Import another file")
        await user.should_see("Choose a file")
        await chosen(user, "clients.csv", CLIENTS.read_bytes())
        await eventually(lambda: happens(user) == ["Unchanged"] * 12)
    assert await Client.all().count() == 12
    assert await Policy.all().exists()


async def test_a_question_who_it_is_is_answered_in_the_row() -> None:
    known = await a_client("Rowan Applewick", birth_date=None, phone="")
    async with screens(PAGES) as open_:
        user = await open_(routes.IMPORT)
        await user.should_see("Choose a file")
        await chosen(user, "clients.csv", b"Name,DOB,Phone\nRowan Applewick,3/17/1988,555-010-0101\n")
        await eventually(lambda: happens(user) == ["To fix"])
        tap(user, 0)
        await user.should_see("Somebody new")
        await press(user, "Rowan Applewick, without a birth date")
        await press(user, "Apply")
        await eventually(lambda: happens(user) == ["Updated"])
        await press(user, "Import 1 client")
        await user.should_see("1 client updated")
    kept = await Client.get()
    assert (kept.id, kept.birth_date, kept.phone) == (known.id, date(1988, 3, 17), "555-010-0101")


async def test_a_remark_is_told_in_amber_since_nothing_is_to_fix() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.IMPORT)
        await user.should_see("Choose a file")
        await chosen(user, "clients.csv", b"Name,DOB,Provider\nRowan Applewick,3/17/1988,Nobody Here\n")
        await eventually(lambda: happens(user) == ["New"])
        [row] = rows(user)
    assert "There is no provider Nobody Here" in row["_more"]
    assert ("is-warn" in row["_more"], "is-bad" in row["_more"], row["_tone"]) == (True, False, "")


async def test_columns_can_be_set_by_hand() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.IMPORT)
        await user.should_see("Choose a file")
        await chosen(user, "clients.csv", b"Who,When born\nRowan Applewick,3/17/1988\n")
        await user.should_see("Choose the columns that hold the clients' first and last names.")
        await press(user, "Columns")
        await user.should_see("Columns of the list")
        typed(user, "column-who", "name")
        typed(user, "column-when-born", "birth_date")
        await press(user, "Apply")
        await eventually(lambda: [row["born"] for row in rows(user)] == ["Mar 17, 1988"])


async def test_problems_are_told_by_line_and_column() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.IMPORT)
        await user.should_see("Choose a file")
        await chosen(user, "clients.csv", b"First name,Last name,DOB\nRowan,Applewick,31/31/1988\nIvy,Reed,5/4/1991\n")
        await user.should_see("1 line with problems in the file")
        await user.should_see("Import 1 client")


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("x.ics", b"", "This file is empty."),
        ("x.csv", b"%PDF-1.7 ...", "This is a PDF, not a CSV file."),
        ("x.ics", b"hello", "This file holds no calendar."),
    ],
)
async def test_a_file_that_cannot_be_read_says_what_to_do(name: str, raw: bytes, told: str) -> None:
    await a_provider()
    async with screens(PAGES) as open_:
        user = await open_(routes.IMPORT)
        await user.should_see("Choose a file")
        await chosen(user, name, raw)
        await user.should_see(told)
        await user.should_see("Choose a file")
