"""A source's links and tables, from its feed to ours and to the item's page."""

import json
from html import escape, unescape

from lxml import html

from domain.sources import SourceKind
from feeds.publish.render import FORMATS
from tests.feeds.upstream.polling.world import World
from tests.feeds.validate import problems
from tests.feeds.web.conftest import a_world

CONTENT = """
<div class="field"><h4>Figures</h4><p>See <a href="/report?utm_source=feed" onclick="x()">the
report</a>.</p><img src="https://spy.example/pixel.gif" alt=""><script>alert(1)</script>
<table><tr><th>Year<th>Cases</tr><tr><td>2020<td>7</tr></table></div>
"""
KEPT = (
    '<h2>Figures</h2><p>See <a href="https://un.example/report?utm_source=feed"'
    ' rel="nofollow noopener noreferrer">the\nreport</a>.</p>\n'
    "<table><tbody><tr><th>Year</th><th>Cases</th></tr>"
    "<tr><td>2020</td><td>7</td></tr></tbody></table>"
)
TEXT = "Figures\n\nSee the report.\n\nYear Cases\n2020 7"


def atom(content: str) -> bytes:
    return f"""<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom"><id>tag:un.example:feed</id><title>Office</title>
    <entry xml:base="https://un.example/news/"><id>tag:un.example:1</id><title>Report</title>
    <link href="1"/><updated>2024-04-30T10:00:00Z</updated>
    <content type="html">{escape(content)}</content></entry></feed>""".encode()


async def test_links_and_tables_reach_feeds_and_pages(world: World, sqlite_url: str) -> None:
    await world.add(kind=SourceKind.ATOM)
    world.shown.body = atom(CONTENT)
    assert (await world.poll()).new == 1
    (item,) = await world.items()
    assert (item.body, item.summary) == (TEXT, " ".join(TEXT.split()))
    web = a_world(sqlite_url)
    for extension in FORMATS:
        feed = await web.get(f"/feed.{extension}")
        assert problems(extension, feed.content) == []
        (entry,) = json.loads(feed.text)["items"] if extension == "json" else [{}]
        assert KEPT in entry.get("content_html", unescape(feed.text))
    page = html.fromstring((await web.get(f"/items/{item.slug}")).text)
    (text,) = page.find_class("text")
    assert text.xpath(".//a/@href") == ["https://un.example/report?utm_source=feed"]
    assert text.xpath(".//h2/text()") == ["Figures"]
    assert text.xpath(".//div[@class='scroll']/table//td/text()") == ["2020", "7"]
    assert not text.xpath(".//img | .//script | .//*[@onclick] | ./*//@class[. != 'scroll']")
    for other in ("/", f"/items/{item.slug}.json", "/api/v1/items", "/search?q=figures"):
        assert "utm_source" not in (await web.get(other)).text
    await web.reader.aclose()
    await web.db.dispose()


async def test_other_trackers_in_the_same_links_are_no_change(world: World) -> None:
    await world.add(kind=SourceKind.ATOM)
    world.shown.body = atom(CONTENT)
    await world.poll()
    (before,) = await world.items()
    world.shown.body = atom(CONTENT.replace("utm_source=feed", "utm_source=other"))
    assert (await world.poll()).new == 0
    assert await world.items() == [before]
