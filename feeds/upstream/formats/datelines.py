"""Dates that a page prints beside a link, on one line with it.

As text such a line could as well be a sentence that ends in a date; only the page's elements tell
that the link is a title and the date is its own.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from lxml import etree

from domain.dates import match_date

_FEWEST = 2
"""One such line may be a byline."""
_LINKS_READ = 5_000
_STEPS = 16
_LONGEST = 90
_AROUND = " \t\r\n\f\xa0-–—|·•,:;،()[]/"
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code em font i mark q s small span strong sub sup td th time".split()
)


def part_dates(root: etree._Element) -> None:
    """Put a line break between links and dates, where lines are nothing but one of each.

    A link that is the same on several such lines is no title but a category, and is taken out.
    """
    found = []
    for link in islice(root.iter("a"), _LINKS_READ):
        named = (link.get("href"), " ".join("".join(link.itertext()).split()))
        if named[0] is None or not any(map(str.isalpha, named[1])):
            continue
        before, after = _joined(_before(link), backwards=True), _joined(_after(link))
        if (_is_date(after) and not before) or (_is_date(before) and not after):
            found.append((link, named, bool(after)))
    times = Counter(named for _, named, _ in found)
    if len(found) >= _FEWEST:
        for link, named, is_before in found:
            if times[named] > 1:
                _empty(link)
            else:
                _break(link, behind=is_before)


def _empty(link: etree._Element) -> None:
    tail = link.tail
    link.clear()
    link.tail = tail


def _break(link: etree._Element, *, behind: bool) -> None:
    parent = link.getparent()
    if parent is None:
        return
    line_break = parent.makeelement("br")
    place = parent.index(link)
    if behind:
        line_break.tail, link.tail = (link.tail or "").lstrip(_AROUND), None
        parent.insert(place + 1, line_break)
    else:
        parent.insert(place, line_break)


def _is_date(text: str) -> bool:
    printed = match_date(text) if 0 < len(text) <= _LONGEST else None
    return printed is not None and printed.end == len(text)


def _joined(texts: Iterator[str], *, backwards: bool = False) -> str:
    """Return a text without what stands around it; more than a date may have is not read."""
    joined = ""
    for text in texts:
        joined = text + joined if backwards else joined + text
        if len(joined.strip(_AROUND)) > _LONGEST:
            break
    return " ".join(joined.strip(_AROUND).split())


def _after(link: etree._Element) -> Iterator[str]:
    """Yield what follows a link on its line."""
    element: etree._Element | None = link
    for _ in range(_STEPS):
        if element is None:
            return
        yield element.tail or ""
        following = element.getnext()
        if following is None:
            element = element.getparent()
            if element is None or element.tag not in _INLINE:
                return
            continue
        if not _is_inline(following):
            return
        yield from chain(" ", _texts(following))
        element = following


def _before(link: etree._Element) -> Iterator[str]:
    """Yield what stands before a link on its line, the nearest text first."""
    element: etree._Element | None = link
    for _ in range(_STEPS):
        if element is None:
            return
        preceding = element.getprevious()
        if preceding is None:
            element = element.getparent()
            if element is None:
                return
            yield element.text or ""
            if element.tag not in _INLINE:
                return
            continue
        yield preceding.tail or ""
        if not _is_inline(preceding):
            return
        yield from chain(" ", ["".join(_texts(preceding))], " ")
        element = preceding


def _is_inline(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):  # a comment
        return True
    return all(inner.tag in _INLINE for inner in islice(element.iter("*"), _STEPS))


def _texts(element: etree._Element) -> Iterator[str]:
    if isinstance(element.tag, str):
        yield from map(str, element.itertext(with_tail=False))
