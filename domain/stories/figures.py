"""Numbers, years and days in a text, as values that are the same in every language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.dates import find_dates
from domain.dates.patterns import canonical
from domain.stories.numerals import written_numbers

_SCALES = {
    "mil millones": 9,
    "billion": 9,
    "milliards": 9,
    "milliard": 9,
    "миллиард": 9,
    "млрд": 9,
    "مليار": 9,
    "亿": 8,
    "million": 6,
    "millón": 6,
    "millones": 6,
    "миллион": 6,
    "млн": 6,
    "مليون": 6,
    "ملايين": 6,
    "百万": 6,
    "万": 4,
    "thousand": 3,
    "mille": 3,
    "mil": 3,
    "тысяч": 3,
    "тыс": 3,
    "ألف": 3,
    "آلاف": 3,
    "千": 3,
}
_NUMBER = re.compile(
    r"(?<![A-Za-zА-Яа-я\d.,])(?<![A-Za-zА-Яа-я]-)"
    r"(?:(?P<grouped>\d{1,3}(?:[ .,]\d{3})+)(?!\d)|(?P<plain>\d{1,15})(?:[.,](?P<part>\d{1,3}))?)"
    rf"(?: ?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))}))?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?<!\w)(?:I{2,3}|IV|VI{1,3}|IX|XI{0,3})(?!\w)")
_DIGIT = re.compile(r"\d")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text counts and when."""

    numbers: frozenset[str]
    """Written out in full, such as `1800000` or `7.2`; without years and days."""
    years: frozenset[int]
    days: frozenset[str]
    """Such as `08-28`: a month and its day, without the year."""
    romans: frozenset[str]
    """Roman numerals from II on, which number the parts of a series."""


def read_figures(text: str) -> Figures:
    """Return the figures that are printed in digits."""
    text = canonical(text)
    # Looking for dates is dear, and most titles have none.
    dates = list(find_dates(text)) if _DIGIT.search(text) else []
    days, years = set(), set()
    for printed in dates:
        for day in (printed.first, printed.last):
            if day is not None:
                days.add(f"{day.month:02}-{day.day:02}")
                years |= {day.year} - {None}
    for printed in reversed(dates):
        text = text[: printed.start] + " " * (printed.end - printed.start) + text[printed.end :]
    numbers = {str(value) for value in written_numbers(text)}
    for value, plain in _numbers(text):
        if plain and value in _YEARS:
            years.add(int(value))
        else:
            numbers.add(f"{value:.12g}")
    return Figures(
        frozenset(numbers),
        frozenset(year for year in years if year is not None),
        frozenset(days),
        frozenset(_ROMAN.findall(text)),
    )


def _numbers(text: str) -> Iterator[tuple[float, bool]]:
    """Yield each number, and whether it is a plain run of digits."""
    for found in _NUMBER.finditer(text):
        grouped, plain, part, scale = found.group("grouped", "plain", "part", "scale")
        digits = re.sub(r"\D", "", grouped) if grouped else f"{plain}.{part or 0}"
        power = _SCALES[scale.lower()] if scale else 0
        yield round(float(digits) * 10**power, 3), not (grouped or part or scale)
