"""How well invented items of many shapes are classified, against what readers say of them."""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from domain.classify import Classified
from domain.model import Draft, Published
from seeds.data import load_classifier
from tests.quality.items import DATA

SETS = ("more_items", "second_items")
Judged = tuple[tuple[Classified, dict[str, Any]], ...]


@cache
def judged(name: str) -> Judged:
    """Return what the classifier says of every item of a set, and the judgement of it."""
    classifier = load_classifier()
    text = (DATA / "judgements" / f"{name}.toml").read_text(encoding="utf-8")
    return tuple((classifier.classify(_draft(one)), one) for one in tomllib.loads(text)["item"])


def _draft(one: dict[str, Any]) -> Draft:
    day = one.get("published")
    at = datetime.combine(day, datetime.min.time(), UTC) if day else None
    published = Published(at, day_only=True) if at else None
    return Draft(title=one["title"], body=one["body"], published=published)


def f1(found: Judged, key: str, doubtful: str) -> float:
    """Return the micro-averaged F1 of labels; those in doubt do not count."""
    right = wrong = 0
    for got, one in found:
        doubt = set(one.get(doubtful, []))
        said, wanted = set(getattr(got, key)) - doubt, set(one[key]) - doubt
        right += len(said & wanted)
        wrong += len(said ^ wanted)
    return 2 * right / (2 * right + wrong)


def share(found: Judged, holds: Callable[[Classified, dict[str, Any]], bool]) -> float:
    """Return the share of items for which something holds."""
    return sum(holds(got, one) for got, one in found) / len(found)


def kinds(found: Judged) -> float:
    """Return the share of items with a kind that a reader could give them."""
    return share(found, lambda got, one: got.kind in (one["kind"], *one.get("maybe_kind", [])))


def languages(found: Judged) -> float:
    """Return the share of items whose language is right."""
    return share(found, lambda got, one: got.lang == one["lang"])
