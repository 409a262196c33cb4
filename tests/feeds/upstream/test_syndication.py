from datetime import UTC, datetime

import pytest

from domain.errors import DocumentError
from domain.model import Published
from feeds.upstream.formats.syndication import MAX_DEPTH, read_syndication

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>T</title><link>https://example.org/</link><description>d</description>
<language>fr-FR</language>
<item><title>Un &amp;amp; deux</title><link>https://example.org/1</link><guid>one</guid>
<pubDate>Mon, 22 Jun 2009 10:11:12 +0200</pubDate>
<description>&lt;p&gt;Bonjour.&lt;/p&gt;&lt;p&gt;Encore.&lt;/p&gt;</description></item>
<item><description>Only a text</description></item>
<item><link>https://example.org/3</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>T</title><id>urn:x</id>
<updated>2020-01-01T00:00:00Z</updated>
<entry><id>urn:1</id><title>Новость</title><updated>2020-01-02T03:04:05Z</updated>
<link href="https://example.org/n"/><summary>Кратко</summary>
<content type="html">&lt;p&gt;Текст&lt;/p&gt;</content></entry>
</feed>"""


def test_rss() -> None:
    document = read_syndication(RSS)
    first, second = document.drafts
    assert first.title == "Un & deux"
    assert first.published == Published(
        datetime(2009, 6, 22, 8, 11, 12, tzinfo=UTC), day_only=False
    )
    assert first.body == "Bonjour.\n\nEncore."
    assert (first.key, first.link, first.lang) == ("one", "https://example.org/1", "fr")
    assert (second.title, second.published) == ("Only a text", None)
    assert [entry.where for entry in document.skipped] == ["entry 3"]


def test_atom() -> None:
    (draft,) = read_syndication(ATOM).drafts
    assert (draft.title, draft.summary, draft.body, draft.lang) == (
        "Новость",
        "Кратко",
        "Текст",
        "ru",
    )


def test_not_well_formed_is_still_read() -> None:
    broken = RSS.replace("<title>T</title>", "<title>T & U</title>")
    assert len(read_syndication(broken).drafts) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a '&b;&b;'>]><rss/>", "entities"),
        ("<rss version='2.0'>" + "<a>" * (MAX_DEPTH + 1), "nested deeper"),
        ("<html><body>no feed</body></html>", "neither RSS nor Atom"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_syndication(text)
