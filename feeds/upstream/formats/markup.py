"""HTML of others as we keep it and pass it on: sanitised by nh3, from a list of what is allowed.

The list has what a text is made of: paragraphs, lists, tables, quotations, headings, emphasis and
links. It has nothing that is loaded from elsewhere, acts or looks: no images, frames, forms,
scripts, styles, classes or ids.
"""

import re
from html import escape
from typing import Final

import nh3
from lxml import etree

from domain.text import clean
from feeds.upstream.formats.htmltext import UNSEEN, tree
from feeds.upstream.formats.limits import MAX_MARKUP, absolute

MAX_KEPT: Final = 32 * 1024
"""Bytes of an entry's markup. nh3 is never given more, nor deeper nesting, which make it slow."""
MAX_DEPTH: Final = 200
"""Of elements in each other."""

_PLAIN: Final = frozenset("p div br hr ul li small".split())
"""What `feeds.publish.content` makes of a text by itself, and what tells nothing."""
_TELLING: Final = frozenset(
    "ol dl dt dd blockquote q cite pre code kbd samp em strong b i u s sub sup abbr h2 h3 h4 h5 h6"
    " table caption thead tbody tfoot tr th td a".split()
)
_PARTS: Final = frozenset(
    "section article aside header footer main nav figure figcaption form fieldset legend address"
    " center details summary".split()
)
"""Become `div`, which keeps what is in them apart."""
_AROUND: Final = frozenset(("html", "body", "div", "span"))
_LISTS: Final = {"li": {"ul", "ol"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}}
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_ATTRIBUTES: Final = {
    "*": {"lang", "dir"},
    "a": {"href", "hreflang", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_NUMBER: Final = re.compile(r"[1-9]\d?")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_VALUES: Final = {
    "lang": _LANGUAGE,
    "hreflang": _LANGUAGE,
    "dir": re.compile("ltr|rtl|auto", re.IGNORECASE),
    "start": re.compile(r"-?\d{1,6}"),
    "colspan": _NUMBER,
    "rowspan": _NUMBER,
    "scope": re.compile("(row|col)(group)?", re.IGNORECASE),
}
_MAIL: Final = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+", re.IGNORECASE)
_FILE_NAME: Final = re.compile(r"\S+\.\w{3,4}")
_EMPTY: Final = re.compile(r"<(?!t[dh]\b)(\w+)[^<>]*>(?:\s|<br>)*</\1>")
_TAGS: Final = re.compile(r"<(/?)(\w+)")
"""In texts and attributes of what is sanitised, the sign is escaped."""
_VOID: Final = frozenset(("br", "hr"))
_ROUNDS: Final = 5


def kept_markup(markup: str, base: str) -> str | None:
    """Return sanitised HTML; None where a text tells as much, or where it is too much.

    Links are resolved from the address `base`. Sanitising the result again changes nothing. Where
    that cannot be reached, or what is kept is more than `MAX_KEPT`, there is none.
    """
    if "<" not in markup or len(markup) > MAX_MARKUP:
        return None
    root = tree(markup)
    if root is None or _depth(root) > MAX_DEPTH:
        return None
    _prepare(root, base)
    kept = clean(_inside(root))
    for _ in range(_ROUNDS):
        if len(kept.encode()) > MAX_KEPT:
            return None
        again = _without_empty(_sanitised(kept)).strip()
        if again == kept:
            return kept if _TELLING & {name for _, name in _TAGS.findall(kept)} else None
        kept = again
    return None


def is_sanitised(markup: str) -> bool:
    """Tell whether some HTML is as safe as what `kept_markup` returns."""
    return len(markup.encode()) <= MAX_KEPT and _is_shallow(markup) and _sanitised(markup) == markup


def _sanitised(markup: str) -> str:
    return nh3.clean(
        markup,
        tags=_PLAIN | _TELLING,
        attributes=_ATTRIBUTES,
        attribute_filter=_checked,
        link_rel="nofollow noopener noreferrer",
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
    ).replace("&nbsp;", "\xa0")  # readers may know no named references but those of XML


def _without_empty(markup: str) -> str:
    while (shorter := _EMPTY.sub("", markup)) != markup:
        markup = shorter
    return markup


def _is_shallow(markup: str) -> bool:
    """Tell whether all that begins ends, at no depth that would cost nh3 much."""
    opened: list[str] = []
    for end, name in _TAGS.findall(markup):
        if name in _VOID:
            continue
        if not end:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
        if len(opened) > MAX_DEPTH:
            return False
    return not opened


def _inside(root: etree._Element) -> str:
    """Return what is left without elements that are around everything, as the parser adds some."""
    while root.tag in _AROUND and len(root) == 1 and not (root.attrib or root.text or root[0].tail):
        root = root[0]
    if root.tag not in _AROUND or root.attrib:
        return etree.tostring(root, encoding="unicode", method="html")
    children = (etree.tostring(child, encoding="unicode", method="html") for child in root)
    return escape(root.text or "", quote=False) + "".join(children)


def _depth(root: etree._Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _prepare(root: etree._Element, base: str) -> None:
    """Take away what is not shown, say what pictures show, and mend what would mislead.

    Links are whole addresses, headings leave no level out, and what is no part of a list does not
    say so.
    """
    etree.strip_elements(root, etree.Comment, etree.PI, *UNSEEN, with_tail=False)
    levels: list[int] = []
    for element in root.iter():
        name, parent = str(element.tag), element.getparent()
        if name == "img":
            element.text = _said(element.get("alt") or "")
        elif name == "a":
            element.set("href", _address((element.get("href") or "").strip(), base))
            element.tag = "a" if element.get("href") else "span"
        elif name in _HEADINGS and "".join(element.itertext()).strip():
            level = _HEADINGS.index(name)
            while levels and levels[-1] >= level:
                levels.pop()
            levels.append(level)
            element.tag = _HEADINGS[min(len(levels), len(_HEADINGS) - 1)]
        elif name in _PARTS or (
            name in _LISTS and (parent is None or parent.tag not in _LISTS[name])
        ):
            element.tag = "div"
        for attribute in set(element.keys()) - _ATTRIBUTES["*"] - _ATTRIBUTES.get(name, set()):
            del element.attrib[attribute]
    etree.strip_tags(root, "img")


def _address(href: str, base: str) -> str:
    return href if _MAIL.fullmatch(href) else absolute(href, base) or ""


def _said(alt: str) -> str:
    """Return what a picture is called, unless that is a file's name."""
    said = " ".join(alt.split())
    return f" [{said}] " if any(map(str.isalpha, said)) and not _FILE_NAME.fullmatch(said) else ""


def _checked(_element: str, name: str, value: str) -> str | None:
    form = _VALUES.get(name)
    value = value.strip()
    return value if form is None or form.fullmatch(value) else None
