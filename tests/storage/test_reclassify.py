from dataclasses import replace
from datetime import timedelta

from domain.classify import Classifier
from domain.kinds import KindFinder
from domain.model import Draft, Kind
from domain.stories import Concepts
from domain.taxonomy import Taxonomy
from seeds.data import load_classifier, load_kinds, load_places, load_taxonomy, load_thesaurus
from storage import changes, items
from storage.database import Database
from storage.ingest import ingest
from storage.reclassify import reclassify
from tests.factories import NOW

LATER = NOW + timedelta(days=1)


async def put(db: Database, *drafts: Draft) -> list[str]:
    async with db.write() as tx:
        report = await ingest(
            tx, drafts, source="unodc", document=None, classifier=load_classifier(), now=NOW,
            push=False,
        )  # fmt: skip
    return [entry.slug for entry in report.entries]


async def again(db: Database, classifier: Classifier) -> int:
    changed, last = 0, 0
    while True:
        async with db.write() as tx:
            done, more = await reclassify(tx, classifier, now=LATER, after=last, limit=1)
        changed += more
        if done is None:
            return changed
        last = done


def without(slug: str) -> Classifier:
    topics = Taxonomy([topic for topic in load_taxonomy() if topic.slug != slug])
    return Classifier(topics, load_places(), KindFinder(load_kinds()), Concepts(load_thesaurus()))


async def test_nothing_changes_with_the_same_topics(db: Database) -> None:
    await put(db, Draft(title="Heroin seized in Kabul"), Draft(title="Launch of a new manual"))
    async with db.read() as tx:
        before = await changes.version_of(tx)
    assert await again(db, load_classifier()) == 0
    async with db.read() as tx:
        assert await changes.version_of(tx) == before


async def test_what_was_decided_here_is_decided_anew(db: Database) -> None:
    found, given = await put(
        db,
        Draft(title="Heroin seized in Kabul", body="Police seized 40 kg of heroin."),
        Draft(title="Opium harvest in Helmand", topics=("technology",), kind=Kind.EVENT),
    )
    assert await again(db, without("drugs")) == 1
    async with db.read() as tx:
        one, other = await items.by_slugs(tx, [found, given])
    assert "drugs" not in one.topics
    assert (one.updated, one.added) == (LATER, NOW)
    assert other.topics == ("technology",)
    assert other.kind is Kind.EVENT
    assert replace(other, added=NOW) == other
