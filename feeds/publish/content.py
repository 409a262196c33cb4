"""An item's text as the HTML that feeds and pages show.

That is its markup, which was sanitised before it was stored (`feeds.upstream.formats.markup`), or
else is made here from plain text. Every text is escaped, so nothing in one can become markup, and
only `p`, `br`, `ul`, `li`, `small` and `div` are used, which every reader keeps.
"""

import re
from html import escape
from urllib.parse import quote, urlsplit, urlunsplit

from domain.model import Item
from domain.text import paragraphs

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

_BULLET = re.compile(r"\s*[•‣▪◦·*–—-]\s+")
_READ_AS_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_RESERVED = "!$%&'()*+,/:;=?@~"
_ZERO_WIDTH_SPACE = "\u200b"


def direction(lang: str) -> str:
    """Return the HTML `dir` value of a language: `rtl`, `ltr`, or `auto` where it is unknown."""
    if lang == "und":
        return "auto"
    return "rtl" if lang in RIGHT_TO_LEFT else "ltr"


def content_html(item: Item) -> str:
    """Return the item's text without its title as HTML; empty when there is none.

    The summary stands in for a missing body. In a plain text, lines that start with a bullet become
    a list. Caption and photo credit follow in small print.
    """
    text = [item.markup] if item.markup else _blocks(item.body or item.summary)
    parts = [*text, *_photo(item)]
    return "\n".join(parts)


def entry_html(item: Item) -> str:
    """Return the content of the item's feed entry, never empty: the title stands in for a text.

    A text that runs from right to left says so, since a feed reader may not know.
    """
    html = content_html(item) or f"<p>{escape(item.title, quote=False)}</p>"
    if item.lang in RIGHT_TO_LEFT:
        return f'<div dir="rtl" lang="{escape(item.lang)}">{html}</div>'
    return html


def plain_text(text: str) -> str:
    """Return a plain text that also survives readers which take it for HTML.

    RSS does not say which of the two a title is. A `<` or `&` that could begin a tag or a character
    reference is parted from what follows by a zero-width space; all others read the same either
    way and stay untouched.
    """
    return _READ_AS_MARKUP.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", text)


def web_address(link: str | None) -> str | None:
    """Return a link as an address that is safe to offer, in ASCII; None if it is not of the web.

    Links come from documents, so that they may be anything, `javascript:` included.
    """
    try:
        parts = urlsplit(link or "")
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    host = f"[{host}]" if ":" in host else host
    rest = (quote(part, safe=_RESERVED) for part in parts[2:])
    return urlunsplit((parts.scheme, host + port, *rest))


def _blocks(text: str) -> list[str]:
    blocks: list[str] = []
    bullets: list[str] = []
    for paragraph in paragraphs(text):
        lines: list[str] = []
        for line in paragraph.split("\n"):
            bullet = _BULLET.match(line)
            if bullet:
                _end_paragraph(blocks, lines)
                bullets.append(line[bullet.end() :])
            else:
                _end_list(blocks, bullets)
                lines.append(line)
        _end_paragraph(blocks, lines)
    _end_list(blocks, bullets)
    return blocks


def _end_paragraph(blocks: list[str], lines: list[str]) -> None:
    if lines:
        blocks.append(f"<p>{'<br>'.join(escape(line, quote=False) for line in lines)}</p>")
        lines.clear()


def _end_list(blocks: list[str], bullets: list[str]) -> None:
    if bullets:
        entries = "".join(f"<li>{escape(bullet, quote=False)}</li>" for bullet in bullets)
        blocks.append(f"<ul>{entries}</ul>")
        bullets.clear()


def _photo(item: Item) -> list[str]:
    credit = f"({item.photo_credit})" if item.photo_credit else ""
    text = " ".join(filter(None, (item.caption, credit)))
    return [f"<p><small>{escape(text, quote=False)}</small></p>"] if text else []
