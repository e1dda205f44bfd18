"""Long work beside the pages: one of a name at a time, a failure told without names, all ended at the stop."""

import asyncio
import logging

from domain import jobs


async def test_a_job_of_one_name_runs_once_at_a_time():
    runs = []

    async def work():
        runs.append(1)
        await asyncio.sleep(0.01)

    jobs.start("count", work)
    jobs.start("count", work)
    assert jobs.at_work("count")
    await jobs.finished("count")
    assert (runs, jobs.at_work("count")) == ([1], False)
    jobs.start("count", work)
    await jobs.finished("count")
    assert runs == [1, 1]


async def test_a_job_that_fails_is_told_by_its_kind_alone(caplog):
    async def work():
        raise ValueError("Rowan Applewick")  # a name that must not reach the log

    with caplog.at_level(logging.WARNING):
        jobs.start("fail", work)
        await jobs.finished("fail")
    assert "ValueError" in caplog.text
    assert "Rowan" not in caplog.text
    assert not jobs.at_work("fail")


async def test_the_stop_ends_what_is_running():
    ended = []

    async def work():
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    jobs.start("long", work)
    await asyncio.sleep(0)
    await jobs.stop()
    assert (ended, jobs.at_work("long")) == ([True], False)


async def test_waiting_for_what_is_not_running_returns_at_once():
    await asyncio.wait_for(jobs.finished("nothing"), 1)
