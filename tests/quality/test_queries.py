"""The answers to judged queries must not get worse."""

import pytest

from storage.database import Database
from tests.quality.queries import Answered, answer_all, fill


@pytest.fixture
async def answered(sqlite_url: str) -> list[Answered]:
    db = Database(sqlite_url)
    try:
        await fill(db)
        return await answer_all(db)
    finally:
        await db.dispose()


async def test_answers(answered: list[Answered]) -> None:
    asked = [one for one in answered if one.asked.grades]
    assert len(asked) >= 70
    assert sum(one.ndcg for one in asked) / len(asked) >= 0.95


async def test_nothing_is_offered_where_there_is_nothing(answered: list[Answered]) -> None:
    silent = [one for one in answered if not one.asked.grades]
    assert len(silent) >= 12
    assert [one.asked.text for one in silent if one.ndcg < 1] == []


async def test_both_databases_answer_alike(answered: list[Answered], postgresql_url: str) -> None:
    db = Database(postgresql_url)
    try:
        await fill(db)
        other = await answer_all(db)
    finally:
        await db.dispose()
    assert [one.titles for one in other] == [one.titles for one in answered]
