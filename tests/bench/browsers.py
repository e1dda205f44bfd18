"""What a real browser does: its longest task on next and previous, in month, week and day."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import NOW, Server, Watched, answers, free_port, sign_in, stop, wait_until  # noqa: E402

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
LONG_TASKS = """() => {
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((one) => one.duration)))
    .observe({type: "longtask"});
}"""


@contextmanager
def practice() -> Iterator[Server]:
    """The demo practice with the bench's doors, in a process of its own."""
    port, data = free_port(), tempfile.mkdtemp(prefix="sessionbook-bench-")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.practice_server", str(port), data], cwd=ROOT, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, env=os.environ | {"SESSIONBOOK_NOW": NOW, "PYTHONUNBUFFERED": "1"})
    server = Server(f"http://127.0.0.1:{port}", process)
    threading.Thread(target=lambda: server.said.extend(process.stdout or ()), daemon=True).start()
    try:
        wait_until(lambda: process.poll() is not None or ("Stop it with" in "".join(server.said) and answers(port)), seconds=90)
        found = re.search(r"Sign in as (\S+) with (\S+)", "".join(server.said))
        assert found, "".join(server.said)
        server.email, server.password = found.groups()
        yield server
    finally:
        stop(server)
        shutil.rmtree(data)


def door(server: Server, path: str) -> dict[str, float]:
    """Ask the server to do something."""
    with urlopen(f"{server.url}/bench/{path}") as answer:
        return json.load(answer)  # type: ignore[no-any-return]


def next_and_previous(server: Server, page: Page, count: int) -> None:
    """The longest task in the browser's main thread while month, week and day go forth and back."""
    page.evaluate(LONG_TASKS)
    for view in ("Month", "Week", "Day"):
        page.get_by_role("group", name="View").get_by_role("button", name=view, exact=True).click()
        page.wait_for_timeout(1500)
        page.evaluate("window.tasks.length = 0")
        for key in ["ArrowRight", "ArrowLeft"] * 3:
            page.keyboard.press(key)
            page.wait_for_timeout(1000)
        longest = max([0.0, *page.evaluate("window.tasks")])
        words = f"next and previous, {view.lower()}, {count:,} appointments more"
        print(f"{words:<58} {longest:9.1f} ms   longest task (aim under 300; 0 is under 50)", flush=True)


def main() -> None:
    """All of them."""
    with practice() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        watched = Watched(browser.new_context(viewport={"width": 1280, "height": 800}), server)
        page = sign_in(watched)
        had = 0
        for count in (500, 5_000):
            door(server, f"fill?count={count - had}")
            had = count
            page.reload()
            page.get_by_role("group", name="View").wait_for()
            next_and_previous(server, page, count)
        browser.close()


if __name__ == "__main__":
    main()
