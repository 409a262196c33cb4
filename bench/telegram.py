"""A sandbox in a process of its own: `python -m bench.telegram OPTIONS` until its input ends.

The first line of its output is its address. The line `ask` of input lets people ask, every
other is answered with what came in so far.
"""

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from typing import Any

import uvloop

from bot.sandbox import Limits, Sandbox, serve

CHATS = range(1, 10_000_000)
ASKERS = range(20_000_000, 20_001_000)
GROUP = -100
LATEST = "/latest"
ASK = "ask"


def main() -> None:
    """Serve until the input ends."""
    parser = argparse.ArgumentParser(prog="python -m bench.telegram", description=__doc__)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds")
    parser.add_argument("--per-second", type=int, default=30)
    parser.add_argument("--askers", type=float, default=0.0, help="questions a second")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(parser.parse_args()))


async def _serve(options: argparse.Namespace) -> None:
    sandbox = Sandbox(limits=Limits(per_second=options.per_second), history=5)
    sandbox.faults.latency = options.latency
    sandbox.add_chats(CHATS)
    sandbox.add_chat(GROUP)
    answered: list[float] = []
    async with serve(sandbox) as address:
        print(address, flush=True)
        asking = None
        while line := await asyncio.to_thread(sys.stdin.readline):
            if line.strip() == ASK:
                asking = asyncio.create_task(_ask(sandbox, options.askers, answered))
            else:
                print(json.dumps(_seen(sandbox, answered)), flush=True)
        if asking is not None:
            asking.cancel()


def _seen(sandbox: Sandbox, answered: list[float]) -> dict[str, Any]:
    times = [sent.at for sent in sandbox.sent if sent.chat_id in CHATS]
    return {
        "times": times,
        "group": [sent.at for sent in sandbox.sent if sent.chat_id == GROUP],
        "refused": sandbox.calls["sendmessage", 429],
        "answered": answered,
        "seconds": time.process_time(),
        "copies": sum(count - 1 for count in Counter(_arrivals(sandbox)).values()),
    }


def _arrivals(sandbox: Sandbox) -> list[tuple[int, str]]:
    return [(sent.chat_id, sent.text) for sent in sandbox.sent if sent.chat_id in CHATS]


async def _ask(sandbox: Sandbox, per_second: float, answered: list[float]) -> None:
    """Let people ask for the latest items, each in a chat of their own, one after the other."""
    waiting: set[asyncio.Task[None]] = set()
    for chat_id in ASKERS:
        task = asyncio.create_task(_answer(sandbox, chat_id, answered))
        waiting.add(task)
        task.add_done_callback(waiting.discard)
        await asyncio.sleep(1 / per_second)


async def _answer(sandbox: Sandbox, chat_id: int, answered: list[float]) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    sandbox.send_text(chat_id, LATEST)
    chat = sandbox.add_chat(chat_id)
    while len(chat.messages) < 2:
        if sandbox.journal.closed:
            return
        await sandbox.journal.changed(chat_id)
    answered.append(loop.time() - began)


if __name__ == "__main__":
    main()
