"""Long work beside the pages: where it keeps its files, where it computes, and what is running now.

A job's progress is kept in the records it works on, so that any browser sees it and a start takes it up again.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

OffLoop = Callable[..., Awaitable[Any]]
"""Runs a function away from the event loop: `asyncio.to_thread`, or a pool of processes."""


def epoch() -> datetime:
    """The moment told by a workplace that was given no clock."""
    return datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """What jobs need of the program around them; made at the start."""

    folder: Path = Path()
    now: Callable[[], datetime] = epoch
    off_loop: OffLoop = asyncio.to_thread
    side_by_side: int = 1  # more than one only where `off_loop` has processes of its own

    @property
    def documents(self) -> Path:
        """Where stored PDFs are."""
        return self.folder / "documents"

    @property
    def fonts(self) -> Path:
        """Where a practice puts a font file of its own."""
        return self.folder / "fonts"


_workplace = Workplace()
_running: dict[str, asyncio.Task[None]] = {}


def set_up(workplace: Workplace) -> None:
    """Say where long work is done from now on."""
    global _workplace  # noqa: PLW0603  one program, one data folder
    _workplace = workplace


def workplace() -> Workplace:
    """Where long work is done."""
    return _workplace


def start(name: str, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Begin a job unless one of this name is at work. Never inside a transaction: it would inherit the connection."""
    if at_work(name):
        return
    # A context of its own: the job outlives the tap that began it, and belongs to no page.
    _running[name] = asyncio.get_running_loop().create_task(_run(name, work), context=contextvars.Context())


async def _run(name: str, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
    try:
        await work()
    except Exception as failure:  # noqa: BLE001  the records say what is left to do; the next start does it
        last = traceback.extract_tb(failure.__traceback__)[-1]
        log.warning("job %s stopped: %s at %s:%s", name, type(failure).__name__, last.name, last.lineno)
    finally:
        _running.pop(name, None)


def at_work(name: str) -> bool:
    """Whether a job of this name is running."""
    return name in _running


async def finished(name: str) -> None:
    """Wait until a job is done."""
    if task := _running.get(name):
        await asyncio.wait([task])


async def stop() -> None:
    """End all jobs, before the database is closed; the next start takes them up again."""
    tasks = list(_running.values())
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)
