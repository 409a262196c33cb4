from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import InputError
from domain.model import Item, Kind, Published
from storage import changes, items
from storage.database import Database
from storage.ingest import Status, ingest
from tests.factories import CLASSIFIER, NOW, make_draft, put


async def _get(db: Database, slug: str) -> Item:
    async with db.read() as tx:
        item = await items.get(tx, slug)
    assert item
    return item


async def _version(db: Database) -> int:
    async with db.read() as tx:
        return await changes.version_of(tx)


async def _total(db: Database) -> int:
    async with db.read() as tx:
        return (await items.counts(tx)).total


async def test_a_new_item_is_kept_with_all_its_parts(db: Database) -> None:
    draft = make_draft(
        "Réunion à Abuja",
        body="Un.\n\nDeux.",
        summary="Un",
        caption="Photo",
        photo_credit="UNODC",
        link="https://example.org/1",
        starts=date(2009, 6, 22),
        ends=date(2009, 6, 24),
        lang="fr",
        kind=Kind.EVENT,
        topics=("migrant-smuggling", "human-trafficking"),
        countries=("NG", "FR"),
        urgent=True,
    )
    report = await put(db, draft, document="list.txt")
    (entry,) = report.entries
    assert (entry.status, entry.title) == (Status.NEW, draft.title)
    assert report.count(Status.NEW) == 1
    assert entry.slug.startswith("2009-06-22-")
    item = await _get(db, entry.slug)
    assert item == Item(
        slug=entry.slug,
        source="unodc",
        document="list.txt",
        link=draft.link,
        kind=Kind.EVENT,
        lang="fr",
        title=draft.title,
        summary="Un",
        body=draft.body,
        caption="Photo",
        photo_credit="UNODC",
        published=Published.on(date(2009, 6, 22)),
        published_derived=False,
        starts=draft.starts,
        ends=draft.ends,
        topics=("human-trafficking", "migrant-smuggling"),
        countries=("FR", "NG"),
        story=entry.slug,
        urgent=True,
        added=NOW,
        updated=NOW,
    )
    assert await _version(db) == 1


async def test_the_same_again_changes_nothing(db: Database) -> None:
    drafts = [make_draft(f"Title {number}") for number in range(5)]
    first = await put(db, *drafts, document="a")
    for document in ("a", "b"):
        again = await put(db, *drafts, document=document, now=NOW + timedelta(days=1))
        assert [entry.slug for entry in again.entries] == [entry.slug for entry in first.entries]
        assert again.count(Status.SAME) == 5
    assert await _version(db) == 1


async def test_an_edited_copy_updates_its_item(db: Database) -> None:
    (old,) = (await put(db, make_draft("Old title", topics=("drugs",)), document="a")).entries
    later = NOW + timedelta(hours=1)
    edited = make_draft("New title", body="What is to be told: Old title.", countries=("NG",))
    (new,) = (await put(db, edited, document="b", now=later)).entries
    assert (new.status, new.slug) == (Status.CHANGED, old.slug)
    item = await _get(db, old.slug)
    assert (item.title, item.document, item.topics) == ("New title", "a", ())
    assert (item.countries, item.added, item.updated) == (("NG",), NOW, later)
    assert await _version(db) == 2


async def test_two_documents_with_two_wordings_do_not_undo_each_other(db: Database) -> None:
    here, there = make_draft("A title"), make_draft("A title", body="Other words.")
    await put(db, here, document="a")
    assert (await put(db, there, document="b")).entries[0].status is Status.CHANGED
    for draft, document in ((here, "a"), (there, "b"), (here, "a")):
        assert (await put(db, draft, document=document)).entries[0].status is Status.SAME
    reverted = make_draft("A title", body="Third words.")
    assert (await put(db, reverted, document="a")).entries[0].status is Status.CHANGED
    assert await _total(db) == 1


async def test_a_copy_takes_away_nothing_that_it_does_not_repeat(db: Database) -> None:
    whole = make_draft("A title", link="https://example.org/1", caption="Photo")
    (old,) = (await put(db, whole)).entries
    bare = make_draft("A title", body="", published=whole.published)
    (again,) = (await put(db, bare, document="menu")).entries
    assert again.slug == old.slug
    item = await _get(db, old.slug)
    assert (item.body, item.link, item.caption) == (whole.body, whole.link, "Photo")


async def test_an_entry_without_a_date_is_of_this_second(db: Database) -> None:
    now = datetime(2024, 5, 1, 12, 0, 7, 123, tzinfo=UTC)
    draft = make_draft("Published by hand", published=None)
    (entry,) = (await put(db, draft, now=now)).entries
    item = await _get(db, entry.slug)
    assert item.published == Published(now.replace(microsecond=0), day_only=False)
    assert not item.published_derived
    (again,) = (await put(db, draft, document="x", now=now + timedelta(days=2))).entries
    assert (again.status, again.slug) == (Status.SAME, entry.slug)


