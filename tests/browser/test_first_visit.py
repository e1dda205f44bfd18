"""From an empty machine: set up by hand, bring in clients and a calendar, and look at every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = (ROOT / "tests/fixtures/axe.min.js").read_text()
PAGES = (
    "/", "/client-sessions", "/invoice", "/documents", "/clients", "/import", "/setup/service-codes",
    "/setup/billing-codes", "/setup/appointment-types", "/setup/providers", "/setup/locations", "/setup/payers",
    "/setup/practice", "/setup/staff",
)


def set_up(page: Page, url: str) -> None:
    """Name the practice and its owner; the calendar shows."""
    page.goto(url)
    page.get_by_role("button", name="Set up my practice").click()
    page.get_by_label("Practice name").fill("Harbor Light Counseling")
    page.get_by_label("Your name").fill("Ada Fernwhistle")
    page.get_by_label("Your email").fill("ada@example.com")
    page.get_by_label("Password", exact=True).fill("a long enough one")
    page.get_by_role("button", name="Create my practice").click()
    page.get_by_role("link", name="Client Sessions").wait_for()


def serious(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page."""
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("size", ["desk", "tablet"])
def test_a_new_practice_is_set_up_by_hand_and_every_page_opens_calm(empty, window, size):
    page = window(empty, size).page()
    set_up(page, empty.url)
    wrong = {}
    for path in PAGES:
        page.goto(empty.url + path)
        page.get_by_text("Live", exact=True).first.wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
        if found := serious(page):
            wrong[path] = found
    assert wrong == {}


def test_set_up_says_what_is_missing_beside_the_field(empty, window):
    page = window(empty).page()
    page.goto(empty.url)
    page.get_by_role("button", name="Set up my practice").click()
    page.get_by_label("Practice name").fill("Harbor Light Counseling")
    page.get_by_role("button", name="Create my practice").click()
    expect(page.get_by_text("Type your name.")).to_be_visible()
    expect(page.get_by_text("at least 10 characters for the password")).to_be_visible()
    assert page.get_by_label("Practice name").input_value() == "Harbor Light Counseling"
