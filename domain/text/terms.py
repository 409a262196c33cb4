"""Index terms: the one analyser for both databases, for matching and for queries.

A text's terms depend on its language; a typed word's language is not known, so `variants` gives
what it would have become in each. Whatever is found by one side is found by the other, because
both come through `analyse`.
"""

from functools import lru_cache

from domain.text.fold import fold
from domain.text.stems import UNSTEMMED, rules_for, stem
from domain.text.words import is_unspaced, words

_ALL_RULES = ("en", "fr", "es", UNSTEMMED)


def analyse(text: str, lang: str) -> list[str]:
    """Return the index terms of `text`, a text in `lang` (ISO 639-1 or `und`), in order.

    A term holds letters, digits and marks only. A run in a script without spaces becomes
    overlapping pairs of characters, or itself where it is one character.
    """
    return _terms(words(fold(text)), rules_for(lang))


def variants(typed: str) -> list[tuple[str, ...]]:
    """Return every sequence of index terms that what was typed can stand for.

    One for each set of rules that could have been used on a text, without repeats; empty when
    nothing that was typed is part of a word.
    """
    return list(_variants(tuple(words(fold(typed)))))


@lru_cache(maxsize=4096)
def _variants(found: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    sequences = dict.fromkeys(tuple(_terms(list(found), rules)) for rules in _ALL_RULES)
    return tuple(sequence for sequence in sequences if sequence)


def _terms(found: list[str], rules: str) -> list[str]:
    terms: list[str] = []
    for word in found:
        if is_unspaced(word):
            terms += [word[at : at + 2] for at in range(len(word) - 1)] or [word]
        else:
            terms.append(stem(word, rules))
    return terms
