"""A document's text as lines: indent, bullet sign, content, and the blank lines between."""

import re
import unicodedata
from dataclasses import dataclass

_BULLETS = "•‣⁃∙◦▪▫●○■□►▸▹➢➤❖✓·"
_LINE = re.compile(rf"(?P<sign>[{_BULLETS}]|[*–—»-](?=\s|$))?\s*(?P<rest>.*)", re.DOTALL)
_TAB_WIDTH = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line."""

    number: int
    """Counted from 1; lines end at a line feed, a carriage return, or both."""
    raw: str
    """As it stands in the document, without its line end."""
    indent: int
    """Columns before the bullet or the first sign."""
    bullet: str
    """The sign that the line begins with, or nothing."""
    text: str
    """What follows the bullet, with every run of blanks as one blank."""
    gap: int
    """Blank lines directly above it."""
    width: int
    """Columns up to its last sign."""

    @property
    def content(self) -> str:
        """What follows the bullet, with blanks as they are printed."""
        return self.raw.strip().strip("|").removeprefix(self.bullet).strip()


def squeeze(text: str) -> str:
    """Return the text with every run of blanks, also no-break ones, as one blank."""
    return " ".join(text.split())


def read_lines(text: str) -> list[Line]:
    """Return the non-blank lines. A bullet on a line of its own belongs to the line below it."""
    lines: list[Line] = []
    gap = 0
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for number, raw in enumerate(plain.split("\n"), start=1):
        content = raw.strip()
        if not content:
            gap += 1
            continue
        if content.startswith("|"):  # a table's border
            content = content.strip("|").strip()
        found = _LINE.fullmatch(content)
        sign, rest = (found["sign"] or "", found["rest"]) if found else ("", content)
        indent = _columns(raw[: len(raw) - len(raw.lstrip())])
        if lines and gap == 0 and lines[-1].bullet and not lines[-1].text and not sign:
            sign, indent = lines[-1].bullet, lines[-1].indent
        squeezed = unicodedata.normalize("NFC", squeeze(rest))
        lines.append(Line(number, raw, indent, sign, squeezed, gap, indent + len(content)))
        gap = 0
    return lines


def _columns(blanks: str) -> int:
    return len(blanks.expandtabs(_TAB_WIDTH))
