from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlmodel import col

from storage.database import Database
from storage.rows import saved_id
from storage.tables import LeaseRow

BANGKOK = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2024, 5, 1, 12, 0, 0, 123456, tzinfo=UTC),
        datetime(2024, 5, 1, 2, tzinfo=BANGKOK),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
async def test_times_come_back_aware_and_in_utc(db: Database, moment: datetime) -> None:
    async with db.write() as tx:
        tx.add(LeaseRow(name="a", owner="b", until=moment))
    async with db.read() as tx:
        until = (await tx.execute(select(col(LeaseRow.until)))).scalar_one()
    assert until == moment
    assert until.tzinfo is UTC


async def test_a_naive_time_is_refused(db: Database) -> None:
    with pytest.raises(StatementError, match="must be aware"):
        async with db.write() as tx:
            tx.add(LeaseRow(name="a", owner="b", until=datetime(2024, 5, 1)))  # noqa: DTZ001


def test_a_row_that_was_not_written_has_no_id() -> None:
    assert saved_id(7) == 7
    with pytest.raises(ValueError, match="not in the store"):
        saved_id(None)
