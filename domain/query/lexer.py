"""A query's text as tokens, in one pass.

Typographic quotes, guillemets and full-width signs count as their ASCII forms, and invisible marks
of direction as blanks. What holds no letter or digit is no token: a dash between blanks, an `&`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from domain.errors import QueryError
from domain.text import fold, words

FIELDS = ("topic", "kind", "lang", "country", "source", "after", "before", "on", "last")

_QUOTES = '"“”„‟«»″「」『』《》〈〉'
_MINUS = "-−"
_INVISIBLE = "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIGNS = (
    _FULL_WIDTH
    | {ord(sign): '"' for sign in _QUOTES}
    | {ord(sign): "-" for sign in _MINUS}
    | {ord(sign): " " for sign in _INVISIBLE}
)
_OR = "OR"


class Sign(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    OR = auto()
    WITHOUT = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `text` is a field's value and `field` its name."""

    sign: Sign
    text: str
    position: int
    field: str = ""


def problem(what: str, position: int) -> QueryError:
    """Return the error that says what is wrong, and where for people, who count from 1."""
    return QueryError(f"{what} (at character {position + 1})", position)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a query; raises `QueryError` for quotes that do not end."""
    return list(_Lexer(text.translate(_SIGNS)).scan())


class _Lexer:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def scan(self) -> Iterator[Token]:
        while self._at < len(self._text):
            start, character = self._at, self._text[self._at]
            if character.isspace():
                self._at += 1
            elif character in "()":
                self._at += 1
                yield Token(Sign.OPEN if character == "(" else Sign.CLOSE, character, start)
            elif character == "-":
                yield from self._minus(start)
            else:
                yield from self._quoted(start) if character == '"' else self._word(start)

    def _minus(self, start: int) -> Iterator[Token]:
        """Read a minus; one between blanks with something on both sides is a dash."""
        while self._peek() == "-":
            self._at += 1
        if self._peek() not in ("", " ", ")"):
            yield from (Token(Sign.WITHOUT, "-", at) for at in range(start, self._at))
        elif not (self._text[:start].strip() and self._text[self._at :].replace(")", "").strip()):
            raise problem("There is nothing after “-”", start)

    def _quoted(self, start: int) -> Iterator[Token]:
        phrase = self._until_quote(start)
        if words(fold(phrase)):
            yield Token(Sign.PHRASE, phrase, start)

    def _word(self, start: int) -> Iterator[Token]:
        while self._peek() not in ("", " ", "(", ")", '"'):
            self._at += 1
        word = self._text[start : self._at]
        name, colon, value = word.partition(":")
        field = fold(name)
        if colon and field in FIELDS:
            yield self._field(field, value)
        elif word == _OR:
            yield Token(Sign.OR, word, start)
        elif words(fold(word)):
            yield Token(Sign.WORD, word, start)

    def _field(self, field: str, value: str) -> Token:
        position = self._at - len(value)
        if not value and self._peek() == '"':
            value = self._until_quote(self._at)
        if not value.strip():
            raise problem(f"“{field}:” needs a value right after it", position)
        return Token(Sign.FIELD, value, position, field)

    def _until_quote(self, start: int) -> str:
        end = self._text.find('"', start + 1)
        if end < 0:
            raise problem("The quotation mark is not closed", start)
        self._at = end + 1
        return self._text[start + 1 : end]

    def _peek(self) -> str:
        """Return the next character, with any white space as a blank; empty at the end."""
        character = self._text[self._at : self._at + 1]
        return " " if character.isspace() else character
