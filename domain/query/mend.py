"""Other queries that a person can have meant: with a word corrected, as plain words, with less.

All of it is for a person who sees what became of the query; a saved query is left as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.query.lexer import Sign, Token, tokens
from domain.query.names import Names
from domain.query.parser import of_reading
from domain.query.query import Query
from domain.query.reading import All, Either, Part, Reading, Sort, Without
from domain.query.smallwords import SMALL_WORDS
from domain.text import fold, words

_FEWEST_KEPT = 2
"""So many ideas are to be left of a query that is relaxed."""
_FEWEST_BESIDE_UNKNOWN = 3
"""The same where what is left out is a word that no item has."""
_MOST_PARTS = 8
_WORDS = (Sort.WORD, Sort.PHRASE)
_IDEAS = (Sort.NAME, *_WORDS)


@dataclass(frozen=True, slots=True)
class Typed:
    """A folded word of a query, and where it stands: which token, which of its words."""

    word: str
    token: int
    place: int


def typed_words(text: str) -> list[Typed]:
    """Return the words that a query looks for, not those in fields or after a minus."""
    return [
        Typed(word, at, place)
        for at, token in _searched(tokens(text))
        for place, word in enumerate(words(fold(token.text)))
    ]


def with_words(text: str, changed: Mapping[Typed, str]) -> str:
    """Return a query with some of its `typed_words` replaced."""
    found = tokens(text)
    for at, token in reversed(list(_searched(found))):
        new = {typed.place: word for typed, word in changed.items() if typed.token == at}
        if new:
            kept = words(fold(token.text))
            text = _replaced(text, token, [new.get(i, word) for i, word in enumerate(kept)])
    return text


def literal(text: str) -> str:
    """Return a query whose plain words stand for themselves: no name, kind, date or synonym.

    Small words are left out, unless there are no others.
    """
    found = [token for token in tokens(text) if token.sign is Sign.WORD]
    telling = [token for token in found if fold(token.text) not in SMALL_WORDS]
    for token in reversed(found):
        typed = words(fold(token.text))
        text = _replaced(text, token, typed if token in telling or not telling else [], quoted=True)
    return text


def reads_more(query: Query, other: Query) -> bool:
    """Say whether more names, fields and dates were read in a query than in another."""
    return _filters(query.reading) > _filters(other.reading)


def relaxed(query: Query, unknown: Sequence[str], names: Names) -> Query | None:
    """Return a query for most of the words, or None where that would not be what was asked.

    Names, fields and dates stay. One word of three ideas or more may be missing, where all are
    known; a single unknown one is left out only from among four or more.
    """
    read = query.reading
    if not isinstance(read, All) or len(unknown) > 1 or len(read.parts) > _MOST_PARTS:
        return None
    ideas = [part for part in read.parts if isinstance(part, Part) and part.sort in _IDEAS]
    worded = [part for part in ideas if part.sort in _WORDS]
    dropped = [part for part in worded if not unknown or part.text in unknown]
    least = _FEWEST_BESIDE_UNKNOWN if unknown else _FEWEST_KEPT
    if not dropped or len(ideas) - 1 < least:
        return None
    ways = [_without(read, part) for part in dropped]
    return of_reading(ways[0] if len(ways) == 1 else Either(tuple(ways)), names)


def ideas(query: Query) -> list[Part]:
    """Return the names, words and phrases that a query asks for together; none if it has others."""
    read = query.reading
    if not isinstance(read, All) or len(read.parts) > _MOST_PARTS:
        return []
    return [part for part in read.parts if isinstance(part, Part) and part.sort in _IDEAS]


def only_without(query: Query, idea: Part, names: Names) -> Query | None:
    """Return a query for what matches all of another one but this of its `ideas`."""
    if not isinstance(query.reading, All):
        return None
    others = (part for part in query.reading.parts if part is not idea)
    return of_reading(All((*others, Without(idea))), names)


def narrower(query: Query, names: Names) -> list[Query]:
    """Return the queries that leave out one part, as far as what is left still says something."""
    read = query.reading
    if not isinstance(read, All) or len(read.parts) > _MOST_PARTS:
        return []
    left = [_without(read, part) for part in read.parts]
    telling = [one for one in left if not (isinstance(one, Part) and one.sort in _WORDS)]
    found = (of_reading(one, names) for one in telling)
    return [one for one in found if one is not None]


def _searched(found: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    for at, token in enumerate(found):
        excluded = at > 0 and found[at - 1].sign is Sign.WITHOUT
        if token.sign in (Sign.WORD, Sign.PHRASE) and not excluded:
            yield at, token


def _replaced(text: str, token: Token, new: Sequence[str], *, quoted: bool = False) -> str:
    is_phrase = token.sign is Sign.PHRASE
    end = token.position + len(token.text) + (2 if is_phrase else 0)
    quote = '"' if new and (is_phrase or quoted) else ""
    written = f"{quote}{(' ' if quote else '-').join(new)}{quote}"
    return text[: token.position] + written + text[end:]


def _without(read: All, part: Reading) -> Reading:
    left = tuple(one for one in read.parts if one is not part)
    return left[0] if len(left) == 1 else All(left)


def _filters(read: Reading | None) -> int:
    match read:
        case None:
            return 0
        case Part(sort=sort):
            return sort not in _WORDS
        case All(parts=parts) | Either(parts=parts):
            return sum(_filters(part) for part in parts)
        case Without(part=part):
            return _filters(part)
