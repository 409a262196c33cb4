from datetime import date, timedelta
from typing import Any

import pytest

from domain.classify import Classifier
from domain.stories import Telling, best_first, likeness, story_keys
from domain.stories.keys import MOST
from seeds.data import load_classifier

DAY = date(2018, 7, 27)
BODY = (
    "At a ceremony in Dakar the Minister of Justice said that 30 public buildings would be lit in "
    "blue on the day of the campaign against trafficking."
)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier()


def alike(classifier: Classifier, **changes: Any) -> float:
    base: dict[str, Any] = {
        "title": "Senegal joins the Blue Heart Campaign",
        "body": BODY,
        "lang": "en",
        "day": DAY,
    }
    one, other = Telling(**base), Telling(**base | changes)
    return likeness(classifier.traits(one), classifier.traits(other))


def test_a_copy_is_the_same_story_within_the_window(classifier: Classifier) -> None:
    assert alike(classifier) == 1.0
    assert alike(classifier, title="Dakar in blue", day=DAY + timedelta(days=200)) == 1.0
    assert alike(classifier, day=DAY + timedelta(days=201)) == 0.0


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Mali joins the Blue Heart Campaign"},
        {"title": "Second year: Senegal joins the Blue Heart Campaign"},
        {"title": "Senegal joins the Blue Heart Campaign with 12 cities"},
        {"body": BODY.replace("30", "45")},
        {"body": ""},
    ],
)
def test_contradictions_keep_items_apart(classifier: Classifier, changes: dict[str, Any]) -> None:
    changed = alike(classifier, **changes, day=DAY + timedelta(days=60))
    expected = changes.get("title", "").endswith("12 cities") or changes == {"body": ""}
    assert bool(changed) is expected


def test_events_at_other_times_are_apart(classifier: Classifier) -> None:
    def telling(first: int, last: int) -> Telling:
        return Telling(
            title="Workshop for prosecutors in Accra",
            body=BODY,
            lang="en",
            day=DAY,
            starts=date(2018, 7, first),
            ends=date(2018, 7, last),
        )

    one = classifier.traits(telling(10, 12))
    assert likeness(one, classifier.traits(telling(12, 13)))
    assert not likeness(one, classifier.traits(telling(13, 14)))


def test_keys_are_few_whole_numbers_and_the_same_each_time(classifier: Classifier) -> None:
    telling = Telling(title="Stamps", body=BODY + " 1234 5678 91011 " * 20, lang="en", day=DAY)
    keys = story_keys(classifier.traits(telling))
    assert keys == story_keys(classifier.traits(telling))
    assert len(set(keys)) == len(keys) <= MOST
    assert all(0 <= key < 2**63 for key in keys)
    assert story_keys(classifier.traits(Telling(title="!", body="", lang="und", day=DAY))) == []


def test_the_readers_language_comes_first_and_english_next() -> None:
    assert best_first(["ru", "en", "fr"], str, "fr") == ["fr", "en", "ru"]
    assert best_first(["ru", "en", "fr"], str, None) == ["en", "ru", "fr"]
