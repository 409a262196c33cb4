"""Feeds as they are found: misdated, cut short, mislabelled, and not quite XML."""

from datetime import UTC, datetime

import pytest

from domain.errors import DocumentError
from domain.model import Draft
from domain.sources import SourceKind
from feeds.upstream.formats.limits import MAX_ENTRIES
from feeds.upstream.formats.read import read_document
from feeds.upstream.formats.source import read_source

ADDRESS = "https://office.example/feed"


def read(text: str | bytes, *, charset: str | None = None) -> list[Draft]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_source(data, kind=None, address=ADDRESS, charset=charset).drafts)


def rss(items: str, head: str = "") -> str:
    return f"{head}<rss version='2.0'><channel><title>Office</title>{items}</channel></rss>"


@pytest.mark.parametrize(
    ("told", "published"),
    [
        ("Sun, 05 May 2024 10:00:00 +0200", "2024-05-05T08:00:00"),
        ("Sun, 5 May 24 10:00 EST", "2024-05-05T15:00:00"),
        ("Mon, 05 May 2024 10:00:00 GMT", "2024-05-05T10:00:00"),  # it was a Sunday
        ("2024-05-05T10:00:00Z", "2024-05-05T10:00:00"),
        ("2024-05-05T10:00:00+05:30 ", "2024-05-05T04:30:00"),
        ("2024-05-05", "2024-05-05"),
        ("20240505", "2024-05-05"),
        ("May 5, 2024 3:00 pm", "2024-05-05T15:00:00"),
        ("5 mai 2024", "2024-05-05"),
        ("domingo, 5 de mayo de 2024", "2024-05-05"),
        ("Вс, 5 мая 2024", "2024-05-05"),
        ("٥ مايو 2024", "2024-05-05"),
        ("2024年5月5日", "2024-05-05"),
        ("1714903200", "2024-05-05T10:00:00"),
        ("1714903200000", "2024-05-05T10:00:00"),
        ("Sun, 05 May 2024 23:30:00 -0800", "2024-05-06T07:30:00"),
        ("Mon, 30 Sept 2024 10:00:00 GMT", "2024-09-30T10:00:00"),
        ("So, 05 Mai 2024 10:00:00 +0200", "2024-05-05T08:00:00"),
        ("Κυρ, 05 Μάι 2024 10:00:00 GMT", "2024-05-05T10:00:00"),
        ("2024/05/13 10:00:00", "2024-05-13T10:00:00"),
        ("5/13/2024 10:00:00 AM", "2024-05-13T10:00:00"),
        ("13.05.2024 10:00", "2024-05-13T10:00:00"),
        ("2024年5月5日 10:00", "2024-05-05T10:00:00"),
        ("2024-05", "2024-05-01"),
        ("31 Sept 2024 10:00:00 GMT", None),
        ("2024-W18-7", None),
        ("2024-126", None),
        ("05/06/2024", None),
        ("2024-13-45", None),
        ("0000-00-00 00:00:00", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(told: str, published: str | None) -> None:
    (draft,) = read(rss(f"<item><title>One</title><pubDate>{told}</pubDate></item>"))
    assert (draft.published.isoformat() if draft.published else None) == published


def test_the_order_of_numbers_is_the_documents() -> None:
    def days(*told: str) -> list[str | None]:
        entries = (f"<item><title>{day}</title><pubDate>{day}</pubDate></item>" for day in told)
        return [
            one.published.isoformat() if one.published else None
            for one in read(rss("".join(entries)))
        ]

    assert days("5/6/2024", "5/13/2024") == ["2024-05-06", "2024-05-13"]
    assert days("13/5/2024", "05/06/2024") == ["2024-05-13", "2024-06-05"]
    assert days("7/6/2024", "05/06/2024") == [None, None]


def test_a_date_that_cannot_be_read_leaves_it_to_the_next() -> None:
    (draft,) = read(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>One</title><id>1</id>"
        "<published>soon</published><updated>2024-05-05T10:00:00Z</updated></entry></feed>"
    )
    assert draft.published is not None
    assert draft.published.at == datetime(2024, 5, 5, 10, tzinfo=UTC)


OLD = '"-//W3C//ENTITIES Latin 1//EN" "http://names.example/latin1"'
TWO = "<item><title>One</title></item><item><title>Two</title><guid>2</guid></item>"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (rss(TWO), ["One", "Two"]),
        (rss(TWO).removesuffix("</channel></rss>"), ["One", "Two"]),
        (rss(TWO).removesuffix("</rss>") + "</rss", ["One", "Two"]),
        (rss(TWO)[: rss(TWO).index("<guid>")], ["One"]),
        (rss(TWO) + "<!-- 0.2 seconds -->\n<script>1 < 2</script>", ["One", "Two"]),
        ("\n\n  " + rss(TWO, head="<?xml version='1.0'?>"), ["One", "Two"]),
        ("Warning: in line 3\n" + rss(TWO), ["One", "Two"]),
        (rss(TWO.replace("One", "Us & all &nbsp;&copy; <b>bold</b>")), ["Us & all © bold", "Two"]),
        (rss(TWO.replace("One", "Q&amp;amp;A")), ["Q&A", "Two"]),
        (rss(TWO.replace("One", "<![CDATA[A < B]]>")), ["A < B", "Two"]),
        (rss(TWO.replace("One", "<![CDATA[Q&amp;amp;A &amp;#8217;&nbsp;]]>")), ["Q&A ’", "Two"]),
        (rss(TWO, head=f"<!-- {'long' * 1000} -->"), ["One", "Two"]),
        (" " * 5000 + rss(TWO), ["One", "Two"]),
        (rss(TWO.replace("One", "O\u202en\u2067e")), ["One", "Two"]),
        (rss(TWO.replace("<item>", "<item media:kind='x'>")), ["One", "Two"]),
        (rss(TWO.replace("One", "On\x0be") + " " * 300), ["One", "Two"]),
        (rss(TWO).replace("<rss version='2.0'>", "<rss>"), ["One", "Two"]),
        (rss(TWO).replace("item", "ITEM"), ["One", "Two"]),
        (rss(TWO.replace("One", "O&#0;n&#xD83D;e&#55357;&#56832;&#99999999;")), ["One😀", "Two"]),
        (rss(TWO, head=f"<!DOCTYPE rss PUBLIC {OLD}>"), ["One", "Two"]),
        (rss(TWO, head=f"<!DOCTYPE rss [<!ENTITY % H PUBLIC {OLD}> %H;]>"), ["One", "Two"]),
    ],
)
def test_not_quite_xml(text: str, titles: list[str]) -> None:
    assert [draft.title for draft in read(text)] == titles


@pytest.mark.parametrize(
    ("guid", "key", "link"),
    [
        ("<guid>https://x.example/7</guid>", "https://x.example/7", "https://x.example/7"),
        ("<guid>episode 7</guid>", "episode 7", None),
        ("<guid isPermaLink='false'>https://x.example/7</guid>", "https://x.example/7", None),
        ("<guid>7</guid><link>7.html</link>", "7", "https://office.example/7.html"),
    ],
)
def test_an_id_is_an_address_only_where_it_is_one(guid: str, key: str, link: str | None) -> None:
    (draft,) = read(rss(f"<item><title>One</title>{guid}</item>"))
    assert (draft.key, draft.link) == (key, link)


def test_a_caption_is_no_text_where_there_is_one() -> None:
    media = "xmlns:media='http://search.yahoo.com/mrss/'"
    caption = f"<media:content {media}><media:description>Boats</media:description></media:content>"
    text = "<description>The news.</description>"
    entries = "".join(
        f"<item><title>One</title>{parts}</item>"
        for parts in (text + caption, caption + text, caption)
    )
    assert [draft.body for draft in read(rss(entries))] == ["The news.", "The news.", "Boats"]


@pytest.mark.parametrize(
    ("parts", "body", "summary"),
    [
        ("<content type='html'>&lt;p&gt;Whole.</content>", "Whole.", ""),
        (
            "<content type='html'>&lt;p&gt;Whole.</content><summary>Short.</summary>",
            "Whole.",
            "Short.",
        ),
        ("<content type='html'> </content><summary>Short.</summary>", "Short.", ""),
        ("<content type='image/png'>iVBORw0KGgo=</content><summary>Short.</summary>", "Short.", ""),
        ("<content type='text/html' src='/1'/><summary>Short.</summary>", "Short.", ""),
    ],
)
def test_content_and_summary(parts: str, body: str, summary: str) -> None:
    (draft,) = read(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>One</title>"
        f"<id>urn:1</id><updated>2024-05-05T10:00:00Z</updated>{parts}</entry></feed>"
    )
    assert (draft.body, draft.summary) == (body, summary)


@pytest.mark.parametrize(
    "link",
    [
        "https://x.example/?a=1&lang=en&copy=2",
        "https://x.example/?a=1&amp;lang=en&amp;copy=2",
        "<![CDATA[https://x.example/?a=1&lang=en&copy=2]]>",
        "<![CDATA[https://x.example/?a=1&amp;lang=en&amp;copy=2]]>",
    ],
)
def test_an_address_with_ampersands(link: str) -> None:
    (draft,) = read(rss(f"<item><title>One</title><link>{link}</link></item>"))
    assert draft.link == "https://x.example/?a=1&lang=en&copy=2"


def test_an_id_in_cdata_is_left_as_it_is() -> None:
    (draft,) = read(
        rss("<item><title>One</title><guid isPermaLink='false'><![CDATA[a&b]]></guid></item>")
    )
    assert draft.key == "a&b"


@pytest.mark.parametrize(
    "text",
    [
        rss("<x:y xmlns:x='no\u00a0break\u00a0space'/>" + TWO),
        rss("<item><image><link>http://i<ttl>9</ttl>/</link></image><link>x</item>"),
    ],
)
def test_over_what_feedparser_stumbles(text: str) -> None:
    with pytest.raises(DocumentError, match="not readable as RSS or Atom"):
        read(text)


def test_of_too_many_entries_the_first_are_read() -> None:
    entries = "".join(f"<item><title>{number}</title></item>" for number in range(30_000))
    titles = [draft.title for draft in read(rss(entries))]
    assert titles == list(map(str, range(MAX_ENTRIES)))
    cut = rss(entries).partition("29999")[0]
    assert len(read(cut)) == MAX_ENTRIES


@pytest.mark.parametrize(
    ("title", "told", "lang"),
    [
        ("Las autoridades detienen a una red de trata en la frontera", "en-us", "es"),
        ("Les autorités ont arrêté un réseau de traite à la frontière", "en", "fr"),
        ("Власти задержали торговцев людьми на границе", "en", "ru"),
        ("السلطات توقف شبكة لتهريب المهاجرين على الحدود", "fr", "ar"),
        ("当局在边境逮捕了贩运人口团伙", "en", "zh"),
        ("The authorities have arrested a network of smugglers at the border", "ru", "en"),
        ("As autoridades prenderam uma rede de tráfico na fronteira", "pt-BR", "pt"),
        ("Die Behörden haben an der Grenze ein Netz von Schleusern verhaftet", "de", "de"),
        ("Smugglers arrested", "en_GB.UTF-8", "en"),
    ],
)
def test_declared_languages(title: str, told: str, lang: str) -> None:
    (draft,) = read(rss(f"<language>{told}</language><item><title>{title}</title></item>"))
    assert (draft.lang or lang) == lang


def test_an_entry_has_its_own_language() -> None:
    dc = "xmlns:dc='http://purl.org/dc/elements/1.1/'"
    entries = f"<item><title>Lisboa</title><dc:language {dc}>pt</dc:language></item>"
    (draft,) = read(rss(f"<language>en</language>{entries}"))
    assert draft.lang == "pt"


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("windows-1251", "utf-8", None),
        ("windows-1251", "iso-8859-1", None),
        ("windows-1251", "windows-1251", "iso-8859-1"),
        ("utf-8", "windows-1251", "koi8-r"),
        ("utf-8", "utf-16", None),
        ("utf-16", "utf-8", "utf-8"),
        ("koi8-r", "koi8-r", "utf-8"),
        ("iso-8859-5", "UTF-8", "iso-8859-5"),
        ("koi8-r", "no-such-thing", None),
    ],
)
def test_declared_encodings(encoding: str, declared: str, charset: str | None) -> None:
    title = "Власти задержали торговцев людьми на границе"
    text = rss(
        f"<item><title>{title}</title></item>", f"<?xml version='1.0' encoding='{declared}'?>"
    )
    (draft,) = read(text.encode(encoding), charset=charset)
    assert draft.title == title


