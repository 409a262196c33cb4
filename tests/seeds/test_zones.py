import pytest

from domain.schedule import read_zone
from seeds.zones import load_zones


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Vienna", "Europe/Vienna"),
        ("Москва", "Europe/Moscow"),
        ("القاهرة", "Africa/Cairo"),
        ("Nigeria", "Africa/Lagos"),
        ("Abuja", "Africa/Lagos"),
        ("new delhi", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Genève", "Europe/Zurich"),
        ("utc", "UTC"),
    ],
)
def test_cities_and_countries_are_known_in_six_languages(name: str, zone: str) -> None:
    assert load_zones().find(name).zone == zone


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("USA", "America/New_York"),
        ("Brazil", "America/Sao_Paulo"),
        ("Australia", "Australia/Sydney"),
        ("北京", "Asia/Shanghai"),
        ("bankok", "Asia/Bangkok"),
    ],
)
def test_what_is_not_one_zone_is_suggested(name: str, first: str) -> None:
    found = load_zones().find(name)
    assert found.zone is None
    assert first in found.suggestions[:2]
    for zone in found.suggestions:
        assert read_zone(zone).key == zone
