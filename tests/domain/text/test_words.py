import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import fold, words
from domain.text.words import MAX_LENGTH, is_unspaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anti-human COVID-19", ["anti", "human", "covid", "19"]),
        ("L’ONUDC, l'Etat, qu'il, d’Ivoire", ["onudc", "etat", "il", "ivoire"]),
        ("UNODC's migrants' they’re 'quoted'", ["unodc", "migrants", "they", "quoted"]),
        ("jusqu'aujourd'hui O'Brien Sana'a", ["aujourd", "hui", "o", "brien", "sana", "a"]),
        ("snake_case http://unodc.org/a?b", ["snake", "case", "http", "unodc", "org", "a", "b"]),
        ("UNODC推出2021年报告", ["unodc", "推出", "2021", "年报告"]),
        ("人口贩运，移民", ["人口贩运", "移民"]),
        ("… — 💙 l' '' \u0301", []),
    ],
)
def test_finds_words(text: str, expected: list[str]) -> None:
    assert words(fold(text)) == expected


def test_a_long_word_is_cut_so_that_every_database_takes_it() -> None:
    assert words("a" * 5000) == ["a" * MAX_LENGTH]
    assert words("я" * 5000) == ["я" * MAX_LENGTH]


def test_runs_in_scripts_without_spaces_are_told_from_words() -> None:
    assert is_unspaced("人口")
    assert is_unspaced("タイ")
    assert not is_unspaced("люди")
    assert not is_unspaced("unodc")


@given(st.text())
def test_a_word_is_its_own_only_word(text: str) -> None:
    for word in words(fold(text)):
        assert words(fold(word)) == [word]
