"""A real server on a free port and Debian's Chromium, at desk and tablet size."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30  # seconds until something is taken for missing: a busy machine is no finding
expect.set_options(timeout=PATIENCE * 1000)
NOW = "2026-10-14T10:54:00-04:00"
LONGEST_FIRST = ("test_break_it", "test_empty_to_papers", "test_the_whole_job", "test_calendar_page", "test_a_month_of_money")
SIZES = {
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "is_mobile": True},
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first, so that both workers end at the same time (with --no-loadscope-reorder)."""
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


@dataclass
class Server:
    """A running Sessionbook: its address, how to sign in, and all it printed."""

    url: str
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    data: Path | None = None
    email: str = ""
    password: str = ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(*options: str, data: Path | None = None, now: str = NOW, port: int = 0) -> Server:
    """Start main.py and wait until it answers."""
    port = port or free_port()
    environment = os.environ | {"SESSIONBOOK_NOW": now, "PYTHONUNBUFFERED": "1"}
    for name in ("NICEGUI_SCREEN_TEST_PORT", "PYTEST_CURRENT_TEST"):
        environment.pop(name, None)
    where = ["--data", str(data)] if data else []
    process = subprocess.Popen(
        [sys.executable, "main.py", "--host", "127.0.0.1", "--port", str(port), *where, *options], cwd=ROOT,
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    server = Server(f"http://127.0.0.1:{port}", process, data=data)
    threading.Thread(target=lambda: server.said.extend(process.stdout or ()), daemon=True).start()
    wait_until(lambda: answers(port) or process.poll() is not None, seconds=90)
    wait_until(lambda: "Stop it with Ctrl+C" in "".join(server.said) or process.poll() is not None, seconds=90)
    assert process.poll() is None, "".join(server.said)
    if found := re.search(r"Sign in as (\S+) with (\S+)", "".join(server.said)):
        server.email, server.password = found.groups()
    return server


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for something to become true."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it did not become true in time"
        time.sleep(0.05)


def place(part: Locator) -> FloatRect:
    """Where a part stands, once it stands still: one that is being drawn anew has no place for a moment."""
    before: FloatRect | None = None
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if (now := part.bounding_box()) is not None and now == before:
            return now
        before = now
        time.sleep(0.05)
    raise AssertionError("it does not stand still")


def stop(server: Server) -> None:
    server.process.terminate()
    try:
        server.process.wait(10)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a file: while Playwright is open its event loop runs, and no async test could."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
                     "--disable-component-update", "--disable-sync", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def demo() -> Iterator[Server]:
    """The demo practice, on October 14, 2026 at 10:54 in New York."""
    server = start("--demo")
    yield server
    stop(server)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Server]:
    """A Sessionbook that nobody has set up yet."""
    server = start(data=tmp_path / "practice")
    yield server
    stop(server)


class Watched:
    """A browser window that notes every request which leaves the server, and every error on its console."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.context, self.server = context, server
        self.strangers: list[str] = []
        self.errors: list[str] = []
        self.may_fail = ""  # what the browser itself may say of a network that a test has cut

    def page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("request", self._request)
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def failures(self) -> list[str]:
        """The errors on the console, without those of a network that the test cut itself."""
        return [error for error in self.errors if not self.may_fail or not re.search(self.may_fail, error)]

    def _request(self, request) -> None:
        address = urlparse(request.url)
        if address.scheme not in {"data", "blob"} and f"{address.scheme.replace('ws', 'http')}://{address.netloc}" != self.server.url:
            self.strangers.append(request.url)


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    """`window(server, "tablet")`: a fresh browser profile; at the end nothing may have left the server or failed."""
    opened: list[Watched] = []

    def open_(server: Server, size: str = "desk", **more) -> Watched:
        watched = Watched(chromium.new_context(**SIZES[size], locale="en-US", **more), server)
        opened.append(watched)
        return watched

    yield open_
    for watched in opened:
        watched.context.close()
    assert [url for watched in opened for url in watched.strangers] == []
    assert [error for watched in opened for error in watched.failures()] == []


def sign_in(watched: Watched) -> Page:
    """Sign in as the demo's owner; the calendar shows."""
    page = watched.page()
    page.goto(watched.server.url)
    page.get_by_label("Your email").fill(watched.server.email)
    page.get_by_label("Password", exact=True).fill(watched.server.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Client Sessions").wait_for()
    return page
