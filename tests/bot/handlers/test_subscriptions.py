import pytest

from bot.handlers.subscriptions import split_schedule
from domain.errors import ScheduleError
from domain.model import Subscription
from storage import subscriptions
from tests.bot.world import World, labels


async def followed(world: World, chat_id: int = 42) -> list[Subscription]:
    async with world.services.db.read() as tx:
        return await subscriptions.of_chat(tx, chat_id)


@pytest.mark.parametrize(
    ("text", "query", "schedule"),
    [
        ("nigeria", "nigeria", "now"),
        ("nigeria now", "nigeria", "now"),
        ("Blue Heart Daily 8:05", "Blue Heart", "daily 08:05"),
        ("weekly mon 07:30", "", "weekly monday 07:30"),
        ("boats hourly", "boats", "hourly"),
        ("daily mail", "daily mail", "now"),
        ("weekly report", "weekly report", "now"),
        ("nowhere", "nowhere", "now"),
        ('"right now"', '"right now"', "now"),
    ],
)
def test_a_schedule_stands_at_the_end(text: str, query: str, schedule: str) -> None:
    words, read = split_schedule(text)
    assert (words.strip(), str(read)) == (query, schedule)


@pytest.mark.parametrize(
    "text", ["boats daily", "boats daily 25:00", "boats weekly", "x weekly mon"]
)
def test_half_a_schedule_is_refused(text: str) -> None:
    with pytest.raises(ScheduleError):
        split_schedule(text)


async def test_following_a_query_and_stopping_it(world: World) -> None:
    answer = await world.say(42, "/subscribe boats")
    assert answer["text"] == "You now follow “boats”\nEach new item as it comes."
    again = await world.say(42, "/subscribe BOATS daily 08:00")
    assert again["text"] == "You follow “boats”\nA digest daily 08:00."
    assert [(one.query, one.schedule) for one in await followed(world)] == [
        ("boats", "daily 08:00")
    ]
    shown = await world.say(42, "/subscriptions")
    assert "1. “boats”\nA digest daily 08:00" in shown["text"]
    toast, left = await world.press(42, "Stop 1")
    assert toast == "Stopped"
    assert left["text"] == "You follow nothing yet."
    assert await followed(world) == []


async def test_everything_can_be_followed(world: World) -> None:
    answer = await world.say(42, "/subscribe daily 07:00")
    assert "You now follow everything" in answer["text"]
    await world.say(42, "/unsubscribe")
    await world.press(42, "Stop 1")
    await world.say(42, "/subscribe")
    _, answer = await world.press(42, "Everything")
    assert "You now follow everything" in answer["text"]


async def test_following_offers_the_latest_and_floods_nobody(world: World) -> None:
    await world.publish(*(f"Boats {number}" for number in range(9)))
    await world.say(42, "/subscribe boats")
    assert await world.dispatcher().run_once() == 0
    assert len(world.from_bot(42)) == 1
    _, few = await world.press(42, "latest 3")
    assert "Boats 8" in few["text"]
    assert "Boats 5" not in few["text"]
    assert labels(few) == ["More", "Stop following"]
    toast, left = await world.press(42, "Stop following")
    assert toast == "Stopped"
    assert "You follow nothing yet." in left["text"]


async def test_following_what_was_found(world: World) -> None:
    await world.publish("Boats at night")
    await world.say(42, "boats")
    toast, answer = await world.press(42, "Follow")
    assert toast == "You follow this now"
    assert "You now follow “boats”" in answer["text"]
    assert "Stop following" in labels(await world.say(42, "boats"))


async def test_unsubscribe_by_name_or_all_at_once(world: World) -> None:
    for query in ("boats", "cars", "trains"):
        await world.say(42, f"/subscribe {query}")
    assert "boats" not in (await world.say(42, "/unsubscribe boats"))["text"]
    assert "You do not follow “boats”" in (await world.say(42, "/unsubscribe boats"))["text"]
    assert "I cannot read" in (await world.say(42, '/unsubscribe "boats'))["text"]
    await world.say(42, "/unsubscribe")
    toast, _ = await world.press(42, "Stop all")
    assert toast == "Stopped"
    assert await followed(world) == []


async def test_what_cannot_be_read_is_said(world: World) -> None:
    assert "I cannot read this schedule" in (await world.say(42, "/subscribe boats daily"))["text"]
    assert "I cannot read this query" in (await world.say(42, '/subscribe "boats'))["text"]
    assert await followed(world) == []


async def test_nobody_stops_what_another_chat_follows(world: World) -> None:
    await world.say(42, "/subscribe boats")
    theirs = (await followed(world))[0].id
    shown = await world.say(7, "/subscribe cars")
    for data in (f"s:{theirs}", f"l:{theirs}"):
        toast, _ = await world.press_data(7, shown["message_id"], data)
        assert "no longer works" in toast
    assert len(await followed(world)) == 1


@pytest.mark.parametrize(
    "data", ["nonsense", "p:n:1:^", "p:n:1:=(", "f:=topic:no-such-topic", "s:99", "😀", "p:n:1:7"]
)
async def test_presses_of_no_button_of_ours_are_answered(world: World, data: str) -> None:
    shown = await world.say(42, "/start")
    toast, same = await world.press_data(42, shown["message_id"], data)
    assert "no longer works" in toast
    assert same["text"] == shown["text"]


async def test_a_press_on_a_message_that_is_gone_is_answered_below(world: World) -> None:
    await world.say(42, "/start")
    toast, below = await world.press_data(42, 999_999, "S:1")
    assert toast == ""
    assert below["text"] == "You follow nothing yet."
