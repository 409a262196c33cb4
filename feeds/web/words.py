"""What the pages themselves say, in the six languages of the United Nations."""

import tomllib
from functools import cache
from pathlib import Path

from babel import Locale
from babel.numbers import format_decimal

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
"""English, in which everything is said that has no address of its own, and then the others."""

_FOLDER = Path(__file__).parent / "words"


class Words:
    """One language's texts by key; see `words/en.toml`."""

    def __init__(self, lang: str, texts: dict[str, str | dict[str, str]]):
        self.lang = lang
        self._texts = texts
        self._plural_form = Locale(lang).plural_form

    def __call__(self, key: str, **values: str | int) -> str:
        """Return a text with `values` put in; `n` decides which plural form it is.

        Raises `KeyError` for what is not there: a template that asks for it is wrong.
        """
        text = self._texts[key]
        if isinstance(text, dict):
            number = values["n"]
            text = text["other" if isinstance(number, str) else self._plural_form(number)]
        return text.format(**{name: self._written(value) for name, value in values.items()})

    def number(self, number: int) -> str:
        """Return a number as the language groups its digits."""
        return format_decimal(number, locale=self.lang, numbering_system="latn")

    def _written(self, value: str | int) -> str:
        return value if isinstance(value, str) else self.number(value)


@cache
def words_in(lang: str) -> Words:
    """Return the texts of one of `LANGUAGES`."""
    text = (_FOLDER / f"{lang}.toml").read_text(encoding="utf-8")
    return Words(lang, tomllib.loads(text))
