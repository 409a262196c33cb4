import pytest

from bot.messages.callbacks import PublishDraft, encode
from bot.messages.publishing import digest
from domain.model import Kind
from storage import items
from storage.withdrawal import withdraw
from tests.bot.world import OPERATOR, OPERATORS, World, labels, links, sending

LINE = "Smuggling of migrants by sea | Boats sank off Nigeria. | https://other.example/1"
LONG = "/publish@topicwire_sandbox_bot\nWorkshop in Abuja\nPolice met.\n\nThey agreed.\nhttps://x.example"


async def stored(world: World) -> int:
    async with world.services.db.read() as tx:
        return await items.total(tx)


async def test_an_item_is_shown_then_published_and_pushed(world: World) -> None:
    await world.say(42, "/subscribe topic:smuggling-by-sea")
    shown = await world.say(OPERATOR, f"/publish {LINE}")
    assert shown["text"].startswith("Publish this?")
    assert "Kind: news\nLanguage: English\nTopics: " in shown["text"]
    assert "Countries: Nigeria" in shown["text"]
    assert "https://other.example/1" in shown["text"]
    assert labels(shown) == ["Publish", "Cancel"]
    assert shown["reply_to_message"]["text"] == f"/publish {LINE}"
    assert await stored(world) == 0
    async with sending(world):
        _, after = await world.press(OPERATOR, "Publish")
        assert after["text"].startswith("Published; it is on its way")
        assert labels(after) == []
        await world.sandbox.wait_for(lambda: "by sea" in world.texts(42)[-1])
    async with world.services.db.read() as tx:
        item = await items.get(tx, links(after)[0].rpartition("/")[2])
    assert item is not None
    assert (item.source, item.kind, item.link) == (
        "newsroom",
        Kind.NEWS,
        "https://other.example/1",
    )
    assert item.summary == "Boats sank off Nigeria."


async def test_a_text_of_several_lines(world: World) -> None:
    shown = await world.say(OPERATOR, LONG)
    assert "Kind: event" in shown["text"]
    _, after = await world.press(OPERATOR, "Publish")
    async with world.services.db.read() as tx:
        item = await items.get(tx, links(after)[0].rpartition("/")[2])
    assert item is not None
    assert (item.title, item.body) == ("Workshop in Abuja", "Police met.\n\nThey agreed.")
    assert item.link == "https://x.example"


async def test_a_second_time_nothing_is_sent(world: World) -> None:
    await world.say(OPERATOR, f"/publish {LINE}")
    _, after = await world.press(OPERATOR, "Publish")
    slug = links(after)[0].rpartition("/")[2]
    await world.say(OPERATOR, f"/publish {LINE}")
    _, again = await world.press(OPERATOR, "Publish")
    assert "known already: nothing is sent" in again["text"]
    async with world.services.db.write() as tx:
        await withdraw(tx, slug, now=world.clock())
    await world.say(OPERATOR, f"/publish {LINE}")
    _, last = await world.press(OPERATOR, "Publish")
    assert "was withdrawn" in last["text"]
    assert await stored(world) == 0


async def test_a_draft_can_be_dropped(world: World) -> None:
    await world.say(OPERATOR, f"/publish {LINE}")
    _, after = await world.press(OPERATOR, "Cancel")
    assert after["text"] == "Not published."
    assert await stored(world) == 0


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_what_was_changed_or_deleted_meanwhile_is_not_published(
    world: World, is_deleted: bool
) -> None:
    shown = await world.say(OPERATOR, f"/publish {LINE}")
    chat = world.sandbox.add_chat(OPERATOR)
    asked = chat.messages.pop(shown["reply_to_message"]["message_id"])
    if not is_deleted:
        chat.messages[asked["message_id"]] = asked | {"text": "/publish Something else"}
    _, after = await world.press(OPERATOR, "Publish")
    assert "was changed or deleted" in after["text"]
    assert await stored(world) == 0


async def test_made_up_presses_publish_nothing(world: World) -> None:
    shown = await world.say(42, "/help")
    forged = encode(PublishDraft(digest(LINE)))
    toast, _ = await world.press_data(42, shown["message_id"], forged)
    assert "no longer works" in toast
    shown = await world.say(OPERATOR, f"/publish {LINE}")
    _, after = await world.press_data(
        OPERATOR, shown["message_id"], encode(PublishDraft(digest("another text")))
    )
    assert "was changed or deleted" in after["text"]
    for data in ("P:", "P:xyz", "P:" + "A" * 32, "N:1"):
        toast, _ = await world.press_data(OPERATOR, shown["message_id"], data)
        assert "no longer works" in toast
    toast, _ = await world.press_data(OPERATOR, 999_999, forged)
    assert await stored(world) == 0


async def test_in_a_group_only_its_administrators_publish(world: World) -> None:
    chat = world.sandbox.add_chat(OPERATORS)
    chat.status = "member"
    refused = await world.say(OPERATORS, f"/publish {LINE}")
    assert "Only administrators" in refused["text"]
    chat.status = "administrator"
    await world.say(OPERATORS, f"/publish {LINE}")
    chat.status = "member"
    toast, _ = await world.press(OPERATORS, "Publish")
    assert "Only administrators" in toast
    assert await stored(world) == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("/publish", "Send the item with the command"),
        ("/publish | summary", "it has no title"),
        ("/publish " + "long " * 90, "more than 300 characters"),
    ],
)
async def test_what_cannot_be_published_is_explained(world: World, text: str, says: str) -> None:
    shown = await world.say(OPERATOR, text)
    assert says in shown["text"]
    assert labels(shown) == []
