from lxml import etree

from feeds.publish.opml import Outline, render_opml


def test_outlines_keep_their_order_and_their_parts() -> None:
    part = Outline(title="By sea", feed_url="https://x.example/b.atom", language="en")
    whole = Outline(
        title="Smuggling & <more>",
        feed_url="https://x.example/a.atom",
        home="https://x.example/a",
        categories=("/news", "law"),
        parts=(part,),
    )
    document = render_opml("All \x0btopics", [whole])
    assert document == render_opml("All \x0btopics", [whole])
    root = etree.fromstring(document)
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "All topics"
    assert [child.tag for child in root[0]] == ["title"]  # W3C's validator knows no `docs` there
    (outer,) = root.findall("body/outline")
    assert dict(outer.attrib) == {
        "type": "rss",
        "text": "Smuggling & <more>",
        "title": "Smuggling & <more>",
        "xmlUrl": "https://x.example/a.atom",
        "htmlUrl": "https://x.example/a",
        "category": "/news,law",
    }
    assert [dict(inner.attrib) for inner in outer] == [
        {
            "type": "rss",
            "text": "By sea",
            "title": "By sea",
            "xmlUrl": "https://x.example/b.atom",
            "language": "en",
        }
    ]
