"""Lists of feeds as an OPML 2.0 document, which readers take over in one step."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from domain.text import clean

OPML_TYPE = "text/x-opml; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed, and the feeds below it. Addresses are absolute."""

    title: str
    feed_url: str
    home: str | None = None
    """The page that shows the same items."""
    language: str | None = None
    categories: tuple[str, ...] = ()
    parts: tuple["Outline", ...] = field(default=())


def render_opml(title: str, outlines: Iterable[Outline]) -> bytes:
    """Return the document; the same values give the same bytes."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _line(title)
    _add(etree.SubElement(root, "body"), outlines)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent: etree._Element, outlines: Iterable[Outline]) -> None:
    for outline in outlines:
        name = _line(outline.title)
        # Readers that know no version of a feed take `rss` for any of them.
        attributes = {"type": "rss", "text": name, "title": name, "xmlUrl": outline.feed_url}
        if outline.home:
            attributes["htmlUrl"] = outline.home
        if outline.language:
            attributes["language"] = outline.language
        if outline.categories:
            attributes["category"] = ",".join(map(_line, outline.categories))
        _add(etree.SubElement(parent, "outline", attributes), outline.parts)


def _line(text: str) -> str:
    return " ".join(clean(text).split())
