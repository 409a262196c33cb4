"""Days, months and years as they are written in a query.

Every date is a `PublishedIn`: the span from its first day to before the day after its last.
`2021`, `2021-06` and `2021-06-09` are read everywhere, `June 2021`, `9 juin 2021`, `9 de junio de
2021`, `2021年6月9日` and the like in plain words, where a bare year counts from 1990 to 2100.
"""

from collections.abc import Sequence
from datetime import MAXYEAR, date, timedelta

from domain.query.months import month_at
from domain.query.tree import PublishedIn

PLAIN_YEARS = range(1990, 2101)
_YEAR_DIGITS = 4
_PARTS = 3
_LAST_MONTH = 12
_LONGEST_DAY = 2
_ORDINALS = ("st", "nd", "rd", "th", "er")
_LINKS = frozenset(("of", "de", "del", "من"))
_YEAR_NOUNS = frozenset(
    ("year", "annee", "ano", "год", "года", "году", "г", "عام", "سنه", "年", "年份")
)
_YEAR_SIGN, _MONTH_SIGN, _DAY_SIGNS = "年", "月", ("日", "号")
_SEPARATORS = "-/."
_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}
_OLDEST = 36_500


def span(text: str) -> PublishedIn | None:
    """Read a folded `2021`, `2021-06` or `2021-06-09` (also with `/` or `.`); else None."""
    for separator in _SEPARATORS[1:]:
        text = text.replace(separator, _SEPARATORS[0])
    parts = text.split(_SEPARATORS[0])
    if len(parts) > _PARTS or len(parts[0]) != _YEAR_DIGITS:
        return None
    if not all(_is_number(part, _YEAR_DIGITS if at == 0 else 2) for at, part in enumerate(parts)):
        return None
    return _span(*(int(part) for part in parts))


def joined(text: str) -> PublishedIn | None:
    """Read a folded plain word that is a month, a day or a span of years; else None.

    Years count as in plain words: `2021-06`, `2021-06-09`, `2019-2021`.
    """
    start, dash, end = (part.strip() for part in text.replace("–", "-").partition("-"))
    first, last = _plain_year(start), _plain_year(end)
    if dash and first is not None and last is not None and first < last:
        return PublishedIn(date(first, 1, 1), date(last + 1, 1, 1))
    return span(text) if _plain_year(text[:4]) is not None and len(text) > _YEAR_DIGITS else None


def age(text: str) -> int | None:
    """Read `30d`, `4w`, `6m` or `1y` as days (a month is 30 days, a year 365), up to 36500."""
    number, unit = text[:-1], text[-1:]
    if unit not in _UNITS or not _is_number(number, len(str(_OLDEST))):
        return None
    days = int(number) * _UNITS[unit]
    return days if 0 < days <= _OLDEST else None


def in_words(typed: Sequence[str], at: int) -> tuple[PublishedIn, int] | None:
    """Read a date in folded plain words at a place; return it and how many words it took."""
    return _day_first(typed, at) or _month_first(typed, at) or _year_first(typed, at)


def written(published: PublishedIn) -> str:
    """Return the shortest fields for a span: `on:2021-06`, or `after:2020 before:2021-06`."""
    first, after_last = published.first, published.after_last
    if first is not None:
        whole = first.isoformat()
        for text in (whole[:4], whole[:7], whole):
            if after_last is not None and span(text) == published:
                return f"on:{text}"
    parts = []
    if first is not None:
        parts.append(f"after:{_shortest(first)}")
    if after_last is not None:
        parts.append(f"before:{_shortest(after_last)}")
    return " ".join(parts)


def _span(year: int, month: int | None = None, day: int | None = None) -> PublishedIn | None:
    """Return the span of a year, month or day; the last of the calendar have no end."""
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if day is not None:
        return PublishedIn(first, None if first == date.max else first + timedelta(days=1))
    if month is not None and month < _LAST_MONTH:
        return PublishedIn(first, date(year, month + 1, 1))
    return PublishedIn(first, None if year == MAXYEAR else date(year + 1, 1, 1))


def _shortest(day: date) -> str:
    text = day.isoformat()
    if day.day != 1:
        return text
    return text[:4] if day.month == 1 else text[:7]


def _plain_year(word: str) -> int | None:
    if len(word) != _YEAR_DIGITS or not _is_number(word, _YEAR_DIGITS):
        return None
    return int(word) if int(word) in PLAIN_YEARS else None


def _day(word: str) -> int | None:
    for ending in _ORDINALS:
        word = word.removesuffix(ending)
    return int(word) if _is_number(word, _LONGEST_DAY) else None


def _is_number(text: str, longest: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= longest


def _word(typed: Sequence[str], at: int) -> str:
    return typed[at] if at < len(typed) else ""


def _skip(typed: Sequence[str], at: int, skipped: frozenset[str]) -> int:
    return at + 1 if _word(typed, at) in skipped else at


def _day_first(typed: Sequence[str], at: int) -> tuple[PublishedIn, int] | None:
    day = _day(typed[at])
    if day is None:
        return None
    return _month_and_year(typed, _skip(typed, at + 1, _LINKS), at, day)


def _month_first(typed: Sequence[str], at: int) -> tuple[PublishedIn, int] | None:
    month = month_at(typed, at)
    if month is None:
        return None
    day = _day(_word(typed, at + month[1]))
    year = _plain_year(_word(typed, at + month[1] + 1))
    if day is not None and year is not None:
        return _taken(_span(year, month[0], day), typed, at, at + month[1] + 2)
    return _month_and_year(typed, at, at, None)


def _month_and_year(
    typed: Sequence[str], at: int, start: int, day: int | None
) -> tuple[PublishedIn, int] | None:
    month = month_at(typed, at)
    if month is None:
        return None
    end = _skip(typed, at + month[1], _LINKS)
    year = _plain_year(_word(typed, end))
    return None if year is None else _taken(_span(year, month[0], day), typed, start, end + 1)


def _year_first(typed: Sequence[str], at: int) -> tuple[PublishedIn, int] | None:
    start = _skip(typed, at, _YEAR_NOUNS)
    year = _plain_year(_word(typed, start))
    if year is None:
        return None
    after = _skip(typed, start + 1, frozenset(_YEAR_SIGN))
    numbered = _day(_word(typed, after)) if _word(typed, after + 1) == _MONTH_SIGN else None
    named = month_at(typed, after)
    if numbered is None and named is None:
        return _taken(_span(year), typed, at, start + 1)
    month, after = (numbered, after + 2) if named is None else (named[0], after + named[1])
    day = _day(_word(typed, after)) if _word(typed, after + 1) in _DAY_SIGNS else None
    if day is None:
        return _taken(_span(year, month), typed, at, after)
    return _taken(_span(year, month, day), typed, at, after + 2)


def _taken(
    found: PublishedIn | None, typed: Sequence[str], start: int, end: int
) -> tuple[PublishedIn, int] | None:
    """Return a date with the length of its words; `2021 года` takes the word for year along."""
    return None if found is None else (found, _skip(typed, end, _YEAR_NOUNS) - start)
