"""The numbers that points of a list begin with: `1.`, `(2)`, `c)`, `iv)`, `五、`."""

import re
from dataclasses import dataclass

_POINT = re.compile(
    r"(?P<open>[(（]?)(?:(?P<number>\d{1,2})|(?P<roman>[ivx]{1,5})|(?P<letter>[a-zа-я])"
    r"|(?P<han>[一二三四五六七八九十]{1,3}))"
    r"(?P<close>[)）]\.?|\.|、|．| ?[-–](?= ))(?=\s*[^\W\d]|\s+\S|\s*[\"“«])"
)
_ROMAN = {
    numeral: value
    for value, numeral in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)
}
_HAN = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Point:
    """A point's number, and the signs that it is printed with, as the style of its list."""

    style: str
    values: frozenset[int]
    """More than one where a letter is a Roman numeral too."""

    @property
    def is_first(self) -> bool:
        """Whether it can begin a list."""
        return 1 in self.values

    def follows(self, other: "Point") -> bool:
        """Say whether it is the next point of the other one's list."""
        return self.style == other.style and any(value - 1 in other.values for value in self.values)


def read_point(text: str) -> Point | None:
    """Return the number that a line begins with as a list's point does, or None."""
    found = _POINT.match(text)
    if found is None:
        return None
    if found["number"]:
        values = {int(found["number"])}
    elif found["han"]:
        values = {_HAN.index(found["han"]) + 1} if len(found["han"]) == 1 else set()
    elif found["close"][0] not in ")）":
        return None  # `a.` and `i.` begin initials and abbreviations
    else:
        mark = found["roman"] or found["letter"]
        values = {_ROMAN[mark]} if mark in _ROMAN else set()
        if len(mark) == 1:
            values.add(ord(mark) - ord("a" if mark.isascii() else "а") + 1)
    kind = "number" if found["number"] else "han" if found["han"] else "letter"
    return Point(f"{found['open']}{kind}{found['close'].strip()}", frozenset(values))
