"""Where words begin and end.

A word is a run of letters, digits and their marks. Hyphens and all other punctuation separate
(`anti-human` is two words, `COVID-19` is `covid` and `19`). An apostrophe separates too, and takes
an elided article before it (`L'ONUDC` is `onudc`) or an English ending after it (`UNODC's` is
`unodc`) along. In scripts that are written without spaces a whole run counts as one word.
"""

import unicodedata
from functools import lru_cache
from itertools import groupby

MAX_LENGTH = 64
"""Characters of a word that count; PostgreSQL refuses lexemes over 2 KB."""

_APOSTROPHES = "'’‘ʼ‛`′"
_ELISIONS = frozenset(
    ("l", "d", "n", "s", "j", "m", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu")
)
_ENDINGS = frozenset(("s", "t", "d", "m", "ll", "re", "ve"))
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # iteration mark, zero
    (0x3040, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


class _Separators(dict[int, str]):
    """Maps what is no part of a word to a blank, and every apostrophe to one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _APOSTROPHES:
            result = "'"
        elif character.isalnum() or unicodedata.category(character)[0] == "M":
            result = character
        else:
            result = " "
        self[code] = result
        return result


_SEPARATORS = _Separators()


def words(folded: str) -> list[str]:
    """Return the words of a folded text, in order."""
    found: list[str] = []
    for chunk in folded.translate(_SEPARATORS).split():
        for part in _without_elision(chunk.split("'")) if "'" in chunk else (chunk,):
            found += [part[:MAX_LENGTH]] if part.isascii() else _runs(part)
    return found


def is_unspaced(word: str) -> bool:
    """Say whether a word from `words` is a run in a script written without spaces."""
    return not word.isascii() and _unspaced(word[0])


def _without_elision(parts: list[str]) -> list[str]:
    last = len(parts) - 1
    kept = [
        part
        for place, part in enumerate(parts)
        if not (place < last and part in _ELISIONS) and not (place > 0 and part in _ENDINGS)
    ]
    return [part for part in kept if part]


def _runs(part: str) -> list[str]:
    found = []
    for unspaced, group in groupby(part, _unspaced):
        run = "".join(group)
        if any(character.isalnum() for character in run):
            found.append(run if unspaced else run[:MAX_LENGTH])
    return found


@lru_cache(maxsize=20_000)
def _unspaced(character: str) -> bool:
    code = ord(character)
    return code >= 0x0E00 and any(first <= code <= last for first, last in _UNSPACED)
