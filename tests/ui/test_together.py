"""One reading for all who ask in the same moment."""

import asyncio

import pytest

from ui.together import Together


class Readings:
    """Counts how often it is asked, and waits until it may answer."""

    def __init__(self) -> None:
        self.count, self.may_answer = 0, asyncio.Event()

    async def read(self, asked: str) -> str:
        self.count += 1
        number = self.count
        await self.may_answer.wait()
        return f"{asked} {number}"


async def test_those_who_ask_in_the_same_moment_share_a_reading():
    readings = Readings()
    readings.may_answer.set()
    together = Together(readings.read)
    assert await asyncio.gather(*(together.ask("a") for _ in range(30)), together.ask("b")) == ["a 1"] * 30 + ["b 2"]


async def test_who_asks_after_a_reading_began_gets_a_newer_one():
    readings = Readings()
    together = Together(readings.read)
    early = asyncio.create_task(together.ask("a"))
    while not readings.count:
        await asyncio.sleep(0)
    late = asyncio.create_task(together.ask("a"))
    await asyncio.sleep(0)
    readings.may_answer.set()
    assert await asyncio.gather(early, late) == ["a 1", "a 2"]


async def test_a_tab_that_closes_takes_the_answer_from_nobody_else():
    readings = Readings()
    together = Together(readings.read)
    closing, staying = asyncio.create_task(together.ask("a")), asyncio.create_task(together.ask("a"))
    await asyncio.sleep(0)
    closing.cancel()
    readings.may_answer.set()
    assert await staying == "a 1"
    with pytest.raises(asyncio.CancelledError):
        await closing


async def test_a_failed_reading_is_tried_anew():
    failing = [True]

    async def read(asked: str) -> str:
        if failing.pop() if failing else False:
            raise ValueError(asked)
        return asked

    together = Together(read)
    with pytest.raises(ValueError, match="a"):
        await together.ask("a")
    assert await together.ask("a") == "a"
