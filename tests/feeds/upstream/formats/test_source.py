"""Documents as sources send them: misdeclared, malformed, and of another kind than expected."""

from datetime import timedelta
from html import escape

import pytest

from domain.errors import DocumentError
from domain.model import Published
from domain.sources import Selectors, SourceKind
from feeds.upstream.formats.document import Document
from feeds.upstream.formats.limits import MAX_ENTRIES, MAX_TEXT
from feeds.upstream.formats.source import kind_of, read_source
from feeds.upstream.formats.webpage import WebPage

ADDRESS = "https://news.example/office/feed.xml"


def read(data: bytes | str, *, kind: SourceKind | None = SourceKind.RSS) -> Document:
    raw = data.encode() if isinstance(data, str) else data
    return read_source(raw, kind=kind, address=ADDRESS)


def rss(items: str, head: str = "") -> str:
    return f'<rss version="2.0"><channel><title>T</title>{head}{items}</channel></rss>'


def titles(document: Document) -> list[str]:
    return [draft.title for draft in document.drafts]


@pytest.mark.parametrize(
    ("declared", "encoding", "served"),
    [
        ("utf-8", "utf-8", None),
        ("iso-8859-1", "utf-8", None),
        ("us-ascii", "utf-8", "iso-8859-1"),
        ("utf-8", "windows-1251", None),
        ("windows-1251", "windows-1251", "utf-8"),
        (None, "koi8-r", "koi8-r"),
        (None, "utf-16", None),
        ("utf-8", "utf-16", None),
        ("utf-16", "utf-8", None),
        ("no-such", "utf-8", "neither"),
    ],
)
def test_encodings_are_checked(declared: str | None, encoding: str, served: str | None) -> None:
    said = f' encoding="{declared}"' if declared else ""
    title = "Конференция по борьбе с торговлей людьми"
    text = f'<?xml version="1.0"{said}?>' + rss(f"<item><title>{title}</title></item>")
    document = read_source(
        text.encode(encoding), kind=SourceKind.RSS, address=ADDRESS, charset=served
    )
    assert titles(document) == [title]


