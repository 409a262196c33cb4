"""Commands about upstream sources: `sources list|add|remove|pause|resume|poll|import|export`."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.output import Format, FormatOption, note, print_records
from domain.sources import Selectors, SourceKind

_LISTED = ["name", "kind", "state", "last_success", "items", "next_poll", "problem"]
_SHIPPED = ["name", "kind", "title", "address"]
_OUTCOMES = ["source", "new", "changed", "held", "problem", "next_poll"]
_SHOWN = 20

SomeArgument = Annotated[list[str], typer.Argument(help="Sources by name.")]
NamesArgument = Annotated[list[str] | None, typer.Argument(help="Sources by name; none: all.")]


def register(cli: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(
        name="sources", help="Upstream sources: feeds, pages and folders.", no_args_is_help=True
    )
    group.command("list")(list_)
    group.command()(add)
    group.command()(remove)
    group.command()(pause)
    group.command()(resume)
    group.command()(poll)
    group.command("import")(import_)
    group.command()(export)
    cli.add_typer(group)


def list_(
    *,
    shipped: Annotated[
        bool, typer.Option("--shipped", help="List those that can be added by name instead.")
    ] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Print every source: when it was last read, how many items, what is wrong, when next."""
    from app.sources import list_sources, shipped_sources

    if shipped:
        print_records(format_, shipped_sources(), _SHIPPED)
    else:
        print_records(format_, asyncio.run(list_sources()), _LISTED)


def add(
    address: Annotated[
        str, typer.Argument(help="A web address, a folder, or the name of a shipped source.")
    ],
    *,
    name: Annotated[str, typer.Option(help="Short name; made from the title otherwise.")] = "",
    title: Annotated[str, typer.Option(help="What people read; the source's own otherwise.")] = "",
    kind: Annotated[SourceKind | None, typer.Option(help="Found out otherwise.")] = None,
    item: Annotated[str, typer.Option(help="CSS selector of a page's items.")] = "",
    item_title: Annotated[str, typer.Option(help="Of the title, inside an item.")] = "",
    item_link: Annotated[str, typer.Option(help="Of the link, inside an item.")] = "",
    item_date: Annotated[str, typer.Option(help="Of the date, inside an item.")] = "",
    item_body: Annotated[str, typer.Option(help="Of the text, inside an item.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Add it without asking.")] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Find out what an address holds, show what would be taken, and add it as a source.

    The first reading fills the archive and pushes nothing; later ones push what is new.
    """
    from app.sources import add_source, look_at

    selectors = None
    if item:
        selectors = Selectors(
            item=item, title=item_title, link=item_link, date=item_date, body=item_body
        )
    elif item_title or item_link or item_date or item_body or kind is SourceKind.SELECTORS:
        raise typer.BadParameter("the selectors of an item's parts need --item")
    found = asyncio.run(look_at(address, name=name, title=title, kind=kind, selectors=selectors))
    print_records(format_, found.preview[:_SHOWN], ["published", "title", "link"])
    note(f"{found.title}: {found.kind.value}, {len(found.preview)} items, at {found.address}")
    if len(found.preview) > _SHOWN:
        note(f"{len(found.preview) - _SHOWN} more are not shown")
    if not yes and not (sys.stdin.isatty() and typer.confirm("Add this source?", err=True)):
        note("not added; --yes adds it without asking")
        raise typer.Exit(1)
    added = asyncio.run(add_source(found))
    note(f"added as {added}; `topicwire run` reads it, `topicwire sources poll {added}` at once")


def remove(names: SomeArgument) -> None:
    """Stop reading sources, and forget them; their items stay."""
    from app.sources import remove_sources

    asyncio.run(remove_sources(names))


def pause(names: SomeArgument) -> None:
    """Stop reading sources until they are resumed; `sources poll NAME` still does."""
    from app.sources import pause_sources

    asyncio.run(pause_sources(names))


def resume(names: SomeArgument) -> None:
    """Read sources again that were paused, or that said they were gone for good."""
    from app.sources import resume_sources

    asyncio.run(resume_sources(names))


def poll(names: NamesArgument = None, *, format_: FormatOption = Format.TABLE) -> None:
    """Read sources now, due or not."""
    from app.sources import poll_sources

    outcomes: list[dict[str, Any]] = asyncio.run(poll_sources(names or []))
    print_records(format_, outcomes, _OUTCOMES)
    if any(outcome["problem"] for outcome in outcomes):
        raise typer.Exit(1)


def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An OPML document.")],
    *,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Add the feeds that an OPML document lists; those that are there already stay as they are."""
    from app.sources import import_opml

    print_records(format_, asyncio.run(import_opml(file)), ["result", "name", "address"])


def export() -> None:
    """Print the feeds among the sources as OPML."""
    from app.sources import export_opml

    document, left_out = asyncio.run(export_opml())
    typer.echo(document.decode(), nl=False)
    if left_out:
        note(f"{left_out} sources are no feeds, which OPML has no place for")
