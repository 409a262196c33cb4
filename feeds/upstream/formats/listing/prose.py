"""Judging a text by its shape: a title, a sentence, a fragment. No dictionary, six languages."""

import re
from collections.abc import Iterable

from domain.text import sentence_parts

_CLOSERS = "\"'”’»)]）」』"
_FINAL = ".!?…。！？؟"
_LINKING_WORDS = (
    "a an and as at by for from in into of on or the to with via its their à au aux avec ce "
    "ces dans de des du en et la le les ou par pour sa son sur un une al con del el en la las "
    "los o para por su un una y в во для за и из к ко на о об от по при с со у من في على إلى "
    "عن و"
)
_LINKING = frozenset(_LINKING_WORDS.split())
_HAN = re.compile(r"[\u3400-\u9fff]")
_BYLINE = re.compile(r"(?:By|BY|by|Par|Por|Автор:?) [A-ZÀ-ÞА-Я]")
TITLE_LIMIT = 240
"""Longer texts are no titles, characters."""


def word_count(text: str) -> int:
    """Count words; two Han characters count as one."""
    han = len(_HAN.findall(text[:2000]))
    return len(text[:2000].split()) + han // 2


def ends_sentence(text: str) -> bool:
    """Say whether the text ends with a full stop or its kin, perhaps inside of quotes."""
    return text.rstrip(_CLOSERS + " ")[-1:] in _FINAL and text != ""


def starts_small(text: str) -> bool:
    """Say whether the first word begins with a small letter."""
    return text.lstrip("\"'“‘«([„¿¡ ")[:1].islower()


def has_open_end(text: str) -> bool:
    """Say whether the text asks to be continued: a comma, a hyphen, a linking word at its end."""
    if not text:
        return False
    last = text.rsplit(None, 1)[-1]
    return text[-1] in ",-–—/&،、" or (last.casefold() in _LINKING and not last.isupper())


def is_title(text: str) -> bool:
    """Say whether the text looks like a headline: short, capitalised, without a full stop."""
    if not text or len(text) > TITLE_LIMIT or text[-1] in ".;,:…。；，：،؛" or starts_small(text):
        return False
    return any(sign.isalpha() for sign in text)


def is_byline(text: str) -> bool:
    """Say whether the line names who wrote the text: `By Jane Doe`."""
    return len(text) <= 60 and word_count(text) <= 5 and _BYLINE.match(text) is not None


def is_prose(text: str) -> bool:
    """Say whether the text looks like running text: a finished sentence, or a long text."""
    return len(text) > TITLE_LIMIT or (ends_sentence(text) and word_count(text) >= 6)


def is_fragment(text: str) -> bool:
    """Say whether the text is short and no sentence, as the items of menus and footers are."""
    if len(text) > 60 or word_count(text) > 10 or len(sentence_parts(text)) > 1:
        return False
    if text[-1:] in "?？؟":
        return word_count(text) <= 6
    return not ends_sentence(text) and text[-1:] not in ":;,：；，"


def glue(first: str, second: str) -> str:
    """Return what joins two lines: a blank, or nothing inside of a word or between Han signs."""
    split_word = first[-1:] == "-" and first[-2:-1].isalpha() and second[:1].islower()
    han = all("\u2e80" < sign < "\uffef" for sign in (first[-1:], second[:1]))
    return "" if split_word or han else " "


def join_lines(parts: Iterable[str]) -> str:
    """Join the lines of one paragraph."""
    joined: list[str] = []
    for part in parts:
        if joined:
            joined.append(glue(joined[-1], part))
        joined.append(part)
    return "".join(joined)
