"""A person who breaks things: leaves in the middle, loses the connection, goes Back, types too much, sends twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, StorageState, expect

from tests.browser.conftest import Server, Watched, sign_in, start, stop
from tests.fixtures import crowded

# What the browser itself says on its console while there is no network; nothing of ours.
NO_NETWORK = "ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|WebSocket is closed|ERR_EMPTY_RESPONSE"


@pytest.fixture(scope="module")
def practice(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One crowded practice for the module; each test works on records of its own."""
    data = tmp_path_factory.mktemp("crowded") / "data"
    crowded.fill(data, empty=migrated_file)
    server = start(data=data)
    server.email, server.password = crowded.EMAIL, crowded.PASSWORD
    yield server
    stop(server)


@pytest.fixture(scope="module")
def cookies(practice: Server, chromium: Browser) -> StorageState:
    """What a browser keeps once it is signed in."""
    context = chromium.new_context()
    sign_in(Watched(context, practice))
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def at(practice: Server, cookies: StorageState, window) -> Callable[..., Page]:
    """`at("/clients", "tablet")`: signed in, at an address."""

    def open_(path: str, size: str = "desk", *, may_fail: str = "") -> Page:
        watched = window(practice, size, storage_state=cookies)
        watched.may_fail = may_fail
        page = watched.page()
        page.goto(practice.url + path)
        page.locator("body:not(.sb-offline) .sb-header").wait_for()
        return page

    return open_


def question(page: Page) -> Locator:
    return page.get_by_role("alertdialog")


def answer(page: Page, words: str) -> None:
    question(page).get_by_role("button", name=words).click()
    expect(question(page)).to_have_count(0)


def typed_in_practice(page: Page) -> Locator:
    """A message half typed in the Practice form."""
    message = page.get_by_label("Message")
    message.click()
    message.press_sequentially("Half a sen")
    return message


def lose_connection(page: Page) -> None:
    page.context.set_offline(True)
    page.evaluate("window.socket.io.engine.close()")
    expect(page.get_by_text("Connection lost. Trying again.")).to_be_visible()


def test_a_link_away_from_typed_text_asks_first(at):
    page = at("/setup/practice")
    message = typed_in_practice(page)
    page.get_by_role("link", name="Client Sessions").click()
    answer(page, "Keep editing")
    expect(message).to_have_value("Half a sen")
    page.get_by_role("link", name="Client Sessions").click()
    answer(page, "Leave without saving")
    expect(page.get_by_role("button", name="New session")).to_be_visible()
    assert page.url.endswith("/client-sessions")


def test_back_asks_over_an_open_dialog_and_the_address_stays_with_the_page(at):
    page = at("/clients")
    page.get_by_role("link", name="Client Sessions").click()
    page.get_by_role("button", name="New session").click()
    note = page.get_by_role("dialog", name="New session").get_by_label("Note")
    note.fill("half a note")
    page.go_back()
    answer(page, "Keep editing")
    expect(note).to_have_value("half a note")
    expect(page).to_have_url(re.compile("/client-sessions$"))
    page.go_back()
    answer(page, "Leave without saving")
    expect(page.get_by_role("button", name="New client")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.go_forward()
    expect(page.get_by_role("button", name="New session")).to_be_visible()


def test_a_typed_note_is_asked_about_before_another_appointment_is_opened(at):
    page = at("/?appointment=1")
    page.locator(".sb-panel").get_by_text("note").last.click()
    note = page.locator(".sb-panel").get_by_label("Note")
    note.fill("half a note")
    page.locator(".ec-event").last.click()
    answer(page, "Keep editing")
    expect(note).to_have_value("half a note")
    page.locator(".sb-panel").get_by_role("button", name="Close").click()
    answer(page, "Leave without saving")
    expect(page.locator(".sb-panel")).to_be_hidden()


def test_closing_the_window_asks_while_something_is_typed_and_not_after_it_is_saved(at):
    page = at("/setup/practice")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    typed_in_practice(page)
    page.wait_for_function("window.sbUnsaved.is")
    page.close(run_before_unload=True)
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Practice saved")).to_be_visible()
    page.wait_for_function("!window.sbUnsaved.is")
    page.reload()
    expect(page.get_by_label("Message")).to_have_value("Half a sen")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("size", ["desk", "tablet"])
def test_text_typed_while_the_connection_is_lost_is_saved_once_it_is_back(at, size):
    page = at("/clients/3?at=birth_date", size, may_fail=NO_NETWORK)
    dialog = page.get_by_role("dialog")
    lose_connection(page)
    expect(page.get_by_text("Offline", exact=True)).to_be_visible()
    dialog.get_by_label("Phone", exact=True).fill(f"555-555-01{10 + len(size)}")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try now").click()
    expect(page.get_by_text("Connection lost. Trying again.")).to_be_hidden()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text(f"01{10 + len(size)}").first).to_be_visible()


