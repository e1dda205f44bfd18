"""One transaction, its changes, and one announcement after the outermost commit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

from tortoise.transactions import in_transaction

from storage.changes import Changes, announce

_changes: ContextVar[Changes | None] = ContextVar("changes", default=None)


@asynccontextmanager
async def one_transaction() -> AsyncIterator[Changes]:
    """Everything inside is kept together or not at all; a service called by a service joins the outer one."""
    if (outer := _changes.get()) is not None:
        yield outer
        return
    changes = Changes()
    token = _changes.set(changes)
    try:
        async with in_transaction("default"):
            yield changes
    finally:
        _changes.reset(token)
    announce(changes)
