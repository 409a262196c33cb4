import asyncio
import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from bot.delivery.owner import has_died, new_owner
from bot.delivery.role import TERM, Role
from storage import leases
from tests.bot.world import World


def named_by_another_process(*, ends: bool) -> tuple[str, "subprocess.Popen[str]"]:
    code = "from bot.delivery.owner import new_owner; print(new_owner(), flush=True)"
    waits = "" if ends else "; import time; time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-c", code + waits], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process.stdout.readline().strip(), process


def test_a_process_that_was_killed_is_known_to_be_dead() -> None:
    owner, process = named_by_another_process(ends=False)
    try:
        assert not has_died(owner)
        process.kill()
        deadline = time.monotonic() + 5
        while not has_died(owner) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert has_died(owner), "before its parent has asked"
    finally:
        process.kill()
        process.communicate()
    assert has_died(owner)


def test_who_cannot_be_known_to_be_dead_is_not() -> None:
    mine = new_owner()
    assert not has_died(mine)
    world, number, started, rest = mine.split("/")
    assert has_died(f"{world}/{number}/{int(started) - 1}/{rest}"), "the number was given anew"
    assert not has_died(f"another boot/{number}/1/{rest}")
    assert not has_died(f"/{number}/1/{rest}")
    assert not has_died("worker-1")
    assert not has_died(f"{world}/1/0/{rest}") or os.getpid() != 1


async def test_a_killed_holders_role_is_taken_at_once(world: World) -> None:
    owner, process = named_by_another_process(ends=True)
    process.communicate()
    assert await Role(world.services, owner).have()
    assert await Role(world.services, "next").have()


async def test_a_silent_holders_role_is_taken_after_its_term(world: World) -> None:
    """Though the clock was set back an hour, and its end is far in the future."""
    now = 0.0
    first = Role(world.services, "first", lambda: now)
    second = Role(world.services, "second", lambda: now)
    assert await first.have()
    world.clock.shift -= timedelta(hours=1)
    assert not await second.have()
    now = TERM.total_seconds() + 1
    assert await second.have()
    assert not first.still()


async def test_a_holder_renews_its_term_and_nobody_else_gets_the_role(world: World) -> None:
    now = 0.0
    first = Role(world.services, "first", lambda: now)
    second = Role(world.services, "second", lambda: now)
    for _ in range(6):
        now += 2
        world.clock.shift += timedelta(seconds=2)
        assert await first.have()
        assert first.still()
        assert not await second.have()


async def test_a_holder_that_was_frozen_may_not_send(world: World) -> None:
    first = Role(world.services, "first")
    assert await first.have()
    world.clock.shift += TERM + timedelta(seconds=1)
    assert await Role(world.services, "second").have()
    assert not await first.have()
    assert not first.still()
    await first.give_up()
    async with world.services.db.read() as tx:
        assert await leases.holder(tx, leases.SENDER, now=world.clock()) == "second"


async def test_an_idle_sender_writes_nothing_but_its_role(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatcher, halt = world.dispatcher(), asyncio.Event()
    task = asyncio.create_task(dispatcher.run(halt))
    await asyncio.sleep(0.5)
    writes = 0
    write = world.services.db.write

    def counted() -> object:
        nonlocal writes
        writes += 1
        return write()

    monkeypatch.setattr(world.services.db, "write", counted)
    await asyncio.sleep(3.2)
    monkeypatch.undo()
    halt.set()
    await task
    assert writes <= 4, "two renewals, and a little time to be late in"
