from contextlib import suppress
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.formatting.entities import Entity
from bot.sandbox.formatting.html import parse_html


def parse(source: str) -> tuple[str, list[Entity]]:
    return parse_html(source, local_links=False)


def entity(kind: str, offset: int, length: int, **more: str) -> Entity:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("STRONG", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
    ],
)
def test_each_tag_is_its_entity(tag: str, kind: str) -> None:
    assert parse(f"a <{tag}>bc</{tag} > d") == ("a bc d", [entity(kind, 2, 2)])


def test_tags_nest_and_offsets_count_utf16() -> None:
    assert parse("😀<b>é<i>😀</i></b>") == (
        "😀é😀",
        [entity("italic", 3, 2), entity("bold", 2, 3)],
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "<a href='HTTP://Example.ORG'>x</a>",
            [entity("text_link", 0, 1, url="http://example.org/")],
        ),
        (
            '<a href="x.org/?a=1&amp;b=2">x</a>',
            [entity("text_link", 0, 1, url="http://x.org/?a=1&b=2")],
        ),
        ("<a>x.org</a>", [entity("text_link", 0, 5, url="http://x.org/")]),
        ("<a href=x.org>x</a>", [entity("text_link", 0, 1, url="http://x.org/")]),
        ("<a href='http://localhost/'>x</a>", []),
        ("<a href='javascript:alert(1)'>x</a>", []),
        ("<b></b>x", []),
        ("<b>x</>", [entity("bold", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', [entity("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", [entity("expandable_blockquote", 0, 1)]),
        (
            "<blockquote expandable='1' cite=x>x</blockquote>",
            [entity("expandable_blockquote", 0, 1)],
        ),
        (
            '<tg-emoji emoji-id="536">x</tg-emoji>',
            [entity("custom_emoji", 0, 1, custom_emoji_id="536")],
        ),
        ('<pre><code class="language-py">x</code></pre>', [entity("pre", 0, 1, language="py")]),
        ('<code class="language-py"><pre>x</pre></code>', [entity("pre", 0, 1, language="py")]),
        ('<code class="language-py">x</code>', [entity("code", 0, 1)]),
        (
            '<pre>y<code class="language-py">x</code></pre>',
            [entity("code", 1, 1), entity("pre", 0, 2)],
        ),
        ("<pre><code>x</code></pre>", [entity("code", 0, 1), entity("pre", 0, 1)]),
    ],
)
def test_attributes(source: str, expected: list[Entity]) -> None:
    assert parse(source)[1] == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&#65;&#x42;&#x1F600;", "AB😀"),
        ("&lt", "<"),
        ("&nbsp; &apos; &; &#; &#x;", "&nbsp; &apos; &; &#; &#x;"),
        ("&#0; &#1114111; &#123456789012;", "&#0; &#1114111; &#123456789012;"),
        ("a > b & c", "a > b & c"),
    ],
)
def test_references(source: str, text: str) -> None:
    assert parse(source) == (text, [])


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("é<x>y</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("a < b and more", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<a >x</a href>", "Unclosed end tag at byte offset 5"),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "&#xD83D;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
    ],
)
def test_errors_are_telegrams(source: str, problem: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse(source)
    assert caught.value.code == 400
    assert caught.value.description == f"Bad Request: can't parse entities: {problem}"


@given(st.text())
def test_escaped_text_comes_back(text: str) -> None:
    assert parse(escape(text, quote=False)) == (text, [])


@given(st.text(alphabet="<>/ab='\" &;#x1😀"))
def test_entities_fit_whatever_is_taken(source: str) -> None:
    with suppress(ApiError):
        text, entities = parse(source)
        length = len(text.encode("utf-16-le")) // 2
        assert all(0 <= one["offset"] < one["offset"] + one["length"] <= length for one in entities)
