"""Invoice Clients and Insurance on the screen: what is ready, what to fix, and from the press to the papers."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from nicegui.testing import User

from domain import jobs
from domain.clients import draft_of_client, keep_client
from domain.invoicing import draw_missing
from storage.models import AcceptedWarning, Claim, ClientSession, Invoice, Practice
from tests.fixtures.billing import a_workplace, an_insured_client, an_insured_session, make
from tests.fixtures.builders import MONDAY_NINE, NOW, OWNER, a_client, a_payer, a_session
from tests.fixtures.screens import eventually, field, press, questions, rows, screens, table, typed
from ui import routes
from ui.components.buttons import Button
from ui.components.segmented import Segmented
from ui.components.waiting_bar import WaitingBar
from ui.pages.client import client
from ui.pages.invoice_clients import invoice_clients

AN_HOUR_LATER = MONDAY_NINE + timedelta(hours=1)
PAGES = {routes.INVOICE: invoice_clients, routes.CLIENT: client}


@pytest.fixture(autouse=True)
async def _workplace(practice_db):
    a_workplace(practice_db)
    yield
    await jobs.stop()


def act(user: User, row_id: int, arg: str) -> None:
    """A tap on a link below a row."""
    shown = table(user)
    shown._tell(shown.on_act, "mend", row_id, arg)


def tick(user: User, *row_ids: int) -> None:
    shown = table(user)
    shown.ticked |= set(row_ids)
    shown._tell(shown.on_tick)


def ids(user: User) -> list[int]:
    return [row["id"] for row in rows(user)]


async def test_a_ready_row_shows_who_what_and_how_much() -> None:
    session = await an_insured_session(await an_insured_client(), lines=[{"modifiers": "HO"}])
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Rowan Applewick")
        [row] = rows(user)
    assert (row["id"], row["codes"], row["units"], row["fee"]) == (session.id, "90837 · HO", "1", "$150.00")
    assert (row["bill_to"], row["payer"], row["diagnoses"], row["day"]) == ("Insurance", "Bluebell Health", "F41.1", "Oct 12")
    assert "Ready" in row["status"]
    assert (row["_can"], row["_more"]) == (True, "")


async def test_select_all_and_generate_rest_until_there_is_something_to_take() -> None:
    red = await an_insured_client(birth_date=None)
    await an_insured_session(red)
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("has no birth date")
        resting = {one.text: one.enabled for one in user.client.elements.values() if isinstance(one, Button)}
        assert not resting["Select All"]
        assert not resting["Generate Invoices and Insurance Forms"]
        draft = await draft_of_client(red.id, seen_by=OWNER)
        draft.birth_date = date(1991, 5, 4)
        await keep_client(draft, by=OWNER, now=NOW)
        select_all = next(one for one in user.client.elements.values() if isinstance(one, Button) and one.text == "Select All")
        await eventually(lambda: select_all.enabled)


async def test_an_early_tap_is_not_lost_since_the_buttons_rest_until_the_rows_are_read() -> None:
    bars: list[WaitingBar] = []
    acts = dict.fromkeys(("on_select_all", "on_hold", "on_release", "on_preview", "on_generate"), lambda: None)
    async with screens({"/bar": lambda visit: bars.append(WaitingBar("", **acts))}) as open_:
        await open_("/bar")
        assert not any(button.enabled for button in (bars[0].select_all, bars[0].hold, bars[0].preview, bars[0].generate))


async def test_a_red_row_lists_all_reasons_each_leading_to_its_field() -> None:
    client = await an_insured_client(birth_date=None, policy={"member_id": ""})
    session = await an_insured_session(client)
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Rowan Applewick has no birth date")
        [row] = rows(user)
        assert "2 to fix" in row["status"]
        assert (row["_can"], row["_tone"]) == (False, "bad")
        assert "has no member id with Bluebell Health" in row["_more"]
        await user.should_see("To fix 1")
        act(user, session.id, "0")
        await user.should_see(marker="birth-date")  # the client's editor, at the field


async def test_a_row_goes_green_by_itself_once_mended_and_ticks_stay() -> None:
    red = await an_insured_client(birth_date=None)
    mended = await an_insured_session(red)
    other = await a_session(await a_client("Bo Self"))
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("1 to fix")
        tick(user, other.id)
        draft = await draft_of_client(red.id, seen_by=OWNER)
        draft.birth_date = date(1991, 5, 4)
        await keep_client(draft, by=OWNER, now=NOW)
        await eventually(lambda: rows(user)[0]["_can"])
        assert ids(user) == [mended.id, other.id]
        assert table(user).ticked == {other.id}
        await user.should_see("To fix 0")


async def test_select_all_skips_held_and_red_ones_and_the_bar_counts() -> None:
    ready = [await a_session(await a_client(name)) for name in ("Ann Birch", "Bo Self")]
    await a_session(await a_client("Cy Held"), status="held", held_reason="Asked to wait")
    await an_insured_session(await an_insured_client("Di Red", birth_date=None))
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("0 selected")
        await press(user, "Select All")
        await user.should_see("2 selected")
        await user.should_see(", 1 to fix first")
        await user.should_see("$300.00")
        assert table(user).ticked == {one.id for one in ready}


async def test_a_held_row_says_why_and_is_released_in_place() -> None:
    session = await a_session(status="held", held_reason="Waiting for the authorization")
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("On hold: Waiting for the authorization")
        act(user, session.id, "release")
        await eventually(lambda: rows(user)[0]["_can"])
    assert (await ClientSession.get(id=session.id)).status == "ready"


async def test_ticked_rows_are_held_with_a_reason_and_released_together() -> None:
    first, second, third = [await a_session(await a_client(name)) for name in ("Ann Birch", "Bo Self", "Cy Reed")]
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Cy Reed")
        tick(user, first.id, second.id)
        await press(user, "Hold")
        await user.should_see("Hold 2 sessions?")
        await press(user, "Hold 2 sessions")
        await user.should_see("Say why it is held")
        typed(user, "reason", "Waiting for the authorization")
        await press(user, "Hold 2 sessions")
        await user.should_see("2 sessions are on hold")
        await eventually(lambda: [row["id"] for row in rows(user) if not row["_can"]] == [first.id, second.id])
        assert table(user).ticked == set()
        with user:
            next(one for one in user.find(Segmented).elements if "held" in one.segments).set_value("held")
        await press(user, "Release all 2")
        await user.should_see("2 sessions are ready again")
        await user.should_see("On hold 0")
    assert await ClientSession.filter(id__in=[first.id, second.id, third.id], status="ready", held_reason="").count() == 3


async def test_filters_and_totals_show_only_what_is_asked() -> None:
    insured = await an_insured_session(await an_insured_client("Ann Birch"))
    own = await a_session(await a_client("Bo Self"), lines=[{"fee_cents": 9000}])
    held = await a_session(await a_client("Cy Held"), status="held", held_reason="Asked to wait")
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Bluebell Health")
        typed(user, "find-a-client", "birch")
        await eventually(lambda: ids(user) == [insured.id])
        typed(user, "find-a-client", "")
        typed(user, "payer", "client")
        await eventually(lambda: set(ids(user)) == {own.id, held.id})
        typed(user, "payer", "")
        await press(user, "On hold 1")
        await eventually(lambda: ids(user) == [held.id])
        await press(user, "Ready 2")
        await eventually(lambda: set(ids(user)) == {insured.id, own.id})
        await press(user, "To fix 0")
        await user.should_see("Nothing fits these filters")
        await press(user, "Show all of them")
        await eventually(lambda: set(ids(user)) == {insured.id, own.id, held.id})


async def test_sessions_after_the_days_shown_are_not_listed() -> None:
    await a_session(await a_client("Ann Birch"), starts_at=MONDAY_NINE.replace(year=2031))
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Nothing to invoice here")


async def test_generate_makes_the_papers_and_lists_them() -> None:
    insured = await an_insured_session(await an_insured_client())
    own = await a_session(await a_client("Bo Self"), starts_at=AN_HOUR_LATER)
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Bo Self")
        typed(user, "message-printed-on-the-client-invoices", "Thank you.")
        tick(user, insured.id, own.id)
        await press(user, "Generate Invoices and Insurance Forms")
        await eventually(lambda: "3 documents ready" in questions(user))
        await user.should_see("1 insurance form and 2 client invoices for $300.00 of sessions.")
        await user.should_see("Insurance forms, $150.00")
        await user.should_see("Invoice 2026-0001")
        await user.should_see("Nothing to invoice here")
    assert await Claim.all().count() == 1
    assert all("Thank you." in record for record in await Invoice.all().values_list("record", flat=True))


async def test_warnings_are_asked_about_before_anything_is_made_and_accepted_with_a_reason() -> None:
    one, other = await a_session(await a_client("Ann Birch")), await a_session(await a_client("Bo Self"))
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("To check 2")
        assert "1 to check" in rows(user)[0]["status"]
        assert "has another client at the same time" in rows(user)[0]["_more"]
        tick(user, one.id, other.id)
        await press(user, "Generate Invoices and Insurance Forms")
        await user.should_see(f"Imogen Larkspur has another client at the same time, in session {other.id} "
                              "(Ann Birch, Oct 12, and 1 more)")
        await press(user, "Accept and generate")
        await user.should_see("Say why they may pass")
        assert await Invoice.all().count() == 0
        typed(user, "reason-to-accept-them", "They share the hour")
        await press(user, "Accept and generate")
        await eventually(lambda: "2 documents ready" in questions(user))
    kept = await AcceptedWarning.all().order_by("session_id")
    assert [(row.session_id, row.code, row.reason) for row in kept] == [
        (one.id, "two_clients_at_once", "They share the hour"), (other.id, "two_clients_at_once", "They share the hour")]


async def a_late_session() -> ClientSession:
    late = await an_insured_client(policy={"payer": await a_payer(days_to_file=1)})
    return await an_insured_session(late, starts_at=MONDAY_NINE - timedelta(days=7))


async def test_a_session_with_a_warning_can_be_left_out_of_what_is_generated() -> None:
    odd, fine = await a_late_session(), await a_session(await a_client("Bo Self"))
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("takes claims for 1 day")
        tick(user, odd.id, fine.id)
        await press(user, "Generate Invoices and Insurance Forms")
        await press(user, "Leave it out")
        await eventually(lambda: "1 document ready" in questions(user))
        await eventually(lambda: ids(user) == [odd.id])
    assert (await ClientSession.get(id=odd.id)).status == "ready"
    assert not await AcceptedWarning.exists()


async def test_a_person_who_goes_back_makes_nothing_and_may_press_again() -> None:
    odd = await a_late_session()
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("To check 1")
        tick(user, odd.id)
        await press(user, "Generate Invoices and Insurance Forms")
        await user.should_see("1 session has something to check")
        await press(user, "Go back")
        generate = next(one for one in user.client.elements.values() if isinstance(one, Button) and one.text.startswith("Generate"))
        await eventually(lambda: generate.enabled)
    assert await Invoice.all().count() == 0
    assert not await AcceptedWarning.exists()


async def test_a_double_tap_generates_once() -> None:
    session = await a_session()
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Rowan Applewick")
        tick(user, session.id)
        await press(user, "Generate Invoices and Insurance Forms")
        await press(user, "Generate Invoices and Insurance Forms")
        await eventually(lambda: "1 document ready" in questions(user))
    assert await Invoice.all().count() == 1


async def test_the_practices_usual_message_is_offered() -> None:
    await Practice.filter(id=1).update(invoice_message="Please pay within 30 days.")
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see(marker="message-printed-on-the-client-invoices")
        assert field(user, "message-printed-on-the-client-invoices").value == "Please pay within 30 days."


async def test_a_row_that_someone_else_invoices_leaves_and_is_told() -> None:
    mine, theirs = await a_session(await a_client("Ann Birch")), await a_session(await a_client("Bo Self"))
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Bo Self")
        tick(user, mine.id, theirs.id)
        await make(theirs)
        await eventually(lambda: ids(user) == [mine.id])
        assert table(user).ticked == {mine.id}
        await user.should_see("1 ticked session was invoiced or removed by someone else and left this list.")
        await user.should_see("Documents are being made.")
        await draw_missing(jobs.workplace())
        await user.should_not_see("Documents are being made.")


async def test_the_one_who_generates_is_not_told_that_someone_else_did() -> None:
    session = await a_session()
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Rowan Applewick")
        tick(user, session.id)
        await press(user, "Generate Invoices and Insurance Forms")
        await eventually(lambda: "1 document ready" in questions(user))
        await user.should_not_see("by someone else")


async def test_what_was_left_out_is_told_with_its_reason() -> None:
    ready = await a_session(await a_client("Ann Birch"), starts_at=AN_HOUR_LATER)
    red = await an_insured_session(await an_insured_client("Di Red", birth_date=None))
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Di Red")
        tick(user, ready.id, red.id)  # as if it had turned red after it was ticked
        await press(user, "Generate Invoices and Insurance Forms")
        await eventually(lambda: "1 document ready" in questions(user))
        await user.should_see("1 session was left out because something is missing.")
        await user.should_see("Di Red: Di Red has no birth date")
        await press(user, "Show what to fix")
        await eventually(lambda: ids(user) == [red.id])


async def test_when_nothing_can_be_made_the_page_says_why() -> None:
    red = await an_insured_session(await an_insured_client("Di Red", birth_date=None))
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Di Red")
        tick(user, red.id)
        await press(user, "Generate Invoices and Insurance Forms")
        await user.should_see("Nothing was made, and no session was changed.")
    assert (await ClientSession.get(id=red.id)).status == "ready"


async def test_drawing_that_was_left_is_found_again(practice_db) -> None:
    seen = asyncio.Event()

    async def once_seen(draw, *given):
        await seen.wait()
        return await asyncio.to_thread(draw, *given)

    jobs.set_up(jobs.Workplace(folder=practice_db, now=lambda: NOW, off_loop=once_seen))
    await make(await a_session())
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Documents are being made.")
        await press(user, "Show progress")
        seen.set()
        await eventually(lambda: "1 document ready" in questions(user))
        await user.should_see("1 client invoice.")


async def test_drawing_that_failed_loses_nothing_and_is_tried_again(practice_db) -> None:
    session = await a_session()

    async def full_disk(*_what, **_how):
        raise OSError

    jobs.set_up(jobs.Workplace(folder=practice_db, now=lambda: NOW, off_loop=full_disk))
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Rowan Applewick")
        tick(user, session.id)
        await press(user, "Generate Invoices and Insurance Forms")
        await user.should_see("1 could not be drawn. They are kept with their numbers; nothing is lost.")
        a_workplace(practice_db)
        await press(user, "Try again")
        await eventually(lambda: "1 document ready" in questions(user))


async def test_the_papers_can_be_looked_at_before_anything_is_made() -> None:
    insured = await an_insured_client(policy={"copay_cents": 2500})
    session, other = await an_insured_session(insured), await a_session(await a_client("Ivy Candlewright"))
    async with screens(PAGES) as open_:
        user = await open_(routes.INVOICE)
        await user.should_see("Rowan Applewick")
        tick(user, session.id, other.id)
        await press(user, "Preview")
        await user.should_see("1 of 3 · Invoice")
        await press(user, "Next document")
        await press(user, "Next document")
        await user.should_see("3 of 3 · Insurance form")
        await eventually(lambda: pictures(user) == ["Insurance form for Rowan Applewick, Bluebell Health, page 1 of 1"])
        draft = await draft_of_client(insured.id, seen_by=OWNER)
        draft.name = "Rowan Quickthorn"
        await keep_client(draft, by=OWNER, now=NOW)
        await eventually(lambda: pictures(user) == ["Insurance form for Rowan Quickthorn, Bluebell Health, page 1 of 1"])
    assert await Claim.all().count() == 0


def pictures(user: User) -> list[str]:
    return [one.props["alt"] for one in user.client.elements.values() if one.tag == "img"]
