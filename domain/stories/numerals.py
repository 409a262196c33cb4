"""Numbers written in words that no stem tells apart: Chinese numerals, and tens in Arabic."""

import re
from collections.abc import Iterator

from domain.text import words

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_HAN = re.compile(rf"(?![万亿])[{''.join((*_DIGITS, *_PLACES, *_MYRIADS))}]{{2,12}}")
_LEAST = 10
"""Smaller ones are words of their own, and often mean something else."""
_ARABIC = {
    **dict.fromkeys(("عشرون", "عشرين"), 20),
    **dict.fromkeys(("ثلاثون", "ثلاثين"), 30),
    **dict.fromkeys(("أربعون", "أربعين"), 40),
    **dict.fromkeys(("خمسون", "خمسين"), 50),
    **dict.fromkeys(("ستون", "ستين"), 60),
    **dict.fromkeys(("سبعون", "سبعين"), 70),
    **dict.fromkeys(("ثمانون", "ثمانين"), 80),
    **dict.fromkeys(("تسعون", "تسعين"), 90),
}


def written_numbers(text: str) -> Iterator[int]:
    """Yield the numbers from ten on that a text writes in these words."""
    for found in _HAN.finditer(text):
        value = _han(found.group())
        if value >= _LEAST:
            yield value
    for word in words(text):
        if word in _ARABIC:
            yield _ARABIC[word]


def _han(signs: str) -> int:
    """Return the value of Chinese numerals: `四十万` is 400000. Without places, its digits'."""
    if not any(sign in _PLACES or sign in _MYRIADS for sign in signs):
        return int("".join(str(_DIGITS[sign]) for sign in signs))
    total = section = digit = 0
    for sign in signs:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            section += (digit or 1) * _PLACES[sign]
            digit = 0
        else:
            total += (section + digit or 1) * _MYRIADS[sign]
            section = digit = 0
    return total + section + digit
