import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.driver import AHEAD, Connection, connect

MANY = 2 * AHEAD + 7


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Connection]:
    connection = await connect(str(tmp_path / "store.db"), isolation_level=None, timeout=1.0)
    await (await connection.cursor()).execute("CREATE TABLE one (number INTEGER PRIMARY KEY)")
    numbers = [(number,) for number in range(MANY)]
    await (await connection.cursor()).executemany("INSERT INTO one VALUES (?)", numbers)
    yield connection
    await connection.close()


@pytest.mark.parametrize("count", [0, 1, AHEAD - 1, AHEAD, AHEAD + 1, MANY])
async def test_fetches_all_rows_once(store: Connection, count: int) -> None:
    cursor = await store.cursor()
    await cursor.execute("SELECT number FROM one WHERE number < ? ORDER BY number", (count,))
    assert [number for (number,) in await cursor.fetchall()] == list(range(count))
    assert not await cursor.fetchall()
    await cursor.close()


async def test_fetches_in_pieces_of_any_size(store: Connection) -> None:
    cursor = await store.cursor()
    await cursor.execute("SELECT number FROM one ORDER BY number")
    first = await cursor.fetchone()
    assert first is not None
    numbers = [first[0]]
    numbers += [number for (number,) in await cursor.fetchmany()]
    while rows := await cursor.fetchmany(300):
        assert len(list(rows)) <= 300
        numbers += [number for (number,) in rows]
    assert await cursor.fetchone() is None
    assert numbers == list(range(MANY))


async def test_forgets_the_rows_of_the_statement_before(store: Connection) -> None:
    cursor = await store.cursor()
    await cursor.execute("SELECT number FROM one")
    await cursor.execute("DELETE FROM one WHERE number < 5")
    assert cursor.rowcount == 5
    assert not await cursor.fetchall()
    await cursor.execute("INSERT INTO one VALUES (-1) RETURNING number")
    assert await cursor.fetchone() == (-1,)


async def test_raises_what_the_driver_raises_and_goes_on(store: Connection) -> None:
    cursor = await store.cursor()
    with pytest.raises(sqlite3.OperationalError):
        await cursor.execute("SELECT nothing FROM one")
    with pytest.raises(sqlite3.IntegrityError):
        await cursor.execute("INSERT INTO one VALUES (7)")
    await cursor.execute("SELECT count(*) FROM one")
    assert await cursor.fetchone() == (MANY,)


async def test_ends_transactions_alone(store: Connection) -> None:
    await store.commit()
    await store.rollback()
    await (await store.cursor()).execute("BEGIN")
    await (await store.cursor()).execute("DELETE FROM one")
    await store.rollback()
    await (await store.cursor()).execute("BEGIN")
    await (await store.cursor()).execute("DELETE FROM one WHERE number = 0")
    await store.commit()
    await store.rollback()
    cursor = await store.cursor()
    await cursor.execute("SELECT count(*) FROM one")
    assert await cursor.fetchone() == (MANY - 1,)
