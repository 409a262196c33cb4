"""What a message costs under PTB with its httpx transport, with ours, and as the sender does."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import islice

import uvloop
from telegram import Bot
from telegram.request import HTTPXRequest

from bench import report
from bench.telegram import CHATS
from bot.client import Client
from bot.transport import AiohttpRequest

TOKEN = "1000000001:sandbox"  # noqa: S105 - opens nothing but the sandbox
MESSAGES, AT_ONCE, WARM = 4_000, 30, 100
TEXT = "<b>News of the coast guard</b>\n" + "The vessel was searched near the harbour. " * 8

Send = Callable[[int], Awaitable[object]]


def run(scale: float) -> None:
    """Measure processor time, which other programs on the machine change little."""
    count = max(int(MESSAGES * scale), 500)
    report.heading(f"transport: {count:,} messages, {AT_ONCE} at once, processor time of each")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_compare(count))


async def _compare(count: int) -> None:
    async with _sandbox() as address:
        chats = iter(CHATS)
        root = f"{address}/bot"
        plain = Bot(TOKEN, base_url=root, request=HTTPXRequest(connection_pool_size=AT_ONCE))
        ours = Client(TOKEN, base_url=root, request=AiohttpRequest(connections=AT_ONCE))
        async with plain, ours:
            httpx = await _cost(lambda chat: plain.send_message(chat, TEXT, "HTML"), chats, count)
            aiohttp = await _cost(lambda chat: ours.send_message(chat, TEXT, "HTML"), chats, count)
            ready = {"text": TEXT, "parse_mode": "HTML"}
            sender = await _cost(lambda chat: ours.send_ready(chat, ready, None), chats, count)
    report.ratio("PTB over httpx / PTB over our transport", httpx, aiohttp)
    report.ratio("PTB over httpx / as the sender does", httpx, sender)


async def _cost(send: Send, chats: Iterator[int], count: int) -> float:
    """Return the seconds of processor time that a message takes."""
    await _send_all(send, list(islice(chats, WARM)))
    began = time.process_time()
    await _send_all(send, list(islice(chats, count)))
    return (time.process_time() - began) / count


async def _send_all(send: Send, chats: list[int]) -> None:
    left = iter(chats)

    async def one_after_the_other() -> None:
        for chat in left:
            await send(chat)

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))


@asynccontextmanager
async def _sandbox() -> AsyncIterator[str]:
    """Yield the address of a sandbox in a process of its own, which ends with this."""
    sandbox = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.telegram", "--per-second=1000000"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    if sandbox.stdin is None or sandbox.stdout is None:
        raise RuntimeError("the sandbox has no pipes")
    yield (await sandbox.stdout.readline()).decode().strip()
    sandbox.stdin.close()
    await sandbox.wait()
