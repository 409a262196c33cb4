import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.spelling import closest, distance, is_correctable, is_telling, keys

WORD = st.text("abcdeinrst", min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
    [
        ("trafiking", "trafficking", 2),
        ("smugling", "smuggling", 1),
        ("nigria", "nigeria", 1),
        ("unprecedented", "unprecendented", 1),
        ("business", "busines", 1),
        ("ambasador", "ambassador", 1),
        ("refugess", "refugees", 1),
        ("mirgant", "migrant", 1),
        ("rtafficking", "trafficking", 1),
        ("нигрия", "нигерия", 1),
        ("торговля", "торгволя", 1),
    ],
)
def test_finds_what_was_meant(typed: str, meant: str, errors: int) -> None:
    assert keys(typed) & keys(meant)
    assert closest(typed, [meant, typed, "else"]) == [(errors, meant)]


@pytest.mark.parametrize(
    ("typed", "other"),
    [("elections", "selections"), ("wars", "was like"), ("football", "footfalls"), ("seal", "see")],
)
def test_leaves_other_words_alone(typed: str, other: str) -> None:
    assert closest(typed, [other]) == []


def test_a_limit_allows_fewer_errors() -> None:
    assert closest("trafiking", ["trafficking"], limit=1) == []


@pytest.mark.parametrize("word", ["sea", "covid19", "人口贩运", "x" * 31, ""])
def test_what_has_no_spelling_to_tell(word: str) -> None:
    assert not is_correctable(word)


def test_a_short_word_tells_too_little() -> None:
    assert not is_telling("wars")
    assert is_telling("nigria")


@given(one=WORD, other=WORD, most=st.integers(0, 3))
def test_distance_is_the_same_both_ways_and_stops_early(one: str, other: str, most: int) -> None:
    full = distance(one, other, 20)
    assert distance(other, one, 20) == full
    assert (full == 0) is (one == other)
    assert min(distance(one, other, most), most + 1) == min(full, most + 1)


@given(word=st.lists(st.sampled_from("abcdeinrst"), min_size=4, unique=True), data=st.data())
def test_one_error_behind_the_first_letter_is_told(word: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    meant, typed = "".join(word), "".join(word[:at] + word[at + 1 :])
    assert keys(typed) & keys(meant)
    assert closest(typed, [meant]) == [(1, meant)]
