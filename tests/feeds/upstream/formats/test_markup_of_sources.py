"""Where each format has its HTML, and what links in it are relative to."""

import json
from html import escape

import pytest

from domain.model import Draft
from domain.sources import Selectors, SourceKind
from feeds.upstream.formats.read import read_document
from feeds.upstream.formats.source import read_source

ADDRESS = "https://news.example/office/feed"
REL = 'rel="nofollow noopener noreferrer"'
HTML = '<p>See <a href="2">this</a></p>'
XHTML = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{HTML}</div></content>'


def kept(address: str) -> str:
    return f'<p>See <a href="{address}" {REL}>this</a></p>'


def only(document: str, kind: SourceKind, selectors: Selectors | None = None) -> Draft:
    read = read_source(document.encode(), kind=kind, address=ADDRESS, selectors=selectors)
    (draft,) = read.drafts
    return draft


def rss(entry: str) -> str:
    return f'<rss version="2.0"><channel><title>T</title><item>{entry}</item></channel></rss>'


def atom(entry: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>'
        f"<entry><title>One</title><id>1</id>{entry}</entry></feed>"
    )


def test_rss_has_it_in_its_description_or_beside_it() -> None:
    told = rss(f"<title>One</title><description>{escape(HTML)}</description>")
    draft = only(told, SourceKind.RSS)
    assert (draft.body, draft.markup) == ("See this", kept("https://news.example/office/2"))
    full = (
        "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<![CDATA[{HTML}]]></content:encoded>"
    )
    told = rss(f"<title>One</title><description>In &lt;b&gt;short&lt;/b&gt;</description>{full}")
    draft = only(told, SourceKind.RSS)
    assert (draft.summary, draft.body) == ("In short", "See this")
    assert draft.markup == kept("https://news.example/office/2")


@pytest.mark.parametrize(
    ("content", "address"),
    [
        (f'<content type="html">{escape(HTML)}</content>', "https://news.example/office/2"),
        (
            f'<content type="html" xml:base="https://un.example/a/">{escape(HTML)}</content>',
            "https://un.example/a/2",
        ),
        (XHTML, "https://news.example/office/2"),
        (f'<summary type="html">{escape(HTML)}</summary>', "https://news.example/office/2"),
    ],
)
def test_atom_says_which_of_its_texts_are_html(content: str, address: str) -> None:
    assert only(atom(content), SourceKind.ATOM).markup == kept(address)


def test_a_text_that_is_none_is_not_read_as_html() -> None:
    told = atom('<content type="text">a &lt;b&gt;c&lt;/b&gt;</content>')
    assert only(told, SourceKind.ATOM).markup is None


def test_json_feeds_have_both_forms() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "items": [
            {"id": "1", "title": "One", "content_html": HTML, "url": "https://un.example/a/"}
        ],
    }
    assert only(json.dumps(feed), SourceKind.JSON).markup == kept("https://un.example/a/2")
    feed["items"] = [{"id": "1", "title": "One", "content_text": HTML}]
    assert only(json.dumps(feed), SourceKind.JSON).markup is None


def test_a_page_has_it_where_the_operator_says() -> None:
    page = f"<base href='/b/'><article><h2><a href='1'>One</a></h2><div>{HTML}</div></article>"
    selectors = Selectors(item="article", title="h2", body="div")
    assert only(page, SourceKind.SELECTORS, selectors).markup == kept("https://news.example/b/2")
    assert only(page, SourceKind.SELECTORS, Selectors(item="article")).markup is None


def test_an_imported_file_has_no_address() -> None:
    told = f"<link>https://un.example/a/</link><description>{escape(HTML)}</description>"
    (draft,) = read_document(rss(f"<title>One</title>{told}").encode(), name="feed.xml").drafts
    assert draft.markup == kept("https://un.example/a/2")


def test_what_a_source_showed_is_known_without_its_markup() -> None:
    assert repr(Draft(title="One", markup=HTML)) == repr(Draft(title="One"))
