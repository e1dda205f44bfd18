"""Starts the server: database and drawing workers up, pages registered, addresses printed."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

import ifaddr
from nicegui import app, ui
from nicegui import run as nicegui_run
from starlette.types import ASGIApp, Receive, Scope, Send

from domain import demo as demo_practice
from domain import invoicing, jobs, practice, statements
from domain.access import SYSTEM
from domain.ledger.opening import open_books
from ui import clock, shell
from ui.pages import welcome

log = logging.getLogger(__name__)


EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  what a host of "all this computer's addresses" is written as
Step = Callable[[], Awaitable[None]]


def run(data: Path, *, host: str, port: int, demo: bool, opening: Step, closing: Step) -> None:
    """Serve until stopped. `opening` and `closing` are the database's; `demo` fills an empty one first."""
    prepare(data, serving=(host, port), demo=demo, opening=opening, closing=closing)
    nicegui_run.process_pool_start_method = "spawn"
    ui.run(
        host=host, port=port, title="Sessionbook", favicon=Path("assets/icons/own/favicon.svg"), reload=False, show=False,
        storage_secret=secret_of(data), reconnect_timeout=20, show_welcome_message=False, language="en-US",
        session_middleware_kwargs={"max_age": 30 * 24 * 3600, "same_site": "lax"}, uvicorn_logging_level="warning",
    )


def prepare(
    data: Path, *, opening: Step, closing: Step, serving: tuple[str, int] | None = None, demo: bool = False,
) -> None:
    """Everything but the server itself; in-process tests call it too."""
    jobs.set_up(jobs.Workplace(folder=data, now=clock.now, off_loop=nicegui_run.cpu_bound, side_by_side=2))

    started = asyncio.Event()
    app.add_middleware(OpensFirst, started=started)

    async def start() -> None:
        await opening()
        if demo and not await practice.is_set_up():
            made = await demo_practice.make(now=clock.now())
            print(f"Sign in as {made.email} with {made.password}", flush=True)  # noqa: T201  the promised line
        await open_books(by=SYSTEM, now=clock.now())
        invoicing.take_up_drawing()
        statements.take_up_drawing()
        started.set()
        if serving:
            await tell_addresses(*serving)

    app.on_startup(start)
    async def end() -> None:
        await jobs.stop()
        await closing()

    app.on_shutdown(end)
    shell.register()


class OpensFirst:
    """Lets requests in once the database is open: the server answers its port a moment earlier."""

    def __init__(self, app: ASGIApp, started: asyncio.Event) -> None:
        self.app, self.started = app, started

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, then pass on; the life-span messages must not wait, since they do the opening."""
        if scope["type"] != "lifespan":
            await self.started.wait()
        await self.app(scope, receive, send)


async def tell_addresses(host: str, port: int) -> None:
    """Print where to point a browser or tablet, and the code that a first visit from another machine needs."""
    print("Sessionbook is running. In a browser on this computer or a tablet on its network, open:")  # noqa: T201
    for address in ["localhost", *network_addresses()] if host in EVERYWHERE else [host]:
        print(f"  http://{address}:{port}")  # noqa: T201
    if not await practice.is_set_up():
        print(f"Code for setting up from another machine: {welcome.CODE}")  # noqa: T201
    print("Stop it with Ctrl+C.", flush=True)  # noqa: T201


def network_addresses() -> list[str]:
    """The computer's IPv4 addresses on its networks."""
    found = {ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4}
    return sorted(str(address) for address in found if not str(address).startswith("127."))


def secret_of(data: Path) -> str:
    """The key that signs the browsers' cookies: made once, readable by its owner only."""
    file = data / "secret"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()
