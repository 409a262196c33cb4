"""The answers to judged queries must not get worse."""

import pytest

from storage.database import Database
from tests.quality.queries import SETS, Answered, answer_all, fill


@pytest.fixture
async def answered(sqlite_url: str) -> dict[str, list[Answered]]:
    db = Database(sqlite_url)
    try:
        await fill(db)
        return {name: await answer_all(db, name) for name in SETS}
    finally:
        await db.dispose()


async def test_answers(answered: dict[str, list[Answered]]) -> None:
    for name, floor, fewest in (("queries", 0.95, 70), ("second_queries", 0.94, 40)):
        asked = [one for one in answered[name] if one.asked.grades]
        assert len(asked) >= fewest
        assert sum(one.ndcg for one in asked) / len(asked) >= floor


async def test_nothing_is_offered_where_there_is_nothing(
    answered: dict[str, list[Answered]],
) -> None:
    silent = [one for found in answered.values() for one in found if not one.asked.grades]
    assert len(silent) >= 40
    assert [one.asked.text for one in silent if one.ndcg < 1] == []


async def test_both_databases_answer_alike(
    answered: dict[str, list[Answered]], postgresql_url: str
) -> None:
    db = Database(postgresql_url)
    try:
        await fill(db)
        other = {name: await answer_all(db, name) for name in SETS}
    finally:
        await db.dispose()
    for name, found in answered.items():
        assert [one.titles for one in other[name]] == [one.titles for one in found]
