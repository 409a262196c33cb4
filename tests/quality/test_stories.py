"""Stories must not be recognised worse, and nothing must be linked that is not one."""

from itertools import combinations

import pytest

from domain.stories import likeness, story_keys
from tests.quality.stories import INVENTED, Judged, read_invented, read_seeds


@pytest.fixture(params=("stories", *INVENTED))
def judged(request: pytest.FixtureRequest) -> Judged:
    return read_seeds() if request.param == "stories" else read_invented(str(request.param))


def test_versions_are_found_and_nothing_else(judged: Judged) -> None:
    assert judged.linked <= judged.same
    assert judged.recall >= 0.83


def test_all_are_found_together() -> None:
    every = [read_seeds(), *(read_invented(name) for name in INVENTED)]
    found = sum(len(one.linked & one.same) for one in every)
    assert found / sum(len(one.same) for one in every) >= 0.95


def test_versions_are_filed_under_a_common_key(judged: Judged) -> None:
    for one, other in judged.linked:
        first, second = judged.traits[one], judged.traits[other]
        assert first.body == second.body or set(story_keys(first)) & set(story_keys(second))


def test_likeness_does_not_depend_on_the_order() -> None:
    for one, other in combinations(read_seeds().traits[::3], 2):
        assert likeness(one, other) == likeness(other, one)
