"""Strategies for texts and for queries' trees that may match them."""

from datetime import date, timedelta

from hypothesis import strategies as st

from domain.model import Kind, Published
from domain.query.tree import (
    Age,
    And,
    CountryIs,
    Everything,
    KindIs,
    LangIs,
    Node,
    Not,
    Or,
    Phrase,
    PublishedIn,
    SourceIs,
    TopicIs,
    Word,
)
from domain.text import variants
from tests.factories import NOW, SOURCE, TOPICS


def on(day: date) -> Published:
    """Return the value for a day without a time."""
    return Published.on(day)


WORDS = ["smuggling", "smugglers", "heart", "blue", "coeur", "cœur", "Нигерия", "人口", "贩运人口"]
TEXT = st.lists(st.sampled_from([*WORDS, "and", "the", "."]), max_size=6).map(" ".join)
DAYS = st.dates(NOW.date() - timedelta(days=4), NOW.date() + timedelta(days=2))


def _word(text: str) -> Word:
    return Word(text, tuple(variants(text)))


def _phrase(text: list[str]) -> Phrase:
    return Phrase(" ".join(text), tuple(variants(" ".join(text))))


LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.just(Everything()),
    st.sampled_from(WORDS).map(_word),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(_phrase),
    st.just(Word("?", ())),
    st.sampled_from(TOPICS).map(TopicIs),
    st.sampled_from(list(Kind)).map(KindIs),
    st.sampled_from(["en", "fr", "und"]).map(LangIs),
    st.frozensets(st.sampled_from(["NG", "FR", "TH"])).map(CountryIs),
    st.sampled_from([SOURCE, "elsewhere"]).map(SourceIs),
    st.builds(PublishedIn, DAYS, st.none() | DAYS),
    st.builds(PublishedIn, st.none(), DAYS),
    st.sampled_from([0, 1, 2, 10_000]).map(Age),
)
TREES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        part.map(Not),
        st.lists(part, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(part, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=6,
)
