"""The calendar surface in a real browser: mouse, finger, keyboard, any zone, light and dark, and many appointments."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import place, wait_until
from tests.browser.parts_server import do, heard, surface

__all__ = ["surface"]  # the fixture

AXE = Path(__file__).resolve().parent.parent / "fixtures" / "axe.min.js"
SEEN = """(part) => {
  const copy = part.cloneNode(true);
  copy.querySelectorAll(".sb-heard").forEach((words) => words.remove());
  return copy.textContent;
}"""
LONGEST_TASK = """(act) => new Promise(async (done) => {
  const tasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach((task) => tasks.push(task.duration))).observe({ entryTypes: ["longtask"] });
  await fetch(act);
  setTimeout(() => done(Math.max(0, ...tasks)), 1500);
})"""


@pytest.fixture
def calendar(surface, window):
    """`calendar("tablet", view="day")`: the page, open and drawn; what it heard before is forgotten."""
    def open_(size: str = "desk", *, more: dict | None = None, **asked) -> Page:
        page = window(surface, size, **(more or {})).page()
        page.goto(f"{surface.url}/?" + "&".join(f"{name}={value}" for name, value in asked.items()))
        page.locator(".ec-event, .sb-entry").first.wait_for()
        page.wait_for_timeout(300)
        surface.said.clear()
        return page
    return open_


def block(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def drag(page: Page, from_: tuple[float, float], to: tuple[float, float]) -> None:
    page.mouse.move(*from_)
    page.mouse.down()
    page.mouse.move(from_[0] + 8, from_[1] + 8, steps=3)
    page.mouse.move(*to, steps=8)
    page.mouse.up()


def grip(part: Locator, *, down: float = 20) -> tuple[float, float]:
    box = place(part)
    return box["x"] + box["width"] / 2, box["y"] + down


def time_of(page: Page, name: str) -> str:
    """As it is seen, without the words that are only heard."""
    return block(page, name).locator(".sb-block-time").evaluate(SEEN)


def test_a_block_says_all_that_is_known_of_it(calendar):
    page = calendar()
    locked = page.get_by_role("button", name="Rowan Applewick, 9:00 – 9:50 AM, IN60, Attended, sent to billing", exact=True)
    assert locked.locator(".sb-lock").count() == 1
    assert block(page, "Linus Brambleby, 1:00 – 1:50 PM, INTK").locator(".sb-block-status").count() == 0
    assert block(page, "Juniper <b>Mossgrove</b>, 8:30 – 9:10 AM").locator("b").count() == 0
    assert block(page, "Tansy Rookwhistle, 10:00 – 10:50 AM, IN60, Canceled").count() == 1
    assert block(page, "Lunch, 12:00 – 12:30 PM").count() == 1


def test_dragging_moves_an_appointment_to_another_day_and_hour(calendar, surface):
    page = calendar()
    monday, here = place(page.locator(".ec-body .ec-day").first), grip(block(page, "Linus Brambleby"))
    drag(page, here, (monday["x"] + monday["width"] / 2, here[1] + 69))
    assert heard(surface, "moved") == ["4", "2026-10-12 14:00:00", "2026-10-12 14:50:00", "1"]
    assert time_of(page, "Linus Brambleby, 2:00") == "2:00 – 2:50"


def test_a_refused_move_goes_back_to_where_it_was(calendar, surface):
    page = calendar()
    do(surface, "refuse")
    was = place(block(page, "Linus Brambleby"))
    here = grip(block(page, "Linus Brambleby"))
    drag(page, here, (here[0], here[1] + 140))
    heard(surface, "moved")
    page.wait_for_timeout(300)
    assert place(block(page, "Linus Brambleby")) == was
    assert time_of(page, "Linus Brambleby") == "1:00 – 1:50"


def test_what_was_sent_to_billing_cannot_be_dragged(calendar, surface):
    page = calendar()
    here = grip(block(page, "Rowan Applewick"))
    drag(page, here, (here[0], here[1] + 140))
    page.wait_for_timeout(300)
    assert not [line for line in surface.said if "moved" in line]
    assert time_of(page, "Rowan Applewick") == "9:00 – 9:50"


def test_dragging_to_another_column_of_the_day_changes_the_provider(calendar, surface):
    page = calendar(view="day")
    other, here = place(page.locator(".ec-body .ec-day").nth(1)), grip(block(page, "Linus Brambleby"))
    drag(page, here, (other["x"] + other["width"] / 2, here[1]))
    assert heard(surface, "moved") == ["4", "2026-10-14 13:00:00", "2026-10-14 13:50:00", "2"]


def test_dragging_the_edge_lengthens(calendar, surface):
    page = calendar()
    box = place(block(page, "Linus Brambleby"))
    edge = (box["x"] + box["width"] / 2, box["y"] + box["height"] - 3)
    drag(page, edge, (edge[0], edge[1] + 36))
    number, start, end, _ = heard(surface, "moved")
    assert (number, start) == ("4", "2026-10-14 13:00:00")
    assert end > "2026-10-14 14:00:00"


def test_an_empty_slot_tells_its_half_hour_and_provider(calendar, surface):
    page = calendar(view="day")
    column, below = place(page.locator(".ec-body .ec-day").nth(1)), place(block(page, "Linus Brambleby"))
    page.mouse.click(column["x"] + 60, below["y"] + 69 * 1.4)
    assert heard(surface, "slot") == ["2026-10-14 14:00:00", None, "2"]


def test_dragging_over_empty_time_tells_both_ends(calendar, surface):
    page = calendar()
    friday, one = place(page.locator(".ec-body .ec-day").nth(4)), place(block(page, "Linus Brambleby"))
    x = friday["x"] + 60
    drag(page, (x, one["y"] + 4), (x, one["y"] + 69 * 1.5 - 6))
    assert heard(surface, "slot") == ["2026-10-16 13:00:00", "2026-10-16 14:30:00", None]


def test_a_canceled_one_shrinks_to_a_strip_beside_another(calendar):
    page = calendar()
    strip, other = place(block(page, "Tansy Rookwhistle")), place(block(page, "Bramble Foxley"))
    assert strip["width"] < 45
    assert other["width"] > 80
    assert strip["x"] + strip["width"] <= other["x"]


def test_the_keyboard_reaches_a_block_and_opens_it(calendar, surface):
    page = calendar()
    block(page, "Wren Tumbleton").focus()
    page.keyboard.press("Enter")
    assert heard(surface, "event") == ["2"]
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    wait_until(lambda: heard(surface, "event") == ["3"])


def touch(page: Page):
    session = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})
    return send


def test_a_long_press_drags_with_a_finger(calendar, surface):
    page = calendar("tablet")
    finger, (x, y) = touch(page), grip(block(page, "Linus Brambleby"))
    finger("touchStart", (x, y))
    page.wait_for_timeout(500)
    for step in range(1, 9):
        finger("touchMove", (x, y + 96 * step / 8))
    finger("touchEnd")
    assert heard(surface, "moved")[:2] == ["4", "2026-10-14 14:00:00"]


def test_a_swipe_scrolls_and_moves_nothing(calendar, surface):
    page = calendar("tablet")
    finger, (x, y) = touch(page), grip(block(page, "Linus Brambleby"))
    before = page.evaluate("document.querySelector('.ec-main').scrollTop")
    finger("touchStart", (x, y))
    for step in range(1, 13):
        finger("touchMove", (x, y - 20 * step))
        page.wait_for_timeout(16)
    finger("touchEnd")
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelector('.ec-main').scrollTop") > before + 20
    assert not [line for line in surface.said if "moved" in line or "slot" in line]


def test_a_tap_with_a_finger_opens_or_tells_the_slot(calendar, surface):
    page = calendar("tablet", view="day")
    page.touchscreen.tap(*grip(block(page, "Linus Brambleby")))
    assert heard(surface, "event") == ["4"]
    box = place(block(page, "Linus Brambleby"))
    page.touchscreen.tap(box["x"] + 40, box["y"] + 110)
    assert heard(surface, "slot")[0] == "2026-10-14 14:30:00"


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_browsers_own_zone_changes_nothing(calendar, surface, zone):
    page = calendar(more={"timezone_id": zone})
    assert time_of(page, "Linus Brambleby") == "1:00 – 1:50"
    assert page.locator(".sb-day-head.is-today b").evaluate(SEEN) == "14"
    assert page.locator(".sb-now-pill").inner_text() in {"10:54", "10:55"}
    here = grip(block(page, "Linus Brambleby"))
    drag(page, here, (here[0], here[1] + 69))
    assert heard(surface, "moved")[1:3] == ["2026-10-14 14:00:00", "2026-10-14 14:50:00"]


def test_a_change_from_another_desk_keeps_the_scroll_place_and_the_focus(calendar, surface):
    page = calendar()
    page.evaluate("document.querySelector('.ec-main').scrollTop = 33")
    block(page, "Wren Tumbleton").focus()
    do(surface, "change")
    block(page, "Linus Brambleby, 1:00 – 1:50 PM, INTK, Attended, sent to billing").wait_for()
    assert page.evaluate("document.querySelector('.ec-main').scrollTop") == 33
    assert page.evaluate("document.activeElement.innerText").startswith("Wren Tumbleton")
    do(surface, "remove")
    block(page, "Linus Brambleby").wait_for(state="detached")


def test_the_chosen_block_wears_a_ring(calendar, surface):
    page = calendar()
    do(surface, "choose")
    page.locator(".ec-event.is-chosen .sb-block[data-id='4']").wait_for()


def test_a_closed_day_is_hidden_until_something_stands_there(calendar, surface):
    page = calendar()
    assert page.locator(".ec-body .ec-day").count() == 5
    do(surface, "saturday")
    block(page, "Olive Tanglewood").wait_for()
    assert page.locator(".ec-body .ec-day").count() == 6


def test_the_working_day_is_in_view_and_the_head_opens_a_day(calendar, surface):
    page = calendar()
    assert block(page, "Juniper").is_visible()
    top = place(page.locator(".ec-header"))
    assert place(block(page, "Juniper"))["y"] >= top["y"] + top["height"]
    page.get_by_role("button", name="Thursday, October 15, 2 appointments").click()
    assert heard(surface, "day") == ["2026-10-15"]


def test_the_month_shows_four_a_day_and_says_how_many_more(calendar, surface):
    page = calendar(view="month", each=11)
    day = page.locator("[data-day='2026-10-14']")
    assert day.locator(".sb-entry").count() == 4
    day.get_by_role("button", name="7 more").click()
    assert heard(surface, "more") == ["2026-10-14"]
    assert calendar("tablet", view="month", each=11).locator("[data-day='2026-10-14'] .sb-entry").count() == 3


def test_dragging_in_the_month_changes_the_day_and_keeps_the_hour(calendar, surface):
    page = calendar(view="month")
    drag(page, grip(block(page, "Linus Brambleby"), down=8), grip(page.locator("[data-day='2026-10-22']"), down=100))
    assert heard(surface, "moved") == ["4", "2026-10-22 13:00:00", "2026-10-22 13:50:00", "1"]
    assert not [line for line in surface.said if '"event"' in line]
    page.locator("[data-day='2026-10-22']").get_by_role("button", name="Linus Brambleby").wait_for()
    page.locator("[data-day='2026-10-27']").click(position={"x": 60, "y": 100})
    assert heard(surface, "slot") == ["2026-10-27 08:00:00", None, None]


@pytest.mark.parametrize(("view", "each"), [("month", 14), ("week", 75), ("day", 100)])
def test_next_and_previous_draw_five_hundred_appointments(calendar, surface, view, each):
    """The longest browser task is printed, not asserted: speed is a bench's (aim under 300 ms)."""
    page = calendar(view=view, each=each)
    tries = [page.evaluate(LONGEST_TASK, f"/do/go?view={view}&day={day}") for day in ("2026-11-18", "2026-10-14", "2026-11-18")]
    print(f"longest browser task, {view}: {min(tries):.0f} ms")
    shown = {"month": 42 * 4, "week": 7 * each, "day": each}[view]  # the month shows four a day
    expect(page.locator(".sb-entry" if view == "month" else ".ec-event")).to_have_count(shown)


@pytest.mark.parametrize("dark", ["", "yes"])
@pytest.mark.parametrize("view", ["day", "week", "month"])
def test_nothing_is_hard_to_reach_or_read(calendar, view, dark):
    page = calendar(view=view, dark=dark)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((found) => found.violations)")
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in {"serious", "critical"}] == []
