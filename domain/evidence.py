"""How evidence is compared with texts: the words of both, and phrases whose parts stand apart.

A phrase may have two sides: `passport | papers & taken | withheld` is found where a word of each
stands close to the other, in any order. `=officers` stands for that form alone, for words whose
stem is another word's too. Other words are stemmed as for search; Arabic ones more freely,
because only a topic depends on it: as in Larkey, Ballesteros and Connell, “Light stemming for
Arabic information retrieval” (2007), with the attached pronouns.
"""

from functools import lru_cache

from domain.text import analyse, fold, words

EXACT = "="
_BOTH = "&"
_EITHER = "|"
_ARABIC = "ar"
_PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال")
_SUFFIXES = ("هم", "هن", "ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي", "ت")
_SHORTEST = 3


def evidence_terms(text: str, lang: str) -> list[str]:
    """Return the terms of a text, or of a phrase, in the form in which they are compared."""
    if lang == _ARABIC:
        return [_light(word) for word in words(fold(text))]
    return analyse(text, lang)


def plain_terms(text: str) -> list[str]:
    """Return the words of a text as they are written, one for each of its `evidence_terms`.

    Scripts without spaces have no such words: what is exact is of no use there.
    """
    return words(fold(text))


def sides(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return what must stand near to each other: one side for a plain phrase, two for others.

    Each side is a tuple of phrases of which one is enough.
    """
    return tuple(
        tuple(part.strip() for part in side.split(_EITHER)) for side in phrase.split(_BOTH)
    )


def is_well_formed(phrase: str) -> bool:
    """Say whether a phrase is plain, or has two sides with a word in every part."""
    found = sides(phrase)
    if len(found) == 1:
        return _EITHER not in phrase and _has_word(phrase)
    return len(found) == 2 and all(_has_word(part) for side in found for part in side)


def _has_word(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


@lru_cache(maxsize=20_000)
def _light(word: str) -> str:
    """Return an Arabic word without conjunction, article and endings; others as they are."""
    if not "\u0600" <= word[0] <= "\u06ff":
        return word
    if word.startswith("و") and len(word) > _SHORTEST + 1:
        word = word[1:]
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) >= len(prefix) + _SHORTEST:
            word = word[len(prefix) :]
            break
    for _ in range(2):
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) >= len(suffix) + _SHORTEST:
                word = word[: -len(suffix)]
                break
    return word
