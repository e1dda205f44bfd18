"""Service Codes on the screen: list, editor, refusals beside the field, and two people at once."""

from __future__ import annotations

import asyncio

import pytest

from domain.service_codes import draft_of_service_code, keep_service_code, set_color
from storage.models import ServiceCode, ServiceCodeLine
from tests.fixtures.builders import NOW, OWNER, a_billing_code, a_service_code, an_appointment
from tests.fixtures.screens import eventually, field, press, questions, rows, screens, table, tap, typed
from ui import routes
from ui.components.color_choice import CodePreview
from ui.pages.service_codes import service_codes

pytestmark = pytest.mark.usefixtures("practice_db")
PAGES = {routes.SERVICE_CODES: service_codes}


async def play() -> ServiceCode:
    bills = [await a_billing_code("90832", 9_000), await a_billing_code("90785", 2_500)]
    return await a_service_code("PLAY", name="Play therapy", color="Plum", bills=bills)


async def test_the_list_shows_chip_length_codes_and_fee() -> None:
    await play()
    await a_service_code("SUPV", name="Supervision", billable=False)
    async with screens(PAGES) as open_:
        user = await open_(routes.SERVICE_CODES)
        await user.should_see("Play therapy")
        first, second = rows(user)
        assert (first["codes"], first["fee"], first["length"]) == ("90832 + 90785", "$115.00", "50 min")
        assert (second["codes"], second["fee"]) == ("Not billable", "")


async def test_a_first_service_code_is_made_from_the_empty_page() -> None:
    async with screens(PAGES) as open_:
        user = await open_(routes.SERVICE_CODES)
        await user.should_see("No Service Codes yet")
        await press(user, "New Service Code")
        await user.should_see(marker="code")
        typed(user, "code", "in60")
        typed(user, "name", "Individual 60")
        await press(user, "Save")
        await user.should_see("in60 saved")
        async with asyncio.timeout(5):  # the row comes with the announcement, a moment after the toast
            while not rows(user):
                await asyncio.sleep(0.02)
        assert [row["name"] for row in rows(user)] == ["Individual 60"]
    assert (await ServiceCode.get()).code == "IN60"


async def test_a_new_service_code_is_offered_in_a_color_the_calendar_does_not_show_yet() -> None:
    await a_service_code("IN45", color="Sky")
    await a_service_code("OLD", color="Blue", archived_at=NOW)
    async with screens(PAGES) as open_:
        user = await open_(routes.SERVICE_CODES)
        await press(user, "New Service Code")
        await user.should_see(marker="color")
        assert field(user, "color").value == "Iris"


async def test_everything_wrong_is_said_beside_its_field_and_nothing_is_lost() -> None:
    await a_service_code("IN60")
    async with screens(PAGES) as open_:
        user = await open_(routes.SERVICE_CODES)
        await press(user, "New Service Code")
        await user.should_see(marker="code")
        typed(user, "code", "in60")
        await press(user, "Save")
        await user.should_see("Type a name")
        assert field(user, "code").error == "IN60 is taken. Choose another."
        assert field(user, "code").value == "in60"
    assert await ServiceCode.all().count() == 1


async def test_an_address_opens_the_editor_and_the_preview_follows_what_is_typed() -> None:
    code = await play()
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.SERVICE_CODES, code.id, field="name"))
        await user.should_see("Edit Service Code")
        typed(user, "code", "toys")
        assert "TOYS" in next(iter(user.find(CodePreview).elements)).content
        assert table(user)._props["chosen"] == code.id


async def test_the_order_of_billing_codes_is_kept() -> None:
    code = await play()
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.SERVICE_CODES, code.id))
        await user.should_see("Move 90785 up")
        await press(user, "Move 90785 up")
        await user.should_see("Move 90832 up")
        await press(user, "Save")
        await user.should_see("PLAY saved")
    order = await ServiceCodeLine.filter(service_code=code).order_by("position").values_list("billing_code__code")
    assert [row[0] for row in order] == ["90785", "90832"]


async def test_a_code_in_use_is_retired_and_comes_back_by_undo() -> None:
    code = await play()
    await an_appointment(service_code=code)
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.SERVICE_CODES, code.id))
        await user.should_see("Used on 1 appointment")
        await press(user, "Retire code")
        await user.should_see("PLAY retired")
        assert (await ServiceCode.get(id=code.id)).archived_at is not None
        await press(user, "Undo")
        await user.should_see("PLAY is in use again")
    assert (await ServiceCode.get(id=code.id)).archived_at is None


async def test_an_unused_code_is_deleted_after_a_question_by_name() -> None:
    code = await a_service_code("OLD")
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.SERVICE_CODES, code.id))
        await user.should_see("Delete code")
        await press(user, "Delete code")
        await user.should_see("Delete OLD?")
        await press(user, "Delete Service Code")
        await user.should_see("OLD deleted")
        assert await ServiceCode.all().count() == 0
        await press(user, "Undo")
        await user.should_see("OLD is back")
    assert (await ServiceCode.get()).code == "OLD"


async def test_what_one_person_saves_the_other_sees_at_once() -> None:
    code = await play()
    async with screens(PAGES) as open_:
        reader = await open_(routes.SERVICE_CODES)
        await reader.should_see("Play therapy")
        await set_color(code.id, "Teal", by=OWNER, now=NOW)
        await eventually(lambda: "sb-color-teal" in rows(reader)[0]["chip"])


async def test_someone_elses_change_is_told_and_what_is_typed_stays() -> None:
    code = await play()
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.SERVICE_CODES, code.id))
        await user.should_see("Edit Service Code")
        typed(user, "name", "Mine")
        theirs = await draft_of_service_code(code.id, seen_by=OWNER)
        theirs.name, theirs.default_minutes = "Theirs", 30
        await keep_service_code(theirs, by=OWNER, now=NOW)
        await user.should_see("Ada Fernwhistle changed Name while you were editing.")
        assert (field(user, "name").value, field(user, "length").value) == ("Mine", 30)
        await press(user, "Save")
        await user.should_see("See the change")
        assert (await ServiceCode.get(id=code.id)).name == "Theirs"
        await press(user, "See the change")
        await user.should_see("Two changes of this Service Code")
        await press(user, "Keep mine")
        await user.should_not_see("See the change")
        await press(user, "Save")
        await user.should_see("PLAY saved")
    kept = await ServiceCode.get(id=code.id)
    assert (kept.name, kept.default_minutes) == ("Mine", 30)


async def test_typed_text_is_not_thrown_away_without_a_question() -> None:
    first, second = await play(), await a_service_code("IN60")
    async with screens(PAGES) as open_:
        user = await open_(routes.master(routes.SERVICE_CODES, first.id))
        await user.should_see("Edit Service Code")
        typed(user, "name", "Half typed")
        tap(user, second.id)
        await user.should_see("Leave PLAY without saving?")
        await press(user, "Keep editing")
        await eventually(lambda: not questions(user))
        assert field(user, "name").value == "Half typed"