async def test_only_a_whole_copy_is_one_item_across_sources(db: Database) -> None:
    (mine,) = (await put(db, make_draft("A title"))).entries
    (theirs,) = (await put(db, make_draft("A title"), source="elsewhere")).entries
    assert (theirs.status, theirs.slug) == (Status.SAME, mine.slug)
    edited = make_draft("A title", body="Other words.")
    (known,) = (await put(db, edited, source="third")).entries
    assert (known.status, known.slug) == (Status.NEW, mine.slug + "-2")
    assert (await _get(db, mine.slug)).body != "Other words."


async def test_the_upstreams_id_decides_within_its_source(db: Database) -> None:
    (old,) = (await put(db, make_draft("A", key="guid-1"))).entries
    day = Published.on(date(2011, 1, 1))
    moved = make_draft("B", body="Rewritten", published=day, key="guid-1")
    (new,) = (await put(db, moved)).entries
    assert (new.status, new.slug) == (Status.CHANGED, old.slug)
    other = make_draft("B", body="Rewritten again", published=day, key="guid-2")
    assert (await put(db, other)).entries[0].status is Status.NEW
    elsewhere = make_draft("C", body="C", key="guid-1")
    assert (await put(db, elsewhere, source="elsewhere")).entries[0].status is Status.NEW


async def test_slugs_are_the_same_on_every_machine_and_unique(db: Database) -> None:
    report = await put(
        db,
        make_draft("Training", body="One"),
        make_draft("TRAINING", body="Two"),
        make_draft("training!", body="Three"),
    )
    slugs = [entry.slug for entry in report.entries]
    plain = "2009-06-22-e817af3168"
    assert slugs == [plain, plain + "-2", plain + "-3"]
    again = await put(db, make_draft("TRAINING", body="Two"), document="alone")
    assert again.entries[0].slug == slugs[1]


async def test_one_reading_holds_an_entry_twice(db: Database) -> None:
    report = await put(db, make_draft("A"), make_draft("A"), make_draft("A", body="Other"))
    assert [entry.status for entry in report.entries] == [Status.NEW, Status.SAME, Status.NEW]
    assert report.entries[0].slug == report.entries[1].slug
    assert await _total(db) == 2


async def test_parts_of_a_reading_come_to_what_the_whole_does(db: Database) -> None:
    drafts = [
        make_draft("Training", body="One"),
        make_draft("Training", body="Two"),
        make_draft("Course", body="Other", countries=("NG",), topics=("trafficking",)),
        make_draft("Training", body="One"),
        make_draft("Training"),
        make_draft("Course", body="Other", key="again"),
    ]
    entries = []
    for places in ([0, 2], [1, 3], [4, 5]):
        async with db.write() as tx:
            report = await ingest(
                tx,
                drafts,
                source="s",
                document="in parts",
                classifier=CLASSIFIER,
                now=NOW,
                push=False,
                places=places,
            )
        entries += list(zip(places, report.entries, strict=True))
    parts = [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]
    whole = (await put(db, *drafts, source="other", document="at once")).entries
    new = [entry.status is Status.NEW for entry in parts]
    assert new == [True, True, True, False, True, False]
    assert [entry.slug for entry in whole] == [entry.slug for entry in parts]
    assert await _total(db) == 4


async def test_what_a_database_refuses_is_taken_out(db: Database) -> None:
    draft = make_draft(
        "A\x00 ti\ud800tle\n\twith  breaks",
        body="One\x00.\r\n\r\nTwo\x0b\ufffe.",
        link="https://example.org/\x00",
        key="k\x00",
        caption=" \x00 ",
    )
    (entry,) = (await put(db, draft, source="s\x00", document="d\x00")).entries
    item = await _get(db, entry.slug)
    assert item.title == "A title with breaks"
    assert item.body == "One.\n\nTwo\n."
    assert (item.link, item.caption) == ("https://example.org/", None)
    assert (item.source, item.document) == ("s", "d")
    assert (await put(db, draft, source="s\x00", document="d\x00")).count(Status.SAME) == 1


async def test_an_item_without_a_title_is_refused_and_nothing_stored(db: Database) -> None:
    with pytest.raises(InputError, match="title"):
        await put(db, make_draft("Good"), make_draft(" \x00\n"))
    assert await _total(db) == 0


async def test_texts_of_any_size_and_script_are_taken(db: Database) -> None:
    words = " ".join(f"w{number}x" for number in range(150_000))
    drafts = [
        make_draft("Many words", body=words),
        make_draft("One word", body="a" * 300_000),
        make_draft("贩运人口 عربي русский", body="人" * 5000, lang="zh"),
        make_draft("😀", body="'\\ \" : & | ! ( ) * <->", link="x" * 50_000, key="k" * 50_000),
    ]
    assert (await put(db, *drafts)).count(Status.NEW) == 4
    assert (await put(db, *drafts)).count(Status.SAME) == 4


async def test_nothing_in_leaves_nothing(db: Database) -> None:
    assert (await put(db)).entries == ()
    assert await _version(db) == 0
