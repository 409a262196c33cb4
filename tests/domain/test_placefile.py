import pytest

from domain.errors import TaxonomyError
from domain.placefile import load_places
from domain.places import Role

NAMES = {
    "en": {"MM": "Myanmar (Burma)", "AG": "Antigua & Barbuda", "LC": "St. Lucia", "PL": "Poland"},
    "ru": {"PL": "Польша", "TM": "Тмутаракань", "AG": "Пик"},
}
TEXT = """
[names.en]
PL = "Rzeczpospolita, Pol*"
[words.en]
where = "in, at"
[region.east]
countries = "PL MM"
en = "East, the East"
"""


def test_joins_names_and_file() -> None:
    places = load_places(TEXT, NAMES, {"en": {"Warsaw": "PL"}})
    assert places.name("PL", "ru") == "Польша"
    assert places.name("MM", "ru") == "Myanmar (Burma)"
    assert places.name("XX", "ru") == "XX"
    assert "PL" in places
    assert [place.code for place in places] == ["AG", "LC", "MM", "PL"]
    assert places.countries["PL"].also == {"en": ("Rzeczpospolita",)}
    assert places.regions[0].countries == {"PL", "MM"}
    assert places.around["en"].where == {"in", "at"}
    english = {(spelling.text, spelling.code, spelling.role) for spelling in places.spellings["en"]}
    assert english >= {
        ("Burma", "MM", Role.NAME),
        ("Antigua and Barbuda", "AG", Role.NAME),
        ("Saint Lucia", "LC", Role.NAME),
        ("Pol*", "PL", Role.NAME),
        ("Warsaw", "PL", Role.CITY),
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("names = [", "places: "),
        ("x = 1", "places: unknown entry x"),
        ("names = 1", "names: must be a table"),
        ('[names.de]\nPL = "Polen"', "names: unknown language de"),
        ("[names]\nen = 1", "names.en: must be a table"),
        ('[names.en]\nQQ = "x"', "names.en: QQ is no country's code"),
        ("[names.en]\nPL = 1", "names.en, PL: must be a text with commas"),
        ('[cities.en]\nnone = "x"', "cities.en: none is no country's code"),
        ("region = 1", "region: must be a table"),
        ("[region]\na = 1", "region a: needs countries"),
        ('[region.a]\ncountries = "QQ"\nen = "A"', "region a: QQ is no country's code"),
        ('[region.a]\ncountries = ""\nen = "A"', "region a: nothing is no country's code"),
        ('[region.a]\ncountries = "PL"', "region a: has no English name"),
        ("[words]\nen = 1", "words.en: must be a table"),
        ('[words.en]\nx = "a"', "words.en: unknown key x"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, says: str) -> None:
    with pytest.raises(TaxonomyError) as caught:
        load_places(text, NAMES, {})
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)
