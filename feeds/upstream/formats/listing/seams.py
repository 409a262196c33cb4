"""Finding the place where a caption or a credit is stuck to the text that follows it.

A seam is where, with no blank between, one word has ended and a sentence begins: a small letter
or a closing sign before a capital, capitals before a capitalised word, one script before another,
a name printed twice, or anything before a printed date. Names have capitals inside of them too
(`CdeBaca`, `McDonald`, `WhatsApp`), so each place is weighed with what the page shows.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from domain.dates import match_date
from feeds.upstream.formats.listing.prose import word_count
from feeds.upstream.formats.listing.words import Words, leading_word, opens_sentence

_REACH = 1200
_ENOUGH = 3
_CLOSERS = ')]»”"!?%…'
_OPENERS = '“«„"‘'
_BRANDS_WORDS = (
    "whatsapp youtube linkedin tiktok paypal facetime github powerpoint wordpress mastercard "
    "fedex snapchat playstation openstreetmap wikileaks airbnb datajam unaids"
)
_BRANDS = frozenset(_BRANDS_WORDS.split())
_PREFIXES_WORDS = "mc mac de da di la le van von del du o al el st fitz cde i e"
_PREFIXES = frozenset(_PREFIXES_WORDS.split())
_TOKEN_END = re.compile(r"[^\s/,;:()]*$")
_LAST_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-ÞЀ-Я]+$")
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?…] +[^\W_]")


@dataclass(frozen=True, slots=True)
class _Seam:
    at: int
    score: int


def find_seam(text: str, words: Words) -> int | None:
    """Return where the sentence begins in a text that starts with a caption or credit, or None."""
    best: _Seam | None = None
    for seam in _seams(text, words):
        if seam.score < _ENOUGH:
            continue
        if best is None:
            best = seam
        elif _SENTENCE.search(text, best.at, seam.at):
            break
        elif seam.score > best.score:
            best = seam
    return best.at if best else _stop_without_blank(text)


def _seams(text: str, words: Words) -> Iterator[_Seam]:
    for at in range(1, min(len(text), _REACH)):
        before, after = text[at - 1], text[at]
        if before.isspace() or after.isspace() or before in "/-–—'’(":
            continue
        score = _score(text, at, words)
        if score:
            yield _Seam(at, score)


def _score(text: str, at: int, words: Words) -> int:
    before, after = text[at - 1], text[at]
    if after.isdigit():
        return 0 if before.isdigit() else _score_digits(text, at, words)
    quoted = text.count('"', 0, at) % 2 == 1
    if after in _OPENERS:
        opens = before.islower() and text[at + 1 : at + 2].isupper()
        return 3 if opens and not (after == '"' and quoted) else 0
    if not after.isalpha():
        return 0
    if before.isalpha() and _script(before) != _script(after):
        return 6 if not after.islower() else 0
    if not after.isupper():
        return 0
    if before.isdigit():
        return 3 * opens_sentence(leading_word(text[at : at + 40]))
    if before in _CLOSERS and not (before == '"' and quoted):
        return 3 + 2 * opens_sentence(leading_word(text[at : at + 40]))
    return _score_letters(text, at, words) if before.isalpha() else 0


def _score_digits(text: str, at: int, words: Words) -> int:
    before = text[at - 1]
    if not (before.isalpha() or before in _CLOSERS + "."):
        return 0
    if match_date(text[at : at + 60]) is not None:
        return 8
    found = re.match(r"[\d.,]+ +[^\W\d_]{3}", text[at : at + 40])
    capitals = _LAST_CAPITALS.search(text, max(0, at - 20), at)
    apart = before.islower() or before in _CLOSERS
    apart = apart or (capitals is not None and words.is_acronym(capitals.group()))
    return 3 if found and apart else 0


def _score_letters(text: str, at: int, words: Words) -> int:
    """Weigh a capital that follows a letter of the same script directly."""
    left = _TOKEN_END.search(text, max(0, at - 60), at)
    stem = left.group() if left else ""
    right = leading_word(text[at : at + 60])
    if (stem + right).casefold() in _BRANDS or words.repeats(stem + right):
        return 0
    rest = text[at + len(right) : at + len(right) + 200]
    sentence = 2 * (word_count(rest) >= 7)
    if text[at - 1].isupper():
        return _score_capitals(stem, right, words, sentence)
    score = 1 + sentence + 4 * opens_sentence(right) - _name_weight(stem, words)
    name = _capitals(right)
    if words.is_acronym(name):
        score += 3
    elif len(name) > 1 and name != right:
        score -= 3  # `CeSPITwenty` is cut behind its capitals, not before them
    return score + 2 * words.has(stem) + (words.has(right) and len(right) > 2)


def _name_weight(stem: str, words: Words) -> int:
    """Weigh how much a stem looks like the beginning of a name that goes on with a capital."""
    if stem.casefold() in _PREFIXES:
        return 6
    return 4 * (len(stem) <= 3 and not words.has(stem))


def _score_capitals(stem: str, right: str, words: Words, sentence: int) -> int:
    """Weigh a capital that follows a capital: `UNODC|Over`, `UNODC|UNODC's`, `UNODC|A report`."""
    found = _LAST_CAPITALS.search(stem)
    first = found.group() if found else ""
    if len(first) < 2:
        return 0
    known = words.is_acronym(first)
    if len(right) == 1:
        return 4 + sentence if known and opens_sentence(right) else 0
    if right[1].isupper():  # the next word is in capitals too, at least at its beginning
        name = _capitals(right)
        if first == name:
            return 5
        whole = words.is_agency(first + name) or words.repeats(first + name)
        return 4 + sentence if known and words.is_acronym(name) and not whole else 0
    if not (right[1].islower() or opens_sentence(right)) or (len(right) < 3 and not known):
        return 0
    return 2 + sentence + 2 * known + 4 * opens_sentence(right)


def _stop_without_blank(text: str) -> int | None:
    """Return the place behind a caption's full stop that has no blank after it."""
    found = re.search(r"[^\W\d_]{3}\.(?=[^\W\d_a-z][^\W\d_]* )", text[:_REACH])
    return found.end() if found and text[found.end()].isupper() else None


def _capitals(word: str) -> str:
    """Return the capitals that a word begins with, without that of a capitalised word in it."""
    count = next((i for i, sign in enumerate(word) if not sign.isupper()), len(word))
    follows_small = count < len(word) and word[count].islower()
    return word[: count - 1] if follows_small and count > 1 else word[:count]


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]
