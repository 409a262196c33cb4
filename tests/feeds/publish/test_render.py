import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from domain.model import Item, Kind, Published
from domain.text import clean
from feeds.publish.channel import FeedLink
from feeds.publish.render import FORMATS, render
from tests.feeds.factories import ADDED, LINKS, PlainNames, a_channel, an_item
from tests.feeds.validate import problems

EVERY = pytest.mark.parametrize("extension", FORMATS)

HARD = (
    an_item(1, title="AT&T, Q&A: rates <5 % & “rising” > 3", link="https://un.example/a?b=1&c=2"),
    an_item(2, title="<script>alert(1)</script> &lt;b&gt; </title>", summary="", body=""),
    an_item(3, lang="ar", title="تهريب المهاجرين", body="فقرة أولى\n\nفقرة ثانية", countries=()),
    an_item(4, lang="und", topics=(), countries=("NG", "CI"), kind=Kind.EVENT),
    an_item(5, body="Three aims:\n- one <b>\n- two & a half\n\n• three\n\nThe end ]]> <p>"),
    an_item(6, lang="fr", caption="À l’hôtel", photo_credit="ONUDC", kind=Kind.PUBLICATION),
    an_item(7, updated=ADDED + timedelta(days=2), summary="<i>not markup</i>", source="who"),
    an_item(8, published=Published(datetime(2013, 4, 26, 15, 41, 29, tzinfo=UTC), day_only=False)),
)


def rendered(extension: str, *items: Item) -> bytes:
    return render(extension, a_channel(extension), items, LINKS, PlainNames())


def read(extension: str, *items: Item) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(rendered(extension, *items), sanitize_html=False)
    assert not parsed.bozo
    return parsed


@EVERY
def test_feeds_keep_every_rule(extension: str) -> None:
    items = [*HARD, *(an_item(number) for number in range(20, 62))]
    assert problems(extension, rendered(extension, *items)) == []


@EVERY
def test_an_empty_feed_keeps_every_rule(extension: str) -> None:
    assert problems(extension, rendered(extension)) == []


@EVERY
def test_the_same_content_gives_the_same_bytes(extension: str) -> None:
    assert rendered(extension, *HARD) == rendered(extension, *HARD)


@EVERY
def test_an_edit_changes_the_bytes_but_not_the_id(extension: str) -> None:
    before = an_item(1)
    after = replace(before, title="Corrected", updated=ADDED + timedelta(hours=1))
    assert rendered(extension, before) != rendered(extension, after)
    assert before.id.encode() in rendered(extension, after)


words = st.text(min_size=1, max_size=60).map(clean).map(str.strip).filter(bool)


@given(title=words, summary=words, body=words, caption=words, name=words)
@EVERY
def test_no_text_breaks_a_rule(
    extension: str, title: str, summary: str, body: str, caption: str, name: str
) -> None:
    item = an_item(1, title=title, summary=summary, body=body, caption=caption, source=name)
    assert problems(extension, rendered(extension, item)) == []


@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_a_real_reader_sees_what_was_written(extension: str) -> None:
    parsed = read(extension, *HARD)
    assert [entry.id for entry in parsed.entries] == [item.id for item in HARD]
    assert [entry.link for entry in parsed.entries] == [LINKS.item(item.slug) for item in HARD]
    assert [entry.get("author") for entry in parsed.entries][-2:] == ["who", "UNODC"]
    assert parsed.entries[0].title == HARD[0].title
    assert parsed.entries[7].published_parsed[:6] == (2013, 4, 26, 15, 41, 29)
    assert parsed.feed.title.replace("\u200b", "") == "News & “events” <all>"
    assert parsed.feed.link == "https://news.example.org/"
    assert parsed.feed.language == "en"


@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_categories_say_whose_terms_they_are(extension: str) -> None:
    tags = read(extension, HARD[3]).entries[0].tags
    assert [(tag.scheme, tag.label or tag.term) for tag in tags] == [
        ("https://news.example.org/kinds", "Event"),
        ("https://news.example.org/countries", "Nigeria"),
        ("https://news.example.org/countries", "Côte d’Ivoire"),
    ]


def test_rss_titles_survive_being_unescaped_twice() -> None:
    document = rendered("rss", HARD[0], HARD[1])
    assert b"<title>AT&#x26;T, Q&#x26;A: rates &#x3C;5 % &#x26; " in document
    once = read("rss", HARD[1]).entries[0].title
    twice = "".join(etree.HTML(f"<p>{once}</p>").itertext())
    assert once == twice
    assert twice.replace("\u200b", "") == HARD[1].title


def test_rss_summary_is_html_and_atom_summary_is_text() -> None:
    assert read("rss", HARD[6]).entries[0].summary == "&lt;i&gt;not markup&lt;/i&gt;"
    assert read("atom", HARD[6]).entries[0].summary == "<\u200bi>not markup<\u200b/i>"


def test_the_originals_address_is_kept_in_every_format() -> None:
    address = "https://un.example/a?b=1&c=2"
    assert read("rss", HARD[0]).entries[0].source.href == address
    links = read("atom", HARD[0]).entries[0].links
    assert [(link.rel, link.href) for link in links] == [
        ("alternate", LINKS.item(HARD[0].slug)),
        ("via", address),
    ]
    assert json.loads(rendered("json", HARD[0]))["items"][0]["external_url"] == address


@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_rights_are_the_sources_where_it_has_a_name(extension: str) -> None:
    name = {"rss": "{http://purl.org/dc/elements/1.1/}rights"}.get(
        extension, "{http://www.w3.org/2005/Atom}rights"
    )
    root = etree.fromstring(rendered(extension, HARD[0], HARD[6]))
    assert [element.text for element in root.iter(name)] == ["© UNODC"]


@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_each_entry_has_its_own_language(extension: str) -> None:
    root = etree.fromstring(rendered(extension, *HARD[:4]))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    entries = [*root.iter("item", "{http://www.w3.org/2005/Atom}entry")]
    assert [entry.get(lang) for entry in entries] == ["en", "en", "ar", None]


def test_hub_and_paging_links_are_written_where_a_format_has_a_place_for_them() -> None:
    links = (
        FeedLink("hub", "https://hub.example/"),
        FeedLink("next", "https://news.example.org/feed.rss?page=2"),
        FeedLink("enclosure", "https://news.example.org/a.pdf", "application/pdf", 1234),
    )
    documents = {
        extension: render(extension, a_channel(extension, links=links), (), LINKS, PlainNames())
        for extension in FORMATS
    }
    for extension in ("rss", "atom"):
        found = feedparser.parse(documents[extension]).feed.links
        assert {"self", "hub", "next", "alternate", "enclosure"} == {link.rel for link in found}
        assert next(link.length for link in found if link.rel == "enclosure") == "1234"
        assert problems(extension, documents[extension]) == []
    feed = json.loads(documents["json"])
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert feed["next_url"] == "https://news.example.org/feed.rss?page=2"


def test_rendering_leaves_the_locale_of_the_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("the locale was touched")

    monkeypatch.setattr("locale.setlocale", refuse)
    assert b"<pubDate>Tue, 02 Jun 2009 00:00:00 +0000</pubDate>" in rendered("rss", an_item(1))


def test_control_characters_in_a_query_do_not_break_its_feed() -> None:
    channel = a_channel("rss", title="Search: \x00a\ufffe")
    assert b"Search: a" in render("rss", channel, (), LINKS, PlainNames())
