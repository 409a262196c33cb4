"""Commands that keep the store safe: `backup` and `restore`."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import note


def register(cli: typer.Typer) -> None:
    """Add the commands to the command line."""
    cli.command()(backup)
    cli.command()(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; an earlier one is replaced.")],
) -> None:
    """Copy the store into a file, while it runs."""
    from app.backup import make_backup
    from app.settings import load_settings

    with _progress() as progress:
        asyncio.run(make_backup(load_settings(), file, progress))
    note(f"{file}: {file.stat().st_size / 1e6:,.1f} MB")


def restore(
    file: Annotated[Path, typer.Argument(help="What `backup` has written.")],
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Even if the store seems to be in use.")
    ] = False,
) -> None:
    """Put a backup in the place of the store; stop the service before."""
    from app.backup import restore_backup
    from app.settings import load_settings

    now = datetime.now(UTC)
    with _progress() as progress:
        done = asyncio.run(
            restore_backup(load_settings(), file, now=now, force=force, progress=progress)
        )
    note(f"restored: {done.items} items, {done.chats} chats")
    if done.former is not None:
        note(f"the former store is kept as {done.former}")
    if done.set_aside:
        note(
            f"{done.set_aside} messages may have been sent since the backup was made and are set"
            " aside: `topicwire deliveries --failed` lists them, `--retry` sends them"
        )


@contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """Show a bar on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _share: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("", total=1.0)
        yield lambda share: bars.update(bar, completed=share)
