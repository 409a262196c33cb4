from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.matching import item_terms, matches
from domain.model import Item, Kind
from domain.query import parse
from domain.query.tree import And, Everything, Node, Not, Or, Word
from domain.saved import Frequencies, SavedIndex
from tests.factories import NOW, VOCABULARY, make_item
from tests.trees import DAYS, TEXT, TREES, on

TODAY = NOW.date()
ITEMS = st.builds(
    make_item,
    title=TEXT,
    body=TEXT,
    caption=st.none() | TEXT,
    published=DAYS.map(on),
    lang=st.sampled_from(["en", "fr", "ru", "zh", "und"]),
    kind=st.sampled_from(list(Kind)),
    topics=st.sampled_from([(), ("drugs",), ("drugs", "human-trafficking")]),
    countries=st.sampled_from([(), ("NG",), ("FR", "TH")]),
)


def index_of(trees: list[Node], sample: list[Item]) -> SavedIndex:
    index = SavedIndex(Frequencies((item, item_terms(item)) for item in sample))
    for query_id, tree in enumerate(trees):
        index.add(query_id, tree)
    return index


@given(items=st.lists(ITEMS, min_size=1, max_size=4), trees=st.lists(TREES, max_size=30))
def test_the_index_means_what_matching_means(items: list[Item], trees: list[Node]) -> None:
    index = index_of(trees, items[1:])
    assert len(index) == len(trees)
    for item in items:
        terms = item_terms(item)
        expected = [
            number for number, tree in enumerate(trees) if matches(tree, item, terms, TODAY)
        ]
        assert index.matching(item, terms, TODAY) == expected


def test_queries_as_they_are_saved() -> None:
    texts = [
        *("smugglers", "smugglers convicted", "smugglers convicted 2009", "convicted absent"),
        *("topic:drugs smugglers", "topic:drugs", "-smugglers", "-absent", "absent OR convicted"),
        *('"convicted smugglers"', '"smugglers convicted"', "last:30d", "", "kind:news lang:en"),
    ]
    item = make_item(title="Smugglers convicted")
    index = index_of([parse(text, VOCABULARY).tree for text in texts], [item])
    found = index.matching(item, item_terms(item), TODAY)
    assert [texts[number] for number in found] == [
        *("smugglers", "smugglers convicted", "smugglers convicted 2009"),
        *("-absent", "absent OR convicted", '"smugglers convicted"', "", "kind:news lang:en"),
    ]


def test_a_query_may_be_added_at_any_time_and_age_counts_from_the_day() -> None:
    item = make_item()
    terms = item_terms(item)
    index = index_of([], [])
    assert index.matching(item, terms, TODAY) == []
    index.add(2**40, parse("last:30d smugglers", VOCABULARY).tree)
    assert index.matching(item, terms, TODAY) == []
    assert index.matching(item, terms, date(2009, 7, 1)) == [2**40]


def test_a_word_that_is_nothing_matches_nothing() -> None:
    nothing = Word("?", ())
    trees: list[Node] = [
        nothing,
        And((nothing, Everything())),
        Or((nothing, nothing)),
        Not(nothing),
    ]
    item = make_item()
    assert index_of(trees, []).matching(item, item_terms(item), TODAY) == [3]
