import pytest

from domain.query import NameIndex, describe, parse


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ("", "en", ""),
        ("events in abuja nigeria", "en", "kind: event · country: Nigeria · “abuja”"),
        ("kind:event country:ng", "fr", "kind: événement · country: Nigéria"),
        ("country:gf", "fr", "country: French Guiana"),
        ("lang:pt source:x", "en", "lang: pt · source: x"),
        ("smuggling by sea", "en", "topic: Smuggling by sea"),
        ('"blue heart" -asia', "en", "“blue heart” · -“asia”"),
        ("(x OR q) (r s OR z)", "en", "(“q” OR “x”) · (“z” OR (“r” · “s”))"),
        ("-(x q)", "en", "-(“q” · “x”)"),
        ("after:2020 before:2021-06 last:30d", "en", None),
    ],
)
def test_shows_how_a_query_was_read(
    text: str, lang: str, shown: str | None, names: NameIndex
) -> None:
    expected = "after: 2020 · before: 2021-06 · last: 30d" if shown is None else shown
    assert describe(parse(text, names), names, lang) == expected