def test_a_saved_feed_says_its_encoding_itself() -> None:
    title = "人身取引と闘う会議"
    text = rss(f"<item><title>{title}</title></item>", "<?xml version='1.0' encoding='shift_jis'?>")
    (draft,) = read_document(text.encode("shift_jis"), name="saved.xml").drafts
    assert draft.title == title


def test_a_page_that_writes_of_feeds_is_none() -> None:
    page = "<!-- cached --><!DOCTYPE html><html><body><pre><rss version='2.0'></pre></body></html>"
    with pytest.raises(DocumentError, match="a web page in place of a feed"):
        read_source(page.encode(), kind=SourceKind.RSS, address=ADDRESS)


def test_hostile_markup_leaves_its_text_in_paragraphs() -> None:
    markup = (
        "<p onclick='x()'>First <a href='javascript:x()'>link</a>.</p><script>alert(1)</script>"
        "<ul><li>One<li>Two</ul><img src=x onerror=alert(1)><iframe src='//x'>in</iframe>"
        "<p>Last<br>line<svg><style>p{}</style></svg>"
    )
    (draft,) = read(
        rss(f"<item><title>One</title><description><![CDATA[{markup}]]></description></item>")
    )
    assert draft.body == "First link.\n\n  • One\n  • Two\n\nLast\nline"
