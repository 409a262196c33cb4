from datetime import UTC, datetime, timedelta

from domain.model import Published
from domain.sources.news import FLOOD, LATE, quiet

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
LAST = NOW - timedelta(hours=1)
TODAY = Published(NOW - timedelta(minutes=5), day_only=False)
OLD = Published(LAST - LATE - timedelta(minutes=1), day_only=False)


def test_all_of_a_first_reading_is_archive() -> None:
    assert quiet([TODAY, None], shown=2, last_read=None) == {0, 1}


def test_what_is_dated_since_is_news_however_much_it_is() -> None:
    assert quiet([TODAY] * 100, shown=100, last_read=LAST) == frozenset()


def test_what_is_dated_long_before_is_not() -> None:
    assert quiet([OLD, TODAY, None], shown=10, last_read=LAST) == {0}


def test_a_late_entry_is_news() -> None:
    late = Published.on((LAST - timedelta(days=5)).date())
    assert quiet([late], shown=10, last_read=LAST) == frozenset()


def test_many_undated_at_once_are_a_rebuilt_source() -> None:
    flood = [None] * (FLOOD + 1)
    assert quiet(flood, shown=FLOOD + 2, last_read=LAST) == set(range(FLOOD + 1))
    assert quiet(flood, shown=(FLOOD + 1) * 2, last_read=LAST) == frozenset()
    assert quiet(flood[1:], shown=FLOOD, last_read=LAST) == frozenset()
