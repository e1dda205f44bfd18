"""The long table in a real browser: ticks, ranges, reasons, and rows that change under a working hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.parts_server import do, heard, surface

__all__ = ["surface"]  # the fixture

AXE = Path(__file__).resolve().parent.parent / "fixtures" / "axe.min.js"


@pytest.fixture
def table(surface, window):
    """`table("tablet")`: the page, open and drawn; what it heard before is forgotten."""
    def open_(size: str = "desk") -> Page:
        page = window(surface, size).page()
        page.goto(f"{surface.url}/table")
        row(page, 0).wait_for()
        surface.said.clear()
        return page
    return open_


def row(page: Page, number: int) -> Locator:
    return page.locator(f"tr[data-row='{number}']").first


def box(page: Page, number: int) -> Locator:
    return page.get_by_role("checkbox", name=f"Select Client {number:04d}")


def scroller(page: Page, act: str) -> float:
    return page.evaluate(f"document.querySelector('.q-table__middle').{act}")


def test_only_what_is_in_sight_is_drawn(table):
    page = table()
    assert page.locator("tr[data-row]").count() < 200
    assert "Client <0000>" in row(page, 0).inner_text()


def test_shift_click_ticks_the_range_but_not_what_is_to_fix(table, surface):
    page = table()
    box(page, 0).click()
    assert heard(surface, "ticked") == ["1"]
    surface.said.clear()
    box(page, 6).click(modifiers=["Shift"])
    assert heard(surface, "ticked") == ["6"]
    assert box(page, 3).get_attribute("aria-checked") == "false"
    assert page.get_by_role("checkbox", name="Select all").get_attribute("aria-checked") == "mixed"


def test_select_all_takes_all_rows_and_not_only_those_in_sight(table, surface):
    page = table()
    everything = page.get_by_role("checkbox", name="Select all")
    everything.click()
    assert heard(surface, "ticked") == ["4500"]
    assert everything.get_attribute("aria-checked") == "true"
    surface.said.clear()
    everything.click()
    assert heard(surface, "ticked") == ["0"]


def test_the_keyboard_ticks_and_opens(table, surface):
    page = table()
    box(page, 2).focus()
    page.keyboard.press("Space")
    assert heard(surface, "ticked") == ["1"]
    row(page, 1).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert heard(surface, "row") == ["2"]


def test_a_tap_tells_the_row_its_pencil_or_its_mend(table, surface):
    page = table()
    row(page, 5).locator(".sb-name").click()
    assert heard(surface, "row") == ["5"]
    page.get_by_role("button", name="Edit Client 0005").click()
    assert heard(surface, "edit") == ["5"]
    page.get_by_role("button", name="Add a diagnosis").first.click()
    assert heard(surface, "act") == ["mend", "3", "diagnosis"]


def test_rows_change_one_by_one_and_scroll_and_ticks_stay(table, surface):
    page = table()
    box(page, 2).click()
    scroller(page, "scrollTop = 90")
    do(surface, "rows/mend")
    page.get_by_text("Mended").wait_for()
    do(surface, "rows/leave")
    row(page, 0).wait_for(state="detached")
    assert scroller(page, "scrollTop") == 90
    assert box(page, 2).get_attribute("aria-checked") == "true"
    surface.said.clear()
    box(page, 4).click()
    assert heard(surface, "ticked") == ["2"]


def test_a_row_that_arrives_later_is_not_ticked(table, surface):
    page = table()
    do(surface, "rows/all")
    do(surface, "rows/add")
    page.get_by_role("checkbox", name="Select Client 6000").wait_for()
    assert page.get_by_role("checkbox", name="Select Client 6000").get_attribute("aria-checked") == "false"
    assert page.get_by_role("checkbox", name="Select all").get_attribute("aria-checked") == "mixed"


def test_all_rows_given_anew_keep_the_scroll_place(table, surface):
    page = table()
    do(surface, "rows/far")
    row(page, 2000).wait_for()
    place = scroller(page, "scrollTop")
    do(surface, "rows/again")
    page.wait_for_timeout(800)
    assert abs(scroller(page, "scrollTop") - place) < 80
    assert row(page, 2000).is_visible()


def test_a_column_folds_into_the_second_line_on_a_tablet(table):
    desk, tablet = table(), table("tablet")
    assert desk.get_by_role("columnheader", name="Payer").is_visible()
    assert not tablet.get_by_role("columnheader", name="Payer").is_visible()
    assert row(tablet, 0).locator(".sb-sub").is_visible()
    cell = row(tablet, 0).locator(".sb-tick-cell").bounding_box()
    assert cell["width"] >= 44
    assert cell["height"] >= 44
    tablet.touchscreen.tap(cell["x"] + 4, cell["y"] + 4)
    assert box(tablet, 0).get_attribute("aria-checked") == "true"


def test_a_head_sorts(table):
    page = table()
    page.get_by_role("button", name="Client", exact=True).click()
    page.get_by_role("button", name="Client", exact=True).click()
    row(page, 4999).wait_for()
    assert page.get_by_role("columnheader", name="Client").get_attribute("aria-sort") == "descending"


def test_nothing_is_hard_to_reach_or_read(table):
    page = table()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((found) => found.violations)")
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in {"serious", "critical"}] == []
