"""A practice's month in a browser: sessions, a claim file, a 999 and an 835, the second payer, a payment, a statement."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from domain.claims.x12.professional.check import check_bytes
from storage.models import LedgerEntry
from tests.browser.conftest import Server, sign_in, start, stop
from tests.fixtures import a_month
from tests.fixtures.x12_validator import complaints

SIDEWAYS = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@pytest.fixture
def practice(tmp_path: Path, migrated_file: Path) -> Iterator[Server]:
    """Three appointments were held: two of a client with two insurers, one of a client who pays alone."""
    a_month.fill(tmp_path / "data", empty=migrated_file)
    server = start(data=tmp_path / "data")
    server.email, server.password = a_month.EMAIL, a_month.PASSWORD
    yield server
    stop(server)


def test_a_month_from_the_sessions_to_a_statement_and_the_books_balance(practice, window):
    page = sign_in(window(practice))
    send_and_generate(page)
    primary = claim_file(page)
    read_payer_file(page, "a.999", a_month.accepted_file(primary), "Read: 1 claim has news")
    read_payer_file(page, "a.835", a_month.paid_file(
        primary, "BLUEBELL HEALTH", paid="80", cas=("CO*45*40", "PR*2*30"), trace="T1"), "Payments: 1 posted")

    page.get_by_role("link", name="Claims", exact=True).click()
    page.get_by_text("The second policy owes a share").click()
    page.get_by_role("button", name="Bill the secondary").click()
    assert page.evaluate(SIDEWAYS) == 0
    page.get_by_role("dialog").get_by_role("button", name="Bill the secondary").click()
    expect(page.get_by_text(re.compile("Secondary claim .* is made"))).to_be_visible()
    secondary = claim_file(page)
    assert b"AMT*D*160~" in secondary
    assert secondary.count(b"SVD*60054*80*HC:90837**1~CAS*CO*45*40~CAS*PR*2*30~DTP*573*D8*20261013~AMT*EAF*30~") == 2
    read_payer_file(page, "b.835", a_month.paid_file(
        secondary, "OLD OAK MUTUAL", paid="25", cas=("CO*45*40", "OA*23*80", "PR*3*5"), trace="T2", status="2"),
        "Payments: 1 posted")

    page.goto(practice.url + "/clients/1/account")
    page.get_by_role("button", name="Record payment").click()
    page.get_by_role("dialog").get_by_label("Amount").fill("4")
    page.get_by_role("dialog").get_by_role("button", name="Record payment").click()
    expect(page.get_by_text("$4.00 recorded")).to_be_visible()
    page.get_by_role("button", name="Make a statement").click()
    page.get_by_role("dialog").get_by_role("button", name="Make statement").click()
    link = page.get_by_role("link", name="Open PDF of statement of Rowan Applewick").first
    expect(link).to_be_visible(timeout=60000)
    answer = page.request.get(practice.url + str(link.get_attribute("href")))
    words = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.body())).pages)
    assert "Rowan Applewick" in words
    assert "$6.00" in words

    stop(practice)
    a_month.aside(the_books_balance, practice.data)


def send_and_generate(page: Page) -> None:
    page.get_by_role("link", name="Client Sessions").click()
    page.get_by_role("button", name="Import Calendar Appointments").first.click()
    page.get_by_role("checkbox", name="Select all appointments that can be sent").click()
    page.get_by_role("button", name="Send to Billing").click()
    page.get_by_role("button", name="Open Invoice Clients and Insurance").click()
    page.get_by_role("button", name="Select All").click()
    page.get_by_role("button", name="Generate Invoices and Insurance Forms").click()
    expect(page.get_by_text("2 documents ready")).to_be_visible(timeout=60000)


def claim_file(page: Page) -> bytes:
    """Written on its page, downloaded, and found good by our check and by pyx12."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + "/documents")
    page.get_by_role("checkbox", name="Select all claims to send").click()
    page.get_by_role("button", name="Write claim file (837P)").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download file").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    content = Path(saved.value.path()).read_bytes()
    assert check_bytes(content) == []
    assert complaints(content) == []
    return content


def read_payer_file(page: Page, name: str, content: bytes, told: str) -> None:
    page.get_by_role("link", name="Payer Files", exact=True).click()
    page.locator("input[type=file]").first.set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    expect(page.get_by_text(name)).to_be_visible()
    expect(page.get_by_text(told).last).to_be_visible()


async def the_books_balance() -> None:
    """Three sessions of $150; $80 and $25 a session by the insurers, $4 by the client; $40 a session written off."""
    sums: Counter[str] = Counter()
    for kind, cents in await LedgerEntry.all().values_list("kind", "cents"):
        sums[str(kind)] += int(cents)
    assert {kind: cents for kind, cents in sums.items() if cents} == {"charge": 45000, "payment": -21400, "adjustment": -8000}
    assert sums.total() == 600 + 15000, "what Rowan and Ivy still owe"
