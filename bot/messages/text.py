"""Telegram's HTML: escaping, measuring, cutting, and the plain text that stands in for it.

Telegram measures text in UTF-16 code units after the entities are parsed and takes no more than
100 entities in a message.
"""

import re
from dataclasses import dataclass
from html import escape as escape_html
from html import unescape
from itertools import accumulate, takewhile
from unicodedata import combining

from telegram import InlineKeyboardMarkup

LIMIT = 4096
"""Most UTF-16 units that a message may show."""
ENTITY_LIMIT = 100
ELLIPSIS = "…"

_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class File:
    """A document that goes with a message, whose text is then its caption."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to be sent: HTML that is within Telegram's limits, and its buttons."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    file: File | None = None
    quotes: bool = False
    """Whether it is to name what it answers in private chats too, as in groups."""


def escape(text: str) -> str:
    """Return the text with what HTML gives a meaning written out."""
    return escape_html(text, quote=True)


def bold(text: str) -> str:
    """Return plain text as bold HTML."""
    return f"<b>{escape(text)}</b>"


def link(text: str, url: str) -> str:
    """Return plain text as a link."""
    return f'<a href="{escape(url)}">{escape(text)}</a>'


def units(text: str) -> int:
    """Return how many UTF-16 code units the plain text takes."""
    return len(text) + sum(character > "\uffff" for character in text)


def visible(html: str) -> str:
    """Return what Telegram shows of HTML of ours."""
    return unescape(_TAG.sub("", html))


def size(html: str) -> int:
    """Return the UTF-16 units that count towards the limit."""
    return units(visible(html))


def entities(html: str) -> int:
    """Return how many entities the HTML makes."""
    return html.count("</")


def cut(text: str, limit: int) -> str:
    """Return plain text of at most `limit` units, cut after a word and marked where it was cut.

    A text without blanks is cut between characters, never inside one nor before its accents.
    """
    if units(text) <= limit:
        return text
    sizes = accumulate(map(units, text))
    end = sum(1 for _ in takewhile(lambda taken: taken <= limit - units(ELLIPSIS), sizes))
    word_end = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    if word_end < end // 2:
        word_end = _character_end(text, end)
    return text[:word_end].rstrip(" \n\t.,;:–—-") + ELLIPSIS


def _character_end(text: str, end: int) -> int:
    """Return the last place at or before `end` that splits no character from its marks."""
    while end > 0 and (_joins(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return end


def to_plain(html: str) -> str:
    """Return HTML of ours as plain text within the limit, the addresses written out."""
    text = unescape(_TAG.sub("", _LINK.sub(r"\2 (\1)", html)))
    return cut(text, LIMIT)


def _joins(character: str) -> bool:
    return bool(combining(character)) or character in "\u200d\ufe0f"
