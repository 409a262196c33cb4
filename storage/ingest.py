"""The only way items get in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlmodel import col

from domain.changes import Wording, weigh
from domain.classify import Classified, Classifier
from domain.identity import Again, Known, Met, assign, fingerprint, slug_for
from domain.matching import item_terms
from domain.model import Draft, Item, Published
from domain.stories import Telling
from domain.text import clean
from storage import editions
from storage.changes import advance
from storage.database import Transaction
from storage.drafts import cleaned, completed, content, this_second
from storage.identity import candidates, met, note_sightings
from storage.markup import keep_markup
from storage.outbox.starting import changed, start
from storage.rows import batches, item_of, load_items, saved_id
from storage.spelling import note_words
from storage.stories import file, story_of
from storage.tables import (
    ItemCountryRow,
    ItemMarkupRow,
    ItemRow,
    ItemTopicRow,
    SearchRow,
)
from storage.terms import search_row
from storage.versions import note_versions

LAST_ID = 2**63 - 1
"""No row has a greater id."""
_TELLABLE = timedelta(seconds=1)
"""Readers of feeds see whole seconds, and are to see which of two wordings is the later one."""


class Status(StrEnum):
    """What ingesting did to an item."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one draft."""

    status: Status
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the drafts, in their order."""

    entries: tuple[Entry, ...]

    def count(self, status: Status) -> int:
        """Return how many drafts came out so."""
        return sum(entry.status is status for entry in self.entries)


async def ingest(
    tx: Transaction,
    drafts: Sequence[Draft],
    *,
    source: str,
    document: str | None,
    classifier: Classifier,
    now: datetime,
    push: bool,
    held: Collection[int] = (),
    places: Sequence[int] | None = None,
) -> Report:
    """Clean, recognise, classify and store what one document of a source shows.

    An entry that is in the store already changes nothing; an edited copy updates its item, whose
    slug, document and source stay, and which stays withdrawn if it was; the rest is new, and on its
    way to subscribers if `push`, as are changes that `domain.changes` finds great enough, but not
    the drafts at the places in `held`.

    Many drafts make a long transaction. With `places`, in rising order, only the drafts there are
    taken in and reported, so that other writers come in between one call and the next; the other
    drafts still count when entries are told apart. Raises `InputError` for a draft without a title.
    """
    source, place = clean(source), clean(document or "")
    ready = [cleaned(draft) for draft in drafts]
    entries = [met(draft, now.astimezone(UTC).date()) for draft in ready]
    answers = assign(entries, await candidates(tx, entries, source, place))
    places = range(len(ready)) if places is None else places
    used = [answers[number] for number in places]
    used += [answers[answer.index] for answer in used if isinstance(answer, Again)]
    rows = await _rows(tx, [answer.id for answer in used if isinstance(answer, Known)])
    writer = Writer(tx, source, place or None, classifier, now)
    report: dict[int, Entry] = {}
    seen: list[tuple[int, Met]] = []
    new: list[int] = []
    for number in places:
        draft, entry, answer = ready[number], entries[number], answers[number]
        is_pushed = push and number not in held
        match answer:
            case Again(index):
                first = answers[index]
                slug = rows[first.id].slug if isinstance(first, Known) else report[index].slug
                report[number] = Entry(Status.SAME, slug, draft.title)
                continue
            case None:
                status, row = Status.NEW, await writer.add(draft, entry, push=is_pushed)
                new.append(saved_id(row.id))
            case Known(id=row_id, own=own, contents=shown):
                status, row = Status.SAME, rows[row_id]
                if entry.content in shown:
                    report[number] = Entry(status, row.slug, draft.title)
                    continue
                if own and await writer.update(draft, row, push=is_pushed):
                    status = Status.CHANGED
        report[number] = Entry(status, row.slug, draft.title)
        seen.append((saved_id(row.id), entry))
    await writer.finish()
    await note_sightings(tx, source, place, seen)
    if any(entry.status is Status.CHANGED for entry in report.values()):
        await advance(tx)
    elif new:
        await advance(tx, new)
    return Report(tuple(report.values()))


def read_ahead(drafts: Sequence[Draft], classifier: Classifier, now: datetime) -> None:
    """Let the classifier read what `ingest` will ask it of new drafts, some ten at a time.

    In a thread, that keeps neither the event loop nor other writers waiting.
    """
    for draft in map(cleaned, drafts):
        published = draft.published or this_second(now)
        classifier.traits(_telling(draft, published, classifier.classify(draft)))


class Writer:
    """Writes the items of one call; `finish` must be the last one, with any item written."""

    def __init__(
        self,
        tx: Transaction,
        source: str,
        document: str | None,
        classifier: Classifier,
        now: datetime,
    ) -> None:
        self.tx = tx
        self.source = source
        self.document = document
        self.classifier = classifier
        self.now = now
        self._written: dict[int, Item] = {}
        """What stands beside their own rows is written for all at once, which costs half."""
        self._findable: set[int] = set()
        self._changed: set[int] = set()

    async def add(self, draft: Draft, entry: Met, *, push: bool) -> ItemRow:
        """Write a new item."""
        published = draft.published or this_second(self.now)
        slug = slug_for(published.day, draft.title, await self._taken(published.day, draft.title))
        classified = self.classifier.classify(draft)
        traits = self.classifier.traits(_telling(draft, published, classified))
        story = await story_of(
            self.tx, traits, entry.fingerprint.body, self.classifier, LAST_ID, self._written
        )
        row = ItemRow(
            slug=slug,
            source=self.source,
            document=self.document,
            story=story or slug,
            added_at=self.now,
            updated_at=self.now,
            title_key=entry.fingerprint.title,
            body_key=entry.fingerprint.body,
            **content(draft, published, classified),
        )
        self.tx.add(row)
        await self.tx.flush()
        if draft.markup:
            self.tx.add(ItemMarkupRow(item_id=saved_id(row.id), markup=draft.markup))
        self._label(row, classified)
        await file(self.tx, saved_id(row.id), traits)
        if story is not None:
            await note_versions(self.tx, story)
        if push:
            await start(self.tx, row)
        return row

    async def update(self, draft: Draft, row: ItemRow, *, push: bool) -> bool:
        """Write an edited copy over its item; False if that changes nothing.

        With `push` those who were told of the item hear of a great change.
        """
        draft = completed(draft, row)
        published = draft.published or this_second(self.now)
        classified = self.classifier.classify(draft)
        row_id = saved_id(row.id)
        former = (await load_items(self.tx, [row_id]))[row_id]
        fresh = content(draft, published, classified)
        row.given = fresh.pop("given")  # it tells nothing of the item itself
        changes = {name: value for name, value in fresh.items() if getattr(row, name) != value}
        countries = tuple(sorted(classified.countries))
        same_labels = (former.topics, former.countries) == (classified.topics, countries)
        if same_labels and not changes:
            return False
        if row_id not in self._written:
            await editions.keep(self.tx, row_id, former)
            self._changed.add(row_id)
        if draft.markup or "body" in changes:
            await keep_markup(self.tx, row_id, draft.markup)
        key = fingerprint(published.day, draft.title, draft.body, draft.link)
        updated_at = max(self.now, row.updated_at + _TELLABLE)
        changes |= {"title_key": key.title, "body_key": key.body, "updated_at": updated_at}
        before = Wording(row.title, row.body or row.summary, row.lang)
        for name, value in changes.items():
            setattr(row, name, value)
        for table in (ItemTopicRow, ItemCountryRow, SearchRow):
            await self.tx.execute(delete(table).where(col(table.item_id) == row_id))
        self._label(row, classified)
        telling = _telling(draft, published, classified)
        await file(self.tx, row_id, self.classifier.traits(telling))
        if push:
            after = Wording(row.title, row.body or row.summary, row.lang)
            await changed(self.tx, row, weigh(before, after), self.now)
        return True

    async def finish(self) -> None:
        """Write what stands beside the items' own rows."""
        for row_id, item in self._written.items():
            self.tx.add_all(
                ItemTopicRow(item_id=row_id, topic=topic, position=position)
                for position, topic in enumerate(item.topics)
            )
            self.tx.add_all(
                ItemCountryRow(item_id=row_id, country=country) for country in item.countries
            )
            if row_id in self._findable:
                self.tx.add(search_row(self.tx, row_id, item, item_terms(item)))
        await self.tx.flush()
        await editions.number(self.tx, list(self._written), self._changed)
        for row_id in self._written.keys() - self._findable:
            await editions.keep(self.tx, row_id, self._written[row_id])
        await note_words(self.tx, self._written.values())

    def _label(self, row: ItemRow, classified: Classified) -> None:
        row_id = saved_id(row.id)
        countries = tuple(sorted(classified.countries))
        self._written[row_id] = item_of(row, classified.topics, countries)
        if row.withdrawn_at is None:
            self._findable.add(row_id)

    async def _taken(self, day: date, title: str) -> set[str]:
        """Return the slugs that the plain slug of a title is the beginning of."""
        plain = slug_for(day, title, ())
        slug = col(ItemRow.slug)
        taken = await self.tx.scalars(
            select(slug).where(slug >= plain, slug < plain + chr(ord("-") + 1))
        )
        return set(taken)


def _telling(draft: Draft, published: Published, classified: Classified) -> Telling:
    return Telling(
        title=draft.title,
        body=draft.body or classified.summary,
        lang=classified.lang,
        day=published.day,
        starts=classified.starts,
        ends=classified.ends,
        countries=frozenset(classified.countries),
    )


async def _rows(tx: Transaction, ids: Sequence[int]) -> dict[int, ItemRow]:
    rows: dict[int, ItemRow] = {}
    for batch in batches(ids):
        found = await tx.scalars(select(ItemRow).where(col(ItemRow.id).in_(batch)))
        rows.update((saved_id(row.id), row) for row in found)
    return rows
