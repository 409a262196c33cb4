from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.matching import ItemTerms, item_terms, matches, padded
from domain.model import Item, Kind, Published
from domain.query import Field, NameIndex, parse

TODAY = date(2021, 12, 31)
WORDS = ("migrants", "smuggling", "sea", "heart")
ITEM = Item(
    slug="2021-12-16-0123456789",
    source="unodc",
    document=None,
    link=None,
    kind=Kind.NEWS,
    lang="en",
    title="Nigeria Takes Steps to Stop Migrant Smuggling",
    summary="A summary nobody searches.",
    body="The smuggling of migrants is a big business.\n\nThe Blue Heart.",
    caption="Migrants at sea",
    photo_credit="UNHCR",
    published=Published.on(date(2021, 12, 16)),
    published_derived=False,
    starts=None,
    ends=None,
    topics=("migrant-smuggling",),
    countries=("NG",),
    story="2021-12-16-0123456789",
    urgent=False,
    added=datetime(2022, 1, 1, tzinfo=UTC),
    updated=datetime(2022, 1, 1, tzinfo=UTC),
)


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return NameIndex()


def answers(text: str, item: Item, names: NameIndex) -> bool:
    return matches(parse(text, names).tree, item, item_terms(item), TODAY)


@pytest.mark.parametrize(
    "query",
    [
        *("", "smuggler OR smuggled", "nigeria migrants", '"blue heart"', "-asia", "sea"),
        *("unhcr", '"smuggling of migrants"', "-(nigeria asia)", "asia OR business"),
        *("kind:news", "lang:en", "source:unodc", "on:2021-12", "on:2021-12-16", "2021"),
        *("after:2021-12-16", "before:2021-12-17", "last:15d", "after:2021 before:2022"),
    ],
)
def test_matches(query: str, names: NameIndex) -> None:
    assert answers(query, ITEM, names)


@pytest.mark.parametrize(
    "query",
    [
        *("asia", "nigeria asia", '"heart blue"', "-nigeria", '"migrants business"', "summary"),
        *('"smuggling the smuggling"', '"sea unhcr asia"', "-(nigeria OR asia)", "heart -blue"),
        *("kind:event", "lang:fr", "source:other", "on:2021-11", "2020", "after:2021-12-17"),
        *("before:2021-12-16", "last:14d", "after:2022"),
    ],
)
def test_does_not_match(query: str, names: NameIndex) -> None:
    assert not answers(query, ITEM, names)


def named() -> NameIndex:
    index = NameIndex()
    index.add(Field.TOPIC, "sea", ["maritime routes"])
    index.add(Field.COUNTRY, "ng", ["Nigeria"], values=["NG"])
    index.add(Field.COUNTRY, "west-africa", ["West Africa"], values=["NG", "GH"])
    return index


@pytest.mark.parametrize(
    ("query", "topics", "countries", "body", "answer"),
    [
        ("topic:sea", ("drugs", "sea"), (), "", True),
        ("topic:sea", ("drugs",), (), "maritime routes", False),
        ("maritime routes", ("sea",), (), "", True),
        ("maritime routes", (), (), "routes of maritime smugglers", True),
        ("maritime routes", (), (), "maritime", False),
        ("country:ng", (), ("GH", "NG"), "", True),
        ("country:west-africa", (), ("GH",), "", True),
        ("country:west-africa", (), ("FR",), "West Africa", False),
        ("west africa", (), ("FR",), "West Africa", True),
        ("west africa", (), ("FR",), "Africa West", False),
        ("nigeria", (), ("NG",), "Abuja", True),
        ("nigeria", (), (), "in Nigeria", True),
        ("-nigeria", (), ("NG",), "Abuja", False),
    ],
)
def test_a_name_is_the_thing_or_its_words(
    query: str, topics: tuple[str, ...], countries: tuple[str, ...], body: str, *, answer: bool
) -> None:
    item = replace(ITEM, title="Title", caption=None, topics=topics, countries=countries)
    assert answers(query, replace(item, body=body), named()) is answer


def test_a_summary_counts_where_there_is_no_body(names: NameIndex) -> None:
    assert answers("summary", replace(ITEM, body=""), names)


def test_a_name_keeps_apart_from_its_neighbour(names: NameIndex) -> None:
    item = replace(ITEM, lang="ru", title="Нигер", body="", summary="", caption=None)
    assert answers("нигера", item, names)
    assert not answers("нигерия", item, names)


@given(
    title=st.lists(st.sampled_from(WORDS)),
    body=st.lists(st.sampled_from(WORDS)),
    phrase=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
)
def test_a_phrase_is_in_one_of_the_texts(
    title: list[str], body: list[str], phrase: list[str], names: NameIndex
) -> None:
    item = replace(ITEM, title=" ".join(title), body=" ".join(body) or "-", caption=None)
    texts = (f" {' '.join(title)} ", f" {' '.join(body)} ", " unhcr ")
    expected = any(f" {' '.join(phrase)} " in text for text in texts)
    assert answers(f'"{" ".join(phrase)}"', item, names) == expected


def test_terms_are_found_where_they_stand() -> None:
    terms = ItemTerms("one two", "two", "")
    assert terms.texts == ["one two", "two", ""]
    places = [at for at in range(len(terms.text)) if terms.text.startswith(padded(("two",)), at)]
    assert [at < terms.title_end for at in places] == [True, False]
    assert [at < terms.body_end for at in places] == [True, True]
    assert terms.has(("one", "two"))
    assert not terms.has(("two", "two"))
    assert terms.different() == {"one", "two"}
