from hypothesis import given
from hypothesis import strategies as st

from feeds.web.longtexts import parts_of

TEXTS = st.lists(st.text("aé中 \n", max_size=60), max_size=8).map("\n\n".join)


@given(TEXTS)
def test_nothing_is_lost_and_no_part_is_too_long(text: str) -> None:
    parts = parts_of(text, 40)
    assert parts
    assert all(len(part.encode()) <= 40 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_is_cut_between_paragraphs_or_else_words() -> None:
    assert parts_of("one\n\ntwo\n\nthree", 12) == ["one\n\ntwo", "three"]
    assert parts_of("one two three", 10) == ["one two", "three"]
    assert parts_of("一二三四", 8) == ["一二", "三四"]
    assert parts_of("") == [""]