def test_what_was_typed_when_the_server_was_started_again_is_shown_to_be_copied(at, practice):
    page = at("/clients/4?at=birth_date", may_fail=NO_NETWORK)
    page.get_by_role("dialog").get_by_label("Email", exact=True).click()
    page.get_by_role("dialog").get_by_label("Email", exact=True).press_sequentially("half.an.add")
    stop(practice)
    again = start(data=practice.data, port=int(practice.url.rsplit(":", 1)[1]))
    practice.process, practice.said = again.process, again.said
    expect(page.get_by_text("Nothing was saved, but what you typed is kept here.")).to_be_visible(timeout=30_000)
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="See what you typed").click()
    expect(page.get_by_role("dialog", name="What you typed").get_by_label("Email")).to_have_value("half.an.add")
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Close this message").click()
    page.reload()
    expect(page.get_by_role("button", name="Book appointment")).to_be_visible()
    expect(page.get_by_role("button", name="See what you typed")).to_have_count(0)


def pop_up(page: Page) -> Locator:
    page.get_by_role("button", name="Import Calendar Appointments").first.click()
    dialog = page.get_by_role("dialog", name="Send to Billing")
    dialog.get_by_role("checkbox", name="Select all appointments that can be sent").wait_for()
    return dialog


def test_a_window_closed_right_after_the_press_sends_all_the_same_and_once(at):
    other = at("/")
    mine = other.locator(".ec-event", has_text="Client 🦔").first
    expect(mine).to_be_visible()
    expect(mine.locator(".sb-lock")).to_have_count(0)
    page = at("/client-sessions")
    dialog = pop_up(page)
    dialog.get_by_role("checkbox", name="Select all appointments that can be sent").click()
    expect(dialog.get_by_text("4 of 4 selected")).to_be_visible()
    dialog.get_by_role("button", name="Send to Billing").click()
    page.close()
    expect(mine.locator(".sb-lock")).to_be_visible()
    again = pop_up(at("/client-sessions"))
    expect(again.get_by_role("button", name="already billed 4")).to_be_visible()
    expect(again.get_by_text("0 of 0 selected")).to_be_visible()
    expect(again.get_by_role("button", name="Send to Billing")).to_be_disabled()


