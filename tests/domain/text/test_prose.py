import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import paragraphs, summarise


def test_blank_lines_separate_paragraphs() -> None:
    body = "\n One  \n\n \t\nTwo,\n  • still two\n\n\nThree"
    assert paragraphs(body) == ["One", "Two,\n  • still two", "Three"]
    assert paragraphs(" \n") == []


def test_a_short_body_is_its_own_summary_on_one_line() -> None:
    assert summarise("One.\n\nTwo\u00a0three.") == "One. Two three."


@pytest.mark.parametrize(
    ("body", "limit", "summary"),
    [
        ("It was launched today. More follows here.", 30, "It was launched today."),
        ("He asked “why?” Nobody knew what to say.", 20, "He asked “why?”"),
        ("The U.S. Government has said so at last.", 20, "The U.S. Government…"),
        ("On 28 March, in Vienna, at the United Nations", 16, "On 28 March, in…"),
        ("打击人口贩运。联合国毒品和犯罪问题办公室今天宣布", 10, "打击人口贩运。"),
        ("打击人口贩运联合国毒品和犯罪问题办公室", 10, "打击人口贩运联合国…"),
        ("a" * 50, 10, "a" * 9 + "…"),
    ],
)
def test_ends_after_a_sentence_or_a_word(body: str, limit: int, summary: str) -> None:
    assert summarise(body, limit) == summary


@given(st.text(), st.integers(1, 50))
def test_never_longer_than_asked_and_never_broken_over_lines(body: str, limit: int) -> None:
    summary = summarise(body, limit)
    assert len(summary) <= limit
    assert len(summary.splitlines()) <= 1
    assert summary == summary.strip()
