"""How a query was read, in words that a person can check: `kind: event · country: Nigeria`."""

from domain.query.names import Names
from domain.query.query import Query
from domain.query.reading import All, Either, Part, Reading, Sort, Without


def describe(query: Query, names: Names, lang: str = "en") -> str:
    """Return what the query asks for, with names in `lang`; empty for everything.

    Fields and operators look as they are typed; words and phrases stand between quotes.
    """
    return "" if query.reading is None else _described(query.reading, names, lang)


def _described(read: Reading, names: Names, lang: str) -> str:
    match read:
        case Part():
            return _part(read, names, lang)
        case All(parts=parts):
            return " · ".join(_inner(part, Either, names, lang) for part in parts)
        case Either(parts=parts):
            return " OR ".join(_inner(part, All, names, lang) for part in parts)
        case Without(part=part):
            return f"-{_inner(part, (All, Either), names, lang)}"


def _inner(read: Reading, grouped: type | tuple[type, ...], names: Names, lang: str) -> str:
    text = _described(read, names, lang)
    return f"({text})" if isinstance(read, grouped) else text


def _part(part: Part, names: Names, lang: str) -> str:
    if part.named is not None:
        field, value = part.named
        return f"{field}: {names.label(field, value, lang)}"
    if part.sort is Sort.SPAN:
        return part.text.replace(":", ": ").replace(" before", " · before")
    return f"“{part.text}”"
