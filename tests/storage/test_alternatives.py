from datetime import date

from hypothesis import given

from domain.matching import item_terms, matches
from domain.query import parse
from domain.query.tree import And, Node, Or, PublishedIn, Word
from storage.search.alternatives import MOST, Alternative, alternatives, has_date
from tests.factories import NOW, VOCABULARY, make_item
from tests.trees import DAYS, TEXT, TREES, on

TODAY = NOW.date()


def ways(text: str) -> list[Alternative] | None:
    return alternatives(parse(text, VOCABULARY).tree, TODAY)


@given(tree=TREES, title=TEXT, day=DAYS)
def test_an_item_matches_a_query_where_it_matches_an_alternative(
    tree: Node, title: str, day: date
) -> None:
    found = alternatives(tree, TODAY)
    if found is None:
        return
    item = make_item(title=title, published=on(day))
    terms = item_terms(item)
    assert not any(has_date(part) for one in found for part in one.parts)
    assert matches(tree, item, terms, TODAY) == any(
        (one.first is None or one.first <= day)
        and (one.after_last is None or day < one.after_last)
        and all(matches(part, item, terms, TODAY) for part in one.parts)
        for one in found
    )


def test_days_that_all_are_asked_for_are_one_span() -> None:
    assert ways("after:2020 before:2021-06 heart") == [
        Alternative((parse("heart", VOCABULARY).tree,), date(2020, 1, 1), date(2021, 6, 1))
    ]
    assert len(ways("2021 OR heart OR blue") or ()) == 2
    assert len(ways("heart -2021") or ()) == 2


def test_what_comes_to_too_many_is_left_whole() -> None:
    either = Or((Word("a", (("a",),)), PublishedIn(TODAY, None)))
    assert len(alternatives(And((either,) * 5), TODAY) or ()) == MOST
    assert alternatives(And((either,) * 6), TODAY) is None
