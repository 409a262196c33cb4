from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.messages.answer import Results, answer, latest
from bot.messages.callbacks import Follow, Order, Ref, ShowPage, ShowTopics, Stop, decode
from bot.messages.dates import span
from bot.messages.digest import Heading, digest
from bot.messages.item import item_block
from bot.messages.push import push
from bot.messages.text import ENTITY_LIMIT, LIMIT, entities, size, visible
from domain.model import Kind, Published
from tests.bot.support import LINKS, item

WILD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=600)


def results(count: int, **changes: Any) -> Results:
    base = Results(
        query="nigeria",
        description="country: Nigeria",
        order=Order.BEST,
        page=1,
        items=tuple(item(f"2009-06-22-{number}") for number in range(min(count, 5))),
        total=count,
        subscription=None,
        source_name=str,
    )
    return replace(base, **changes)


def presses(keyboard: InlineKeyboardMarkup | None) -> list[object]:
    assert keyboard is not None
    return [decode(str(button.callback_data)) for row in keyboard.inline_keyboard for button in row]


def test_an_item_shows_title_date_source_kind_and_summary() -> None:
    html = item_block(item(title="Fish & <chips>"), LINKS, str, number=3)
    assert html == (
        '<b>3. <a href="https://news.example/items/2009-06-22-3f9a1c0b7d">'
        "Fish &amp; &lt;chips&gt;</a></b>\n"
        "<i>22 Jun 2009 · unodc · news</i>\n"
        "Boats carry more people than a year ago."
    )


def test_a_count_that_may_go_on_says_so() -> None:
    assert "400 results · page 1 of 80" in answer(results(400), LINKS).html
    assert "400+ results · page 1 of 80" in answer(results(400, is_whole=False), LINKS).html


def test_an_item_names_the_other_versions_of_its_story() -> None:
    french = item("fr", lang="fr", published=Published.on(date(2009, 7, 1)))
    again = [item(f"en-{day}", published=Published.on(date(2009, 8, day))) for day in range(1, 6)]
    html = item_block(item(), LINKS, str, also=[french, *again])
    assert visible(html).endswith("also in: FR · also on: 1 Aug 2009, 2 Aug 2009, 3 Aug 2009")
    assert '<a href="https://news.example/items/fr">FR</a>' in html
    assert "also" not in item_block(item(), LINKS, str)
    assert "also in: <a" in push(item(), LINKS, str, [french]).html


def test_an_event_shows_its_days() -> None:
    event = item(kind=Kind.EVENT, starts=date(2009, 6, 22), ends=date(2009, 6, 24), summary="")
    assert visible(item_block(event, LINKS, str)).endswith("event on 22–24 Jun 2009")
    assert span(date(2009, 6, 22), None) == "22 Jun 2009"
    assert span(date(2009, 6, 22), date(2009, 6, 22)) == "22 Jun 2009"


def test_an_answer_says_how_it_was_read_and_where_it_goes_on() -> None:
    message = answer(results(12, page=2), LINKS)
    assert "<b>country: Nigeria</b>\n12 results · page 2 of 3" in message.html
    assert "<b>6. " in message.html
    assert "https://news.example/search?q=nigeria" in message.html
    assert "https://news.example/search/feed.rss?q=nigeria" in message.html
    assert presses(message.keyboard) == [
        ShowPage(Ref("nigeria"), Order.BEST, 1),
        ShowPage(Ref("nigeria"), Order.BEST, 3),
        Follow(Ref("nigeria")),
    ]


def test_a_single_result_has_no_pages() -> None:
    message = answer(results(1, subscription=9), LINKS)
    assert "1 result\n" in message.html
    assert presses(message.keyboard) == [Stop(9)]


def test_a_topic_leads_to_its_feed_and_back_to_the_topics() -> None:
    message = answer(results(1, query="topic:drugs"), LINKS)
    assert 'href="https://news.example/topics/drugs/feed.rss"' in message.html
    assert presses(message.keyboard) == [Follow(Ref("topic:drugs")), ShowTopics()]


def test_no_result_still_offers_to_follow() -> None:
    for message in (answer(results(0), LINKS), latest(results(0), LINKS)):
        assert "Nothing found for <b>country: Nigeria</b>" in message.html
        assert presses(message.keyboard) == [Follow(Ref("nigeria")), ShowTopics()]


