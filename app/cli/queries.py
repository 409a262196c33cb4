"""Commands that ask: `items`, `topics`."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from app.cli.output import Format, FormatOption, note, print_records


def register(cli: typer.Typer) -> None:
    """Add the commands to the command line."""
    cli.command()(items)
    cli.command()(topics)


def items(
    query: Annotated[
        list[str] | None, typer.Argument(help="Words, fields, dates; nothing asks for all.")
    ] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many.")] = 20,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Answer a query, best first."""
    records, total, remark = asyncio.run(_find(" ".join(query or []), limit))
    if remark:
        note(remark)
    print_records(format_, records, ["published", "kind", "lang", "title", "topics", "id"])
    if format_ is Format.TABLE:
        note(f"{len(records)} of {total} items")


def topics(*, format_: FormatOption = Format.TABLE) -> None:
    """Print the topic tree with item counts."""
    print_records(format_, asyncio.run(_topics()), ["topic", "name", "items"])


async def _find(text: str, limit: int) -> tuple[list[dict[str, Any]], int, str]:
    from app.settings import load_settings
    from app.store import open_store
    from domain.links import Links
    from domain.query import describe, parse
    from feeds.publish.itemjson import item_json
    from seeds.data import load_vocabulary
    from storage.search import Read, answer

    settings = load_settings()
    names = load_vocabulary()
    parse(text, names)
    async with open_store(settings) as db, db.read() as tx:
        found = await answer(tx, text, names, now=datetime.now(UTC), limit=limit)
    links = Links(settings.site_url)
    shown = [item_json(item, links) for item in found.page.items]
    asked, answered = describe(found.asked, names), describe(found.query, names)
    remark = ""
    if found.read is not Read.AS_TYPED:
        remark = f"Nothing for {asked}; showing {answered}"
    elif found.near:
        near = "; ".join(f"{describe(one.query, names)} ({one.total})" for one in found.near)
        remark = f"Nothing for {asked}. These find something: {near}"
    return shown, found.page.total, remark


async def _topics() -> list[dict[str, Any]]:
    from app.settings import load_settings
    from app.store import open_store
    from seeds.data import load_taxonomy
    from storage.topics import topic_counts

    taxonomy = load_taxonomy()
    async with open_store(load_settings()) as db, db.read() as tx:
        counts = await topic_counts(tx)
    return [
        {
            "topic": topic.slug,
            "name": taxonomy.name(topic.slug, "en"),
            "parent": topic.parent,
            "items": counts.get(topic.slug, 0),
        }
        for topic in taxonomy
    ]
