import pytest

from domain.zones import SUGGESTIONS, Found, Zones


@pytest.fixture
def zones() -> Zones:
    zones = Zones()
    for zone in ("Europe/Vienna", "Europe/Vilnius", "America/New_York", "America/Port-au-Prince"):
        zones.add_zone(zone)
    zones.add("Вена", ["Europe/Vienna"])
    zones.add("US", ["America/New_York", "America/Chicago"])
    zones.add("Everywhere", [f"Etc/GMT+{hours}" for hours in range(1, 13)])
    return zones


@pytest.mark.parametrize(
    "name", ["Vienna", " VIENNA ", "Europe/Vienna", "europe/vienna", "вена", "Viénna"]
)
def test_a_city_is_found_in_any_spelling(zones: Zones, name: str) -> None:
    assert zones.find(name) == Found("Europe/Vienna")
    assert zones.knows(name)


def test_names_may_have_blanks_or_signs(zones: Zones) -> None:
    assert zones.find("new york").zone == "America/New_York"
    assert zones.find("Port au Prince").zone == "America/Port-au-Prince"


def test_every_zone_of_the_database_is_known_by_its_own_name() -> None:
    assert Zones().find("Asia/Kathmandu") == Found("Asia/Kathmandu")
    assert Zones().find("UTC") == Found("UTC")


def test_typing_errors_get_suggestions(zones: Zones) -> None:
    found = zones.find("Veinna")
    assert found.zone is None
    assert found.suggestions[0] == "Europe/Vienna"
    assert zones.find("zzzz") == Found(None)
    assert zones.find("") == Found(None)
    assert zones.find("Vienna " * 50) == Found(None)


def test_a_name_of_several_zones_is_to_be_told_apart(zones: Zones) -> None:
    assert zones.find("us") == Found(None, ("America/New_York", "America/Chicago"))
    assert len(zones.find("everywhere").suggestions) == SUGGESTIONS
