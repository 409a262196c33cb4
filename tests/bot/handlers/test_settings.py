import pytest

from domain.model import Chat
from domain.quiet import parse_quiet
from storage import chats, subscriptions
from tests.bot.world import World, labels


async def chat_of(world: World, chat_id: int = 42) -> Chat:
    async with world.services.db.read() as tx:
        chat = await chats.get(tx, chat_id)
    assert chat is not None
    return chat


async def test_the_settings_are_shown_and_chosen_by_buttons(world: World) -> None:
    shown = await world.say(42, "/settings")
    assert "Language: as stories come" in shown["text"]
    assert "Time zone: UTC, where it is" in shown["text"]
    assert "Quiet hours: none" in shown["text"]
    assert "One by one: every item" in shown["text"]
    await world.press(42, "Quiet hours")
    toast, shown = await world.press(42, "22:00-07:00")
    assert toast == "Set"
    assert "Quiet hours: 22:00–07:00" in shown["text"]
    _, menu = await world.press(42, "Quiet hours")
    assert "✓ 22:00-07:00" in labels(menu)
    await world.press(42, "Settings")
    await world.press(42, "Daily limit")
    _, shown = await world.press(42, "10")
    assert "at most 10 a day, the rest in one digest" in shown["text"]
    _, shown = await world.press(42, "empty digests")
    assert "also where nothing is new" in shown["text"]
    await world.press(42, "Language")
    _, shown = await world.press(42, "Français")
    assert "Language: Français" in shown["text"]
    chat = await chat_of(world)
    assert (chat.language, chat.daily_limit, chat.empty_digests) == ("fr", 10, True)
    assert chat.quiet == parse_quiet("22:00-07:00")
    await world.press(42, "Skip empty digests")
    assert not (await chat_of(world)).empty_digests


async def test_the_settings_are_chosen_by_text(world: World) -> None:
    for text in (
        "quiet 22:30-6:15",
        "limit 7",
        "empty on",
        "language русский",
        "timezone Vienna",
    ):
        await world.say(42, f"/settings {text}")
    chat = await chat_of(world)
    assert str(chat.quiet) == "22:30-06:15"
    assert (chat.daily_limit, chat.empty_digests) == (7, True)
    assert (chat.language, chat.timezone) == ("ru", "Europe/Vienna")
    for text in ("quiet off", "limit none", "empty off", "language any"):
        await world.say(42, f"/settings {text}")
    chat = await chat_of(world)
    assert (chat.quiet, chat.daily_limit, chat.empty_digests) == (None, None, False)
    assert chat.language is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/settings volume 11", "I do not know this setting"),
        ("/settings empty maybe", "I do not know this setting"),
        ("/settings quiet at night", "/settings quiet 22:30-06:15"),
        ("/settings limit 0", "/settings limit 7"),
        ("/settings limit 5000", "/settings limit 7"),
        ("/settings limit -3", "/settings limit 7"),
        ("/language klingon", "Stories that are told in several languages"),
        ("/language", "as stories come"),
        ("/timezone", "/timezone Vienna"),
    ],
)
async def test_what_is_no_choice_shows_the_choices(world: World, text: str, said: str) -> None:
    assert said in (await world.say(42, text))["text"]


@pytest.mark.parametrize("name", ["French", "fr", "FRANÇAIS", "francés"])
async def test_languages_are_known_by_their_names(world: World, name: str) -> None:
    await world.say(42, f"/language {name}")
    assert (await chat_of(world)).language == "fr"


async def test_a_zone_is_found_by_city_or_country_with_help(world: World) -> None:
    await world.say(42, "/subscribe boats daily 08:00")
    shown = await world.say(42, "/timezone Nigeria")
    assert "Time zone: Africa/Lagos" in shown["text"]
    asked = await world.say(42, "/timezone Veinna")
    assert "Europe/Vienna" in labels(asked)
    await world.press(42, "Europe/Vienna")
    assert (await chat_of(world)).timezone == "Europe/Vienna"
    assert "I do not know the time zone" in (await world.say(42, "/timezone qwertz"))["text"]
    assert "America/New York" in labels(await world.say(42, "/timezone USA"))
    shown = await world.say(42, "/subscriptions")
    assert "Times are in Europe/Vienna" in shown["text"]


@pytest.mark.parametrize(
    "data", ["z:Nowhere/City", "z:../etc", "q:22-7", "m:0", "m:1001", "g:xx", "h:1y:-", "h:3d:99"]
)
async def test_presses_of_no_button_of_ours_choose_nothing(world: World, data: str) -> None:
    shown = await world.say(42, "/settings")
    toast, _ = await world.press_data(42, shown["message_id"], data)
    assert "no longer works" in toast
    assert (await chat_of(world)).timezone == "UTC"


@pytest.mark.parametrize("status", ["member", "administrator", "creator"])
async def test_in_groups_administrators_choose(world: World, status: str) -> None:
    world.sandbox.add_chat(-50).status = "creator"
    shown = await world.say(-50, "/settings")
    world.sandbox.add_chat(-50).status = status
    may = status != "member"
    toast, _ = await world.press_data(-50, shown["message_id"], "m:5")
    answer = await world.say(-50, "/subscribe boats")
    assert ("Only administrators" in answer["text"]) is not may
    assert ("Only administrators" in toast) is not may
    async with world.services.db.read() as tx:
        assert bool(await subscriptions.of_chat(tx, -50)) is may
    assert ((await chat_of(world, -50)).daily_limit == 5) is may
    assert "Only administrators" not in (await world.say(-50, "/privacy"))["text"]
