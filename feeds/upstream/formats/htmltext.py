"""HTML to the plain text that a listing page shows: a line a block, bullets with indent."""

import re

from lxml import etree, html

from feeds.upstream.formats.datelines import part_dates

_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre section article".split())
_LINES = frozenset("div li dt dd tr header footer nav main aside form figure figcaption hr".split())
UNSEEN = frozenset("script style template noscript head svg iframe object select button".split())
"""Elements of which nothing is shown."""
_INDENT = 4
BLANKS = re.compile("[ \t\n\r\f]+")
"""What HTML collapses: ASCII white space (the standard's section 2.3), not the no-break space."""


class _Page:
    """Collects lines; knows the indent of the innermost list."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._bullet = ""
        self.depth = 0

    def write(self, text: str | None) -> None:
        if text:
            self._line.append(text)

    def end_line(self) -> None:
        text = BLANKS.sub(" ", "".join(self._line)).strip(" ")
        self._line.clear()
        if not text:
            return
        indent = " " * (self.depth * _INDENT)
        if self._bullet:
            indent = indent[: -len(self._bullet)] + self._bullet
            self._bullet = ""
        self.lines.append(indent + text)

    def end_paragraph(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def start_bullet(self) -> None:
        self.end_line()
        self._bullet = "• " if self.depth else ""


def html_text(markup: str) -> str:
    """Return the text of a page or fragment, block by block, without scripts and styles.

    List entries start with `•`, indented by their depth; paragraphs are split by a blank line.
    Any text is read; what holds no text gives none.
    """
    root = tree(markup)
    return "" if root is None else _text(root)


def page_text(markup: str) -> str:
    """Return the text of a page as `html_text` does, with dates beside links on their own lines."""
    root = tree(markup)
    if root is None:
        return ""
    part_dates(root)
    return _text(root)


def tree(markup: str) -> etree._Element | None:
    """Return a page or fragment as elements; None where there is nothing in it."""
    data = markup.encode("utf-8", errors="replace")
    if not data.strip():
        return None
    try:
        root = html.fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return None
    return root if isinstance(root.tag, str) else None  # else it is a comment


def _text(root: etree._Element) -> str:
    page = _Page()
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            _open(page, element)
        elif event == "end":
            _close(page, element)
        page.write(element.tail if event != "start" and element is not root else None)
    page.end_line()
    return "\n".join(page.lines).strip("\n")


def _open(page: _Page, element: etree._Element) -> None:
    name = element.tag
    if name in UNSEEN:
        for child in list(element):
            element.remove(child)
        return
    if name in _PARAGRAPHS:
        page.end_paragraph()
    if name in {"ul", "ol"}:
        page.depth += 1
    if name == "li":
        page.start_bullet()
    elif name in _LINES or name == "br":
        page.end_line()
    elif name in {"td", "th"}:
        page.write(" ")
    page.write(element.text)


def _close(page: _Page, element: etree._Element) -> None:
    name = element.tag
    if name in _LINES:
        page.end_line()
    if name in _PARAGRAPHS:
        page.end_paragraph()
    if name in {"ul", "ol"}:
        page.depth -= 1
