"""Commands that take items in, or away: `seed`, `parse`, `import`, `publish`, `withdraw`."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.output import Format, FormatOption, note, print_records, print_table
from domain.model import Kind
from seeds import SOURCE

FilesArgument = Annotated[
    list[Path], typer.Argument(exists=True, dir_okay=False, readable=True, help="Documents.")
]
SourceOption = Annotated[str, typer.Option(help="Short name of where the items come from.")]
_COUNTS = ["document", "new", "changed", "same", "skipped"]


def register(cli: typer.Typer) -> None:
    """Add the commands to the command line."""
    cli.command()(seed)
    cli.command()(parse)
    cli.command("import")(import_)
    cli.command()(publish)
    cli.command()(withdraw)


def seed(
    files: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, help="Documents instead of the shipped ones."),
    ] = None,
    *,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Load the seed documents into the store; never pushes, and twice is as good as once."""
    _take_in(files or None, source=SOURCE, push=False, format_=format_)


def import_(
    files: FilesArgument,
    *,
    source: Annotated[
        str, typer.Option(help="Short name of where the items come from.")
    ] = "import",
    quiet: Annotated[bool, typer.Option("--quiet", help="Push nothing.")] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Add items from listing texts, saved HTML pages, RSS, Atom, JSON Feed or JSONL files."""
    _take_in(files, source=source, push=not quiet, format_=format_)


def parse(
    files: FilesArgument,
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="Account for every line instead.")
    ] = False,
    source: SourceOption = SOURCE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Read and classify documents and print the items as `seed` would store them; stores none."""
    from app.intake import explain as account
    from app.intake import preview, read_file
    from app.settings import load_settings

    documents = [read_file(path) for path in files]
    if explain:
        lines = [record for name, document in documents for record in account(name, document)]
        print_records(format_, lines, ["document", "line", "role", "reason", "item", "text"])
        return
    settings, now = load_settings(), datetime.now(UTC)
    records = [
        record
        for name, document in documents
        for record in preview(settings, name, document, source, now)
    ]
    print_records(
        format_, records, ["published", "kind", "lang", "title", "topics", "countries", "document"]
    )
    for name, document in documents:
        for skipped in document.skipped:
            note(f"{name}:{skipped.where}: skipped: {skipped.reason}")


def publish(
    *,
    title: Annotated[str, typer.Option(help="Headline.")],
    summary: Annotated[str, typer.Option(help="One or two sentences.")] = "",
    body: Annotated[str, typer.Option(help="Full text; a blank line splits paragraphs.")] = "",
    url: Annotated[str, typer.Option(help="Address of the original.")] = "",
    lang: Annotated[str, typer.Option(help="Language code; found from the text otherwise.")] = "",
    kind: Annotated[Kind | None, typer.Option(help="Found from the text otherwise.")] = None,
    topic: Annotated[
        list[str] | None, typer.Option(help="Topic; may be repeated; found otherwise.")
    ] = None,
    urgent: Annotated[bool, typer.Option("--urgent", help="Push in quiet hours too.")] = False,
    replaces: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Correct this item instead; what is not given stays."),
    ] = None,
    erase: Annotated[
        bool,
        typer.Option(
            "--erase",
            help="With --replaces: forget what the item said before, in the archives of feeds too.",
        ),
    ] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Add one item and push it to its subscribers, or correct one that they have got."""
    from app.intake import publish_item
    from app.settings import load_settings
    from domain.model import Draft

    if erase and replaces is None:
        raise typer.BadParameter("--erase goes with --replaces", param_hint="--erase")
    draft = Draft(
        title=title,
        summary=summary,
        body=body,
        link=url or None,
        lang=lang or None,
        kind=kind,
        topics=tuple(topic) if topic else None,
        urgent=urgent,
    )
    record = asyncio.run(
        publish_item(load_settings(), draft, datetime.now(UTC), replaces, erase=erase)
    )
    print_records(format_, [record], ["status", "id", "url", "kind", "lang", "topics"])
    if erase:
        note("what it said before is forgotten; messages that were sent and not edited stay")
    if record["status"] == "same":
        note("the store has this item already: nothing is pushed")


def withdraw(
    item: Annotated[str, typer.Argument(metavar="ID", help="Its id, or its page's address.")],
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Show it again.")] = False,
) -> None:
    """Take an item out of answers, feeds and pages, and stop what is on its way of it."""
    from app.intake import withdraw_item
    from app.settings import load_settings

    done = asyncio.run(withdraw_item(load_settings(), item, datetime.now(UTC), undo=undo))
    if undo:
        note("shown again" if done else "it is not withdrawn")
    else:
        note("withdrawn; messages that were sent stay" if done else "it was withdrawn before")


def _take_in(files: list[Path] | None, *, source: str, push: bool, format_: Format) -> None:
    from app.intake import take_in
    from app.settings import load_settings

    records: list[dict[str, Any]] = asyncio.run(
        take_in(load_settings(), files, source=source, push=push, now=datetime.now(UTC))
    )
    if format_ is Format.JSONL:
        print_records(format_, records, [])
        return
    print_table(
        _COUNTS,
        [[*(record[name] for name in _COUNTS[:-1]), len(record["skipped"])] for record in records],
    )
    for record in records:
        for skipped in record["skipped"]:
            note(f"{record['document']}:{skipped['where']}: skipped: {skipped['reason']}")
