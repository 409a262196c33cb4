"""Stems: the part that the forms of a word share, by Snowball's rules for each language.

The script of a word and the language of its text choose the rules. English, French and Spanish
texts use their own for Latin script. In a text in another language of the United Nations, or in
none that is known, Latin words are taken as English, Cyrillic ones as Russian. A text in any other
language is not stemmed, as wrong rules do more harm than none.

Accents are gone before the stemmer sees a word, so that `refugies` finds `réfugiés`. Words with a
digit, words under four letters and the names in `protected` are left whole.
"""

from functools import lru_cache
from threading import local

import Stemmer

from domain.text.protected import PROTECTED

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
"""The official languages of the United Nations, whose rules are known."""

UNKNOWN = "und"
UNSTEMMED = "zxx"
"""Stands for every language without rules (ISO 639-2: no linguistic content)."""

_ALGORITHMS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
_LATIN_RULES = ("en", "fr", "es")
_SHORTEST = 4
_CACHED = 200_000


def rules_for(lang: str) -> str:
    """Return whose rules a text in `lang` is stemmed by: `en`, `fr`, `es` or `UNSTEMMED`.

    They decide for its Latin words; others have the rules of their script in the first three.
    """
    if lang in _LATIN_RULES:
        return lang
    return "en" if lang in LANGUAGES or lang == UNKNOWN else UNSTEMMED


@lru_cache(maxsize=_CACHED)
def stem(word: str, rules: str) -> str:
    """Return the index form of a folded word under what `rules_for` returned."""
    base = PROTECTED.get(word)
    if base is not None:
        return base
    if rules == UNSTEMMED or len(word) < _SHORTEST or not word.isalpha():
        return word
    language = _language(word[0], rules)
    if language is None:
        return word
    stemmed = str(_stemmer(language).stemWord(_accented(word) if language == "fr" else word))
    if language == "fr":
        stemmed = _bare(stemmed)
    return stemmed or word


def _language(first: str, latin: str) -> str | None:
    if first <= "\u024f":
        return latin
    if "\u0400" <= first <= "\u04ff":
        return "ru"
    if "\u0600" <= first <= "\u06ff":
        return "ar"
    return None


_PER_THREAD = local()


def _stemmer(language: str) -> Stemmer.Stemmer:
    """Return this thread's stemmer, as one must not be used by two threads at once."""
    stemmers: dict[str, Stemmer.Stemmer] = _PER_THREAD.__dict__
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(_ALGORITHMS[language], 0)
    return stemmers[language]


_FRENCH_NOUNS = ("lite", "rite", "cite", "vite", "nite", "site", "eite")
_ACCENTS = str.maketrans("é", "e")


def _accented(word: str) -> str:
    """Give back the accent that the French rules need in `-ité` and `-ée`."""
    plural = "s" if word.endswith("s") else ""
    singular = word.removesuffix("s")
    if singular.endswith(_FRENCH_NOUNS) and len(singular) > len("limite"):
        return singular[:-1] + "é" + plural
    if singular.endswith("ee"):
        return singular[:-2] + "ée" + plural
    return word


def _bare(stemmed: str) -> str:
    """Fold a French stem, and drop the `i` that some forms of one word leave (`réfugié-e`)."""
    folded = stemmed.translate(_ACCENTS)
    return folded[:-1] if folded.endswith("i") and len(folded) > _SHORTEST else folded
