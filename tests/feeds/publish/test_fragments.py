from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model import Item
from feeds.publish.fragments import Fragments
from feeds.publish.render import FORMATS, render
from tests.feeds.factories import ADDED, LINKS, PlainNames, a_channel, an_item
from tests.feeds.validate import problems


class Renderer:
    """Renders an item as its title, and remembers which were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, items: Sequence[Item]) -> list[bytes]:
        self.asked += [item.title for item in items]
        return [item.title.encode() for item in items]


def test_an_entry_is_rendered_once_a_version_and_format() -> None:
    fragments, renderer = Fragments(), Renderer()
    first, second = an_item(1), an_item(2)
    assert fragments.of("rss", [first], renderer) == [first.title.encode()]
    assert fragments.of("rss", [second, first], renderer) == [
        second.title.encode(),
        first.title.encode(),
    ]
    edited = replace(first, title="Edited", updated=ADDED + timedelta(seconds=1))
    assert fragments.of("rss", [edited, first], renderer)[0] == b"Edited"
    fragments.of("atom", [first], renderer)
    assert renderer.asked == [first.title, second.title, "Edited", first.title]


def test_those_asked_for_longest_ago_are_dropped_first() -> None:
    fragments, renderer = Fragments(capacity=1300), Renderer()
    one, two, three, four = (an_item(number) for number in range(1, 5))
    for item in (one, two, three, one, four):
        fragments.of("rss", [item], renderer)
    assert fragments.size <= 1300
    renderer.asked.clear()
    fragments.of("rss", [one, three, four], renderer)
    assert renderer.asked == []
    fragments.of("rss", [two], renderer)
    assert renderer.asked == [two.title]


def test_more_than_there_is_room_for_is_rendered_all_the_same() -> None:
    fragments, renderer = Fragments(capacity=1000), Renderer()
    items = [an_item(number) for number in range(10)]
    assert fragments.of("rss", items, renderer) == [item.title.encode() for item in items]
    assert fragments.size <= 1000


@pytest.mark.parametrize("extension", FORMATS)
@given(numbers=st.lists(st.integers(0, 27), unique=True, max_size=8), kept=st.integers(0, 8))
def test_kept_entries_give_the_same_document(extension: str, numbers: list[int], kept: int) -> None:
    items = [an_item(number, body=f"<item> & </entry> {number}") for number in numbers]
    fragments = Fragments()
    channel, names = a_channel(extension), PlainNames()
    render(extension, channel, items[:kept], LINKS, names, fragments)
    plain = render(extension, channel, items, LINKS, names)
    assert render(extension, channel, items, LINKS, names, fragments) == plain
    assert problems(extension, plain) == []
