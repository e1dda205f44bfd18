"""The whole job in real Chromium: from the calendar to printed papers, with locks in a second browser meanwhile."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from domain.claims.x12.professional.check import check_bytes
from tests.browser.conftest import Server, sign_in, start, stop


class Taps:
    """Counts what a person does with the finger."""

    def __init__(self, page: Page, size: str) -> None:
        self.page, self.touch, self.count = page, size == "tablet", 0

    def __call__(self, what) -> None:
        what.wait_for()
        if self.touch:
            what.tap()
        else:
            what.click()
        self.count += 1


@pytest.mark.parametrize("size", ["desk", "tablet"])
def test_from_the_calendar_to_the_papers_in_at_most_eight_taps(demo, window, size):
    page = sign_in(window(demo, size))
    other = sign_in(window(demo, "desk"))
    expect(page.get_by_role("button", name="Today")).to_be_visible()
    expect(other.get_by_role("button", name=re.compile("^Rowan Applewick, 10:30"))).to_be_visible()
    locked = other.get_by_role("button", name=re.compile("^Rowan Applewick, 10:30.*sent to billing"))
    expect(locked).to_have_count(0)

    tap = Taps(page, size)
    tap(page.get_by_role("link", name="Client Sessions"))
    tap(page.get_by_role("button", name="Import Calendar Appointments").first)
    tap(page.get_by_role("checkbox", name="Select all appointments that can be sent"))
    expect(page.get_by_text("26 of 26 selected")).to_be_visible()
    tap(page.get_by_role("button", name="Send to Billing"))
    expect(page.get_by_text("26 client sessions created")).to_be_visible()

    expect(locked).to_be_visible()

    tap(page.get_by_role("button", name="Open Invoice Clients and Insurance"))
    tap(page.get_by_role("button", name="Select All"))
    tap(page.get_by_role("button", name="Generate Invoices and Insurance Forms"))
    expect(page.get_by_text(re.compile(r"^\d+ documents ready$"))).to_be_visible(timeout=60000)
    assert tap.count <= 8

    link = page.get_by_role("link", name=re.compile("Open PDF of Insurance form")).first
    form = fetched(page, link.get_attribute("href"))
    assert "HEALTH INSURANCE CLAIM FORM" in words_of(form)
    invoice = fetched(page, page.get_by_role("link", name=re.compile("Open PDF of Invoice")).first.get_attribute("href"))
    assert "Thistledown Counseling" in words_of(invoice)
    assert re.search(r"2026-\d{4}", words_of(invoice))

    page.goto(demo.url + "/documents")
    tap(page.get_by_role("checkbox", name="Select all claims to send"))
    tap(page.get_by_role("button", name="Write claim file (837P)"))
    expect(page.get_by_text(re.compile(r"^Claim file with \d+ claims$"))).to_be_visible()
    with page.expect_download() as saved:
        tap(page.get_by_role("button", name="Download file"))
    assert saved.value.suggested_filename == "claims-000000001-test.837"
    assert check_bytes(Path(saved.value.path()).read_bytes()) == []


def fetched(page: Page, address: str) -> bytes:
    answer = page.request.get(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + address)
    assert answer.ok
    return answer.body()


def words_of(pdf: bytes) -> str:
    return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture(scope="module")
def practice() -> Iterator[Server]:
    """One demo practice for what follows: each test leaves to the next what it needs."""
    server = start("--demo")
    yield server
    stop(server)


def test_signing_out_in_one_tab_closes_the_other(practice, window):
    watched = window(practice)
    first = sign_in(watched)
    second = watched.page()
    second.goto(practice.url + "/client-sessions")
    second.get_by_role("button", name="New session").wait_for()
    first.get_by_role("button", name="Your account").click()
    first.get_by_text("Sign out").click()
    expect(second.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_double_tap_sends_once(practice, window):
    page = sign_in(window(practice))
    page.get_by_role("link", name="Client Sessions").click()
    page.get_by_role("button", name="Import Calendar Appointments").first.click()
    page.get_by_role("checkbox", name="Select all appointments that can be sent").click()
    expect(page.get_by_text("26 of 26 selected")).to_be_visible()
    page.get_by_role("button", name="Send to Billing").dblclick()
    expect(page.get_by_text("26 client sessions created")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("26 client sessions removed")).to_be_visible()


def test_a_double_tap_on_generate_makes_one_batch(practice, window):
    page = sign_in(window(practice, "tablet"))
    page.goto(practice.url + "/invoice")
    page.get_by_label("Find a client").fill("Rowan")
    page.get_by_role("button", name="All 6").wait_for()
    page.get_by_role("button", name="Select All").click()
    expect(page.get_by_text("6 selected")).to_be_visible()
    button = page.get_by_role("button", name="Generate Invoices and Insurance Forms").bounding_box()
    assert button
    for _ in range(2):
        page.touchscreen.tap(button["x"] + 40, button["y"] + 20)
    expect(page.get_by_text(re.compile(r"^\d documents ready$"))).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(1)
    expect(page.locator(".sb-banner.is-bad")).to_have_count(0)  # the second tap found nothing to refuse
    page.goto(practice.url + "/documents")
    expect(page.get_by_text("Rowan Applewick").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Open all"))).to_have_count(1)


def test_a_row_sent_by_someone_else_leaves_the_open_pop_up_and_is_told(practice, window):
    mine, theirs = sign_in(window(practice)), sign_in(window(practice))
    for page in (mine, theirs):
        page.get_by_role("link", name="Client Sessions").click()
        page.get_by_role("button", name="Import Calendar Appointments").first.click()
        page.get_by_role("checkbox", name="Select all appointments that can be sent").wait_for()
    theirs.get_by_role("checkbox", name="Select all appointments that can be sent").click()
    theirs.get_by_role("button", name="Send to Billing").click()
    expect(mine.get_by_text("just sent to billing by someone else")).to_be_visible()
    expect(mine.get_by_text("0 of 0 selected")).to_be_visible()


def test_every_sent_appointment_shows_its_lock_however_narrow_it_stands(demo, window):
    page = sign_in(window(demo, "tablet"))
    page.get_by_role("link", name="Client Sessions").tap()
    page.get_by_role("button", name="Import Calendar Appointments").first.tap()
    page.get_by_role("checkbox", name="Select all appointments that can be sent").tap()
    page.get_by_role("button", name="Send to Billing").tap()
    expect(page.get_by_text("26 client sessions created")).to_be_visible()
    page.goto(demo.url)
    sent = page.locator(".ec-event", has_text="sent to billing")
    expect(sent.first).to_be_visible()
    narrowest = min(box["width"] for box in (one.bounding_box() for one in sent.all()) if box)
    assert narrowest <= 46, "three stand side by side on a Monday"
    assert sent.locator(".sb-lock").count() == sent.count()
    assert all(lock.is_visible() for lock in sent.locator(".sb-lock").all())
