"""How well short items of many shapes are classified, against what a reader says of them."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.classify import Classified
from domain.model import Draft
from seeds.data import load_classifier

FILE = Path(__file__).parents[1] / "data" / "judgements" / "more_items.toml"
Judged = list[tuple[Classified, dict[str, Any]]]


@pytest.fixture(scope="module")
def judged() -> Judged:
    classifier = load_classifier()
    items = tomllib.loads(FILE.read_text(encoding="utf-8"))["item"]
    return [
        (classifier.classify(Draft(title=one["title"], body=one["body"])), one) for one in items
    ]


def _f1(judged: Judged, key: str, doubtful: str) -> float:
    right = wrong = 0
    for got, one in judged:
        doubt = set(one.get(doubtful, []))
        found, wanted = set(getattr(got, key)) - doubt, set(one[key]) - doubt
        right += len(found & wanted)
        wrong += len(found ^ wanted)
    return 2 * right / (2 * right + wrong)


def _share(judged: Judged, holds: Callable[[Classified, dict[str, Any]], bool]) -> float:
    return sum(1 for got, one in judged if holds(got, one)) / len(judged)


def test_topics(judged: Judged) -> None:
    assert _f1(judged, "topics", "maybe") >= 0.93


def test_countries(judged: Judged) -> None:
    assert _f1(judged, "countries", "maybe_countries") >= 0.93


def test_kinds(judged: Judged) -> None:
    right = _share(judged, lambda got, one: got.kind in (one["kind"], *one.get("maybe_kind", [])))
    assert right >= 0.95


def test_languages(judged: Judged) -> None:
    assert _share(judged, lambda got, one: got.lang == one["lang"]) == 1.0
