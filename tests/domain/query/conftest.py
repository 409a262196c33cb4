import pytest

from domain.query import Field, NameIndex

TOPICS = {
    "migrant-smuggling": (
        *("Migrant smuggling", "Smuggling of migrants", "Trafic illicite de migrants"),
        *("Незаконный ввоз мигрантов", "تهريب المهاجرين", "偷运移民"),
    ),
    "smuggling-by-sea": ("Smuggling by sea", "Trafic par mer"),
    "human-trafficking": ("Human trafficking", "Торговля людьми", "人口贩运"),
    "covid-19": ("COVID-19", "COVID"),
}
COUNTRIES = {
    "NG": ("Nigeria", "Nigéria", "Нигерия", "نيجيريا", "尼日利亚"),
    "NE": ("Niger", "Níger", "Нигер", "النيجر"),
    "ZA": ("South Africa", "Afrique du Sud", "Sudáfrica"),
    "SS": ("South Sudan", "Южный Судан"),
    "SD": ("Sudan", "Soudan", "Судан", "السودان"),
    "CI": ("Côte d'Ivoire", "Ivory Coast"),
    "FR": ("France", "Франция", "French"),
    "GF": ("French Guiana",),
}


@pytest.fixture(scope="session")
def names() -> NameIndex:
    """Some of the topics, countries and regions that the shipped files name."""
    index = NameIndex()
    for slug, called in TOPICS.items():
        index.add(Field.TOPIC, slug, called, labels={"en": called[0], "fr": called[-1]})
    for code, called in COUNTRIES.items():
        labels = {"en": called[0], "fr": called[1]} if len(called) > 1 else {"en": called[0]}
        index.add(Field.COUNTRY, code.lower(), called, values=[code], labels=labels)
    region = ["AL", "BA", "ME"]
    index.add(Field.COUNTRY, "western-balkans", ["Western Balkans"], values=region)
    return index
