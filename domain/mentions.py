"""Weighs a mention of a place: whether something happens there, or it is only named."""

from collections.abc import Sequence
from enum import IntEnum

from domain.phrases import Found
from domain.places import Around, PlaceWord, Role, Spelling
from domain.query.lexicon import STOP_WORDS
from domain.text import fold

ACRONYM = 4
"""Most letters of a name that is printed in capitals, as `USA`."""
_BODY_REACH = 8
_DONOR_REACH = 6
_OFFICES_REACH = 7
_PERSON_REACH = 2
_OF = frozenset(("of", "de", "du", "des", "del", "d"))
_ARTICLES = frozenset(("the", "la", "le", "les", "el", "los"))
_DAY_ARTICLES = ("le", "el")


class Force(IntEnum):
    """How much a mention says about where something happens."""

    WEAK = 1
    """Counts where nothing stronger is found."""
    PLAIN = 2
    LOCATED = 3
    """With a preposition of place."""


def force_of(
    match: Found[Spelling],
    found: Sequence[PlaceWord],
    around: Around,
    closed: set[str],
    *,
    heading: bool,
) -> Force | None:
    """Return how much a mention says about where it happens; None for nothing."""
    before = [fold(word.printed) for word in found[max(0, match.start - _BODY_REACH) : match.start]]
    after = [fold(word.printed) for word in found[match.end : match.end + _PERSON_REACH]]
    previous = before[-1] if before else ""
    if _is_no_place(match, found, around, closed, heading=heading):
        return None
    if not around.offices.isdisjoint(before[-_OFFICES_REACH:]):
        return None
    if previous in around.where:
        return Force.LOCATED
    if not around.donor.isdisjoint(before[-_DONOR_REACH:]):
        return None
    linked = previous in _OF or (previous in _ARTICLES and len(before) > 1 and before[-2] in _OF)
    genitive = "\u0400" <= found[match.start].form[0] <= "\u06ff"
    if (
        previous in around.origin
        or not around.person.isdisjoint(after)
        or ((linked or genitive) and not around.body.isdisjoint(before))
        or _is_dateline(match, found)
        or _is_crowd(match, found)
    ):
        return Force.WEAK
    return Force.PLAIN


def _is_no_place(
    match: Found[Spelling],
    found: Sequence[PlaceWord],
    around: Around,
    closed: set[str],
    *,
    heading: bool,
) -> bool:
    """Say whether a treaty, a language or a person is meant.

    `closed` are the words that a colon stands right after.
    """
    following = found[match.end] if match.end < len(found) else PlaceWord("", "")
    after = fold(following.printed)
    if after in around.language:
        return True
    ends = found[match.end - 1].printed in closed
    if after in around.instrument and following.printed[:1].isupper() and not ends:
        return True
    if match.value.role is Role.PEOPLE and match.start:
        before = [fold(word.printed) for word in found[max(0, match.start - _BODY_REACH) :]]
        before = before[: match.start - max(0, match.start - _BODY_REACH)]
        alone = not after or after in STOP_WORDS or following.printed[:1].isupper()
        if alone and (before[-1] in around.where or not around.speaking.isdisjoint(before)):
            return True
    return _is_person(match, found, around, heading=heading)


def _is_dateline(match: Found[Spelling], found: Sequence[PlaceWord]) -> bool:
    """Say whether a text opens with the place that it was sent from: in capitals, or with a day."""
    opening = found[match.start].printed
    if match.start > 1:
        return False
    after = [word.printed for word in found[match.end : match.end + 2]]
    dated = bool(after) and (
        after[0].isdigit() or (after[0] in _DAY_ARTICLES and after[-1].isdigit())
    )
    return dated or (len(opening) > ACRONYM and opening.isupper())


def _is_crowd(match: Found[Spelling], found: Sequence[PlaceWord]) -> bool:
    """Say whether people are meant, who may be anywhere: `Syrians`, `los sirios`."""
    spelling, printed = match.value, found[match.start].printed
    if spelling.role is not Role.PEOPLE or not printed.endswith("s"):
        return False
    if spelling.text.endswith("*"):
        return match.start > 0 and fold(found[match.start - 1].printed) in STOP_WORDS
    return spelling.text[:1].isupper() and not spelling.text.endswith("ss")


def _is_person(
    match: Found[Spelling], found: Sequence[PlaceWord], around: Around, *, heading: bool
) -> bool:
    """Say whether a single word is part of a person's name."""
    if match.value.role is Role.PEOPLE or match.end - match.start > 1:
        return False
    if match.start and found[match.start - 1].printed[:1].isupper():
        previous = found[match.start - 1].form
        if previous in around.given:
            return True
    follows = found[match.end].printed if match.end < len(found) else ""
    is_given = found[match.start].form in around.given
    return is_given and not heading and follows[:1].isupper() and follows[1:].islower()
