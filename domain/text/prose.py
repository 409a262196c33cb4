"""Paragraphs, sentences and summaries of plain text."""

import re

_SENTENCE_ENDS = ".!?…"
_WIDE_SENTENCE_ENDS = "。！？؟۔"
_CLOSING = "\"'’”»)]"
_ELLIPSIS = "…"
_SENTENCE_BREAK = re.compile(r"(?<=[^\W\d_]{3}[.!?…])[\"”’»)]?\s+(?=[\"“«(]?[^\W_])|(?<=[。！？])")


def paragraphs(body: str) -> list[str]:
    """Return the paragraphs of a body, which blank lines separate, without the blanks around."""
    found: list[list[str]] = [[]]
    for line in body.split("\n"):
        if line.strip():
            found[-1].append(line.rstrip())
        elif found[-1]:
            found.append([])
    return ["\n".join(lines).strip() for lines in found if lines]


def first_sentences(text: str, count: int) -> str:
    """Return the first sentences of a text."""
    for number, found in enumerate(_SENTENCE_BREAK.finditer(text), start=1):
        if number == count:
            return text[: found.start()]
    return text


def sentence_parts(text: str) -> list[str]:
    """Split a text where one sentence ends and another begins; abbreviations may fool it."""
    return [part for part in _SENTENCE_BREAK.split(text) if part]


def summarise(body: str, limit: int = 300) -> str:
    """Return the start of a body on one line, at most `limit` (at least 1) characters.

    Ends after a sentence where one ends in the second half of what fits, else after a word with
    an ellipsis.
    """
    text = " ".join(body.split())
    if len(text) <= limit:
        return text
    for end in range(limit, limit // 2, -1):
        if _ends_sentence(text, end):
            return text[:end]
    room = text[: limit - len(_ELLIPSIS) + 1]
    cut = room.rfind(" ")
    kept = room[:cut] if cut > limit // 2 else room[:-1]
    return kept.rstrip(" ,;:–—-") + _ELLIPSIS


def _ends_sentence(text: str, end: int) -> bool:
    """Say whether a sentence ends before `end`; an initial or `U.S.` ends none."""
    stop = end
    while stop > 1 and text[stop - 1] in _CLOSING:
        stop -= 1
    if text[stop - 1] in _WIDE_SENTENCE_ENDS:
        return True
    if text[stop - 1] not in _SENTENCE_ENDS or not text[end : end + 1].isspace():
        return False
    before = text[max(0, stop - 3) : stop - 1]
    return before.isalnum() and len(before) > 1 and not text[end + 1 : end + 2].islower()
