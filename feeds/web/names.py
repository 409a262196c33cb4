"""What pages and feeds call things: in English, and on pages in five more languages."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_interval, format_timedelta

from domain.query.names import Field
from domain.query.names import Names as QueryNames

LANGUAGE = "en"
"""Of feeds, of titles, and of pages for which no other was asked."""

_LOCALES = {"en": "en_GB"}
"""Where a language's own locale writes dates as only some of its speakers do."""


class LocalNames:
    """Names of topics, countries, sources, kinds and languages, as the query language knows them.

    English stands in for what has no name in `lang`.
    """

    def __init__(self, names: QueryNames, lang: str):
        self._names = names
        self._lang = lang

    def topic(self, slug: str) -> str:
        """Return the topic's name; its slug where it has none."""
        return self._names.label(Field.TOPIC, slug, self._lang)

    def country(self, code: str) -> str:
        """Return the country's name; its code where it has none."""
        name = self._names.label(Field.COUNTRY, code.lower(), self._lang)
        return code if name == code.lower() else name

    def source(self, slug: str) -> str:
        """Return the source's name; its slug where it has none."""
        return self._names.label(Field.SOURCE, slug, self._lang)

    def kind(self, kind: str) -> str:
        """Return what a kind of item is called, with a capital."""
        name = self._names.label(Field.KIND, kind, self._lang)
        return name[:1].upper() + name[1:]

    def language(self, code: str) -> str:
        """Return what a language is called; its code where that is not known."""
        name = self._names.label(Field.LANG, code, self._lang)
        return language_name(code, self._lang) if name == code else name

    def day(self, day: date) -> str:
        """Return a day as people write it, e.g. `22 June 2009`."""
        return long_day(day, self._lang)

    def days(self, first: date, last: date | None) -> str:
        """Return days as people write them, e.g. `22–24 June 2009`."""
        return day_range(first, last, self._lang)

    def moment(self, moment: datetime) -> str:
        """Return a time as people write it, in UTC: `1 March 2026, 12:00 UTC`."""
        return f"{self.day(moment.date())}, {moment:%H:%M} UTC"

    def duration(self, duration: timedelta) -> str:
        """Return roughly how long something takes, e.g. `3 minutes`."""
        return format_timedelta(duration, locale=self._lang)

    def month(self, month: int) -> str:
        """Return the name of a month, 1 to 12."""
        return format_date(date(2000, month, 1), "LLLL", locale=self._lang)


class EnglishNames(LocalNames):
    """The names that feeds and files use."""

    def __init__(self, names: QueryNames):
        super().__init__(names, LANGUAGE)


@lru_cache(maxsize=256)
def language_name(code: str, lang: str | None = None) -> str:
    """Return what a language calls itself, e.g. `français`, or is called in another one.

    That is its code where neither is known.
    """
    try:
        return Locale(code).get_display_name(lang or code) or code
    except (UnknownLocaleError, ValueError):
        return code


def long_day(day: date, lang: str = LANGUAGE) -> str:
    """Return a day as people write it, e.g. `22 June 2009`."""
    return format_date(day, "long", locale=_LOCALES.get(lang, lang))


def day_range(first: date, last: date | None, lang: str = LANGUAGE) -> str:
    """Return days as people write them, e.g. `22–24 June 2009`; one day where `last` is None."""
    end = long_day(last or first, lang)
    if last is None or last == first:
        return end
    if lang != LANGUAGE:
        return format_interval(first, last, "yMMMd", locale=lang)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        return f"{format_date(first, 'd MMMM', locale=LANGUAGE)} – {end}"
    return f"{long_day(first)} – {end}"
