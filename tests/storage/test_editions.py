"""Numbers of wordings, and what is kept of former ones."""

import json
import zlib
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlmodel import col

from domain.matching import item_terms, matches
from domain.model import Draft, Item, Kind, Published
from domain.query.tree import Node
from storage import editions, items
from storage.correction import correct
from storage.database import Database
from storage.search import scan
from storage.tables import EditionRow, FormerEditionRow, ItemRow
from storage.withdrawal import reinstate, withdraw
from tests.factories import CLASSIFIER, NOW, SOURCE, TOPICS, make_draft, make_item, put
from tests.trees import DAYS, TEXT, TREES, on

DAY = timedelta(days=1)


async def wordings(db: Database) -> dict[int, Item]:
    async with db.read() as tx:
        return await editions.items_of(tx, range(1, await editions.last(tx) + 1))


async def told(db: Database) -> dict[int, str]:
    return {number: item.body for number, item in sorted((await wordings(db)).items())}


async def unfound(db: Database) -> set[int]:
    """Return the numbers of the wordings that search does not find."""
    async with db.read() as tx:
        return set(await tx.scalars(select(col(FormerEditionRow.id))))


async def rewrite(db: Database, slug: str, body: str, *, erase: bool = False) -> bool:
    async with db.write() as tx:
        return await correct(
            tx, slug, Draft(title="Smugglers convicted", body=body), classifier=CLASSIFIER,
            now=NOW, erase=erase,
        )  # fmt: skip


def test_a_snapshot_is_the_whole_item() -> None:
    item = make_item(
        summary="In short.", link="https://example.org/ä", photo_credit="A. Person",
        published=Published(datetime(2013, 4, 26, 15, 41, 29, tzinfo=UTC), day_only=False),
        starts=NOW.date(), topics=TOPICS, countries=("FR", "NG"), kind=Kind.EVENT,
        updated=NOW + timedelta(microseconds=7),
    )  # fmt: skip
    again = editions.unpacked(editions.packed(item))
    assert again == item
    assert isinstance(again.kind, Kind)
    assert again.updated.isoformat() == item.updated.isoformat()


KEPT = {
    "slug": "2009-06-22-0123456789",
    "source": "unodc",
    "document": None,
    "link": None,
    "kind": "news",
    "lang": "en",
    "title": "Smugglers convicted",
    "summary": "",
    "body": "Long text.",
    "caption": None,
    "photo_credit": None,
    "published": {"at": "2009-06-22T00:00:00Z", "day_only": True},
    "published_derived": False,
    "starts": None,
    "ends": None,
    "topics": ["drugs"],
    "countries": [],
    "story": "2009-06-22-0123456789",
    "urgent": False,
    "added": "2024-05-01T12:00:00Z",
    "updated": "2024-05-01T12:00:00Z",
}


def test_what_earlier_versions_kept_can_be_read() -> None:
    """A field that the model gets needs a default; one that it loses is passed over."""
    item = make_item(body="Long text.", topics=("drugs",))
    assert editions.unpacked(zlib.compress(json.dumps(KEPT).encode())) == item
    assert editions.unpacked(zlib.compress(json.dumps(KEPT | {"lost": 1}).encode())) == item


async def test_a_wording_keeps_its_number(db: Database) -> None:
    one, two = (await put(db, make_draft(body="One."), make_draft("Other", body="Two."))).entries
    assert await told(db) == {1: "One.", 2: "Two."}
    assert await rewrite(db, one.slug, "One, changed.")
    await put(db, make_draft("Other", body="Two, changed."), make_draft("New", body="Three."))
    assert not await rewrite(db, one.slug, "One, changed.")
    texts = {1: "One.", 2: "Two.", 3: "One, changed.", 4: "Two, changed.", 5: "Three."}
    assert await told(db) == texts
    async with db.write() as tx:
        await withdraw(tx, two.slug, now=NOW)
    assert await told(db) == {1: "One.", 3: "One, changed.", 5: "Three."}
    await put(db, make_draft("Other", body="Two, changed again."))
    assert await told(db) == {1: "One.", 3: "One, changed.", 5: "Three."}
    assert await unfound(db) == {1, 2, 4, 6}
    async with db.write() as tx:
        await reinstate(tx, two.slug, now=NOW)
    assert await told(db) == texts | {6: "Two, changed again."}
    assert await unfound(db) == {1, 2, 4}


