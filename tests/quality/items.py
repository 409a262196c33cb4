"""How well items are classified, against what a reader says of the seed documents."""

import json
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from domain.classify import Classified
from domain.model import Draft
from seeds.data import load_classifier

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


def classified() -> list[tuple[Classified, dict[str, object]]]:
    """Return what the classifier says of every item of the documents, and the judgement of it."""
    classifier = load_classifier()
    return [(classifier.classify(draft), _judgement(draft)) for draft in _drafts()]


def f1(found: list[tuple[Classified, dict[str, object]]], key: str) -> float:
    """Return the micro-averaged F1 of labels."""
    tally = Tally()
    for result, judged in found:
        wanted = judged[key]
        assert isinstance(wanted, list)
        tally.add(set(getattr(result, key)), set(wanted))
    return tally.f1


def accuracy(found: list[tuple[Classified, dict[str, object]]], key: str) -> float:
    """Return the share of items that have the right value."""
    right = sum(1 for result, judged in found if getattr(result, key) == judged[key])
    return right / len(found)
