from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.classify import Classifier
from domain.model import Draft, Kind, Published
from seeds.data import load_classifier, load_places, load_taxonomy


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier()


def test_classifies_what_is_open(classifier: Classifier) -> None:
    body = "From 22 to 25 February the office held a workshop in Abuja, Nigeria. It went well."
    draft = Draft(title="Workshop on Migrant Smuggling", body=body)
    result = classifier.classify(draft)
    assert (result.kind, result.lang) == (Kind.EVENT, "en")
    assert result.topics == ("migrant-smuggling",)
    assert result.countries == ("NG",)
    assert result.summary == body
    assert result.reasons[0].phrase == "migrant smuggling"


def test_keeps_what_the_draft_says(classifier: Classifier) -> None:
    draft = Draft(
        title="Workshop on Migrant Smuggling in Abuja",
        kind=Kind.NEWS,
        lang="fr",
        topics=("smuggling-by-sea", "unheard-of"),
        countries=("ZA", "AO"),
        summary="Short.",
        starts=date(2010, 2, 22),
        ends=date(2010, 2, 25),
    )
    result = classifier.classify(draft)
    assert (result.kind, result.lang, result.summary) == (Kind.NEWS, "fr", "Short.")
    assert result.topics == ("migrant-smuggling", "smuggling-by-sea")
    assert result.countries == ("AO", "ZA")
    assert (result.starts, result.ends) == (draft.starts, draft.ends)
    assert result.reasons == ()


def test_an_empty_choice_is_a_choice(classifier: Classifier) -> None:
    result = classifier.classify(Draft(title="Heroin in Kenya", topics=(), countries=()))
    assert (result.topics, result.countries) == ((), ())


def test_a_caption_decides_nothing(classifier: Classifier) -> None:
    result = classifier.classify(
        Draft(title="Officers at work", body="They rest.", caption="Rhino horn is seized in Kenya")
    )
    assert (result.topics, result.countries) == ((), ())


def test_a_summary_stands_in_for_a_body(classifier: Classifier) -> None:
    result = classifier.classify(Draft(title="News", summary="Heroin was seized in Kenya."))
    assert (result.topics, result.countries) == (("drugs",), ("KE",))


def test_title_and_body_in_two_languages(classifier: Classifier) -> None:
    result = classifier.classify(
        Draft(
            title="Le cadre d’action pour la lutte contre le trafic illicite de migrants",
            body="The framework is now available in French. It is a tool for all States.",
        )
    )
    assert result.lang == "en"
    assert result.kind is Kind.PUBLICATION
    assert "migrant-smuggling" in result.topics
    assert result.countries == ()


@given(st.text(max_size=80), st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_is_classified(title: str, body: str) -> None:
    result = load_classifier().classify(Draft(title=title, body=body))
    assert set(result.topics) <= {topic.slug for topic in load_taxonomy()}
    assert set(result.countries) <= {place.code for place in load_places()}
    assert result.lang in {"en", "fr", "es", "ru", "ar", "zh", "und"}


def test_an_event_has_the_days_that_its_text_tells(classifier: Classifier) -> None:
    draft = Draft(
        title="Workshop on Migrant Smuggling",
        body="From 22 to 25 February the office held a workshop in Abuja, Nigeria.",
        published=Published.on(date(2010, 3, 25)),
    )
    event = classifier.classify(draft)
    assert (event.starts, event.ends) == (date(2010, 2, 22), date(2010, 2, 25))
    news = classifier.classify(replace(draft, kind=Kind.NEWS))
    assert (news.starts, news.ends) == (None, None)
    given = classifier.classify(replace(draft, starts=date(2010, 2, 1)))
    assert (given.starts, given.ends) == (date(2010, 2, 1), None)
