import pytest

from bot.messages.answer import PAGE_SIZE
from tests.bot.world import World, labels, links


@pytest.mark.parametrize(
    "ask", ["/search boats", "boats", "BOATS  ", "/search@topicwire_sandbox_bot boats"]
)
async def test_a_question_is_answered_with_items_and_links(world: World, ask: str) -> None:
    slug = await world.publish("Boats <at> night & day")
    await world.publish("Something else")
    answer = await world.say(42, ask)
    assert "Boats <at> night & day" in answer["text"]
    assert "About Boats <at> night" in answer["text"]
    assert "2 Jan 2020 · desk · news" in answer["text"]
    assert "1 result\n" in answer["text"]
    assert links(answer) == [
        f"https://news.example/items/{slug}",
        "https://news.example/search?q=boats",
        "https://news.example/search/feed.rss?q=boats",
    ]


async def test_latest_is_newest_first_with_and_without_a_query(world: World) -> None:
    await world.publish("Old boats", "Cars", "New boats")
    every = (await world.say(42, "/latest"))["text"]
    assert every.startswith("Everything")
    assert every.index("New boats") < every.index("Cars") < every.index("Old boats")
    boats = (await world.say(42, "/latest boats"))["text"]
    assert boats.index("New boats") < boats.index("Old boats")
    assert "Cars" not in boats


async def test_results_are_paged_in_place(world: World) -> None:
    await world.publish(*(f"Boats {number}" for number in range(2 * PAGE_SIZE + 1)))
    first = await world.say(42, "boats")
    assert "11 results · page 1 of 3" in first["text"]
    toast, second = await world.press(42, "Next")
    assert toast == ""
    assert second["message_id"] == first["message_id"]
    assert "page 2 of 3" in second["text"]
    assert "\n\n6. " in second["text"]
    assert labels(second)[:2] == ["◀ Previous", "Next ▶"]
    await world.press(42, "Next")
    _, again = await world.press(42, "Previous")
    assert "page 2 of 3" in again["text"]


async def test_a_query_too_long_for_a_button_is_paged_and_followed_too(world: World) -> None:
    await world.publish(*(f"Boats {number}" for number in range(PAGE_SIZE + 1)))
    query = " OR ".join(f"boats{'x' * number}" for number in range(12))
    await world.say(42, query)
    _, second = await world.press(42, "Next")
    assert "page 2 of 2" in second["text"]
    toast, _ = await world.press(42, "Follow")
    assert toast == "You follow this now"
    _, few = await world.press(42, "latest 3")
    assert "The latest 3" in few["text"]
    _, more = await world.press(42, "More")
    assert "6 results" in more["text"]


async def test_a_page_that_is_no_more_shows_the_last_one(world: World) -> None:
    await world.publish(*(f"Boats {number}" for number in range(PAGE_SIZE + 1)))
    shown = await world.say(42, "boats")
    _, last = await world.press_data(42, shown["message_id"], "p:b:77:=boats")
    assert "page 2 of 2" in last["text"]
    toast, same = await world.press_data(42, shown["message_id"], "p:b:77:=boats")
    assert (toast, same["text"]) == ("", last["text"])


async def test_nothing_found_says_so_and_offers_to_follow(world: World) -> None:
    answer = await world.say(42, "unicorns")
    assert "Nothing found for “unicorns”" in answer["text"]
    assert labels(answer) == ["🔔 Follow", "Topics"]


async def test_an_unreadable_query_is_answered_with_the_place(world: World) -> None:
    answer = await world.say(42, 'nigeria "open')
    assert "I cannot read this query" in answer["text"]
    assert "👉" in answer["text"]
    assert '"open' in answer["text"]


async def test_a_bare_search_says_how(world: World) -> None:
    assert "/search events in abuja" in (await world.say(42, "/search"))["text"]


async def test_in_groups_only_what_is_said_to_the_bot_is_a_query(world: World) -> None:
    await world.publish("Boats at night")
    world.sandbox.send_text(-50, "boats are nice, are they not")
    answer = await world.say(-50, "@topicwire_sandbox_bot boats")
    assert "Boats at night" in answer["text"]
    assert len(world.from_bot(-50)) == 1
    world.sandbox.send_text(-50, "@somebody_else boats are nice")
    answer = await world.say(-50, "/search boats")
    assert "Boats at night" in answer["text"]


async def test_a_typing_error_is_corrected_and_told(world: World) -> None:
    await world.publish("Passengers rescued")
    answer = await world.say(42, "pasengers")
    assert answer["text"].startswith("Nothing for “pasengers”; showing\n“passengers”")
    assert "Passengers rescued" in answer["text"]


async def test_what_was_read_into_words_can_be_undone(world: World) -> None:
    await world.publish("Boats 2020", "Boats")
    assert "2 results" in (await world.say(42, "boats 2020"))["text"]
    _, plain = await world.press(42, "Search the words only")
    assert plain["text"].startswith("“2020” · “boats”")
    assert "1 result\n" in plain["text"]
    assert "Search the words only" not in labels(plain)


async def test_what_is_close_comes_after_what_answers_all(world: World) -> None:
    await world.publish("Rescue at night", "Boats at night", "Boats at sea", "Boats by day")
    await world.publish("Rescue by boats")
    text = (await world.say(42, "boats rescue"))["text"]
    assert "1 result\n" in text
    found, close = text.split("Not all of it, but close:")
    assert "1. Rescue by boats" in found
    assert "2. Rescue at night" in close
    assert "Boats at" not in text


async def test_what_nearly_finds_something_is_offered(world: World) -> None:
    await world.publish("Boats at night")
    answer = await world.say(42, "boats night zzyzx")
    assert answer["text"].startswith("Nothing found for")
    _, near = await world.press(42, "“boats” · “night”")
    assert "Boats at night" in near["text"]