async def test_former_wordings_can_be_erased(db: Database) -> None:
    one, _ = (await put(db, make_draft(body="Bad."), make_draft("Other", body="B."))).entries
    await rewrite(db, one.slug, "Still bad.")
    assert await rewrite(db, one.slug, "Good.", erase=True)
    assert await told(db) == {2: "B.", 4: "Good."}
    await rewrite(db, one.slug, "Better.")
    assert not await rewrite(db, one.slug, "Better.", erase=True)
    assert await told(db) == {2: "B.", 5: "Better."}


async def test_each_wording_is_a_second_later_than_the_one_before(db: Database) -> None:
    """Readers see whole seconds; a clock that was set back is no way back."""
    (one,) = (await put(db, make_draft())).entries
    for number, now in enumerate((NOW, NOW, NOW - DAY, NOW + DAY)):
        await put(db, make_draft(body=f"Wording {number}."), now=now)
    seconds = [item.updated.replace(microsecond=0) for item in (await wordings(db)).values()]
    assert sorted(seconds) == [*(NOW + timedelta(seconds=n) for n in range(4)), NOW + DAY]
    async with db.read() as tx:
        item = await items.get(tx, one.slug)
    assert item is not None
    assert item.body == "Wording 3."


async def test_what_was_withdrawn_before_there_were_numbers_gets_one_when_shown(
    db: Database,
) -> None:
    (one,) = (await put(db, make_draft(body="One."))).entries
    async with db.write() as tx:
        await withdraw(tx, one.slug, now=NOW)
        await tx.execute(delete(FormerEditionRow))
        await tx.execute(delete(EditionRow))
    await put(db, make_draft("Other", body="Two."))
    async with db.write() as tx:
        await reinstate(tx, one.slug, now=NOW)
    assert await told(db) == {2: "Two.", 3: "One."}


DRAFTS = st.builds(
    make_draft,
    body=TEXT,
    caption=st.none() | TEXT,
    published=DAYS.map(on),
    lang=st.sampled_from(["en", "fr", "ru", "zh", "und"]),
    kind=st.sampled_from(list(Kind)),
    topics=st.lists(st.sampled_from(TOPICS), unique=True).map(tuple),
    countries=st.lists(st.sampled_from(["NG", "FR", "TH"]), unique=True).map(tuple),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    drafts=st.lists(DRAFTS, min_size=1, max_size=4),
    trees=st.lists(TREES, min_size=1, max_size=12),
    is_withdrawn=st.booleans(),
)
async def test_wordings_are_gone_through_as_matching_does(
    db: Database, drafts: list[Draft], trees: list[Node], is_withdrawn: bool
) -> None:
    source = SOURCE if len(drafts) % 2 else "elsewhere"
    slugs = {entry.slug for entry in (await put(db, *drafts, source=source)).entries}
    async with db.read() as tx:
        for tree in trees:
            rows = scan.wordings(col(ItemRow.slug)).where(col(ItemRow.slug).in_(slugs)).subquery()
            present = select(rows.c.slug).where(scan.matching(tx, tree, NOW.date()))
            shown = await items.by_slugs(tx, sorted(slugs))
            assert set(await tx.scalars(present)) == {
                item.slug for item in shown if matches(tree, item, item_terms(item), NOW.date())
            }
    async with db.write() as tx:
        for slug in slugs:
            item = await items.get(tx, slug)
            if item is None:
                continue
            if is_withdrawn:
                await withdraw(tx, slug, now=NOW)
            else:
                await correct(
                    tx, slug, Draft(title="Other", body="x"), classifier=CLASSIFIER, now=NOW
                )
    async with db.read() as tx:
        former = await tx.execute(select(col(FormerEditionRow.id), col(FormerEditionRow.snapshot)))
        kept = {number: editions.unpacked(snapshot) for number, snapshot in former}
        for tree in trees:
            asked = scan.matching(tx, tree, NOW.date())
            found = await tx.scalars(select(col(FormerEditionRow.id)).where(asked))
            assert set(found) == {
                number
                for number, item in kept.items()
                if matches(tree, item, item_terms(item), NOW.date())
            }
