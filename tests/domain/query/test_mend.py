import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import QueryError
from domain.query import NameIndex, parse
from domain.query.mend import literal, narrower, reads_more, relaxed, typed_words, with_words


def test_words_are_replaced_where_they_stand() -> None:
    text = 'trafiking kind:event "blue hart" anti-smugling -smugling'
    meant = {"trafiking": "trafficking", "hart": "heart", "smugling": "smuggling"}
    changed = {typed: meant[typed.word] for typed in typed_words(text) if typed.word in meant}
    assert with_words(text, changed) == (
        'trafficking kind:event "blue heart" anti-smuggling -smugling'
    )
    assert with_words(text, {}) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("events in nigeria 2021", '"events"  "nigeria" "2021"'),
        ('"blue heart" kind:event nigeria', '"blue heart" kind:event "nigeria"'),
        ("anti-trafficking OR covid-19", '"anti trafficking" OR "covid 19"'),
        ("the", '"the"'),
    ],
)
def test_literal(text: str, expected: str) -> None:
    assert literal(text) == expected


def test_what_was_read_into_words(names: NameIndex) -> None:
    asked, plain = (parse(text, names) for text in ("agenda 2030", literal("agenda 2030")))
    assert reads_more(asked, plain)
    assert not reads_more(plain, asked)
    nested = parse("x OR -(y 2021)", names)
    assert reads_more(nested, parse("x", names))
    assert not reads_more(parse("", names), parse("x", names))


@pytest.mark.parametrize(
    ("text", "unknown", "expected"),
    [
        ("x q z", [], "(q x) OR (q z) OR (x z)"),
        ("x q nigeria", [], "(nigeria q) OR (nigeria x)"),
        ("x q nigeria 2021", [], "(on:2021 nigeria q) OR (on:2021 nigeria x)"),
        ("x q z k", ["k"], "q x z"),
        ("x q z", ["z"], None),
        ("x q z k", ["k", "z"], None),
        ("x q", [], None),
        ("x OR q", [], None),
        ("x 2021 kind:event", [], None),
        ("nigeria niger france", [], None),
    ],
)
def test_relaxed(text: str, unknown: list[str], expected: str | None, names: NameIndex) -> None:
    found = relaxed(parse(text, names), unknown, names)
    assert (found and found.canonical) == (expected and parse(expected, names).canonical)


def test_narrower_leaves_out_one_part(names: NameIndex) -> None:
    found = narrower(parse("kind:event nigeria abuja", names), names)
    assert [one.canonical for one in found] == [
        "nigeria abuja",
        "kind:event abuja",
        "kind:event nigeria",
    ]
    assert [one.canonical for one in narrower(parse("nigeria abuja", names), names)] == ["nigeria"]
    assert narrower(parse("nigeria", names), names) == []


@given(text=st.text('ab-" ()OR:nigeria2021人', max_size=40))
def test_any_query_has_a_literal_form_and_keeps_its_meaning_unchanged(
    text: str, names: NameIndex
) -> None:
    try:
        parse(text, names)
    except QueryError:
        return
    assert with_words(text, {}) == text
    assert isinstance(literal(text), str)
