"""Sources that reuse and change ids, edit, drop, bring back and misdate: one item each, no more."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from domain.model import Published
from domain.sources import SourceKind
from feeds.upstream.formats.source import read_source
from feeds.upstream.polling.take import AT_ONCE
from storage.ingest import ingest
from storage.tables import ItemRow
from tests.factories import CLASSIFIER, NOW
from tests.feeds.upstream.polling.world import World, entry, rss

DAY = timedelta(days=1)
OTHERS = [entry(f"Other {n}", guid=f"o{n}", link=f"https://x.example/o{n}") for n in range(4)]


async def test_a_first_reading_pushes_nothing_and_a_later_one_what_is_new(world: World) -> None:
    await world.add()
    first = await world.poll(entry("One", guid="1"), entry("Two", guid="2"))
    assert (first.new, await world.pushed(), world.nudges) == (2, 0, 1)
    again = await world.poll()
    assert (again.new, again.changed, world.nudges) == (0, 0, 1)
    later = await world.poll(entry("Three", guid="3"), entry("One", guid="1"))
    assert (later.new, await world.pushed(), world.nudges) == (1, 1, 2)


async def test_a_first_reading_that_was_cut_short_stays_the_first(world: World) -> None:
    await world.add()
    entries = [entry(f"Story {n}", guid=str(n)) for n in range(3 * AT_ONCE)]
    shown = read_source(rss(*entries), kind=SourceKind.RSS, address=world.address)
    async with world.db.write() as tx:
        await ingest(
            tx,
            shown.drafts,
            source="office",
            document=None,
            classifier=CLASSIFIER,
            now=NOW,
            push=False,
            places=range(AT_ONCE),
        )
    assert len(await world.items()) == AT_ONCE
    outcome = await world.poll(*entries)
    assert (outcome.new, len(await world.items())) == (2 * AT_ONCE, 3 * AT_ONCE)
    assert await world.pushed() == 0


async def test_others_write_while_a_long_reading_is_taken_in(world: World) -> None:
    await world.add()
    world.shown.body = rss(*(entry(f"Story {n}", guid=str(n)) for n in range(5 * AT_ONCE)))
    reading = asyncio.create_task(world.poller.poll(["office"]))
    seen = set()
    while not reading.done():
        async with world.db.write() as tx:
            seen.add(await tx.scalar(select(func.count()).select_from(ItemRow)))
    assert {0, AT_ONCE, 2 * AT_ONCE} < seen


async def test_a_new_title_is_the_same_item(world: World) -> None:
    await world.add()
    await world.poll(entry("One", guid="1", body="The text."), *OTHERS)
    edited = await world.poll(entry("One, corrected", guid="1", body="The text."), *OTHERS)
    assert (edited.new, edited.changed, await world.pushed()) == (0, 1, 0)
    assert "One, corrected" in [item.title for item in await world.items()]


async def test_changed_ids_are_no_news(world: World) -> None:
    await world.add()

    def story(number: int, ids: str) -> str:
        link = f"https://x.example/{number}"
        return entry(f"Story {number}", guid=ids + link, link=link, at=NOW - DAY * number)

    await world.poll(*(story(number, "old") for number in range(1, 6)))
    outcome = await world.poll(*(story(number, "new") for number in range(1, 6)))
    assert (outcome.new, await world.pushed()) == (0, 0)


async def test_changed_ids_texts_and_addresses_are_no_news(world: World) -> None:
    await world.add()
    days = [NOW - DAY * n for n in range(1, 6)]
    await world.poll(*(entry(f"Story {at:%d}", guid=f"a{at}", at=at) for at in days))
    rebuilt = [
        entry(
            f"Story {at:%d}", guid=f"b{at}", at=at, body="Cut …", link=f"https://y.example/{at:%d}"
        )
        for at in days
    ]
    assert (await world.poll(*rebuilt)).new == 0


async def test_ids_made_anew_at_each_reading_are_no_news(world: World) -> None:
    await world.add()
    for turn in range(4):
        outcome = await world.poll(
            *(
                entry(
                    f"Story {n}",
                    guid=f"{turn}-{n}",
                    link=f"https://x.example/{n}?utm_source=feed{turn}",
                    body=f"Read {turn} times.",
                )
                for n in range(5)
            ),
            hours=30,
        )
    assert (outcome.new, len(await world.items()), await world.pushed()) == (0, 5, 0)


async def test_an_id_that_all_entries_share_is_none(world: World) -> None:
    await world.add()
    entries = [entry(f"Story {n}", guid="https://x.example/") for n in range(3)]
    assert (await world.poll(*entries)).new == 3
    new = await world.poll(entry("Story 3", guid="https://x.example/"), *entries[:2])
    assert (new.new, await world.pushed()) == (1, 1)


async def test_ids_that_number_the_places_are_no_edits(world: World) -> None:
    def at_place(place: int, story: int) -> str:
        return entry(f"Story {story}", guid=str(place), link=f"https://x.example/{story}")

    await world.add()
    await world.poll(*(at_place(place, 3 - place) for place in range(3)))
    outcome = await world.poll(*(at_place(place, 4 - place) for place in range(3)))
    assert (outcome.new, outcome.changed, await world.pushed()) == (1, 0, 1)
    assert {item.title for item in await world.items()} == {f"Story {n}" for n in (1, 2, 3, 4)}


async def test_what_is_dropped_and_comes_back_is_no_news(world: World) -> None:
    await world.add()
    one, two = entry("One", guid="1"), entry("Two", guid="2")
    await world.poll(one, two)
    await world.poll(two)
    outcome = await world.poll(one, two, hours=24 * 60)
    assert (outcome.new, outcome.changed, await world.pushed()) == (0, 0, 0)


async def test_without_a_date_the_first_sight_counts(world: World) -> None:
    await world.add()
    await world.poll(entry("One", guid="1"))
    (item,) = await world.items()
    assert item.published.at == world.now
    await world.poll(entry("One, corrected", guid="1"), hours=48)
    (edited,) = await world.items()
    assert edited.published == item.published
    assert edited.title == "One, corrected"


async def test_a_date_to_come_is_the_first_sight_and_stays_it(world: World) -> None:
    await world.add()
    soon = NOW + DAY * 3
    await world.poll(entry("One", guid="1", at=soon))
    (item,) = await world.items()
    assert item.published.at == world.now
    outcome = await world.poll(entry("One", guid="1", at=soon), hours=24 * 10)
    (later,) = await world.items()
    assert later.published == item.published
    assert (outcome.new, outcome.changed) == (0, 0)


async def test_a_source_that_dates_everything_now_changes_nothing(world: World) -> None:
    await world.add()
    for _ in range(3):
        outcome = await world.poll(entry("One", guid="1", at=world.now + DAY * 2), hours=48)
    (item,) = await world.items()
    assert (outcome.new, outcome.changed, await world.pushed()) == (0, 0, 0)
    assert item.published.at < world.now - DAY


async def test_an_archive_that_appears_at_once_is_not_pushed(world: World) -> None:
    await world.add()
    await world.poll(*OTHERS)
    old = [entry(f"Old {n}", guid=f"x{n}", at=NOW - DAY * (30 + n)) for n in range(40)]
    new = entry("New", guid="new", at=world.now)
    outcome = await world.poll(new, *old)
    assert (outcome.new, outcome.held, await world.pushed()) == (41, 40, 1)
    assert "40 older items appeared at once" in world.notices[0]


async def test_undated_floods_are_not_pushed(world: World) -> None:
    await world.add()
    await world.poll(*OTHERS)
    outcome = await world.poll(*(entry(f"Any {n}", guid=f"a{n}") for n in range(15)))
    assert (outcome.new, await world.pushed()) == (15, 0)


async def test_a_document_that_breaks_off_gives_no_half_entry(world: World) -> None:
    await world.add()
    await world.poll(*OTHERS)
    whole = rss(*OTHERS, entry("A title that is long", guid="n"))
    world.shown.body = whole[: whole.index(b"that is")]
    assert (await world.poll()).new == 0
    world.shown.body = whole
    assert (await world.poll()).new == 1
    assert len(await world.items()) == 5


async def test_the_declared_language_and_encoding_are_checked(world: World) -> None:
    await world.add(name="liar")
    text = (
        '<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel>'
        "<language>en-US</language>"
        + entry("Reunión sobre la trata de personas", body="La reunión de los países en la ciudad.")
        + "</channel></rss>"
    )
    world.shown.body = text.encode()
    world.shown.headers = {"Content-Type": "text/xml; charset=windows-1252"}
    await world.poll(name="liar")
    (item,) = await world.items()
    assert (item.title, item.lang) == ("Reunión sobre la trata de personas", "es")


async def test_the_same_story_of_two_sources_is_one_item(world: World) -> None:
    await world.add("one")
    await world.add("two", address=world.address + "2")
    story = entry("Story", guid="1", at=NOW - DAY)
    await world.poll(story, name="one")
    outcome = await world.poll(story.replace(">1<", ">2<"), name="two")
    assert (outcome.new, len(await world.items())) == (0, 1)
    assert (await world.items())[0].published == Published(NOW - DAY, day_only=False)
