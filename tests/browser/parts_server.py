"""A server of single parts (tests/fixtures/calendar_surface.py), with what it heard and what it is asked to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from tests.browser.conftest import ROOT, Server, answers, free_port, stop, wait_until


@pytest.fixture(scope="module")
def surface() -> Iterator[Server]:
    port = free_port()
    # NiceGUI takes a process with this name set for one of its own tests.
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    process = subprocess.Popen([sys.executable, "-m", "tests.fixtures.calendar_surface", str(port)], cwd=ROOT,
                               env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    server = Server(f"http://127.0.0.1:{port}", process)
    threading.Thread(target=lambda: server.said.extend(process.stdout or ()), daemon=True).start()
    wait_until(lambda: answers(port) or process.poll() is not None, seconds=60)
    assert process.poll() is None, "".join(server.said)
    yield server
    stop(server)


def heard(surface: Server, what: str) -> list[str]:
    """The next thing of its kind that the page told the server."""
    found: list[list[str]] = []

    def there() -> bool:
        found[:] = [told for line in list(surface.said) if line.startswith("[") and (told := json.loads(line))[0] == what]
        return bool(found)

    wait_until(there)
    return found[-1][1:]


def do(surface: Server, what: str, **asked: str) -> None:
    with urlopen(f"{surface.url}/do/{what}?" + "&".join(f"{name}={value}" for name, value in asked.items())) as answer:
        assert answer.status == 200
