import pytest

from feeds.publish.content import content_html, direction, entry_html, plain_text, web_address
from tests.feeds.factories import an_item


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("One,\ntwo.", "<p>One,<br>two.</p>"),
        ("Aims:\n- a\n- b\nEnd.", "<p>Aims:</p>\n<ul><li>a</li><li>b</li></ul>\n<p>End.</p>"),
        ("• a\n\n• b", "<ul><li>a</li><li>b</li></ul>"),
        ("  - a\n    - b", "<ul><li>a</li><li>b</li></ul>"),
        ("– a\n* b\n· c", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("-5 degrees\nUN-led", "<p>-5 degrees<br>UN-led</p>"),
        ("a <b> & \"c\" 'd'", "<p>a &lt;b&gt; &amp; \"c\" 'd'</p>"),
    ],
)
def test_plain_text_becomes_paragraphs_and_lists(body: str, html: str) -> None:
    assert content_html(an_item(body=body)) == html


def test_the_summary_stands_in_for_a_missing_body() -> None:
    assert content_html(an_item(body="", summary="Short.")) == "<p>Short.</p>"


@pytest.mark.parametrize(
    ("caption", "credit", "html"),
    [
        ("At sea", "UNODC", "<p><small>At sea (UNODC)</small></p>"),
        ("At <sea>", None, "<p><small>At &lt;sea&gt;</small></p>"),
        (None, "UNODC", "<p><small>(UNODC)</small></p>"),
    ],
)
def test_caption_and_credit_come_last(caption: str | None, credit: str | None, html: str) -> None:
    item = an_item(body="Text.", caption=caption, photo_credit=credit)
    assert content_html(item) == f"<p>Text.</p>\n{html}"


def test_markup_stands_for_the_text() -> None:
    markup = '<p>See <a href="https://un.example/">this</a></p>'
    item = an_item(body="See this", markup=markup, caption="At <sea>", lang="ar")
    assert content_html(item) == f"{markup}\n<p><small>At &lt;sea&gt;</small></p>"
    assert entry_html(item) == f'<div dir="rtl" lang="ar">{content_html(item)}</div>'
    assert content_html(an_item(body="Text.", markup=None)) == "<p>Text.</p>"


def test_an_entry_is_never_without_text() -> None:
    bare = an_item(title="Q&A", body="", summary="")
    assert content_html(bare) == ""
    assert entry_html(bare) == "<p>Q&amp;A</p>"


def test_an_entry_that_runs_from_right_to_left_says_so() -> None:
    assert entry_html(an_item(lang="ar", body="ب")) == '<div dir="rtl" lang="ar"><p>ب</p></div>'


def test_directions() -> None:
    assert [direction(lang) for lang in ("ar", "fa", "en", "zh", "und")] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
        "auto",
    ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("AT&T, Q&A, a < b, <5 %", "AT&T, Q&A, a < b, <5 %"),
        ("<b>", "<\u200bb>"),
        ("</b> <!-- <?x", "<\u200b/b> <\u200b!-- <\u200b?x"),
        ("&lt; &#60; &T;", "&\u200blt; &\u200b#60; &\u200bT;"),
    ],
)
def test_only_what_reads_as_markup_is_parted(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://un.example/a?b=1&c=2#d", "https://un.example/a?b=1&c=2#d"),
        ("HTTP://UN.example", "http://un.example"),
        ("https://un.example/a b/ä%20c", "https://un.example/a%20b/%C3%A4%20c"),
        ("https://bücher.example:8080/", "https://xn--bcher-kva.example:8080/"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("https://user:pass@un.example/", "https://un.example/"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//un.example/", None),
        ("https://", None),
        ("https://[", None),
        ("https://un.example:port/", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_are_offered(link: str | None, address: str | None) -> None:
    assert web_address(link) == address
