import pytest

from domain.query.names import Field, NameIndex
from seeds.data import load_vocabulary


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return load_vocabulary()


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("trata de personas", Field.TOPIC, "human-trafficking"),
        ("смаглинг", Field.TOPIC, None),
        ("торговля людьми", Field.TOPIC, "human-trafficking"),
        ("smuggling by sea", Field.TOPIC, "smuggling-by-sea"),
        ("nigeria", Field.COUNTRY, "ng"),
        ("нигерии", Field.COUNTRY, "ng"),
        ("нигере", Field.COUNTRY, "ne"),
        ("尼日利亚", Field.COUNTRY, "ng"),
        ("usa", Field.COUNTRY, "us"),
        ("us", Field.COUNTRY, None),
        ("western balkans", Field.COUNTRY, "western-balkans"),
        ("asie du sud", Field.COUNTRY, "south-asia"),
        ("events", Field.KIND, "event"),
        ("abuja", Field.COUNTRY, None),
        ("police", Field.TOPIC, None),
    ],
)
def test_plain_words(names: NameIndex, typed: str, field: Field, value: str | None) -> None:
    named = names.longest(typed.split())
    if value is None:
        assert named is None
    else:
        assert named is not None
        assert (named.field, named.value) == (field, value)


def test_fields_take_codes_names_and_regions(names: NameIndex) -> None:
    usa = names.value(Field.COUNTRY, "US")
    assert usa is not None
    assert usa.values == {"US"}
    named = names.value(Field.COUNTRY, "Côte d’Ivoire")
    assert named is not None
    assert named.values == {"CI"}
    region = names.value(Field.COUNTRY, "western-balkans")
    assert region is not None
    assert region.values == {"AL", "BA", "ME", "MK", "RS", "XK"}


def test_labels(names: NameIndex) -> None:
    assert names.label(Field.COUNTRY, "ng", "ru") == "Нигерия"
    assert names.label(Field.TOPIC, "drugs", "fr") == "Drogues"
    assert names.label(Field.COUNTRY, "south-asia", "es") == "Asia Meridional"
