"""The command `export`: items out of the store, in the forms of other programs."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from domain.links import Links
    from domain.model import Item
    from domain.query import Query
    from feeds.web.names import EnglishNames
    from storage.database import Transaction

STEP = 500
"""Items that are read at once."""


class Form(StrEnum):
    """What the items become."""

    JSONL = "jsonl"
    CSV = "csv"
    BIBTEX = "bibtex"
    RIS = "ris"
    RSS = "rss"
    ATOM = "atom"
    JSON = "json"


def register(cli: typer.Typer) -> None:
    """Add the command to the command line."""
    cli.command()(export)


def export(
    query: Annotated[
        list[str] | None, typer.Argument(help="Words, fields, dates; nothing asks for all.")
    ] = None,
    *,
    form: Annotated[Form, typer.Option("--as", help="What the items become.")] = Form.JSONL,
) -> None:
    """Print every item that a query finds, newest first; each version of a story is one."""
    asyncio.run(_export(" ".join(query or []), form))


async def _export(text: str, form: Form) -> None:
    from app.settings import load_settings
    from app.store import open_store
    from domain.links import Links
    from domain.query import Field, parse
    from feeds.publish.export import EXPORTS
    from feeds.web.names import EnglishNames
    from seeds.data import load_vocabulary
    from storage import sources
    from storage.markup import with_markup

    settings = load_settings()
    vocabulary = load_vocabulary(settings.topics_file)
    query, names, links = (
        parse(text, vocabulary),
        EnglishNames(vocabulary),
        Links(settings.site_url),
    )
    async with open_store(settings) as db, db.read() as tx:
        vocabulary.call(Field.SOURCE, await sources.titles(tx))
        if form.value in EXPORTS:
            records = EXPORTS[form.value]
            _print(records.head)
            async for item in _found(tx, query):
                _print(records.record(item, links, names))
        else:
            items = await with_markup(tx, [item async for item in _found(tx, query)])
            _print(_feed(items, query, form, links, names))


async def _found(tx: "Transaction", query: "Query") -> "AsyncIterator[Item]":
    from storage.search import walk

    below, now = None, datetime.now(UTC)
    while found := await walk(tx, query, now=now, below=below, limit=STEP):
        for _, item in found:
            yield item
        below = found[-1][0]


def _feed(
    items: "Sequence[Item]", query: "Query", form: Form, links: "Links", names: "EnglishNames"
) -> str:
    """Return all items as one feed document, under the address of the query's feed."""
    from feeds.publish.channel import Channel, newest_change
    from feeds.publish.render import render
    from feeds.web.names import LANGUAGE

    channel = Channel(
        title=f"Topicwire: {query.canonical}" if query.canonical else "Topicwire",
        description="All items",
        home=links.search(query.canonical),
        self_url=links.feed(query.canonical, form.value),
        language=LANGUAGE,
        query=query.canonical,
        updated=newest_change(items),
    )
    return render(form.value, channel, items, links, names).decode()


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode())
