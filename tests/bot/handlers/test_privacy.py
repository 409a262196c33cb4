import json

from sqlalchemy import func, select, table, text

from storage.mydata import _tables
from storage.tables import metadata
from tests.bot.world import World


async def rows_of(world: World, chat_id: int) -> dict[str, int]:
    """Count what any table keeps of a chat, by its name."""
    counts = {}
    async with world.services.db.read() as tx:
        for known in (*_tables(), metadata.tables["chat"]):
            column = "id" if known.name == "chat" else "chat_id"
            query = select(func.count()).select_from(table(known.name))
            counts[known.name] = (
                await tx.execute(query.where(text(f"{column} = :chat")), {"chat": chat_id})
            ).scalar_one()
    return counts


async def test_privacy_says_what_is_kept(world: World) -> None:
    answer = await world.say(42, "/privacy")
    assert "/forgetme" in answer["text"]
    assert await rows_of(world, 42) == dict.fromkeys(await rows_of(world, 42), 0)


async def test_all_that_is_kept_comes_as_a_file(world: World) -> None:
    assert "I keep nothing" in (await world.say(42, "/mydata"))["text"]
    await world.say(42, "/subscribe boats")
    await world.say(42, "/subscribe cars daily 08:00")
    await world.say(42, "/settings quiet 22:00-07:00")
    slug = await world.publish("Boats", urgent=True)
    await world.dispatcher().run_once()
    before = len(world.from_bot(42))
    world.sandbox.send_text(42, "/mydata")
    await world.sandbox.wait_for(lambda: len(world.from_bot(42)) > before)
    sent = world.from_bot(42)[-1]
    assert sent["document"]["file_name"] == "topicwire-mydata.json"
    assert sent["caption"] == "All that I keep of this chat, as JSON."
    kept = json.loads(world.sandbox.add_chat(42).files[sent["message_id"]])
    assert kept["chat"]["id"] == 42
    assert kept["chat"]["quiet"] == "22:00-07:00"
    assert [(one["query"], one["schedule"]) for one in kept["subscription"]] == [
        ("boats", "now"),
        ("cars", "daily 08:00"),
    ]
    (delivery,) = kept["delivery"]
    assert delivery["item"].endswith(slug)
    assert delivery["state"] == "sent"
    for name, count in (await rows_of(world, 42)).items():
        assert count == (1 if name == "chat" else len(kept[name]))


async def test_everything_is_erased_once_that_is_confirmed(world: World) -> None:
    for chat_id in (42, 7):
        await world.say(chat_id, "/subscribe boats")
        await world.say(chat_id, "/subscribe cars daily 08:00")
    await world.say(42, "/subscribe trains daily 08:00")
    await world.publish("Boats", "Cars", "Trains")
    await world.dispatcher().run_once()
    asked = await world.say(42, "/forgetme")
    assert "Erase everything?" in asked["text"]
    assert sum((await rows_of(world, 42)).values()) > 3
    _, kept = await world.press(42, "Keep")
    assert kept["text"].startswith("Settings")
    await world.say(42, "/forgetme")
    toast, answer = await world.press(42, "Erase everything")
    assert toast == "Erased"
    assert "I keep nothing of this chat any more" in answer["text"]
    assert set((await rows_of(world, 42)).values()) == {0}
    assert sum((await rows_of(world, 7)).values()) > 3
    async with world.services.db.read() as tx:
        saved = (await tx.execute(text("SELECT text FROM saved_query ORDER BY text"))).scalars()
        assert list(saved) == ["boats", "cars"], "what nobody else follows is gone too"
    await world.publish("More boats")
    assert await world.dispatcher().run_once() == 1, "the other chat's"
    assert "I keep nothing" in (await world.say(42, "/forgetme"))["text"]
    assert "Welcome" in (await world.say(42, "/start"))["text"]
