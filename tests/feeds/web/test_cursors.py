import re

from hypothesis import given
from hypothesis import strategies as st

from feeds.web.cursors import CURSOR_PATTERN, from_cursor, to_cursor
from storage.search import Place

NUMBERS = st.integers(-(2**63), 2**63 - 1)


@given(NUMBERS, st.integers(0, 2**25 - 1))
def test_a_cursor_is_read_as_it_was_written(below: int, known: int) -> None:
    cursor = to_cursor(Place(below, known))
    assert re.fullmatch(CURSOR_PATTERN, cursor)
    assert from_cursor(cursor) == Place(below, known)


@given(st.from_regex(CURSOR_PATTERN, fullmatch=True).filter(bool))
def test_whatever_looks_like_a_cursor_is_one(cursor: str) -> None:
    assert to_cursor(from_cursor(cursor)) == cursor
