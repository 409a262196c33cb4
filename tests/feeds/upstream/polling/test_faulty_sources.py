"""Sources that say the same in another way at each reading: one item each, and no false news."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.factories import NOW
from tests.feeds.upstream.polling.world import World, entry, rss

DAY = timedelta(days=1)
STORIES = ("Boats at night", "Trucks by day", "Trains at dawn", "Ships in harbour", "Planes")
Teller = Callable[[int, int], str]


def told(number: int, turn: int, **parts: str) -> str:
    """Return a story as it should be: the same at each turn."""
    link = f"https://x.example/{number}"
    given = {"guid": f"id-{number}", "link": link, "body": f"About {STORIES[number].lower()}."}
    return entry(STORIES[number], at=NOW - DAY * number, **given | parts)


def dated(number: int, days: int) -> str:
    guid = f"id-{number}"
    return entry(
        STORIES[number], guid=guid, link=f"https://x.example/{number}", at=NOW + DAY * days
    )


WAYS: dict[str, Teller] = {
    "ids in another case": lambda n, t: told(n, t, guid=f"{'iI'[t % 2]}d-{n}"),
    "ids with blanks around": lambda n, t: told(n, t, guid=" " * t + f"id-{n}"),
    "ids with the time in them": lambda n, t: told(n, t, guid=f"id-{n}-{t}"),
    "ids that come and go": lambda n, t: told(n, t, guid=f"id-{n}" if t % 2 else ""),
    "ids that wander from one to the next": lambda n, t: told(n, t, guid=f"id-{(n + t) % 5}"),
    "ids that are all the same": lambda n, t: told(n, t, guid="id"),
    "links over http, then https": lambda n, t: told(
        n, t, guid="", link=f"http{'s' * (t % 2)}://x.example/{n}"
    ),
    "links with a campaign": lambda n, t: told(
        n, t, guid="", link=f"https://www.x.example/{n}/?utm_source=rss&amp;utm_campaign={t}"
    ),
    "links that are all the front page": lambda n, t: told(n, t, link="https://x.example/"),
    "no links": lambda n, t: told(n, t, link=""),
    "texts with a counter": lambda n, t: told(n, t, body=f"Read {t * 7} times."),
    "texts that come and go": lambda n, t: told(n, t, body="" if t % 2 else "The text."),
    "texts that are all the same": lambda n, t: told(n, t, body="Read more on our site."),
    "escaped once and twice": lambda n, t: told(
        n, t, body=("It&amp;" + "amp;" * (t % 2)) + "lt;s."
    ),
    "in another order": lambda n, t: told((n + t) % 5, t),
    "dates of the reading": dated,
    "dates to come": lambda n, t: dated(n, 400 - t),
    "dates that go back": lambda n, t: dated(n, -t * 3),
    "dates that come and go": lambda n, t: (
        told(n, t) if t % 2 else entry(STORIES[n], guid=f"id-{n}", link=f"https://x.example/{n}")
    ),
    "no dates": lambda n, t: entry(STORIES[n], guid=f"id-{n}"),
    "no ids and no dates": lambda n, t: entry(STORIES[n], link=f"https://x.example/{n}"),
    "dropped and back": lambda n, t: told(n, t) if (n + t) % 3 else "",
}


@pytest.mark.parametrize("way", WAYS)
async def test_the_same_five_stories_at_each_reading(world: World, way: str) -> None:
    await world.add()
    tell = WAYS[way]
    first = await world.poll(*(told(n, 0) for n in range(5)))
    assert first.new == 5
    for turn in range(1, 6):
        outcome = await world.poll(*(tell(n, turn) for n in range(5)), hours=25)
        assert (outcome.problem, outcome.new) == (None, 0), turn
    assert {item.title for item in await world.items()} == set(STORIES)
    assert await world.pushed() == 0


@pytest.mark.parametrize("way", WAYS)
async def test_a_new_story_among_them_is_pushed_once(world: World, way: str) -> None:
    await world.add()
    tell = WAYS[way]
    for turn in range(4):
        new = entry("Buses", guid="buses", link="https://x.example/buses", body="About buses.")
        await world.poll(*([new] * (turn > 1)), *(tell(n, turn) for n in range(5)), hours=25)
    titles = [item.title for item in await world.items()]
    assert titles.count("Buses") == 1
    assert await world.pushed() == 1 or way == "dropped and back"
    assert len(titles) == 6


async def test_a_title_may_change_while_id_or_address_stays(world: World) -> None:
    await world.add()
    await world.poll(*(told(n, 0) for n in range(5)))
    for title, guid in (("Boats by night", "id-0"), ("Vessels in the dark", "other")):
        link = "https://x.example/0"
        edited = entry(title, guid=guid, link=link, body="About boats at night.", at=NOW)
        outcome = await world.poll(edited, *(told(n, 0) for n in range(1, 5)))
        assert (outcome.new, outcome.changed) == (0, 1)
    assert len(await world.items()) == 5
    assert await world.pushed() == 0


async def test_two_ids_that_change_places(world: World) -> None:
    await world.add()
    await world.poll(told(0, 0), told(1, 0))
    outcome = await world.poll(told(0, 0, guid="id-1"), told(1, 0, guid="id-0"))
    assert outcome.new == 0
    assert {item.title for item in await world.items()} == set(STORIES[:2])


async def test_an_id_of_old_that_is_given_to_something_new(world: World) -> None:
    await world.add()
    await world.poll(told(0, 0), told(1, 0))
    new = told(2, 0, guid="id-0")
    outcome = await world.poll(new, told(1, 0))
    assert (outcome.new, await world.pushed()) == (1, 1)
    assert {item.title for item in await world.items()} == set(STORIES[:3])


async def test_one_entry_twice_in_a_reading(world: World) -> None:
    await world.add()
    await world.poll(told(0, 0), told(0, 0), told(0, 0, body="About boats, at length."), told(1, 0))
    assert {item.title for item in await world.items()} == set(STORIES[:2])
    assert len(await world.items()) == 2


async def test_an_empty_reading_between_two_full_ones(world: World) -> None:
    await world.add()
    await world.poll(*(told(n, 0) for n in range(5)))
    world.shown.body = rss()
    assert (await world.poll()).problem is None
    outcome = await world.poll(*(told(n, 0) for n in range(5)), hours=24 * 90)
    assert (outcome.new, outcome.changed, await world.pushed()) == (0, 0, 0)
