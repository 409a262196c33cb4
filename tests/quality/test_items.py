"""The classification of the seed documents must not get worse."""

import pytest

from domain.classify import Classified
from seeds.data import load_taxonomy
from tests.quality.items import JUDGED, accuracy, classified, f1


@pytest.fixture(scope="module")
def found() -> list[tuple[Classified, dict[str, object]]]:
    return classified()


def test_every_judgement_is_of_an_item(
    found: list[tuple[Classified, dict[str, object]]],
) -> None:
    assert len(found) == len(JUDGED)


def test_judged_topics_exist() -> None:
    assert {topic for one in JUDGED for topic in one["topics"]} <= {t.slug for t in load_taxonomy()}


def test_topics(found: list[tuple[Classified, dict[str, object]]]) -> None:
    assert f1(found, "topics") >= 0.92


def test_kinds(found: list[tuple[Classified, dict[str, object]]]) -> None:
    assert accuracy(found, "kind") >= 0.95


def test_languages(found: list[tuple[Classified, dict[str, object]]]) -> None:
    assert accuracy(found, "lang") == 1.0


def test_countries(found: list[tuple[Classified, dict[str, object]]]) -> None:
    assert f1(found, "countries") >= 0.95
