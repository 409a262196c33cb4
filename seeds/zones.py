"""The time zones by what people call them."""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from domain.places import Role
from domain.text.stems import LANGUAGES
from domain.zones import Zones
from seeds.data import load_places

_SEASONS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
"""Two times that tell apart what clocks show in two zones: any year near would do."""
_BEST_KNOWN = frozenset(
    "America/Sao_Paulo Australia/Sydney America/Mexico_City America/Toronto America/Vancouver"
    " Europe/Moscow Asia/Almaty Asia/Jakarta".split()
)
"""Where the database's order, which is by geography, begins with a smaller place."""


@cache
def load_zones() -> Zones:
    """Return the time zones by their cities' and countries' names in every language.

    A country with several stands for one of each kind, the best known first, and so does a city
    that has no zone of its own. The names are Unicode CLDR's and those of `places.toml`.
    """
    from babel import Locale
    from babel.core import get_global

    zones, of_country = Zones(), _by_country()
    zones.add("GMT", ["UTC"])
    zones.add("UTC", ["UTC"])
    current = get_global("zone_aliases")
    for zone in (one for listed in of_country.values() for one in listed):
        zones.add_zone(zone)
    known = {zone for listed in of_country.values() for zone in listed}
    for lang in LANGUAGES:
        for key, named in Locale.parse(lang).time_zones.items():
            zone = current.get(key, key)
            if "city" in named and zone in known:
                zones.add(str(named["city"]), [zone])
    for old, zone in current.items():
        if zone in known:
            zones.add(old, [zone])
            zones.add(old.rpartition("/")[2], [zone])
    _add_places(zones, {code: _unlike(listed) for code, listed in of_country.items()})
    return zones


def _add_places(zones: Zones, of_country: dict[str, list[str]]) -> None:
    places = load_places()
    for place in places:
        for name in (*place.names.values(), *(one for also in place.also.values() for one in also)):
            zones.add(name, of_country.get(place.code, []))
    for spelling in (one for listed in places.spellings.values() for one in listed):
        name = spelling.text.replace("*", "")
        if spelling.role is Role.CITY and not zones.knows(name):
            zones.add(name, of_country.get(spelling.code or "", []))


def _by_country() -> dict[str, list[str]]:
    """Return the zones of each country, in the order of the time zone database."""
    found: dict[str, list[str]] = {}
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            code, _, zone, *_ = line.split("\t")
            found.setdefault(code, []).append(zone)
    return found


def _unlike(zones: list[str]) -> list[str]:
    """Return one of those zones whose clocks show the same all year: the best known, or first."""
    found: dict[tuple[object, ...], str] = {}
    for zone in sorted(zones, key=lambda one: one not in _BEST_KNOWN):
        place = ZoneInfo(zone)
        found.setdefault(tuple(place.utcoffset(season) for season in _SEASONS), zone)
    return list(found.values())
