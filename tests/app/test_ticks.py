import asyncio
import logging

import pytest

from app.ticks import Tick, ticking


async def test_a_tick_under_way_at_the_end_is_cancelled_without_a_word(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    with ticking([Tick("hang", 0.01, hang)]):
        await asyncio.wait_for(begun.wait(), 5)
    await asyncio.wait_for(ended.wait(), 5)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_tick_that_fails_is_told_by_its_name_and_comes_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failed = asyncio.Semaphore(0)

    async def fail() -> None:
        failed.release()
        raise ValueError

    with ticking([Tick("look", 0.01, fail)]):
        for _ in range(3):
            await asyncio.wait_for(failed.acquire(), 5)
    assert 'Job "look' in caplog.text
