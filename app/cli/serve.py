"""Commands that serve: `run` and `demo`."""

import asyncio
from collections.abc import Callable, Coroutine
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.memory import be_frugal

PortOption = Annotated[
    int | None, typer.Option(min=0, max=65535, help="HTTP port instead of TOPICWIRE_HTTP_PORT.")
]


class Role(StrEnum):
    """Which half of the service a process is."""

    ALL = "all"
    WEB = "web"
    WORKER = "worker"


def register(cli: typer.Typer) -> None:
    """Add the commands to the command line."""
    cli.command()(run)
    cli.command()(demo)


def run(
    *,
    role: Annotated[Role, typer.Option(help="Serve only one half of it.")] = Role.ALL,
    port: PortOption = None,
) -> None:
    """Serve feeds, pages and the bot; without a token all but the bot."""
    from app.observability import set_up_logging
    from app.service import serve
    from app.settings import load_settings

    settings = load_settings(http_port=port)
    set_up_logging(settings.log_level, settings.log_format)
    _run(serve(settings, web=role is not Role.WORKER, worker=role is not Role.WEB))


def demo(
    *,
    port: PortOption = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder of the store.")] = None,
) -> None:
    """Seed the store and serve everything, with a sandbox in Telegram's place and a chat page."""
    from app.demo import serve_demo
    from app.observability import set_up_logging
    from app.settings import load_settings

    settings = load_settings(http_port=port, data_dir=data_dir)
    set_up_logging(settings.log_level, settings.log_format)
    _run(serve_demo(settings))


def _run(service: Coroutine[None, None, None]) -> None:
    be_frugal()
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(service)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        from uvloop import new_event_loop
    except ImportError:  # it is not made for every system
        return asyncio.new_event_loop
    return new_event_loop