def test_the_latest_few_lead_to_the_rest() -> None:
    few = results(9, items=(item("a"), item("b"), item("c")), subscription=4)
    message = latest(few, LINKS)
    assert "The latest 3" in message.html
    assert presses(message.keyboard) == [ShowPage(Ref("nigeria")), Stop(4)]
    assert presses(latest(results(2, subscription=4), LINKS).keyboard) == [Stop(4)]


@given(WILD, WILD, WILD)
def test_every_answer_and_push_is_within_the_limits(title: str, summary: str, words: str) -> None:
    wild = item(title=title, summary=summary, source=words)
    few = results(99, items=(wild,) * 5, description=words, query=words[:500])
    for message in (answer(few, LINKS), latest(few, LINKS), push(wild, LINKS, str)):
        assert size(message.html) <= LIMIT
        assert entities(message.html) <= ENTITY_LIMIT


def test_a_digest_groups_by_topic_newest_first() -> None:
    day = date(2026, 3, 1)
    found = [
        item("old", title="Old", topics=("drugs",), published=Published.on(day)),
        item("none", title="None", topics=(), published=Published.on(day + timedelta(9))),
        item("new", title="New", topics=("drugs", "x"), published=Published.on(day + timedelta(1))),
        item("law", title="Law", topics=("law",), published=Published.on(day + timedelta(2))),
    ]
    of = Heading(description="", page="after:2026-03")
    (part,) = digest(found, of, str.upper, LINKS)
    message = part.message
    assert part.items == (found[3], found[2], found[0], found[1])
    assert visible(message.html) == (
        "Your digest: everything\n\n"
        "LAW\n• Law · 3 Mar 2026\n\n"
        "DRUGS\n• New · 2 Mar 2026\n• Old · 1 Mar 2026\n\n"
        "Other news\n• None · 10 Mar 2026\n\n"
        "Full list"
    )
    assert f'<a href="{LINKS.search("after:2026-03")}">Full list</a>' in message.html
    assert message.keyboard is not None


@given(st.lists(st.tuples(WILD, st.sampled_from("abc")), min_size=1, max_size=90))
@settings(max_examples=40)
def test_a_digest_holds_every_item_in_as_few_messages_as_fit(
    entries: list[tuple[str, str]],
) -> None:
    found = [
        item(f"slug-{number}-", title=title, topics=(topic,))
        for number, (title, topic) in enumerate(entries)
    ]
    parts = digest(found, Heading(description="", page=""), str, LINKS)
    assert sorted(one.slug for part in parts for one in part.items) == sorted(
        one.slug for one in found
    )
    messages = [part.message for part in parts]
    for message in messages:
        assert size(message.html) <= LIMIT
        assert entities(message.html) <= ENTITY_LIMIT
    whole = "".join(message.html for message in messages)
    for one in found:
        assert whole.count(LINKS.item(one.slug)) == 1
    for message in messages[:-1]:
        assert size(message.html) > LIMIT - 300 or entities(message.html) >= ENTITY_LIMIT - 1
    assert all(message.keyboard is None for message in messages[:-1])


def test_a_digest_too_long_for_four_messages_links_to_the_rest() -> None:
    found = [item(f"slug-{number}-", title="word " * 40) for number in range(300)]
    parts = digest(found, Heading(description="Nigeria", page="nigeria"), str, LINKS)
    messages = [part.message for part in parts]
    assert sum(len(part.items) for part in parts) == 300, "what is on the page counts as told"
    assert len(messages) == 4
    shown = sum(message.html.count("• ") for message in messages)
    assert f'<a href="https://news.example/search?q=nigeria">… and {300 - shown} more</a>' in (
        messages[-1].html
    )
    assert all(size(message.html) <= LIMIT for message in messages)


def test_a_digest_says_what_it_is_of() -> None:
    (part,) = digest([], Heading(description="boats", page="boats"), str, LINKS)
    assert visible(part.message.html) == "Your digest: boats\n\nNothing new."
    missed = Heading(description=None, page="", goes_on=True)
    (part,) = digest([item(title="One", topics=())], missed, str, LINKS)
    assert visible(part.message.html).startswith("What you missed (continued)\n\nOther news\n• One")
    assert "Full list" not in part.message.html
