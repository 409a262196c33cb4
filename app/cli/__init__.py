"""The command line `topicwire`. Heavy libraries are imported by the commands that need them.

Exit codes: 0 success, 1 failure (one line on stderr), 2 wrong usage.
"""

import sys

import typer

from app.cli import backup, deliveries, documents, export, operate, queries, serve, sources
from domain.errors import TopicwireError

cli = typer.Typer(
    name="topicwire",
    help="News by topic: one store, its feeds and its Telegram bot.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (serve, documents, queries, export, sources, deliveries, backup, operate):
    module.register(cli)


def main() -> None:
    """Run the command line; a mendable error is one line on stderr and exit code 1."""
    try:
        cli()
    except TopicwireError as error:
        sys.stderr.write(f"topicwire: {error}\n")
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
