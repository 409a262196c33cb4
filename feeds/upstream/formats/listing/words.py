"""The words of a page, as evidence where two of them are stuck together."""

import re
from collections import Counter
from functools import cached_property

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_AGENCIES_WORDS = (
    "UNODC ONUDC ЮНОДК UNHCR HCR ACNUR УВКБ IOM OIM МОМ UNICEF UNESCO UNDP PNUD WHO OMS ILO "
    "OIT FAO WFP UNAIDS UNFPA OHCHR UNEP WIPO OCHA UNRWA UNIDO INCB ICC IAEA OSCE OECD EU UE "
    "UN ONU ООН NATO OTAN AU UA ASEAN ECOWAS CEDEAO INTERPOL EUROPOL FRONTEX AFP AP EPA AFIS "
    "WCO OMD"
)
_AGENCIES = frozenset(_AGENCIES_WORDS.split())
_STARTERS_WORDS = (
    "the a an it its this these those that there they he she his her we our you i in on at as "
    "by for from with under over more since after before during while when where what who how "
    "if although despite following according to today yesterday last next every each all some "
    "many most several new both one two three four five six seven eight nine ten twenty "
    "thirty forty fifty hundreds thousands millions le la les l un une des du au aux ce cette "
    "ces il elle ils en dans sur pour par avec selon depuis après avant lors plus près à d el "
    "los las una unos al del este esta estos estas en para por con según desde tras más hoy "
    "ayer в во на по с со к из за о об от до при после перед это эти этот эта он она они как "
    "когда более свыше сегодня вчера согласно все في على من إلى هذا هذه بعد قبل منذ عقد قال"
)
_STARTERS = frozenset(_STARTERS_WORDS.split())


class Words:
    """The words of one page; they are collected when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _lines_with(self) -> Counter[str]:
        lines = {line.strip() for line in self._text.splitlines()}
        return Counter(word for line in lines for word in set(_WORD.findall(line)))

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self._lines_with)

    def has(self, word: str) -> bool:
        """Say whether the page has the word on its own, in capitals or not."""
        return word.casefold() in self._folded

    def repeats(self, word: str) -> bool:
        """Say whether the word stands as it is given in two different lines."""
        return self._lines_with[word] > 1

    def is_agency(self, word: str) -> bool:
        """Say whether the word is the short name of an agency that is often credited."""
        return word in _AGENCIES

    def is_acronym(self, word: str) -> bool:
        """Say whether the word is an agency's short name, or one that the page uses on its own."""
        if self.is_agency(word):
            return True
        return len(word) >= 2 and word.isupper() and word in self._lines_with


def opens_sentence(word: str) -> bool:
    """Say whether the word is one that sentences often begin with."""
    head = word.replace("’", "'").split("'")[0].split("-")[0]
    return head.casefold() in _STARTERS and head[:1].isupper()


def leading_word(text: str) -> str:
    """Return the word that a text begins with, or nothing."""
    found = _WORD.match(text)
    return found.group() if found else ""
