"""One reading for all who ask the same in the same moment: thirty calendars hear of one change at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Asked = TypeVar("Asked", bound=Hashable)
Answer = TypeVar("Answer")


class Together(Generic[Asked, Answer]):
    """`await together.ask(key)`. A reading is shared until it begins: who asks later may know of something newer."""

    def __init__(self, read: Callable[[Asked], Awaitable[Answer]]) -> None:
        self.read = read
        self.waiting: dict[Asked, asyncio.Task[Answer]] = {}

    async def ask(self, asked: Asked) -> Answer:
        """The answer; a tab that is closed meanwhile takes it from nobody else."""
        task = self.waiting.get(asked)
        if task is None or task.done():
            task = self.waiting[asked] = asyncio.get_running_loop().create_task(self._read(asked))
        return await asyncio.shield(task)

    async def _read(self, asked: Asked) -> Answer:
        await asyncio.sleep(0)  # all who heard the same announcement ask within this turn of the loop
        self.waiting.pop(asked, None)
        return await self.read(asked)
