"""How much of an item has changed, and what is done about it for those who were told of it.

    LITTLE    the headline says the same, the text is nearly the same    nothing
    HEADLINE  the headline has other words                               messages sent are edited
    MUCH      more than half of all words are others                     edited too, and the item
              goes out to those whose subscriptions it did not match, or match only now

Nobody is pushed an item twice. Case, accents, punctuation and spacing are no change at all, and
forms of one word are one word.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from domain.text import analyse, fold, words

EDITABLE = timedelta(days=7)
"""For so long after an item came in changes to it go out. Telegram lets a bot edit what it sent
at any time; but nobody reads on in what is older."""

MUCH = 0.5
"""Texts that have less in common than this share of their words are another text."""


class Change(IntEnum):
    """How much has changed."""

    LITTLE = 0
    HEADLINE = 1
    MUCH = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared of an item."""

    title: str
    body: str
    lang: str


def weigh(before: Wording, after: Wording) -> Change:
    """Return how much has changed between two wordings of an item."""
    if _in_common(_terms(before), _terms(after)) < MUCH:
        return Change.MUCH
    same_headline = words(fold(before.title)) == words(fold(after.title))
    return Change.LITTLE if same_headline else Change.HEADLINE


def _terms(wording: Wording) -> Counter[str]:
    return Counter(analyse(f"{wording.title}\n\n{wording.body}", wording.lang))


def _in_common(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of the words that both have, of all: 1 for the same, 0 for none."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
