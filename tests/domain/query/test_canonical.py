from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import QueryError
from domain.query import Field, NameIndex, Query, describe, parse

ATOMS = (
    *("nigeria", "south", "africa", "sudan", "french guiana", "western balkans", "смерть"),
    *("event", "events", "news", "latest", "documents", "in", "the", "french", "de", "and"),
    *("2021", "december", "juin", "2019-2021", "2021-06", "9", "year", "年", "2021年12月"),
    *("covid-19", "covid", "19", "smuggling", "by", "sea", "migrant", "a", "b", "l'", "&"),
    *('"south"', '"the"', '"2021"', '"news"', '"blue heart"', "«», ", "(the)", "(news)"),
    *("kind:event", 'country:"south africa"', "country:ng", "topic:covid-19", "source:x-y"),
    *("after:2020", "before:2021-06", "on:2021", "on:9999", "before:9999", "on:9998-12"),
    *("last:30d", "last:1y", "(", ")", "-", "--", "OR", "بالفرنسية", "на русском", "языке"),
    *("尼日利亚2021年的活动", "人口贩运", "在", "нигерии", "language", "language:", "kind:"),
)
QUERIES = st.one_of(
    st.lists(st.sampled_from(ATOMS), max_size=14).map(" ".join),
    st.text(max_size=80),
    st.text(alphabet='abOR()"- :kind\u200b年月2019', max_size=40),
)


def read(text: str, names: NameIndex) -> Query | QueryError:
    try:
        return parse(text, names)
    except QueryError as error:
        return error


@given(text=QUERIES)
def test_any_text_is_an_error_or_a_query_that_reads_back(text: str, names: NameIndex) -> None:
    query = read(text, names)
    if isinstance(query, QueryError):
        assert 0 <= query.position <= len(text)
        assert "\n" not in str(query)
    else:
        assert parse(query.canonical, names) == query
        assert query.is_everything == (query.canonical == "")
        assert "\n" not in describe(query, names)


@pytest.mark.parametrize(
    "parts",
    [
        ("nigeria", "abuja", "kind:event", "-asia"),
        ("after:2020", '"blue heart"', "before:2021-06", "(x OR z)"),
        ("south africa", "sudan", "2021", "events"),
        ("x", "x", "last:3d", "last:2d"),
    ],
)
def test_the_order_of_parts_does_not_matter(parts: tuple[str, ...], names: NameIndex) -> None:
    queries = {parse(" ".join(order), names).canonical for order in permutations(parts)}
    assert len(queries) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Abuja  LAGOS", "lagos abuja"),
        ("réfugiés", "REFUGIES"),
        ("x x z", "z x"),
        ("(x z) q", "x (z q)"),
        ("x OR (z OR q)", "q OR x OR z OR x"),
        ("-(-(x z))", "x z"),
        ("--x", "x"),
        ("kind:events", "kind:event"),
        ("country:Nigéria", "country:ng"),
        ("on:2021", "after:2021 before:2022"),
        ("after:2020 after:2021", "after:2021-01-01"),
        ("last:4w", "last:28d"),
        ("on:june-2021", 'on:"2021-06"'),
        ('"x"', "x"),
        ('"covid-19" z', '"covid 19" z'),
        ("« blue  heart »", "“Blue Heart”"),
        ("2020", "on:2020"),
        ("events", "kind:event"),
        ("(x OR z) (z OR x)", "x OR z"),
    ],
)
def test_equal_queries_have_one_form(one: str, other: str, names: NameIndex) -> None:
    assert parse(one, names) == parse(other, names)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("sudan south", "sudan south"),
        ("sudan x south", "sudan south x"),
        ("sudán by sea smuggling", "sudan sea smuggling"),
        ("south sudan africa", "south sudan africa"),
        ("africa south sudan", "south sudan africa"),
        ('"south" sudan', "sudan south"),
        ('"sudan" "south"', 'south "sudan"'),
        ("heart of the", "heart"),
        ("guiana french", 'french "guiana"'),
        ("-guiana french", "french -guiana"),
        ("-(-x -x)", "x"),
        ("(x OR x) OR x", "x"),
        ("migrant-smuggling", "migrant smuggling"),
        ("-(south africa)", "-(south africa)"),
        ("-nigeria", "-nigeria"),
        ("x OR -(z OR q) (r OR s)", "x OR (r OR s) -(q OR z)"),
    ],
)
def test_is_read_back_as_it_was_meant(text: str, canonical: str, names: NameIndex) -> None:
    query = parse(text, names)
    assert query.canonical == canonical
    assert parse(canonical, names) == query


def test_names_that_would_make_another_are_kept_apart() -> None:
    index = NameIndex()
    for name in ("Bissau", "Guinea", "Bissau Guinea"):
        index.add(Field.TOPIC, name.lower().replace(" ", "-"), [name])
    query = parse("guinea bissau", index)
    assert query.canonical == "(bissau) (guinea)"
    assert parse(query.canonical, index) == query
    assert parse("bissau guinea", index).canonical == "bissau guinea"
