from hypothesis import given
from hypothesis import strategies as st

from feeds.web.cursors import from_cursor, to_cursor
from storage.search import Place

NUMBERS = st.integers(-(2**63), 2**63 - 1)


@given(NUMBERS, st.integers(0, 2**25 - 1))
def test_a_cursor_is_read_as_it_was_written(below: int, known: int) -> None:
    cursor = to_cursor(Place(below, known))
    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert from_cursor(cursor) == Place(below, known)


@given(st.text(max_size=20))
def test_anything_else_is_no_cursor(text: str) -> None:
    place = from_cursor(text)
    assert place is None or to_cursor(place) == text
