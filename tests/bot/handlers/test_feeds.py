from bot.messages.text import LIMIT
from tests.bot.world import World, links


async def test_a_query_has_feeds_a_calendar_and_a_page(world: World) -> None:
    shown = await world.say(42, "/feed events in nigeria")
    query = "kind:event+nigeria"
    assert {url.replace("%3A", ":") for url in links(shown)} == {
        *(f"https://news.example/search/feed.{form}?q={query}" for form in ("rss", "atom", "json")),
        f"https://news.example/events.ics?q={query}",
        f"https://news.example/search?q={query}",
    }
    addresses = [one for one in shown["entities"] if one["type"] == "code"]
    assert len(addresses) == 5
    toast, after = await world.press(42, "Follow")
    assert toast == "You follow this now"
    assert "Nigeria" in after["text"]


async def test_everything_has_the_list_of_topic_feeds_too(world: World) -> None:
    shown = await world.say(42, "/feed")
    assert "https://news.example/opml.xml" in links(shown)
    assert "https://news.example/feed.atom" in links(shown)
    assert shown["text"].startswith("Everything\n")


async def test_long_addresses_are_links_alone(world: World) -> None:
    shown = await world.say(42, "/feed " + " ".join(f"переправа{n}" for n in range(16)))
    assert len(links(shown)) == 5
    assert len(shown["text"]) < LIMIT
    toast, _ = await world.press(42, "Follow")
    assert toast == "You follow this now"


async def test_a_query_that_cannot_be_read_is_explained(world: World) -> None:
    assert "cannot read this query" in (await world.say(42, "/feed boats ("))["text"]
