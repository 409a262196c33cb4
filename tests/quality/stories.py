"""How well stories are told apart, on the seed documents and on invented items."""

import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

from domain.model import Draft
from domain.stories import Telling, Traits, likeness
from seeds.data import load_classifier
from tests.quality.items import DATA

INVENTED = (
    "stories_invented",
    "stories_held_out",
    "stories_hard",
    "stories_last",
    "stories_second",
    "stories_third",
)


@dataclass(frozen=True)
class Judged:
    """Items, and which pairs of them are one story."""

    traits: list[Traits]
    same: frozenset[tuple[int, int]]
    open: frozenset[tuple[int, int]] = frozenset()

    @property
    def linked(self) -> frozenset[tuple[int, int]]:
        return frozenset(
            pair
            for pair in combinations(range(len(self.traits)), 2)
            if pair not in self.open and likeness(self.traits[pair[0]], self.traits[pair[1]])
        )

    @property
    def recall(self) -> float:
        return len(self.same & self.linked) / len(self.same)


@cache
def read_seeds() -> Judged:
    """Return the items of the seed documents."""
    judgements = _read("stories")
    entries = [
        entry
        for path in sorted((DATA / "listings").glob("*.json"))
        for entry in json.loads(path.read_text(encoding="utf-8"))["items"]
    ]

    def place(named: dict[str, Any]) -> int:
        found = [
            number
            for number, entry in enumerate(entries)
            if entry["published"].startswith(str(named["day"]))
            and entry["title"].startswith(named["title"])
        ]
        assert len(found) == 1, named
        return found[0]

    for group in judgements["hard"]:
        assert len({place(named) for named in group}) == 2
    return Judged(
        [
            _traits(
                {
                    "title": entry["title"],
                    "body": entry["body"],
                    "day": date.fromisoformat(entry["published"][:10]),
                    "starts": _day(entry["starts"]),
                    "ends": _day(entry["ends"]),
                }
            )
            for entry in entries
        ],
        frozenset(_pairs(judgements["same"], place)),
        frozenset(_pairs(judgements["open"], place)),
    )


@cache
def read_invented(name: str) -> Judged:
    """Return the items of a file; those with one `story` are versions of it."""
    entries = _read(name)["item"]
    return Judged(
        [_traits(entry) for entry in entries],
        frozenset(
            (one, other)
            for one, other in combinations(range(len(entries)), 2)
            if entries[one]["story"] == entries[other]["story"]
        ),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / "judgements" / f"{name}.toml").read_text(encoding="utf-8"))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _pairs(
    groups: list[list[dict[str, Any]]], place: Callable[[dict[str, Any]], int]
) -> Iterator[tuple[int, int]]:
    for group in groups:
        yield from combinations(sorted(place(named) for named in group), 2)


def _traits(entry: dict[str, Any]) -> Traits:
    classifier = load_classifier()
    draft = Draft(title=entry["title"], body=entry.get("body", ""), starts=entry.get("starts"))
    classified = classifier.classify(draft)
    return classifier.traits(
        Telling(
            title=draft.title,
            body=draft.body,
            lang=classified.lang,
            day=entry["day"],
            starts=entry.get("starts"),
            ends=entry.get("ends"),
            countries=frozenset(classified.countries),
        )
    )
