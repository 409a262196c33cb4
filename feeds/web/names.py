"""What pages and feeds call things, in English: the language of all our own words here."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date

from domain.query.names import Field
from domain.query.names import Names as QueryNames

LANGUAGE = "en"


class EnglishNames:
    """Names of topics, countries and sources, as the query language knows them."""

    def __init__(self, names: QueryNames):
        self._names = names

    def topic(self, slug: str) -> str:
        """Return the topic's name; its slug where it has none."""
        return self._names.label(Field.TOPIC, slug, LANGUAGE)

    def country(self, code: str) -> str:
        """Return the country's name; its code where it has none."""
        name = self._names.label(Field.COUNTRY, code.lower(), LANGUAGE)
        return code if name == code.lower() else name

    def source(self, slug: str) -> str:
        """Return the source's name; its slug where it has none."""
        return self._names.label(Field.SOURCE, slug, LANGUAGE)


@lru_cache(maxsize=256)
def language_name(code: str) -> str:
    """Return what a language calls itself, e.g. `français`; its code where that is not known."""
    try:
        return Locale(code).get_display_name(code) or code
    except (UnknownLocaleError, ValueError):
        return code


def long_day(day: date) -> str:
    """Return a day as people write it, e.g. `22 June 2009`."""
    return format_date(day, "d MMMM y", locale=LANGUAGE)


def day_range(first: date, last: date | None) -> str:
    """Return days as people write them, e.g. `22–24 June 2009`; one day where `last` is None."""
    end = long_day(last or first)
    if last is None or last == first:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        return f"{format_date(first, 'd MMMM', locale=LANGUAGE)} – {end}"
    return f"{long_day(first)} – {end}"
