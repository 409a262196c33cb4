"""Which known words a typing error can stand for.

Words are found through a deletion index over their skeletons. A skeleton is what stays of a word
without doubled letters and without vowels after the first letter, as these are what people get
wrong most; each of its letters deleted in turn gives the keys, so two words that share a key have
skeletons at most one error apart. What is found so is then compared in full (optimal string
alignment: a letter too many, missing, wrong, or two exchanged).
"""

from collections.abc import Iterable
from itertools import groupby

from domain.text.words import is_unspaced

SHORTEST = 4
LONGEST = 30
MOST_ERRORS = 2
"""In one word."""
_LONG = 6
"""From here on a word is told by itself; shorter ones resemble too much."""
_VERY_LONG = 9
_VOWELS = frozenset("aeiouyаеиоуыэюяйьъاويءئؤ")


def is_correctable(word: str) -> bool:
    """Say whether typing errors in a folded word can be told: it has enough letters, no digits."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha() and not is_unspaced(word)


def is_telling(word: str) -> bool:
    """Say whether a folded word is long enough to be corrected without others beside it."""
    return len(word) >= _LONG


def keys(word: str) -> frozenset[str]:
    """Return the keys of a folded word."""
    skeleton = _skeleton(word)
    shorter = (skeleton[:at] + skeleton[at + 1 :] for at in range(len(skeleton)))
    return frozenset((skeleton, *shorter)) - {""}


def closest(word: str, known: Iterable[str], limit: int | None = None) -> list[tuple[int, str]]:
    """Return the words that `word` can stand for with how many errors, fewest first.

    One error in a word of up to 8 letters, two in a longer one, or at most `limit`; the first
    letter is right, or exchanged with the second.
    """
    most = MOST_ERRORS if len(word) >= _VERY_LONG else 1
    most = most if limit is None else min(most, limit)
    alike = (one for one in set(known) if one != word and _begins_alike(word, one))
    found = ((distance(word, one, most), one) for one in alike)
    return sorted((errors, one) for errors, one in found if errors <= most)


def distance(one: str, other: str, most: int) -> int:
    """Return how many errors apart two words are, or any number over `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for place, wanted in enumerate(other, 1):
            best = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != wanted))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == wanted:
                best = min(best, earlier[place - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


def _begins_alike(word: str, other: str) -> bool:
    return word[0] == other[0] or (word[0] == other[1:2] and word[1:2] == other[0])


def _skeleton(word: str) -> str:
    letters = [letter for letter, _ in groupby(word)]
    kept = letters[:1] + [letter for letter in letters[1:] if letter not in _VOWELS]
    return "".join(letter for letter, _ in groupby(kept))
