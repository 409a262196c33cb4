"""HTML of others written anew: few elements, loose text in paragraphs, and nothing empty.

What is written is well nested, whatever was read: paragraphs hold text and inline elements alone,
headings begin at the second level and leave none out, parts of tables stand in tables. This makes
no promise about safety; `markup.sanitise` does.
"""

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final

from lxml import etree

from feeds.upstream.formats.htmltext import BLANKS, UNSEEN, tree
from feeds.upstream.formats.markup.attributes import attributes
from feeds.upstream.formats.markup.elements import (
    BLOCKS,
    HEADINGS,
    INDENTED,
    INLINE,
    LOOSE,
    PARAGRAPHS,
    RENAMED,
    ROWS,
    TEXT_ALONE,
    fits,
)

MAX_DEPTH: Final = 200
"""Of elements in each other, in what is read."""

_MOST_BREAKS: Final = 2
_MOST_INDENTS: Final = 8
"""What is deeper would leave no room on a phone, and is written as paragraphs."""
_RULE: Final = "<hr>\n"
_BLANK: Final = " \t\n\r\f"
_FILE_NAME: Final = re.compile(r"\S+\.\w{3,4}")


class UnfitError(Exception):
    """Some markup cannot be written anew."""


@dataclass(slots=True)
class _Frame:
    """A block that is open; written with the first text in it."""

    name: str
    start: str = ""
    written: bool = False
    paragraphs: list[str] = field(default_factory=list)
    """Attributes of the paragraphs of the source that are open in it."""
    empty_cells: str = ""


def tidy(markup: str, base: str, most: int) -> tuple[str, frozenset[str]]:
    """Return markup written anew, in at most so many bytes, and the names of its elements.

    Every block ends its line, for readers that take tags away and leave the rest as it is. Links
    are resolved from the address `base`. Raises `UnfitError` for what would be longer, nests deeper
    than `MAX_DEPTH`, or has text in a table beside its cells.
    """
    root = tree(markup)
    writer = _Writer(base, most)
    if root is None:
        return "", frozenset()
    depth = 0
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            depth += 1
            if depth > MAX_DEPTH:
                raise UnfitError
            if element.tag in UNSEEN:
                walk.skip_subtree()
                writer.skip()
            else:
                writer.start(element)
                writer.text(element.text)
            continue
        if event == "end":
            depth -= 1
            writer.end()
        if element is not root:
            writer.text(element.tail)
    writer.finish()
    return "".join(writer.pieces).strip(_BLANK), frozenset(writer.names)


