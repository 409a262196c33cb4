from hypothesis import given
from hypothesis import strategies as st

from domain.phrases import PhraseIndex, outermost, phrase_words, plain_words


def _index(*phrases: str) -> PhraseIndex[str]:
    index: PhraseIndex[str] = PhraseIndex()
    for phrase in phrases:
        index.add(phrase_words(phrase), phrase)
    return index


def test_finds_overlapping_phrases_longer_ones_first() -> None:
    found = _index("north sea", "sea", "north", "sea states").find("the north sea states".split())
    assert [match.value for match in found] == ["north sea", "north", "sea states", "sea"]


def test_outermost_drops_what_lies_inside() -> None:
    found = outermost(_index("north sea", "sea", "north").find(["north", "sea", "sea"]))
    assert [(match.start, match.value) for match in found] == [(0, "north sea"), (2, "sea")]


def test_outermost_keeps_all_values_of_one_span() -> None:
    index = _index("sea")
    index.add(["sea"], "mer")
    assert [match.value for match in outermost(index.find(["sea"]))] == ["sea", "mer"]


def test_open_endings_allow_three_letters() -> None:
    index = _index("нигерийск* власт*")
    assert index.find(["нигерийских", "властей"])
    assert index.find(["нигерийск", "власт"])
    assert not index.find(["нигерийскими", "властителями"])


def test_empty_phrases_are_ignored() -> None:
    assert _index("", "…").find(["a", ""]) == []


def test_words_are_folded_and_chinese_is_split() -> None:
    assert plain_words("Côte d’Ivoire: 会议 2") == ["cote", "ivoire", "会", "议", "2"]


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=3))
def test_finds_a_phrase_wherever_it_stands(text: list[str], phrase: list[str]) -> None:
    index: PhraseIndex[bool] = PhraseIndex()
    index.add(phrase, True)
    size = len(phrase)
    expected = [at for at in range(len(text)) if size and text[at : at + size] == phrase]
    assert [match.start for match in index.find(text)] == expected
