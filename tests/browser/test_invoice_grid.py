"""Two people at the grid: what one mends or invoices shows in the other's browser, whose place and ticks stay."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in

SCROLLED = "document.querySelector('.sb-long-table .q-table__middle').scrollTop"


def at_the_grid(watched) -> Page:
    page = sign_in(watched)
    page.get_by_role("link", name="Invoice Clients and Insurance").click()
    page.locator("tr[data-row]").first.wait_for()
    return page


def test_mending_and_generating_elsewhere_keeps_ones_place_and_ticks(demo, window):
    mine, theirs = at_the_grid(window(demo)), at_the_grid(window(demo))
    expect(mine.get_by_role("button", name="To fix 5")).to_be_visible()
    expect(mine.get_by_role("link", name="Invoice Clients and Insurance 5 to fix", exact=True)).to_be_visible()
    mine.evaluate(f"{SCROLLED} = 1600")
    mine.wait_for_timeout(500)  # the rows around the new place are drawn
    ticked = mine.locator("tr[data-row]").filter(has_text="Ready").nth(12).get_attribute("data-row")
    mine.locator(f"tr[data-row='{ticked}']").get_by_role("checkbox").click()
    expect(mine.get_by_text("1 selected")).to_be_visible()
    place = mine.evaluate(SCROLLED)

    theirs.get_by_role("button", name="Add a diagnosis").first.click()
    theirs.get_by_label("ICD-10-CM code").first.fill("F41.1")
    theirs.get_by_role("button", name="Save").click()
    expect(mine.get_by_role("button", name="To fix 0")).to_be_visible()

    theirs.get_by_role("link", name="Invoice Clients and Insurance").click()
    theirs.get_by_label("Find a client").fill("Linus")
    theirs.get_by_role("button", name="All 5").wait_for()
    theirs.get_by_role("button", name="Select All").click()
    expect(theirs.get_by_text("5 selected")).to_be_visible()
    theirs.get_by_role("button", name="Generate Invoices and Insurance Forms").click()
    expect(theirs.get_by_text(re.compile(r"^\d documents? ready$"))).to_be_visible(timeout=60000)

    expect(mine.get_by_text("Linus Brambleby")).to_have_count(0)
    expect(mine.get_by_text("1 selected")).to_be_visible()
    expect(mine.locator(f"tr[data-row='{ticked}']").get_by_role("checkbox")).to_be_checked()
    assert mine.evaluate(SCROLLED) > place / 2  # five rows above are gone, the rest stayed where it was
