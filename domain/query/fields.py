"""The fields of a query: `kind:event`, `country:nigeria`, `after:2020`.

`on:` takes the whole year, month or day; `after:` starts on its first day and `before:` ends
before it, so `after:2020` has all of 2020 and `before:2020` nothing of it. `last:30d` is the
last 30 days (also `w`, `m` of 30 days, `y` of 365).
"""

from domain.query import dates, reading
from domain.query.lexer import Token, problem
from domain.query.names import Field, Names
from domain.query.reading import Part
from domain.query.tree import PublishedIn
from domain.text import fold, words


def read(token: Token, names: Names) -> Part:
    """Return a field's part; raises `QueryError` for a value that the field cannot have."""
    match token.field:
        case "last":
            return _age(token)
        case "on":
            return reading.span(_span(token))
        case "after":
            return reading.span(PublishedIn(_span(token).first, None))
        case "before":
            return reading.span(PublishedIn(None, _span(token).first))
        case _:
            return _named(token, names)


def _age(token: Token) -> Part:
    days = dates.age(fold(token.text).strip())
    if days is None:
        raise problem("“last:” takes an age like 30d, 4w, 6m or 1y", token.position)
    return reading.age(days)


def _span(token: Token) -> PublishedIn:
    folded = fold(token.text).strip()
    typed = words(folded)
    found = dates.span(folded)
    if found is None and typed:
        in_words = dates.in_words(typed, 0)
        found = in_words[0] if in_words is not None and in_words[1] == len(typed) else None
    if found is None:
        what = f"“{token.field}:” takes a date like 2020, 2021-06 or 2021-06-09"
        raise problem(what, token.position)
    return found


def _named(token: Token, names: Names) -> Part:
    field = Field(token.field)
    named = names.value(field, token.text)
    if named is not None:
        return reading.field(named)
    nearest = names.nearest(field, token.text)
    if nearest is None:
        raise problem(f"There is no such {_CALLED[field]}", token.position)
    meant = f'"{nearest}"' if " " in nearest else nearest
    what = f"There is no such {_CALLED[field]}; the nearest is {field}:{meant}"
    raise problem(what, token.position)


_CALLED = {
    Field.TOPIC: "topic",
    Field.KIND: "kind of item",
    Field.LANG: "language",
    Field.COUNTRY: "country or region",
    Field.SOURCE: "source",
}
