"""The Calendar and Import pages in a real browser: drag with mouse and finger, two people at once, keys, both sizes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.browser.conftest import Server, Watched, place, sign_in, start, stop

ROOT = Path(__file__).resolve().parent.parent
AXE = (ROOT / "fixtures" / "axe.min.js").read_text()
SIDEWAYS = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@pytest.fixture(scope="module")
def practice() -> Iterator[Server]:
    """One demo practice for the module; each test works on appointments of its own."""
    server = start("--demo")
    yield server
    stop(server)


@pytest.fixture(scope="module")
def cookies(practice: Server, chromium: Browser) -> StorageState:
    """What a browser keeps once it is signed in: signing in anew for each test would take longer than the tests."""
    context = chromium.new_context()
    sign_in(Watched(context, practice))
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def calendar(practice: Server, cookies: StorageState, window) -> Callable[..., Page]:
    """`calendar("tablet", view="Day")`: signed in, on the calendar."""

    def open_(size: str = "desk", *, view: str = "Week") -> Page:
        page = window(practice, size, storage_state=cookies).page()
        page.goto(practice.url)
        show(page, view)
        return page

    return open_


def show(page: Page, view: str) -> None:
    page.get_by_role("group", name="View").get_by_role("button", name=view, exact=True).click()
    expect(page.get_by_role("group", name="View").get_by_role("button", name=view, exact=True)).to_have_attribute("aria-pressed", "true")


def block(page: Page, words: str) -> Locator:
    """A block by who and when it is."""
    return page.get_by_role("button", name=re.compile(f"^{words}"))


def middle(part: Locator, *, down: float | None = None) -> tuple[float, float]:
    box = place(part)
    return box["x"] + box["width"] / 2, box["y"] + (box["height"] / 2 if down is None else down)


def drag(page: Page, from_: tuple[float, float], to: tuple[float, float]) -> None:
    page.mouse.move(*from_)
    page.mouse.down()
    page.mouse.move(from_[0] + 8, from_[1] + 8, steps=3)
    page.mouse.move(*to, steps=8)
    page.mouse.up()


def findings(page: Page) -> list[str]:
    """What axe-core finds serious or critical in the page and its dialogs."""
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run({ include: [['.sb-page'], ['.q-dialog']] })).violations")
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in {"serious", "critical"}
    ]


def test_a_drag_is_kept_and_seen_by_another_without_reload(calendar):
    page, other = calendar(), calendar()
    mine = block(page, "Linus Brambleby, 2:00")
    expect(block(other, "Linus Brambleby, 2:00")).to_be_visible()
    here = middle(mine, down=12)
    drag(page, here, (here[0], here[1] + 69))
    expect(page.get_by_text("Moved to Wed, Oct 14, 3:00 PM")).to_be_visible()
    expect(block(other, "Linus Brambleby, 3:00 – 3:55 PM")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(block(other, "Linus Brambleby, 2:00 – 2:55 PM")).to_be_visible()


def test_a_drag_between_providers_changes_the_provider(calendar):
    page = calendar(view="Day")
    here = middle(block(page, "Yarrow Stickleback, 1:00"), down=12)
    target = place(page.locator(".ec-body .ec-day").first)
    drag(page, here, (target["x"] + target["width"] / 2, here[1]))
    expect(page.get_by_text("Moved to Wed, Oct 14, 1:00 PM")).to_be_visible()
    block(page, "Yarrow Stickleback").click()
    panel = page.locator(".sb-panel")
    expect(panel.get_by_text("Imogen Larkspur")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(panel.get_by_text("Nell Wintergloam")).to_be_visible()


def test_an_edge_lengthens(calendar):
    page = calendar(view="Day")
    page.get_by_role("button", name="Next day").click()
    box = place(block(page, "Dill Featherbottom, 1:00"))
    edge = (box["x"] + box["width"] / 2, box["y"] + box["height"] - 3)
    drag(page, edge, (edge[0], edge[1] + 17))
    expect(block(page, "Dill Featherbottom, 1:00 – 2:00 PM")).to_be_visible()


def test_a_billed_appointment_says_as_what_and_leads_to_its_session(calendar):
    page = calendar()
    page.get_by_role("button", name="Previous week").click()
    block(page, "Fennel Buttonwick, 8:30.*sent to billing").click()
    panel = page.locator(".sb-panel")
    for words in ("Sent to billing", "90834", "1 unit", "$120.00", "Time, client, provider and Service Code stay as billed."):
        expect(panel.get_by_text(words).first).to_be_visible()
    panel.get_by_role("button", name=re.compile("Open client session")).click()
    expect(page).to_have_url(re.compile(r"/client-sessions\?session=\d+"))


@pytest.mark.parametrize("size", ["desk", "tablet"])
def test_a_tap_on_an_empty_slot_books_an_appointment_there(calendar, size):
    page = calendar(size, view="Day")
    page.get_by_role("button", name="Next day").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("October 15")
    column = page.locator(".ec-body .ec-day").nth(2)
    box = place(column)
    nine = place(page.locator(".ec-body .ec-slot", has_text="9 AM"))
    spot = (box["x"] + box["width"] / 2, nine["y"] + nine["height"] / 2 + 4)
    (page.touchscreen.tap if size == "tablet" else page.mouse.click)(*spot)
    dialog = page.get_by_role("dialog", name="New appointment")
    expect(dialog.get_by_label("From", exact=True)).to_have_value("9:00 AM")
    expect(dialog.get_by_text("Nell Wintergloam")).to_be_visible()
    dialog.get_by_role("combobox", name="Client").fill("Basil")
    page.get_by_role("option", name="Basil Thistledown").click()
    dialog.get_by_role("button", name="Book appointment").click()
    expect(page.get_by_text("Appointment booked")).to_be_visible()
    expect(block(page, "Basil Thistledown, 9:00")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(block(page, "Basil Thistledown, 9:00")).to_have_count(0)


def test_what_another_person_changes_keeps_my_scroll_and_my_half_filled_form(calendar):
    page, other = calendar(view="Day"), calendar(view="Day")
    main = page.locator(".ec-main")
    main.evaluate("part => part.scrollTop = 180")
    before = main.evaluate("part => part.scrollTop")
    page.keyboard.press("n")
    note = page.get_by_role("dialog").get_by_label("Note")
    note.fill("half a sentence")
    block(other, "Sage Inkwellian, 9:30").click()
    other.locator(".sb-panel").get_by_role("button", name="No-show").click()
    expect(page.get_by_role("button", name=re.compile("^Sage Inkwellian, 9:30.*No-show"), include_hidden=True)).to_have_count(1)
    expect(note).to_have_value("half a sentence")
    assert main.evaluate("part => part.scrollTop") == before
    other.locator(".sb-panel").get_by_role("button", name="Attended").click()


def test_an_edit_on_top_of_anothers_is_told_before_it_is_kept(calendar):
    page, other = calendar(view="Day"), calendar(view="Day")
    for one in (page, other):
        block(one, "Alder Fiddlecrook, 1:00").click()
        one.locator(".sb-panel").get_by_role("button", name="Edit", exact=True).click()
    other.get_by_role("dialog").get_by_label("Note").fill("Theirs")
    other.get_by_role("button", name="Save changes").click()
    expect(other.get_by_text("Appointment saved")).to_be_visible()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(re.compile("Ada Fernwhistle changed Note"))).to_be_visible()
    expect(dialog.get_by_label("Note")).to_have_value("Theirs")


def test_keys_move_and_change_the_view(calendar):
    page = calendar()
    heading = page.get_by_role("heading", level=1)
    for key, words in (("d", "Wednesday, October 14"), ("ArrowRight", "Thursday, October 15"), ("t", "Wednesday, October 14"),
                       ("m", "October 2026"), ("ArrowLeft", "September 2026"), ("t", "October 2026"), ("w", "October 12 – 16, 2026")):
        page.keyboard.press(key)
        expect(heading).to_have_text(words)
    page.keyboard.press("/")
    page.get_by_role("dialog").get_by_label("Client or title").fill("thimble")
    page.get_by_role("dialog").get_by_text("Quince Thimbleton").first.click()
    expect(page.locator(".sb-panel")).to_contain_text("Quince Thimbleton")
    expect(page.locator(".q-dialog")).to_have_count(0)  # keys belong to a dialog for as long as it fades
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys of the calendar")
    dialog.get_by_role("switch", name="Single-letter keys").click()
    dialog.get_by_role("button", name="Close").last.click()
    expect(page.locator(".q-dialog")).to_have_count(0)
    page.keyboard.press("n")
    page.wait_for_timeout(400)
    expect(page.get_by_role("dialog", name="New appointment")).to_have_count(0)
    page.keyboard.press("?")
    dialog.get_by_role("switch", name="Single-letter keys").click()


def test_a_date_is_jumped_to_from_the_title(calendar):
    page = calendar(view="Day")
    page.get_by_role("button", name=re.compile("jump to a date")).click()
    page.locator(".q-date").get_by_role("button", name="27", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tuesday, October 27")


def test_a_legends_color_changes_every_open_calendar(calendar):
    page, other = calendar(), calendar()
    page.get_by_role("group", name="Show only these Service Codes").get_by_role("button", name=re.compile("^PLAY")).click()
    expect(block(page, "Rowan Applewick")).to_have_count(0)
    page.get_by_role("button", name="Edit color").click()
    page.get_by_role("radio", name="Olive").click()
    page.get_by_role("button", name="Save color").click()
    expect(other.locator(".ec-event.sb-color-olive", has_text="Sorrel Mapplethwick")).to_be_visible()
    expect(block(other, "Rowan Applewick")).to_be_visible()


@pytest.mark.parametrize("size", ["desk", "tablet"])
def test_every_view_is_free_of_serious_findings_and_scrolls_only_down(calendar, size):
    page = calendar(size)
    for view in ("Day", "Week", "Month", "List"):
        show(page, view)
        page.wait_for_timeout(500)
        assert findings(page) == [], view
        assert page.evaluate(SIDEWAYS) == 0, view
    show(page, "Day")
    block(page, "Sage Inkwellian, 9:30").click()
    page.wait_for_timeout(400)
    assert findings(page) == []
    page.locator(".sb-panel").get_by_role("button", name="Edit", exact=True).click()
    page.wait_for_timeout(500)
    assert findings(page) == []


@pytest.mark.parametrize("size", ["desk", "tablet"])
def test_a_calendar_file_is_brought_in_by_hand(calendar, size):
    page = calendar(size)
    page.get_by_role("button", name="More").click()
    page.get_by_text("Import a calendar file").click()
    assert findings(page) == []
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").last.click()
    chooser.value.set_files(ROOT / "fixtures" / "imports" / "practice.ics")
    expect(page.get_by_text("32 events in these days")).to_be_visible()
    page.wait_for_timeout(400)
    assert findings(page) == []
    assert page.evaluate(SIDEWAYS) == 0
    if size == "desk":
        page.get_by_role("button", name="Choose", exact=True).click()
        page.get_by_role("button", name="Time without a client").click()
        page.get_by_role("button", name="Apply").click()
        page.get_by_role("button", name="Import 30 appointments").click()
        expect(page.get_by_text("30 appointments imported")).to_be_visible()
    else:
        expect(page.locator(".sb-pill", has_text="unchanged")).to_contain_text("30")
        expect(page.get_by_role("button", name="Nothing to import")).to_be_disabled()