class _Writer:
    """Writes start tags late, with the first text behind them, so that nothing is empty."""

    def __init__(self, base: str, most: int) -> None:
        self.pieces: list[str] = []
        self.names: set[str] = set()
        self._base = base
        self._left = most
        self._frames = [_Frame("", written=True)]
        self._inlines: list[tuple[str, str]] = []
        self._inlines_written = 0
        self._ends: list[str] = []
        self._headings: list[int] = []
        self._in_line = self._in_paragraph = self._blank = False
        self._breaks = 0
        self._indent = ""

    def skip(self) -> None:
        """Begin an element of which nothing is shown."""
        self._ends.append("")

    def start(self, element: etree._Element) -> None:
        """Begin an element."""
        source = str(element.tag)
        name = RENAMED.get(source, source)
        frame = self._frames[-1]
        kind = ""
        if name in INLINE:
            kind = self._start_inline(name, element)
        elif name == "img":
            self._image(element.get("alt") or "")
        elif name == "br":
            self._breaks += self._in_line
        elif name == "hr":
            self._rule()
        elif name in BLOCKS and fits(name, frame.name) and not self._is_deep(name):
            kind = "block"
            self._end_line()
            tag = f"{name}{attributes(name, element, self._base) or ''}"
            level = f"{source[1]}" if name in HEADINGS else ""
            self._frames.append(_Frame(name, f"{level}{tag}"))
        elif name in PARAGRAPHS or name in BLOCKS:
            kind = "paragraph"
            self._end_paragraph()
            frame.paragraphs.append(attributes("p", element, self._base) or "")
        self._ends.append(kind)

    def end(self) -> None:
        """End the innermost element."""
        match self._ends.pop():
            case "inline":
                name, _ = self._inlines.pop()
                if self._inlines_written > len(self._inlines):
                    self._inlines_written -= 1
                    self._write(f"</{name}>")
            case "paragraph":
                self._end_paragraph()
                self._frames[-1].paragraphs.pop()
            case "block":
                self._end_line()
                self._end_block(self._frames.pop())

    def text(self, text: str | None) -> None:
        """Write a text; blanks are collapsed unless the source is preformatted."""
        if not text:
            return
        if self._frames[-1].name == "pre":
            self._preformatted(text)
            return
        words = BLANKS.sub(" ", text).strip(" ")
        if not words.strip():  # as in paragraphs that only part others
            self._blank = True
            return
        self._blank |= text[0] in _BLANK
        self._begin()
        self._write(escape(words, quote=False))
        self._blank = text[-1] in _BLANK

    def finish(self) -> None:
        """End what is still open."""
        self._end_line()

    def _preformatted(self, text: str) -> None:
        if not self._in_line:
            text = self._indent + (text if self._indent else text.lstrip("\r\n"))
            if text.isspace():
                self._indent = text
                return
        if text:
            self._begin()
            self._write(escape(text, quote=False))

    def _start_inline(self, name: str, element: etree._Element) -> str:
        told = attributes(name, element, self._base)
        if told is None or any(name == opened for opened, _ in self._inlines):
            return ""
        self._inlines.append((name, f"<{name}{told}>"))
        return "inline"

    def _is_deep(self, name: str) -> bool:
        around = sum(frame.name in INDENTED for frame in self._frames)
        return name in INDENTED and around == _MOST_INDENTS

    def _image(self, alt: str) -> None:
        """Show what a picture is called, unless that is a file's name."""
        said = " ".join(alt.split())
        if any(map(str.isalpha, said)) and not _FILE_NAME.fullmatch(said):
            self.text(f" [{said}] ")

    def _rule(self) -> None:
        frame = self._frames[-1]
        if frame.name in TEXT_ALONE | ROWS:
            self._end_paragraph()
            return
        self._end_line()
        if frame.written and self.pieces and self.pieces[-1] != _RULE:
            self._write(_RULE)

    def _begin(self) -> None:
        """Write what has to stand before the next text."""
        frame = self._frames[-1]
        if frame.name in ROWS:
            raise UnfitError
        if not self._in_line:
            self._open_blocks()
            if frame.name not in TEXT_ALONE and (frame.name in LOOSE or frame.paragraphs):
                told = next(filter(None, reversed(frame.paragraphs)), "")
                self._in_paragraph = True
                self._write(f"<p{told}>")
            self._in_line = True
        elif self._breaks:
            self._write("<br>" * min(self._breaks, _MOST_BREAKS))
        elif self._blank:
            self._write(" ")
        self._breaks, self._blank = 0, False
        for name, tag in self._inlines[self._inlines_written :]:
            self.names.add(name)
            self._write(tag)
        self._inlines_written = len(self._inlines)

    def _open_blocks(self) -> None:
        around = self._frames[0]
        for frame in self._frames:
            if not frame.written:
                self._write(around.empty_cells)
                around.empty_cells = ""
                if frame.start[0].isdecimal():
                    self._number(frame)
                self._write(f"<{frame.start}>")
                self.names.add(frame.name)
                frame.written = True
            around = frame

    def _number(self, heading: _Frame) -> None:
        """Give a heading the level below the nearest one that is above it."""
        level = int(heading.start[0])
        while self._headings and self._headings[-1] >= level:
            self._headings.pop()
        self._headings.append(level)
        told = heading.start[1 + len(heading.name) :]
        heading.name = HEADINGS[min(len(self._headings), len(HEADINGS)) - 1]
        heading.start = heading.name + told

    def _end_block(self, frame: _Frame) -> None:
        if frame.written:
            self._write(f"{frame.empty_cells}</{frame.name}>\n")
        elif frame.name in {"td", "th"}:
            self._frames[-1].empty_cells += f"<{frame.start}></{frame.name}>\n"

    def _end_paragraph(self) -> None:
        if self._frames[-1].name not in TEXT_ALONE:
            self._end_line()
        elif self._in_line:
            self._breaks = max(self._breaks, 1)

    def _end_line(self) -> None:
        for name, _ in reversed(self._inlines[: self._inlines_written]):
            self._write(f"</{name}>")
        if self._in_paragraph:
            self._write("</p>\n")
        self._inlines_written = self._breaks = 0
        self._indent = ""
        self._in_line = self._in_paragraph = self._blank = False

    def _write(self, piece: str) -> None:
        if not piece:
            return
        self._left -= len(piece.encode())
        if self._left < 0:
            raise UnfitError
        self.pieces.append(piece)
