import asyncio
import os
import signal

import psutil
import pytest

from domain.errors import SourceError
from domain.model import Draft
from domain.sources import SourceKind
from feeds.upstream.formats.document import Document
from feeds.upstream.reading.pool import ReadingPool, _checked
from feeds.upstream.reading.wire import ANSWER, Answer, Task
from tests.feeds.upstream.polling.world import entry, rss

FEED = Task(address="https://x.example/feed", kind=SourceKind.RSS)


def workers() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children()
        if "reading.worker" in " ".join(child.cmdline())
    ]


async def test_a_document() -> None:
    async with ReadingPool().open() as pool:
        document = await pool.read(FEED, rss(entry("One", guid="1", link="/1")))
        (draft,) = document.drafts
        assert (draft.title, draft.link, draft.key) == ("One", "https://x.example/1", "1")
        assert document.channel.title == "Office"
        assert len(workers()) == 1
    assert workers() == []


async def test_markup_is_looked_at_again_as_a_worker_may_be_taken_over() -> None:
    kept, forged = "<p>a <b>b</b></p>", "<p>a <b onclick='x()'>b</b></p>"
    drafts = tuple(Draft(title="One", markup=markup) for markup in (kept, forged, None))
    document = Document("rss20", drafts)
    answer = ANSWER.validate_json(ANSWER.dump_json(Answer(document=document))).document
    assert answer == document
    assert [draft.markup for draft in _checked(document).drafts] == [kept, None, None]


async def test_a_worker_that_hangs_is_killed_and_replaced() -> None:
    async with ReadingPool(seconds=0.5).open() as pool:
        await pool.read(FEED, rss())
        (stuck,) = workers()
        os.kill(stuck.pid, signal.SIGSTOP)
        with pytest.raises(SourceError, match="too long to read"):
            await pool.read(FEED, rss())
        assert not stuck.is_running()
        assert (await pool.read(FEED, rss())).drafts == ()


async def test_a_worker_that_dies_is_replaced() -> None:
    async with ReadingPool().open() as pool:
        await pool.read(FEED, rss())
        (worker,) = workers()
        os.kill(worker.pid, signal.SIGSTOP)
        reading = asyncio.create_task(pool.read(FEED, rss()))
        await asyncio.sleep(0.1)
        worker.kill()
        with pytest.raises(SourceError, match="broke the program"):
            await reading
        assert (await pool.read(FEED, rss())).drafts == ()


async def test_a_worker_without_work_ends() -> None:
    async with ReadingPool(idle=0.05).open() as pool:
        await pool.read(FEED, rss())
        (worker,) = workers()
        await asyncio.to_thread(worker.wait, 10)
        assert (await pool.read(FEED, rss())).drafts == ()


async def test_a_worker_knows_no_secret_and_writes_no_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TOPICWIRE_TELEGRAM_TOKEN", "123456:secret")
    async with ReadingPool().open() as pool:
        await pool.read(FEED, rss())
        (worker,) = workers()
        assert "TOPICWIRE_TELEGRAM_TOKEN" not in worker.environ()
        assert worker.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)


async def test_a_cancelled_reading_leaves_no_answer_behind() -> None:
    async with ReadingPool().open() as pool:
        await pool.read(FEED, rss())
        (worker,) = workers()
        os.kill(worker.pid, signal.SIGSTOP)
        reading = asyncio.create_task(pool.read(FEED, rss(entry("One"))))
        await asyncio.sleep(0.1)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert [draft.title for draft in (await pool.read(FEED, rss(entry("Two")))).drafts] == [
            "Two"
        ]


async def test_a_documents_name_is_in_its_error() -> None:
    async with ReadingPool().open() as pool:
        with pytest.raises(SourceError, match="a.txt: empty"):
            await pool.read(Task(address="", name="a.txt"), b" ")