# Every page and dialog on which somebody's name stands, with what shows that it is there.
WITH_LONG_NAMES = (
    "/", "/?appointment=1", "/?appointment=3", "/?client=1", "/client-sessions", "/client-sessions?session=1",
    "/client-sessions?new_for=1", "/invoice", "/documents", "/clients", "/clients/1", "/clients/1?at=birth_date",
    "/clients/1?policy=1&at=member_id", "/clients/1?at=diagnoses", "/clients/1?at=bill_to", "/setup/service-codes?open=1",
    "/setup/billing-codes?open=1", "/setup/appointment-types?open=1", "/setup/providers?open=1", "/setup/locations?open=1",
    "/setup/payers?open=1", "/setup/practice", "/setup/staff?open=1",
)
# What stands outside the window or makes some part of the page scroll sideways.
SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth, found = [];
  const cut = (one) => { // something around it hides what is too much
    for (let around = one.parentElement; around && around !== document.body; around = around.parentElement)
      if (["hidden", "clip"].includes(getComputedStyle(around).overflowX) && around.getBoundingClientRect().right <= wide + 1) return true;
  };
  if (document.scrollingElement.scrollWidth > wide) found.push("the page scrolls sideways");
  for (const one of document.querySelectorAll(".sb-menu *, .sb-page *, .q-dialog *")) {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || style.visibility === "hidden" || one.closest(".sb-visually-hidden")) continue;
    const name = `${one.tagName} ${one.className}`.slice(0, 80);
    if ((box.right > wide + 1 || box.left < -1) && !cut(one)) found.push(`${name} stands outside`);
    if (["auto", "scroll"].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1) found.push(`${name} scrolls sideways`);
  }
  return found;
}"""


def test_names_of_two_hundred_characters_fit_every_page_and_dialog(at):
    """At the narrower size: both were looked at, and two rounds of 23 pages cost the run more than they find."""
    page = at("/clients", "tablet")
    wrong = {}
    for path in WITH_LONG_NAMES:
        page.evaluate("path => emitEvent('sb_leave', path)", path)
        page.wait_for_function("path => location.pathname + location.search === path", arg=path)
        page.locator(".sb-header").wait_for()
        if "?" in path:
            page.locator(".sb-dialog-foot:visible, .sb-panel-foot:visible").first.wait_for()
        if found := sideways(page):
            wrong[path] = found[:5]
    assert wrong == {}


def sideways(page: Page) -> list[str]:
    """What stands out of the page once all that slides in has arrived."""
    found: list[str] = []
    for _ in range(40):
        page.wait_for_timeout(250)
        found = page.evaluate(SIDEWAYS)
        if not found:
            break
    return found


NOT_THERE = {
    "/clients/999999": "This client is not there",
    "/clients/999999999999999999999": "This client is not there",
    "/client-sessions?session=999999": "Session 999999 is no longer there.",
    "/client-sessions?new_for=999999": "This client is no longer there.",
    "/?client=999999": "This client is no longer there.",
    "/setup/service-codes?open=999999": "This Service Code is no longer there.",
    "/nothing/here": "There is no page at this address",
    "/clients/1/nothing": "There is no page at this address",
}


def test_an_address_of_what_is_not_there_says_so(at):
    page = at("/nothing/at/all")
    expect(page.get_by_text("There is no page at this address")).to_be_visible()
    for path, says in NOT_THERE.items():
        page.evaluate("path => emitEvent('sb_leave', path)", path)
        page.wait_for_function("path => location.pathname + location.search === path", arg=path)
        expect(page.get_by_text(says).first).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".sb-page").get_by_role("heading", level=1)).to_have_count(1)


def test_a_number_that_no_record_can_have_opens_the_page_alone(at):
    page = at("/client-sessions?session=" + "9" * 30)
    expect(page.get_by_role("button", name="New session")).to_be_visible()
    page.goto(page.url.replace("9" * 30, "²"))
    expect(page.get_by_role("button", name="New session")).to_be_visible()


def test_a_wrong_file_is_refused_in_one_sentence_and_the_next_can_be_chosen(at):
    page = at("/import")
    chosen = page.locator("input[type=file]")
    files = {
        b"\xff\xd8\xff\xe0 a photo": "This is a picture, not a calendar file.",
        b"": "This file is empty.",
        b"BEGIN:VCALENDAR" * 1_400_000: "or larger than 20 MB. Choose another.",
    }
    for content, sentence in files.items():
        chosen.set_input_files({"name": "calendar.ics", "mimeType": "text/calendar", "buffer": content})
        expect(page.locator(".sb-banner.is-bad")).to_contain_text(sentence)
        expect(page.locator(".sb-banner.is-bad")).to_have_count(1)
    clients = "Name,Birth date\r\nZoë Ünderhill,1990-01-02\r\n".encode("utf-16")
    chosen.set_input_files({"name": "clients.csv", "mimeType": "text/csv", "buffer": clients})
    expect(page.get_by_text("Zoë Ünderhill")).to_be_visible()
    expect(page.get_by_role("button", name="Import 1 client")).to_be_enabled()


@pytest.mark.parametrize(("path", "name", "sentence"), [
    ("/import", "calendar.ics", "This file is empty."), ("/payer-files", "payer.835", "This is not an X12 file"),
])
def test_the_same_file_chosen_twice_is_judged_as_the_first_time(at, tmp_path, path, name, sentence):
    """The upload box of the library takes the second for a double and refuses it as if it were too large."""
    page = at(path)
    file = tmp_path / name
    file.write_bytes(b"")
    for _ in range(2):
        page.locator("input[type=file]").set_input_files(file)
        expect(page.locator(".sb-banner.is-bad")).to_contain_text(sentence)
        page.get_by_role("button", name="Close this message").click()


def test_select_all_takes_ten_thousand_appointments_and_a_double_tap_sends_them_once(at):
    dialog = pop_up(at("/client-sessions"))
    dialog.get_by_role("button", name="Last month").click()
    expect(dialog.get_by_text("0 of 10,000 selected")).to_be_visible(timeout=30_000)
    dialog.get_by_role("checkbox", name="Select all appointments that can be sent").click()
    expect(dialog.get_by_text("10,000 of 10,000 selected")).to_be_visible(timeout=30_000)
    expect(dialog.get_by_text("$1,500,000.00")).to_be_visible()
    dialog.get_by_role("button", name="Send to Billing").dblclick()
    expect(dialog.page.get_by_text("10,000 client sessions created")).to_be_visible(timeout=60_000)
    expect(dialog.page.get_by_text("$1,500,000.00 for Sep 1, 2026 – Sep 29, 2026.")).to_be_visible()