def test_a_broken_sign_does_not_spoil_the_rest() -> None:
    body = "Réunion à Genève, été 2024. " * 20
    data = rss(f"<item><title>Décision</title><description>{body}</description></item>").encode()
    (draft,) = read(data.replace(b"t\xc3\xa9 2", b"t\xc3 2", 1)).drafts
    assert draft.title == "Décision"
    assert draft.body.count("\ufffd") == 1


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<title>A &amp; B</title>", "A & B"),
        ("<title>A & B</title>", "A & B"),
        ("<title>caf&eacute; &nbsp;au lait</title>", "café au lait"),
        ("<title><![CDATA[5 &lt; 6]]></title>", "5 < 6"),
        ("<title>one\x0btwo</title><description>" + "x" * 400 + "</description>", "onetwo"),
        ("<title>&#146;quoted&#x201d;</title>", "’quoted”"),
        ("<title type='html'>&lt;b&gt;bold&lt;/b&gt;</title>", "bold"),
        ("<title><b>bold</b></title>", "bold"),
        ("<title></title><description>First line.&lt;p&gt;More.</description>", "First line."),
        ("<description>word " + "word " * 100 + "</description>", "word " * 31 + "…"),
        ("<dc:title xmlns:dc='http://purl.org/dc/elements/1.1/'>Other</dc:title>", "Other"),
    ],
)
def test_malformed_titles(markup: str, expected: str) -> None:
    (title,) = titles(read(rss(f"<item>{markup}</item>")))
    assert title == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Mon, 22 Jun 2009 10:11:12 +0200", "2009-06-22T08:11:12"),
        ("Mon, 22 Jun 2009 10:11:12 EST", "2009-06-22T15:11:12"),
        ("Tue, 22 Jun 2009 10:11 GMT", "2009-06-22T10:11:00"),
        ("22 Jun 09", "2009-06-22"),
        ("2009-06-22", "2009-06-22"),
        ("2009-06-22T10:11:12Z", "2009-06-22T10:11:12"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0000-00-00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(printed: str, expected: str | None) -> None:
    (draft,) = read(rss(f"<item><title>A</title><pubDate>{printed}</pubDate></item>")).drafts
    assert (draft.published.isoformat() if draft.published else None) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/a", "https://news.example/a"),
        ("b?x=1&amp;y=2", "https://news.example/office/b?x=1&y=2"),
        ("https://other.example/c", "https://other.example/c"),
        ("javascript:alert(1)", None),
        ("mailto:a@b.example", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_links(link: str, expected: str | None) -> None:
    (draft,) = read(rss(f"<item><title>A</title><link>{link}</link></item>")).drafts
    assert (draft.link, draft.key) == (expected, expected)


def test_markup_becomes_text_without_scripts() -> None:
    html = escape("<p onclick=x>One<script>alert(1)</script></p><style>p{}</style><p>Two</p>")
    (draft,) = read(rss(f"<item><title>A</title><description>{html}</description></item>")).drafts
    assert draft.body == "One\n\nTwo"


def test_texts_and_entries_have_an_end() -> None:
    long = "word " * MAX_TEXT
    (draft,) = read(rss(f"<item><title>A</title><description>{long}</description></item>")).drafts
    assert len(draft.body) <= MAX_TEXT
    many = "".join(f"<item><title>{n}</title></item>" for n in range(MAX_ENTRIES + 5))
    assert len(read(rss(many)).drafts) == MAX_ENTRIES


def test_nested_markup_is_read_in_time() -> None:
    nested = "&lt;div&gt;" * 25_000 + "deep"
    items = f"<item><title>A</title><description>{nested}</description></item>"
    assert titles(read(rss(items))) == ["A"]


def test_what_a_feed_says_of_itself() -> None:
    head = (
        "<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>3</hour></skipHours>"
        "<skipDays><day>Sunday</day></skipDays>"
        "<a:link xmlns:a='http://www.w3.org/2005/Atom' rel='hub' href='https://hub.example/'/>"
    )
    channel = read(rss("", head)).channel
    assert (channel.title, channel.ttl, channel.hub) == (
        "T", timedelta(minutes=90), "https://hub.example/")  # fmt: skip
    assert channel.skip_hours == frozenset((0, 3))
    assert channel.skip_days == frozenset((6,))
    module = (
        "<s:updatePeriod xmlns:s='http://purl.org/rss/1.0/modules/syndication/'>daily"
        "</s:updatePeriod><s:updateFrequency"
        " xmlns:s='http://purl.org/rss/1.0/modules/syndication/'>4</s:updateFrequency>"
    )
    assert read(rss("", module)).channel.ttl == timedelta(hours=6)


@pytest.mark.parametrize(
    ("doctype", "is_read"),
    [
        ("<!DOCTYPE rss [<!ENTITY copy '&#169;'>]>", True),
        ("<!DOCTYPE rss SYSTEM 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>", True),
        ("<!-- x --><!doctype rss [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>", False),
        ("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", False),
        ("<!DOCTYPE rss [<!ENTITY % x 'y'>]>", False),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities(doctype: str, encoding: str, *, is_read: bool) -> None:
    data = f"<?xml version='1.0'?>{doctype}{rss('<item><title>A</title></item>')}".encode(encoding)
    if is_read:
        assert titles(read(data)) == ["A"]
    else:
        with pytest.raises(DocumentError, match="entities"):
            read(data)


def test_entities_in_a_text_are_text() -> None:
    item = "<item><title>A</title><description><![CDATA[<!ENTITY x '&y;'>]]></description></item>"
    assert titles(read(rss(item))) == ["A"]


def test_json_feeds_with_wrong_values() -> None:
    document = read(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "language": "ru",'
        ' "hubs": [{"type": "rssCloud", "url": "https://a.example/"}, 5,'
        ' {"type": "WebSub", "url": "https://hub.example/"}],'
        ' "items": [{"id": 7, "title": "Числа", "date_published": "soon", "url": "/x"}, 5, {},'
        ' {"id": "8", "content_html": ["no"], "content_text": "Only text", "url": 9}]}',
        kind=SourceKind.JSON,
    )
    first, second = document.drafts
    assert (first.key, first.published, first.link, first.lang) == (
        "7", None, "https://news.example/x", "ru")  # fmt: skip
    assert (second.title, second.link) == ("Only text", None)
    assert len(document.skipped) == 2
    assert document.channel.hub == "https://hub.example/"
    assert kind_of(document) is SourceKind.JSON


def test_atom_and_rdf() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/"><title>T</title>'
        '<entry><id>urn:i</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A'
        ' <b>b</b></div></title><link href="x"/>'
        "<updated>2024-05-01T10:00:00+02:00</updated></entry></feed>"
    )
    document = read(atom)
    (draft,) = document.drafts
    assert (draft.title, draft.link, draft.key) == ("A b", "https://b.example/x", "urn:i")
    assert draft.published == Published.from_iso("2024-05-01T08:00:00")
    assert kind_of(document) is SourceKind.ATOM
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel>'
        "<item><title>A</title><link>https://a.example/</link></item></rdf:RDF>"
    )
    assert titles(read(rdf)) == ["A"]


@pytest.mark.parametrize(
    ("href", "is_feed"),
    [
        ("/feed", True),
        ("/blog/rss/", True),
        ("/blog/index.xml", True),
        ("/news.atom", True),
        ("/feed.json?lang=en", True),
        ("/?feed=rss2", True),
        ("/news?format=feed&type=rss", True),
        ("/feedback", False),
        ("/sitemap.xml", False),
        ("/atomic/", False),
        ("/search?q=feed", False),
    ],
)
def test_links_that_look_like_feeds(href: str, is_feed: bool) -> None:
    page = WebPage(f"<html><a href='{href.replace('&', '&amp;')}'>x</a></html>", ADDRESS)
    assert page.feeds() == ((f"https://news.example{href}",) if is_feed else ())


def test_a_page_as_a_listing_with_its_links_and_feeds() -> None:
    page = (
        "<!doctype html><html><head><title>Office</title><base href='https://b.example/'>"
        "<link rel='ALTERNATE feed' type='application/atom+xml; charset=x' href='comments.atom'>"
        "<link rel=alternate type=application/rss+xml href=/main.rss></head><body>"
        "<a href='more/feed/'>Feed</a>"
        "<h3><a href='/1'>Smugglers were convicted</a></h3><p>3 May 2024</p>"
        "<p>The court in Rome found them guilty. They had taken people over the sea.</p>"
        "<h3><a href='/2'>A new manual is out</a></h3><p>1 May 2024</p>"
        "<p>The manual is for judges and prosecutors. It has four parts.</p></body></html>"
    )
    document = read(page, kind=None)
    assert [(draft.title, draft.link) for draft in document.drafts] == [
        ("Smugglers were convicted", "https://b.example/1"),
        ("A new manual is out", "https://b.example/2"),
    ]
    assert document.channel.feeds == (
        "https://b.example/main.rss",
        "https://b.example/more/feed/",
        "https://b.example/comments.atom",
    )
    assert kind_of(document) is SourceKind.LISTING


def test_selectors_take_dates_links_and_titles_from_where_they_stand() -> None:
    page = (
        "<div class=i><h2><a href='/1'>One</a></h2><time datetime='2024-05-01'>May</time></div>"
        "<div class=i><a href='/2'><h2>Two</h2></a><span class=d>03/04/2024</span></div>"
        "<div class=i><h2>Three</h2><span class=d>25/04/2024</span><p>T<br>x</p></div>"
        "<div class=i></div>"
    )
    selectors = Selectors(item=".i", title="h2", date="time, .d", body="p")
    document = read_source(
        page.encode(), kind=SourceKind.SELECTORS, address=ADDRESS, selectors=selectors
    )
    assert [
        (one.title, one.link, one.published and one.published.isoformat(), one.body)
        for one in document.drafts
    ] == [
        ("One", "https://news.example/1", "2024-05-01", ""),
        ("Two", "https://news.example/2", "2024-04-03", ""),
        ("Three", None, "2024-04-25", "T\nx"),
    ]
    assert len(document.skipped) == 1
    assert kind_of(document) is SourceKind.SELECTORS


@pytest.mark.parametrize(
    ("data", "kind", "message"),
    [
        ("<html><body>x</body></html>", SourceKind.ATOM, "a web page in place of a feed"),
        ("<!doctype html><p>see &lt;rss&gt;", SourceKind.RSS, "a web page in place of a feed"),
        ("plain words", SourceKind.RSS, "something else in place of a feed"),
        (rss(""), SourceKind.LISTING, "a feed in place of a web page"),
        ('{"a": 1}', SourceKind.JSON, "JSON without a JSON Feed version"),
        ("", SourceKind.RSS, "empty"),
    ],
)
def test_another_kind_than_expected(data: str, kind: SourceKind, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read(data, kind=kind)
