"""Long lists, gone through with breaths in between: ten thousand rows of one person keep no other browser waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

Item = TypeVar("Item")
BREATH = 250  # some 20 ms of the slowest work done a row


async def with_breaths(items: Iterable[Item], *, every: int = BREATH) -> AsyncIterator[Item]:
    """The same items in the same order; after every so many, others have their turn."""
    for number, item in enumerate(items, 1):
        yield item
        if number % every == 0:
            await asyncio.sleep(0)
