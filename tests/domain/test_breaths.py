"""Long lists: all items in order, and others have their turn in between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from domain.breaths import with_breaths


async def test_all_items_come_in_order() -> None:
    assert [one async for one in with_breaths(range(7), every=3)] == list(range(7))


async def test_others_have_their_turn_after_every_few() -> None:
    order: list[object] = []

    async def another() -> None:
        for turn in "ab":
            order.append(turn)
            await asyncio.sleep(0)

    other = asyncio.create_task(another())
    async for _ in with_breaths(_noted(order), every=2):
        pass
    await other
    assert order == [0, 1, "a", 2, 3, "b", 4]


def _noted(order: list[object]) -> Iterator[int]:
    for number in range(5):
        order.append(number)
        yield number
