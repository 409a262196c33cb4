"""How well items are classified, against what a reader says of the seed documents."""

import json
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from domain.classify import Classified
from domain.model import Draft
from seeds.data import load_classifier, load_taxonomy

DATA = Path(__file__).parents[1] / "data"
JUDGED = tomllib.loads((DATA / "judgements" / "items.toml").read_text(encoding="utf-8"))["item"]


@dataclass
class Tally:
    hits: Counter[str] = field(default_factory=Counter)

    def add(self, got: set[str], wanted: set[str]) -> None:
        self.hits += Counter(right=len(got & wanted), extra=len(got - wanted))
        self.hits += Counter(missed=len(wanted - got))

    @property
    def f1(self) -> float:
        right = 2 * self.hits["right"]
        return right / (right + self.hits["extra"] + self.hits["missed"])


def _drafts() -> list[Draft]:
    read = [
        entry
        for path in sorted((DATA / "listings").glob("*.json"))
        for entry in json.loads(path.read_text(encoding="utf-8"))["items"]
    ]
    return [
        Draft(
            title=entry["title"],
            body=entry["body"],
            caption=entry["caption"],
            key=entry["published"],
        )
        for entry in read
    ]


def _judgement(draft: Draft) -> dict[str, object]:
    found = [
        one
        for one in JUDGED
        if (draft.key or "").startswith(str(one["day"])) and draft.title.startswith(one["title"])
    ]
    assert len(found) == 1, f"{draft.key} {draft.title}: {len(found)} judgements"
    return dict(found[0])


@pytest.fixture(scope="module")
def classified() -> list[tuple[Classified, dict[str, object]]]:
    classifier = load_classifier()
    return [(classifier.classify(draft), _judgement(draft)) for draft in _drafts()]


def _f1(classified: list[tuple[Classified, dict[str, object]]], key: str) -> float:
    tally = Tally()
    for result, judged in classified:
        wanted = judged[key]
        assert isinstance(wanted, list)
        tally.add(set(getattr(result, key)), set(wanted))
    return tally.f1


def _accuracy(classified: list[tuple[Classified, dict[str, object]]], key: str) -> float:
    right = sum(1 for result, judged in classified if getattr(result, key) == judged[key])
    return right / len(classified)


def test_every_judgement_is_of_an_item(
    classified: list[tuple[Classified, dict[str, object]]],
) -> None:
    assert len(classified) == len(JUDGED)


def test_judged_topics_exist() -> None:
    assert {topic for one in JUDGED for topic in one["topics"]} <= {t.slug for t in load_taxonomy()}


def test_topics(classified: list[tuple[Classified, dict[str, object]]]) -> None:
    assert _f1(classified, "topics") >= 0.92


def test_kinds(classified: list[tuple[Classified, dict[str, object]]]) -> None:
    assert _accuracy(classified, "kind") >= 0.95


def test_languages(classified: list[tuple[Classified, dict[str, object]]]) -> None:
    assert _accuracy(classified, "lang") == 1.0


def test_countries(classified: list[tuple[Classified, dict[str, object]]]) -> None:
    assert _f1(classified, "countries") >= 0.95
