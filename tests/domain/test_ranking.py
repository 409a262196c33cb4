import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.matching import ItemTerms
from domain.query import Field, NameIndex, parse
from domain.ranking import Ranker
from domain.text import analyse

TEXT = st.lists(st.sampled_from(("migrant", "smuggl", "sea", "heart", "nigeria")), max_size=12)


@pytest.fixture(scope="module")
def names() -> NameIndex:
    index = NameIndex()
    index.add(Field.COUNTRY, "ng", ["Nigeria"], values=["NG"])
    index.add(Field.TOPIC, "sea", ["smuggling by sea"])
    return index


def terms(title: str = "", body: str = "", caption: str = "") -> ItemTerms:
    return ItemTerms(*(" ".join(analyse(text, "en")) for text in (title, body, caption)))


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("heart", terms(title="A heart"), terms(body="A heart")),
        ("heart", terms(body="A heart"), terms(caption="A heart")),
        ("heart", terms(title="A heart", body="heart"), terms(title="A heart", body="nothing")),
        ("heart", terms(body="heart and heart"), terms(body="heart and more")),
        ("heart", terms(title="Heart now"), terms(title="Heart in a longer title")),
        ("heart OR sea", terms(body="heart sea"), terms(body="heart")),
        ("heart blue", terms(body="a blue heart"), terms(body="blue, and later a heart")),
        ("heart blue", terms(title="blue heart"), terms(title="blue as a heart")),
        ('"blue heart"', terms(title="blue heart"), terms(body="blue heart")),
        ("nigeria sea", terms(title="Sea off Nigeria"), terms(title="Sea off Ghana")),
        ("smuggling by sea", terms(title="Smuggling of drugs by sea"), terms(title="Smuggling")),
        ("smuggling by sea", terms(title="Smuggling by boat"), terms(title="Refugees")),
        ("heart (x OR z)", terms(title="heart x"), terms(title="heart")),
    ],
)
def test_is_better(query: str, better: ItemTerms, worse: ItemTerms, names: NameIndex) -> None:
    ranker = Ranker(parse(query, names).tree)
    assert ranker.score(better) > ranker.score(worse)


@pytest.mark.parametrize("query", ["", "kind:news", "-heart", "2021 country:ng", "-(x OR heart)"])
def test_filters_are_no_evidence(query: str, names: NameIndex) -> None:
    assert Ranker(parse(query, names).tree).score(terms(title="heart 2021")) == 0


def test_a_filter_beside_a_word_changes_nothing(names: NameIndex) -> None:
    item = terms(title="heart", body="the heart of the sea")
    plain, filtered = (
        Ranker(parse(text, names).tree) for text in ("heart", "heart kind:news -asia")
    )
    assert plain.score(item) == filtered.score(item) > 0


@given(title=TEXT, body=TEXT, caption=TEXT)
def test_is_never_negative_and_the_same_each_time(
    title: list[str], body: list[str], caption: list[str], names: NameIndex
) -> None:
    ranker = Ranker(parse("migrants smuggling nigeria (sea OR heart)", names).tree)
    texts = [" ".join(text) for text in (title, body, caption)]
    first = ranker.score(ItemTerms(*texts))
    assert first == ranker.score(ItemTerms(*texts))
    assert first == round(first, 6) >= 0


@given(body=TEXT, more=TEXT)
def test_more_evidence_in_the_body_is_never_worse(
    body: list[str], more: list[str], names: NameIndex
) -> None:
    ranker = Ranker(parse("heart sea", names).tree)
    short, long = (ItemTerms("", " ".join(text), "") for text in (body, body + more))
    assert ranker.score(long) >= ranker.score(short)
