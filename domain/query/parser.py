"""The query language.

    either  = all { "OR" all }
    all     = part { part }
    part    = { "-" } ( word | phrase | field | "(" either ")" )
    phrase  = quotation marks around words
    field   = name ":" ( word | phrase )

Words that stand beside each other are read together by `plain`. `OR` is an operator in capitals
only, and binds less than standing side by side: `a b OR c` is `(a b) OR c`. A name before a colon
that is no field (`http://…`) is part of a plain word.

Every text is a query or raises `QueryError`, in time linear in its length.
"""

from domain.errors import QueryError
from domain.query import fields, plain, reading
from domain.query.canonical import arrange
from domain.query.lexer import Sign, Token, problem, tokens
from domain.query.names import Names
from domain.query.query import EVERYTHING, Query
from domain.query.reading import All, Either, Reading, Without
from domain.query.tree import Node
from domain.text import fold, words

MAX_LENGTH = 500
MAX_DEPTH = 10
MAX_PARTS = 50

_TOO_MANY = f"There are more than {MAX_PARTS} words and fields"
_PARTS = (Sign.WORD, Sign.PHRASE, Sign.FIELD)


def parse(text: str, vocabulary: Names) -> Query:
    """Read a query; blank text is `EVERYTHING`. Raises `QueryError` with what and where.

    A query has at most 500 characters, 10 levels of parentheses and 50 words, phrases and fields,
    also in its canonical form, which can be longer than what was typed.
    """
    if not text.strip():
        return EVERYTHING
    query = of_reading(_Parser(_limited(text), vocabulary, len(text)).parse(), vocabulary)
    if query is None:
        raise problem("The query is too long with its names written out", 0)
    return query


def tree_of(canonical: str, vocabulary: Names) -> Node:
    """Return the tree of a query that is in canonical form, three times as fast as `parse`.

    Its parts may stand in another order. Raises `QueryError`, as names may be gone since.
    """
    if not canonical:
        return EVERYTHING.tree
    return reading.meaning(_Parser(_limited(canonical), vocabulary, len(canonical)).parse())


def of_reading(read: Reading, vocabulary: Names) -> Query | None:
    """Return the query that is read so, or None where its canonical form is too long for one."""
    arranged = arrange(read, vocabulary)
    try:
        _limited(arranged.text)
    except QueryError:
        return None
    return Query(reading.meaning(arranged.reading), arranged.text, arranged.reading)


def _limited(text: str) -> list[Token]:
    """Return the tokens of a query that is within the limits."""
    if len(text) > MAX_LENGTH:
        raise problem(f"A query has at most {MAX_LENGTH} characters", MAX_LENGTH)
    found = tokens(text)
    if not found:
        raise problem("There is no word to look for", 0)
    depth = parts = 0
    for token in found:
        depth += (token.sign is Sign.OPEN) - (token.sign is Sign.CLOSE)
        parts += token.sign in _PARTS
        if depth > MAX_DEPTH:
            raise problem(f"There are more than {MAX_DEPTH} levels of parentheses", token.position)
        if parts > MAX_PARTS:
            raise problem(_TOO_MANY, token.position)
    return found


class _Parser:
    def __init__(self, found: list[Token], names: Names, end: int) -> None:
        self._tokens = found
        self._names = names
        self._end = end
        self._at = 0

    def parse(self) -> Reading:
        read = self._either()
        if self._sign() is not None:
            raise problem("This parenthesis was never opened", self._position())
        return read

    def _either(self) -> Reading:
        parts = [self._all()]
        while self._sign() is Sign.OR:
            self._at += 1
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _all(self) -> Reading:
        start = self._at
        parts: list[Reading] = []
        runs: list[list[str]] = []
        while self._sign() not in (None, Sign.OR, Sign.CLOSE):
            if self._sign() is Sign.WORD:
                runs.append(self._run())
            else:
                parts.append(self._part())
        if self._at == start:
            raise problem(self._missing(), self._position())
        alone = len(runs) == 1 and not parts
        for run in runs:
            parts += plain.read(run, self._names, alone=alone)
        if len(parts) > MAX_PARTS:
            raise problem(_TOO_MANY, self._tokens[start].position)
        return _together(parts)

    def _missing(self) -> str:
        if self._at and self._tokens[self._at - 1].sign is Sign.OPEN:
            return "There is nothing between these parentheses"
        return f"There is nothing {'after' if self._at else 'before'} “OR”"

    def _run(self) -> list[str]:
        run = []
        while self._sign() is Sign.WORD:
            run.append(self._next().text)
        return run

    def _part(self) -> Reading:
        """Read a part, with the minus signs before it: two of them cancel out."""
        without = False
        while self._sign() is Sign.WITHOUT:
            self._at += 1
            without = not without
        if self._sign() in (None, Sign.OR, Sign.CLOSE):
            raise problem("There is nothing after “-”", self._position())
        part = self._bare_part()
        return Without(part) if without else part

    def _bare_part(self) -> Reading:
        token = self._next()
        match token.sign:
            case Sign.OPEN:
                read = self._either()
                if self._sign() is not Sign.CLOSE:
                    raise problem("This parenthesis is never closed", token.position)
                self._at += 1
                return read
            case Sign.FIELD:
                return fields.read(token, self._names)
            case Sign.PHRASE:
                return reading.word(words(fold(token.text)))
            case _:
                return _together(plain.read([token.text], self._names, alone=True))

    def _sign(self) -> Sign | None:
        return self._tokens[self._at].sign if self._at < len(self._tokens) else None

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _position(self) -> int:
        return self._tokens[self._at].position if self._at < len(self._tokens) else self._end


def _together(parts: list[Reading]) -> Reading:
    return parts[0] if len(parts) == 1 else All(tuple(parts))
