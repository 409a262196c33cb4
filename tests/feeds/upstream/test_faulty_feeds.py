"""Feeds as they are found: misdated, cut short, mislabelled, and not quite XML."""

from datetime import UTC, datetime

import pytest

from domain.model import Draft
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
        ("20240505", "2024-05-05T00:00:00"),
        ("May 5, 2024 3:00 pm", "2024-05-05T15:00:00"),
        ("5 mai 2024", "2024-05-05"),
        ("domingo, 5 de mayo de 2024", "2024-05-05"),
        ("Вс, 5 мая 2024", "2024-05-05"),
        ("٥ مايو 2024", "2024-05-05"),
        ("2024年5月5日", "2024-05-05"),
        ("1714903200", "2024-05-05T10:00:00"),
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
        (rss(TWO.replace("<item>", "<item media:kind='x'>")), ["One", "Two"]),
        (rss(TWO.replace("One", "On\x0be") + " " * 300), ["One", "Two"]),
        (rss(TWO).replace("<rss version='2.0'>", "<rss>"), ["One", "Two"]),
        (rss(TWO).replace("item", "ITEM"), ["One", "Two"]),
        (rss(TWO, head=f"<!DOCTYPE rss PUBLIC {OLD}>"), ["One", "Two"]),
        (rss(TWO, head=f"<!DOCTYPE rss [<!ENTITY % H PUBLIC {OLD}> %H;]>"), ["One", "Two"]),
    ],
)
def test_not_quite_xml(text: str, titles: list[str]) -> None:
    assert [draft.title for draft in read(text)] == titles


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
