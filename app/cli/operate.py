"""Commands for the person who runs it: `migrate`, `relink`, `reclassify`, `doctor`, `stats`."""

import asyncio
from datetime import UTC, datetime

import typer

from app.cli.output import Format, FormatOption, note, print_records

_AT_ONCE = 100
"""Items in one transaction, so that others can write in between."""


def register(cli: typer.Typer) -> None:
    """Add the commands to the command line."""
    cli.command()(migrate)
    cli.command()(relink)
    cli.command()(reclassify)
    cli.command()(doctor)
    cli.command()(stats)


def migrate() -> None:
    """Bring the store's schema to the newest version."""
    asyncio.run(_migrate())
    note("the store is at the newest version")


def relink() -> None:
    """Decide anew which items tell the same story, after its thesaurus has changed."""
    note(f"{asyncio.run(_relink())} items are in another story than before")


def reclassify() -> None:
    """Decide anew every item's kind, language, topics and countries, after topics have changed."""
    note(f"{asyncio.run(_reclassify())} items are classified otherwise than before")


def doctor(*, format_: FormatOption = Format.TABLE) -> None:
    """Check every setting and connection, and say what is wrong."""
    from app.doctor import examine

    findings = asyncio.run(examine())
    print_records(format_, findings, ["check", "result", "detail"])
    if any(finding["result"] == "wrong" for finding in findings):
        raise typer.Exit(1)


def stats(*, format_: FormatOption = Format.TABLE) -> None:
    """Print how much there is of what."""
    records = [{"what": name, "count": count} for name, count in asyncio.run(_stats()).items()]
    print_records(format_, records, ["what", "count"])


async def _migrate() -> None:
    from app.settings import load_settings
    from app.store import open_store

    async with open_store(load_settings()):
        pass


async def _relink() -> int:
    from app.settings import load_settings
    from app.store import open_store
    from seeds.data import load_classifier
    from storage import stories

    settings = load_settings()
    classifier, last, changed = load_classifier(settings.topics_file), 0, 0
    async with open_store(settings) as db:
        while True:
            async with db.write() as tx:
                done = await stories.relink(tx, classifier, after=last, limit=_AT_ONCE)
            changed += done.changed
            if not done.last:
                return changed
            last = done.last


async def _reclassify() -> int:
    from app.settings import load_settings
    from app.store import open_store
    from seeds.data import load_classifier
    from storage.reclassify import reclassify

    settings = load_settings()
    classifier, changed = load_classifier(settings.topics_file), 0
    last: int | None = 0
    async with open_store(settings) as db:
        while last is not None:
            async with db.write() as tx:
                last, more = await reclassify(
                    tx, classifier, now=datetime.now(UTC), after=last, limit=_AT_ONCE
                )
            changed += more
    return changed


async def _stats() -> dict[str, int]:
    from app.settings import load_settings
    from app.store import open_store
    from storage.stats import stats as count

    async with open_store(load_settings()) as db, db.read() as tx:
        return await count(tx)
