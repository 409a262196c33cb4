"""How well stories are told apart, on the seed documents and on invented items."""

import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from domain.classify import Classifier
from domain.model import Draft
from domain.stories import Telling, Traits, likeness, story_keys
from seeds.data import load_classifier

DATA = Path(__file__).parents[2] / "data"
JUDGED = tomllib.loads((DATA / "judgements" / "stories.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Judged:
    """Items, and which pairs of them are one story."""

    traits: list[Traits]
    same: frozenset[tuple[int, int]]
    open: frozenset[tuple[int, int]]

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


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier()


@pytest.fixture(scope="module")
def seeds(classifier: Classifier) -> Judged:
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

    for group in JUDGED["hard"]:
        assert len({place(named) for named in group}) == 2
    return Judged(
        [
            _traits(
                classifier,
                {
                    "title": entry["title"],
                    "body": entry["body"],
                    "day": date.fromisoformat(entry["published"][:10]),
                    "starts": _day(entry["starts"]),
                    "ends": _day(entry["ends"]),
                },
            )
            for entry in entries
        ],
        frozenset(_pairs(JUDGED["same"], place)),
        frozenset(_pairs(JUDGED["open"], place)),
    )


@pytest.fixture(
    scope="module", params=["stories_invented", "stories_held_out", "stories_hard", "stories_last"]
)
def invented(classifier: Classifier, request: pytest.FixtureRequest) -> Judged:
    text = (DATA / "judgements" / f"{request.param}.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)["item"]
    return Judged(
        [_traits(classifier, entry) for entry in entries],
        frozenset(
            (one, other)
            for one, other in combinations(range(len(entries)), 2)
            if entries[one]["story"] == entries[other]["story"]
        ),
        frozenset(),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _pairs(
    groups: list[list[dict[str, Any]]], place: Callable[[dict[str, Any]], int]
) -> Iterator[tuple[int, int]]:
    for group in groups:
        yield from combinations(sorted(place(named) for named in group), 2)


def _traits(classifier: Classifier, entry: dict[str, Any]) -> Traits:
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


def test_seed_documents(seeds: Judged) -> None:
    assert seeds.linked <= seeds.same
    assert seeds.recall >= 0.9


def test_invented_items(invented: Judged) -> None:
    assert invented.linked <= invented.same
    assert invented.recall >= 0.75


def test_versions_are_filed_under_a_common_key(seeds: Judged, invented: Judged) -> None:
    for judged in (seeds, invented):
        for one, other in judged.linked:
            first, second = judged.traits[one], judged.traits[other]
            assert first.body == second.body or set(story_keys(first)) & set(story_keys(second))


def test_likeness_does_not_depend_on_the_order(seeds: Judged) -> None:
    for one, other in combinations(seeds.traits[::3], 2):
        assert likeness(one, other) == likeness(other, one)
