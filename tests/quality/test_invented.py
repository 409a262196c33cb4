"""The classification of invented items must not get worse."""

import pytest

from tests.quality.invented import SETS, Judged, f1, judged, kinds, languages, share


@pytest.fixture(params=SETS)
def found(request: pytest.FixtureRequest) -> Judged:
    return judged(str(request.param))


def test_topics(found: Judged) -> None:
    assert f1(found, "topics", "maybe") >= 0.92


def test_countries(found: Judged) -> None:
    assert f1(found, "countries", "maybe_countries") >= 0.93


def test_kinds(found: Judged) -> None:
    assert kinds(found) >= 0.97


def test_languages(found: Judged) -> None:
    assert languages(found) == 1.0


def test_days_of_events(found: Judged) -> None:
    told = tuple((got, one) for got, one in found if one.get("starts") != one.get("ends"))
    assert all((got.starts, got.ends) == (one["starts"], one["ends"]) for got, one in told)
    assert share(found, lambda got, one: "starts" in one or got.starts is None) >= 0.95
