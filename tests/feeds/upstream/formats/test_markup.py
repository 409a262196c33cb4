"""What is kept of other people's HTML, and that nothing else ever is."""

import html.parser
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import clean
from feeds.upstream.formats.htmltext import html_text
from feeds.upstream.formats.markup import MAX_KEPT, is_sanitised, kept_markup

BASE = "https://un.example/news/1"
REL = 'rel="nofollow noopener noreferrer"'
VOID = {"br", "hr"}
ALLOWED = set(
    "p div br hr ul ol li dl dt dd blockquote q cite pre code kbd samp em strong b i u s sub sup"
    " small abbr h2 h3 h4 h5 h6 table caption thead tbody tfoot tr th td a".split()
)
ATTRIBUTES = {
    "a": {"href", "hreflang", "title", "rel"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}


class Judge(html.parser.HTMLParser):
    """Reads HTML apart from the code that made it, and notes all that must not be there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.opened: list[str] = []
        self.feed(text)
        self.close()
        self.wrong += self.opened

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.wrong.append(tag)
        if tag not in VOID:
            self.opened.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()) | {"lang", "dir"}:
                self.wrong.append(f"{tag}[{name}]")
            if name == "href" and not (value or "").lower().startswith(
                ("http://", "https://", "mailto:")
            ):
                self.wrong.append(f"{tag} to {value}")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self.opened or self.opened.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"<![{data}]>")


def judged(markup: str) -> str | None:
    """Return what is kept of some HTML, once it was found to be harmless and to stay as it is."""
    kept = kept_markup(markup, BASE)
    if kept is not None:
        assert Judge(kept).wrong == []
        assert is_sanitised(kept)
        assert clean(kept) == kept
        assert len(kept.encode()) <= MAX_KEPT
    return kept


def link(address: str, text: str, more: str = "") -> str:
    return f'<a href="{address}"{more} {REL}>{text}</a>'


SITE = "https://un.example"
KEPT = {
    '<a href="/a?b=1&amp;c=2">x</a>': link(f"{SITE}/a?b=1&amp;c=2", "x"),
    "<a href='2' title=t target=_blank>x</a>": link(f"{SITE}/news/2", "x", ' title="t"'),
    '<a href="mailto:a@un.example">x</a>': link("mailto:a@un.example", "x"),
    "<a href='#x'>x</a>": link(f"{BASE}#x", "x"),
    "<a href='/a b'>x</a>": link(f"{SITE}/a%20b", "x"),
    "<a href=/a>a <a href=/b>b</a></a>": f"{link(f'{SITE}/a', 'a ')}{link(f'{SITE}/b', 'b')}",
    "one<b> two </b>three": "one<b> two </b>three",
    "<div>a<div><i>b</i></div>c</div>": "a<div><i>b</i></div>c",
    "<section><i>a</i></section><figure>b</figure>": "<div><i>a</i></div><div>b</div>",
    "<p>a<br>b</p><hr><q>c</q>": "<p>a<br>b</p><hr><q>c</q>",
    "<h1>a</h1><h4>b</h4><h3>c</h3><h1>d</h1>": "<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2>",
    "<h2></h2><h3>a</h3><h2><div>b</div>c</h2>": "<h2>a</h2><h2><div>b</div>c</h2>",
    "<table><tr><th scope=col colspan=2 width=9>a<td></table>": (
        '<table><tbody><tr><th scope="col" colspan="2">a</th><td></td></tr></tbody></table>'
    ),
    "<ol start=4 type=a><li>a</ol>": '<ol start="4"><li>a</li></ol>',
    "<dl><dt>a<dd>b</dl>": "<dl><dt>a</dt><dd>b</dd></dl>",
    "<pre>\n a\n  b </pre>": "<pre> a\n  b </pre>",
    "<p lang=ar dir=rtl>a <span lang=fr>b</span> <em>c</em></p>": (
        '<p lang="ar" dir="rtl">a b <em>c</em></p>'
    ),
    "<li><code>a</code></li><td>b</td>": "<div><code>a</code></div>b",
    "<a href=/a><img src=t.gif></a><a href=/b><img src=b alt='A boat'></a>": (
        link(f"{SITE}/b", " [A boat] ")
    ),
    "<p><i>a</i><img src=x alt='IMG_12.jpg'><img src=x alt='- 7'></p>": "<p><i>a</i></p>",
    "<sup>1</sup>&lt;b&gt; &amp;amp; \x01&#2;a&nbsp;b": ("<sup>1</sup>&lt;b&gt; &amp;amp; a\xa0b"),
}


@pytest.mark.parametrize("markup", KEPT)
def test_what_a_text_is_made_of_is_kept(markup: str) -> None:
    assert judged(markup) == KEPT[markup]


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "text & more",
        "a < b",
        "<!-- a -->",
        "<p>one</p><ul><li>two<li>three</ul><hr><small>four</small>",
        "<p><b></b><a href='/x'> <img src=y></a></p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<bdo>x</bdo><span class=a>y</span>",
    ],
)
def test_nothing_is_kept_where_a_text_tells_as_much(markup: str) -> None:
    assert kept_markup(markup, BASE) is None


ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script src=//evil.example></script>",
    "<b onclick=alert(1) onmouseover='alert(1)'>x</b>",
    "<b/onclick=alert(1)>x</b>",
    "<img src=x onerror=alert(1)>",
    "<img src='javascript:alert(1)' alt='\"><script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;&#97;&#118;&#97;&#115;cript&colon;alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)//http://x'>x</a>",
    "<a href='vb&#x0D;script:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='http://x\" onclick=\"alert(1)'>x</a>",
    "<a href='mailto:a@b?body=<script>'>x</a>",
    '<a href="https://x/\'><script>alert(1)</script>">x</a>',
    "<a title='</a><script>alert(1)</script>' href=/x>x</a>",
    '<abbr title="`><img src=x onerror=alert(1)>">x</abbr>',
    "<svg onload=alert(1)><circle/></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a title='</style><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=x&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></iframe></foreignObject>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<style>@import 'https://evil.example/x.css';</style><p style='background:url(//e)'>x</p>",
    "<link rel=stylesheet href=//evil.example/x.css><meta http-equiv=refresh content='0;url=//e'>",
    "<base href='https://evil.example/'><a href=x>x</a>",
    "<form action=//evil.example><input name=a autofocus onfocus=alert(1)><button>x</button>",
    "<iframe src=//evil.example></iframe><object data=x></object><embed src=x><applet code=x>",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>--><b>x</b>",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]><b>x</b>",
    "<?php echo 1 ?><!DOCTYPE x [<!ENTITY a 'b'>]><b>&a;</b>",
    "<textarea><img title='</textarea><script>alert(1)</script>'></textarea>",
    "<title><b></title><script>alert(1)</script>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<plaintext><b>x</b>",
    "<table background=x><tr><td background='javascript:alert(1)'>x</table>",
    "<p id=top class=x data-x=1 xmlns:x=y x:z=1 contenteditable><b id=b name=b>x</b>",
    "<bdo dir='rtl\" onclick=\"x'>x</bdo><b lang='\"><script>'>y</b>",
    "<b <i onclick=x>y</b</i>",
    "<<b>script>alert(1)<</b>/script>",
    "<a href='https://x/&quot;&gt;&lt;script&gt;'>&lt;script&gt;alert(1)&lt;/script&gt;</a>",
    "<a\x00 href='java\x00script:alert(1)'>x</a>",
    "<video src=x onerror=alert(1)><source src=x><track src=x></video><audio src=x>",
    "<marquee onstart=alert(1)>x</marquee><blink>y</blink><keygen autofocus onfocus=x>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<p><table><tr><form><td><b>x</form></table>",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("around", ["{}", "<em>a</em>{}<em>b</em>", "<table><tr><td><b>{}</table>"])
def test_attacks_come_to_nothing(attack: str, around: str) -> None:
    assert "evil.example" not in (judged(around.format(attack)) or "")
    assert not is_sanitised(f"<p>{attack}</p>")


NAMES = (
    *sorted(ALLOWED),
    *"h1 div font img svg math style script form select option button template textarea".split(),
    *"title noscript xmp mi mtext foreignObject annotation-xml body html head iframe".split(),
    *"center object".split(),
)
OPENED = st.builds(
    "<{}{}>".format,
    st.sampled_from(NAMES),
    st.sampled_from(
        ("", " href='/a?b&c'", " lang=ar", " dir=rtl title='<b>\"'", " onclick=x", " colspan=2")
    ),
)
CLOSED = st.builds("</{}>".format, st.sampled_from(NAMES))
TEXT = st.sampled_from(
    (
        "a",
        " b ",
        "\n",
        "&amp;lt;",
        "&nbsp;",
        "<!--",
        "-->",
        "]]>",
        "<![CDATA[",
        "<",
        '"',
        "'>",
        "</",
    )
)
SOUP = st.lists(OPENED | CLOSED | TEXT, max_size=30).map("".join)


@given(SOUP | st.text(max_size=40))
def test_whatever_is_read_what_is_kept_is_harmless(soup: str) -> None:
    judged(soup)


WORDS = st.sampled_from(("<p>", "</p>", "<div>", "<b>", "</b>", "<li>", "a", "ü b", "<h2>"))


@given(st.lists(WORDS, max_size=30).map("".join))
def test_no_word_is_lost(markup: str) -> None:
    kept = judged(f"{markup}<i>end</i>")
    assert kept
    assert "".join(html_text(kept).split()).replace("•", "") == (
        "".join(html_text(f"{markup}<i>end</i>").split()).replace("•", "")
    )


BOMBS = {
    "elements": "<div>" * 50_000 + "x",
    "lists": "<ul><li>x" * 40_000,
    "quotes": "<blockquote>x" * 250 + "</blockquote>" * 250,
    "tables": "<table><tr><td>x" * 20_000,
    "formats": "<p>" + "".join(f"<b lang=a{number}>" for number in range(190)) + "<p>x" * 50_000,
    "addresses": "<a href=x>y</a>" * 20_000,
    "titles": f"<abbr title='{'t' * 3_000}'>" + "<p>x" * 9_000,
    "signs": "<" * 400_000,
    "comments": "<!--" * 100_000 + "<b>x</b>",
    "attributes": "<a " + "x=1 " * 100_000 + ">x</a><p><b>y",
    "text": "<b>x</b> " * 20_000,
    "all": "x" * 500_001 + "<b>y</b>",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_is_too_much_is_refused_quickly(bomb: str) -> None:
    start = time.process_time()
    kept = judged(BOMBS[bomb])
    assert time.process_time() - start < 3
    assert kept == ("x<p><b>y</b></p>" if bomb == "attributes" else None)


def test_what_is_kept_has_a_limit() -> None:
    fits = "<p>x<b>y</b></p>" * (MAX_KEPT // 16)
    assert judged(fits) == fits
    assert kept_markup(fits + "<p>xy</p>", BASE) is None
    bloated = fits.replace("<p>", f"<p class='{'c' * 100}'>")
    assert kept_markup(bloated, BASE) == fits


@pytest.mark.parametrize(
    "markup",
    [
        "<b>x",
        "x</b>",
        "<b><i>x</b></i>",
        "<img src=x>",
        "<a href='/x'>x</a>",
        "<i>" * 201 + "x" + "</i>" * 201,
        "<i>x</i>" * 5_000,
        "a & b",
        "<b>a&nbsp;b</b>",
    ],
)
def test_what_others_claim_to_have_sanitised_is_looked_at(markup: str) -> None:
    assert not is_sanitised(markup)
