from datetime import date, timedelta

from domain.model import Published
from feeds.publish.channel import NEVER, changed_at, newest_change, published_at
from tests.feeds.factories import ADDED, a_channel, an_item

SECOND = timedelta(seconds=1)


def test_an_archive_that_was_just_read_in_is_not_news() -> None:
    item = an_item(1)
    assert changed_at(item) - item.published.at < SECOND


def test_an_edit_is_a_change() -> None:
    edited = ADDED + timedelta(days=1)
    assert changed_at(an_item(1, updated=edited)) - edited < SECOND


def test_what_announces_a_later_day_is_published_when_it_comes() -> None:
    item = an_item(1, published=Published.on(date(2031, 5, 10)))
    assert published_at(item) == ADDED.replace(microsecond=0)
    edited = an_item(1, published=item.published, updated=ADDED + timedelta(days=1))
    for one in (item, edited):
        assert one.updated - SECOND < changed_at(one) < one.updated + SECOND
        assert published_at(one) <= changed_at(one)


def test_items_of_one_day_change_at_different_times() -> None:
    items = [an_item(1, slug=f"2009-06-02-{number:010x}") for number in range(50)]
    assert len({changed_at(item) for item in items}) == 50
    assert newest_change(items) == max(changed_at(item) for item in items)


def test_an_empty_feed_never_changed() -> None:
    assert newest_change([]) == NEVER


def test_a_feed_has_one_id_in_every_format() -> None:
    ids = {a_channel(extension, query='kind:event "a/b"').id for extension in ("rss", "atom")}
    assert ids == {"tag:topicwire.invalid,2026:feed/kind%3Aevent%20%22a%2Fb%22"}
