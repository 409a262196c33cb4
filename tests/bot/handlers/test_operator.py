from dataclasses import replace
from datetime import timedelta

import pytest

from bot.handlers.operator import sources
from bot.handlers.registry import OPERATOR as OPERATOR_COMMANDS
from bot.messages.sources import SHOWN
from bot.messages.stats import Queue
from bot.messages.stats import stats as stats_message
from domain.sources import SourceKind
from storage import sources as stored
from tests.bot.world import OPERATOR, World, sending
from tests.factories import NOW


async def test_the_operator_sees_the_sources_with_those_in_trouble_first(world: World) -> None:
    services = replace(world.services, admin_chats=(42,))
    assert "no sources yet" in (await sources(services, 42, "")).html
    async with world.services.db.write() as tx:
        added = [
            await stored.add(
                tx,
                name=f"s{number:02}",
                title="T",
                address=f"https://x.example/{number}",
                kind=SourceKind.RSS,
                now=NOW,
            )
            for number in range(SHOWN + 2)
        ]
        problem = stored.Failure(
            problem="its server <hangs>", next_poll=NOW + timedelta(hours=1), reported=True
        )
        await stored.failed(tx, [(added[20], problem)], now=NOW)
    lines = (await sources(services, 42, "")).html.splitlines()
    assert lines[0] == "<b>32 sources, 1 in trouble</b>"
    assert lines[2] == "⚠️ s20: its server &lt;hangs&gt;; next 01 May 13:00"
    assert lines[3] == "s00: 0 items, read never"
    assert lines[-1] == "… and 2 more"
    async with world.services.db.write() as tx:
        await stored.pause(tx, "s20")
        for source in added[3:20] + added[21:]:
            await stored.remove(tx, source.name)
    lines = (await sources(services, 42, "")).html.splitlines()
    assert lines[0] == "<b>4 sources, 0 in trouble</b>"
    assert lines[-1] == "⏸ s20: 0 items, paused"


async def test_the_operator_sees_the_counts_and_the_queue(world: World) -> None:
    await world.publish("Boats at night", push=False)
    await world.say(42, "/subscribe trucks")
    await world.publish("Trucks by day")
    async with sending(world):
        await world.sandbox.wait_for(lambda: "Trucks by day" in world.texts(42)[-1])
    text = (await world.say(OPERATOR, "/stats"))["text"]
    assert "items: 2\nitems: news: 2\nitems in en: 2\nchats: active: 1\n" in text
    assert "push: 0 due, 0 claimed, 0 for later, 0 set aside" in text
    assert "digest: 0 due" in text


def test_what_is_due_and_set_aside_is_told() -> None:
    queue = Queue(
        lane="push", due=1200, later=3, claimed=4, age=timedelta(seconds=75.5), set_aside=5
    )
    text = stats_message({"items": 1}, [queue]).html
    assert "push: 1,200 due (the first for 0:01:15), 4 claimed, 3 for later, 5 set aside" in text


@pytest.mark.parametrize("name", OPERATOR_COMMANDS)
async def test_others_have_no_such_command(world: World, name: str) -> None:
    shown = await world.say(42, f"/{name} x")
    nothing = await world.say(42, "/nonsense")
    assert shown["text"] == nothing["text"]
    help_text = (await world.say(42, "/help"))["text"]
    assert f"/{name}" not in help_text
    assert f"/{name} – " in (await world.say(OPERATOR, "/help"))["text"]


async def test_in_other_groups_they_are_not_heard(world: World) -> None:
    for name in OPERATOR_COMMANDS:
        world.sandbox.send_text(-50, f"/{name} x")
    assert "How to ask" in (await world.say(-50, "/help"))["text"]
    assert len(world.from_bot(-50)) == 1
