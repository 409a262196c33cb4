from dataclasses import replace
from datetime import timedelta

from bot.handlers.operator import sources
from bot.messages.sources import SHOWN
from domain.sources import SourceKind
from storage import sources as stored
from tests.bot.world import World
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


async def test_others_have_no_such_command(world: World) -> None:
    shown = await world.say(42, "/sources")
    nothing = await world.say(42, "/nonsense")
    assert shown["text"] == nothing["text"]
