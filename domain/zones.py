"""Time zones by the names that people use: a zone's own, a city's, a country's."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from domain.errors import ScheduleError
from domain.schedule import read_zone
from domain.text import fold

SUGGESTIONS = 8
_LIKENESS = 0.72
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Found:
    """What a name stands for."""

    zone: str | None
    """IANA name; None where the name is not known or stands for several."""
    suggestions: tuple[str, ...] = ()
    """Zones that may be meant where it is None, the likeliest first."""


class Zones:
    """Finds zones. Without names added it knows IANA's own alone."""

    def __init__(self) -> None:
        self._zones: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, name: str, zones: Iterable[str]) -> None:
        """Let a name stand for zones too, after those that it stands for already."""
        known = self._zones[_key(name)]
        known.extend(zone for zone in zones if zone not in known)

    def add_zone(self, zone: str) -> None:
        """Add a zone by its own name and by the city in it."""
        self.add(zone, [zone])
        self.add(zone.rpartition("/")[2], [zone])

    def knows(self, name: str) -> bool:
        """Tell whether a name stands for anything."""
        return bool(self._zones.get(_key(name)))

    def find(self, text: str) -> Found:
        """Return the zone of a name in any spelling, or what may be meant by it."""
        if len(text) > _LONGEST:
            return Found(None)
        known = self._zones.get(_key(text), [])
        if not known:
            return self._guess(text)
        if len(known) == 1:
            return Found(known[0])
        return Found(None, tuple(known[:SUGGESTIONS]))

    def _guess(self, text: str) -> Found:
        try:
            return Found(read_zone(text.strip()).key)
        except ScheduleError:
            names = get_close_matches(_key(text), self._zones, SUGGESTIONS, _LIKENESS)
        found = dict.fromkeys(zone for name in names for zone in self._zones[name])
        return Found(None, tuple(found)[:SUGGESTIONS])


def _key(name: str) -> str:
    words = fold(name.replace("_", " ").replace("-", " ")).split()
    return " ".join(words)
