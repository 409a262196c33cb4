"""Folding: case, accents and writing variants that readers do not tell apart.

Follows Unicode compatibility composition (NFKC) and full case folding, and then drops accents in
Latin, Cyrillic, Greek, Hebrew and Arabic script. Decisions beyond that:

- `ё` is `е`; `й` stays, because Russian endings depend on it;
- dotted and dotless Turkish i are both `i`; `ø ł đ ð þ æ œ` become their plain letters;
- Arabic: no tashkeel, no tatweel; one alef, one ya, ta marbuta as ha, Persian ya and kaf as Arabic;
- marks that make another letter (kana voicing, Indic and Thai vowel signs) stay;
- every decimal digit is an ASCII digit; characters that do not show are gone.
"""

import unicodedata

_LETTERS = {
    "й": "й",
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ى": "ي",
    "ی": "ي",
    "ة": "ه",
    "ک": "ك",
    "ٱ": "ا",
    "ـ": "",
}
_ZERO_WIDTH_SPACE = "\u200b"
_ACCENT_CLASSES = frozenset((1, *range(10, 37), *range(200, 256)))
"""Canonical combining classes of accents and vowel points; other marks belong to the letter."""


def fold(text: str) -> str:
    """Return `text` as it is compared: without case, accents and width. Idempotent."""
    if text.isascii():
        return text.lower()
    previous = None
    while text != previous:
        previous = text
        text = unicodedata.normalize("NFKC", text).translate(_TABLE)
        text = unicodedata.normalize("NFKC", text)
    return text


class _Table(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = "".join(_fold_character(chr(code)))
        return folded


def _fold_character(character: str) -> list[str]:
    folded = []
    for letter in character.casefold():
        if letter in _LETTERS:
            folded.append(_LETTERS[letter])
        elif letter == _ZERO_WIDTH_SPACE:
            folded.append(" ")
        else:
            parts = unicodedata.normalize("NFKD", letter)
            folded.extend(_fold_part(part) for part in parts)
    return folded


def _fold_part(part: str) -> str:
    if part in _LETTERS:
        return _LETTERS[part]
    if unicodedata.combining(part) in _ACCENT_CLASSES or _is_unseen(part):
        return ""
    digit = unicodedata.digit(part, None) if unicodedata.category(part) == "Nd" else None
    return part if digit is None else str(digit)


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


_TABLE = _Table()
