import pytest

from domain.query import Field, Named, NameIndex
from domain.text import fold, words


@pytest.mark.parametrize(
    ("typed", "value", "length"),
    [
        ("South Africa today", "za", 2),
        ("south sudan", "ss", 2),
        ("Нигерии", "ng", 1),
        ("Côte d’Ivoire", "ci", 2),
        ("covid-19", "covid-19", 2),
        ("covid", "covid-19", 1),
        ("ng", None, 0),
        ("africa", None, 0),
        ("", None, 0),
    ],
)
def test_the_longest_name_counts(
    typed: str, value: str | None, length: int, names: NameIndex
) -> None:
    named = names.longest(words(fold(typed)))
    assert (named.value if named else None) == value
    assert (named.length if named else 0) == length


def test_a_region_stands_for_its_countries(names: NameIndex) -> None:
    named = names.value(Field.COUNTRY, "Western Balkans")
    assert named is not None
    assert (named.value, named.values) == ("western-balkans", frozenset({"AL", "BA", "ME"}))


def test_the_first_of_two_things_has_the_name() -> None:
    index = NameIndex()
    index.add(Field.COUNTRY, "cg", ["Congo"], values=["CG"])
    index.add(Field.COUNTRY, "cd", ["Congo", "…"], values=["CD"])
    assert index.longest(["congo"]) == Named(Field.COUNTRY, "cg", frozenset({"CG"}), 1)
    cd = index.value(Field.COUNTRY, "CD")
    assert cd is not None
    assert cd.values == {"CD"}


def test_a_value_alone_is_no_plain_name() -> None:
    index = NameIndex()
    index.add(Field.SOURCE, "unodc", ["Office on Drugs"], plain=False)
    assert index.longest(["office", "on", "drugs"]) is None
    assert index.longest(["unodc"]) is None
    assert index.value(Field.SOURCE, "office on drugs") is not None


@pytest.mark.parametrize(
    ("field", "typed", "nearest"),
    [
        (Field.KIND, "evnt", "event"),
        (Field.COUNTRY, "Nigria", "Nigeria"),
        (Field.TOPIC, "smuggling-by-see", "smuggling-by-sea"),
        (Field.LANG, "frensh", "French"),
        (Field.KIND, "zzzz", None),
    ],
)
def test_finds_the_nearest_value(
    field: Field, typed: str, nearest: str | None, names: NameIndex
) -> None:
    assert names.nearest(field, typed) == nearest


def test_labels_fall_back_to_english_and_to_the_value(names: NameIndex) -> None:
    assert names.label(Field.COUNTRY, "ng", "fr") == "Nigéria"
    assert names.label(Field.COUNTRY, "ng", "zh") == "Nigeria"
    assert names.label(Field.LANG, "pt", "en") == "pt"
