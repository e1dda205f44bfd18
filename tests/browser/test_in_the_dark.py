"""In dark, with records on the screen: every page, its menus and its biggest dialogs are as legible as in light."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, sign_in, start, stop

AXE = (Path(__file__).resolve().parent.parent / "fixtures" / "axe.min.js").read_text()
FADES = 350  # ms a menu or dialog takes to be there; a color half faded in has no contrast


@pytest.fixture(scope="module")
def practice() -> Iterator[Server]:
    server = start("--demo")
    yield server
    stop(server)


@pytest.fixture
def dark(practice, window):
    """`dark("tablet")`: signed in, in dark."""
    def open_(size: str) -> Page:
        shown = sign_in(window(practice, size, color_scheme="dark", reduced_motion="reduce"))
        expect(shown.locator("body.body--dark")).to_be_visible()
        return shown
    return open_


def serious(page: Page) -> list[str]:
    page.wait_for_timeout(FADES)
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run({ resultTypes: ['violations'] })).violations")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in {"serious", "critical"}]


def at(page: Page, path: str, there: str = "tr[data-row]") -> None:
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + path)
    page.locator(there).first.wait_for()


def menu_of(opener: Locator) -> None:
    opener.click()
    opener.page.locator(".q-menu").wait_for()


def test_sending_and_the_grid_have_no_serious_finding_in_dark(dark):
    page = dark("desk")
    at(page, "/client-sessions")
    menu_of(page.get_by_role("button", name=re.compile("^Dates shown")))
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Import Calendar Appointments").first.click()
    page.get_by_role("checkbox", name="Select all appointments that can be sent").click()
    assert serious(page) == []
    at(page, "/invoice")
    page.get_by_role("button", name="Select All").click()
    menu_of(page.get_by_role("button", name="Message"))
    assert serious(page) == []


def test_editors_and_menus_have_no_serious_finding_in_dark_on_a_tablet(dark):
    page = dark("tablet")
    at(page, "/invoice")
    page.locator(".sb-edit-button").first.tap()
    page.get_by_role("group", name="What to look at").wait_for()
    assert serious(page) == []
    at(page, "/clients/1", ".sb-client")
    menu_of(page.get_by_role("button", name="More"))
    assert serious(page) == []
    at(page, "/setup/service-codes?open=1", ".sb-panel")
    menu_of(page.get_by_role("button", name="Your account"))
    assert serious(page) == []


def test_nothing_stands_over_the_edge_of_a_bar_or_head_on_a_tablet(dark):
    page = dark("tablet")
    for path in ("/client-sessions", "/invoice", "/clients", "/reports?report=not-billed"):
        at(page, path)
        over = page.evaluate("""[...document.querySelectorAll('.sb-header, .sb-toolbar, .sb-bottom-bar')]
            .filter((bar) => bar.scrollWidth > bar.clientWidth).map((bar) => bar.className)""")
        assert over == [], path
        title = page.locator(".sb-header .sb-title")
        assert title.evaluate("(words) => words.scrollWidth <= words.clientWidth"), f"the title of {path} is cut"
