"""Documents and single items on their way in: all are read before the first is written."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.settings import Settings
from app.store import open_store
from domain.errors import DocumentError, InputError, NotFoundError, WithdrawnError
from domain.identity import slug_for
from domain.links import Links
from domain.model import PUBLISHER, Draft, Item, Published, slug_of
from feeds.publish.itemjson import item_json
from feeds.upstream.formats.document import Document
from feeds.upstream.formats.read import read_document
from seeds.data import load_classifier, load_taxonomy
from seeds.load import seed_documents
from storage.correction import correct
from storage.drafts import cleaned
from storage.ingest import Status, ingest
from storage.withdrawal import reinstate, shown, withdraw


def read_file(path: Path) -> tuple[str, Document]:
    """Return a document's name and what it holds; raises `DocumentError`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", document=path.name) from None
    return path.name, read_document(data, name=path.name)


async def take_in(
    settings: Settings, files: Sequence[Path] | None, *, source: str, push: bool, now: datetime
) -> list[dict[str, Any]]:
    """Store the documents, or the shipped ones, and return what became of each.

    One transaction takes all, so that a broken document leaves the store untouched.
    """
    documents = list(seed_documents()) if files is None else [read_file(path) for path in files]
    for name, document in documents:
        if not document.drafts:
            raise DocumentError("no entry found in it", document=name)
    classifier = load_classifier(settings.topics_file)
    records = []
    async with open_store(settings) as db, db.write() as tx:
        for name, document in documents:
            report = await ingest(
                tx,
                document.drafts,
                source=source,
                document=name,
                classifier=classifier,
                now=now,
                push=push,
            )
            skipped = [{"where": entry.where, "reason": entry.reason} for entry in document.skipped]
            counts = {status.value: report.count(status) for status in Status}
            records.append({"document": name, **counts, "skipped": skipped})
    return records


async def publish_item(
    settings: Settings,
    draft: Draft,
    now: datetime,
    replaces: str | None = None,
    *,
    erase: bool = False,
) -> dict[str, Any]:
    """Store one item, on its way to its subscribers, and return it as JSON.

    `replaces` names an item, by id, slug or page, that the draft corrects; with `erase`
    what it said before is forgotten, in the archives of feeds too. Raises `NotFoundError`
    for a topic or an item that there is not, and `InputError` for an item that is withdrawn.
    """
    taxonomy = load_taxonomy(settings.topics_file)
    for slug in draft.topics or ():
        if taxonomy.get(slug) is None:
            raise NotFoundError(f"there is no topic {slug}; `topicwire topics` lists them")
    classifier = load_classifier(settings.topics_file)
    async with open_store(settings) as db, db.write() as tx:
        if replaces is None:
            report = await ingest(
                tx,
                [draft],
                source=PUBLISHER,
                document=None,
                classifier=classifier,
                now=now,
                push=True,
            )
            slug, status = report.entries[0].slug, report.entries[0].status
        else:
            slug = slug_in(replaces)
            changed = await correct(tx, slug, draft, classifier=classifier, now=now, erase=erase)
            status = Status.CHANGED if changed else Status.SAME
        try:
            item = await shown(tx, slug)
        except WithdrawnError:
            raise InputError(
                f"this item was withdrawn; `topicwire withdraw --undo {slug}` shows it again"
            ) from None
    return {"status": status.value, **item_json(item, Links(settings.site_url))}


async def withdraw_item(settings: Settings, name: str, now: datetime, *, undo: bool) -> bool:
    """Withdraw an item that is named by id, slug or page, or show it again.

    Returns False if that was so already; raises `NotFoundError` where there is no such item.
    """
    async with open_store(settings) as db, db.write() as tx:
        return await (reinstate if undo else withdraw)(tx, slug_in(name), now=now)


def slug_in(name: str) -> str:
    """Return the slug that an item is named by: alone, in its id, or in its page's address."""
    return slug_of(name.strip()).rstrip("/").rpartition("/")[2]


def preview(
    settings: Settings, name: str, document: Document, source: str, now: datetime
) -> Iterator[dict[str, Any]]:
    """Yield the items of a document as JSON, as an empty store would take them in."""
    classifier, links = load_classifier(settings.topics_file), Links(settings.site_url)
    taken: set[str] = set()
    for draft in map(cleaned, document.drafts):
        published = draft.published or Published(now.replace(microsecond=0), day_only=False)
        slug = slug_for(published.day, draft.title, taken)
        taken.add(slug)
        classified = classifier.classify(draft)
        item = Item(
            slug=slug,
            source=source,
            document=name,
            link=draft.link,
            kind=classified.kind,
            lang=classified.lang,
            title=draft.title,
            summary=classified.summary,
            body=draft.body,
            caption=draft.caption,
            photo_credit=draft.photo_credit,
            published=published,
            published_derived=draft.published_derived,
            starts=classified.starts,
            ends=classified.ends,
            topics=classified.topics,
            countries=classified.countries,
            story=slug,
            urgent=draft.urgent,
            added=now,
            updated=now,
        )
        yield item_json(item, links)


def explain(name: str, document: Document) -> Iterator[dict[str, Any]]:
    """Yield what became of every line of a listing; raises `DocumentError` for other formats."""
    if document.account is None:
        raise DocumentError(f"{document.format} has no lines to account for", document=name)
    for line in document.account:
        yield {
            "document": name,
            "line": line.number,
            "role": line.role.value,
            "reason": line.reason,
            "item": line.entry,
            "text": line.text.strip(),
        }
