from datetime import date

import pytest

from feeds.web.names import EnglishNames, day_range, language_name
from seeds.data import load_vocabulary


def test_names_are_those_of_the_query_language() -> None:
    names = EnglishNames(load_vocabulary())
    assert names.topic("migrant-smuggling") == "Migrant smuggling"
    assert names.country("NG") == "Nigeria"
    assert (names.topic("gone"), names.country("QQ"), names.source("who")) == ("gone", "QQ", "who")


@pytest.mark.parametrize(
    ("code", "name"),
    [("fr", "français"), ("ar", "العربية"), ("und", "und"), ("xx", "xx"), ("-", "-")],
)
def test_languages_call_themselves(code: str, name: str) -> None:
    assert language_name(code) == name


@pytest.mark.parametrize(
    ("last", "text"),
    [
        (None, "22 June 2009"),
        (date(2009, 6, 22), "22 June 2009"),
        (date(2009, 6, 24), "22–24 June 2009"),
        (date(2009, 7, 2), "22 June – 2 July 2009"),
        (date(2010, 1, 2), "22 June 2009 – 2 January 2010"),
    ],
)
def test_days_are_written_as_people_do(last: date | None, text: str) -> None:
    assert day_range(date(2009, 6, 22), last) == text
