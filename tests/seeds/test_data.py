import pytest

from domain.text.stems import LANGUAGES
from seeds.data import load_places, load_taxonomy

SLUGS = """human-trafficking migrant-smuggling smuggling-by-sea child-trafficking forced-labour
sexual-exploitation victim-protection criminal-justice legislation-and-policy
international-cooperation border-control refugees-and-displacement organized-crime
awareness-campaigns research-and-data technology covid-19 money-laundering wildlife-crime
drugs""".split()


def test_the_topics_are_there() -> None:
    assert {topic.slug for topic in load_taxonomy()} == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_topic_speaks_every_language(slug: str) -> None:
    topic = load_taxonomy().get(slug)
    assert topic is not None
    for lang in LANGUAGES:
        assert topic.names[lang]
        assert topic.also[lang]
        assert topic.evidence[lang].strong


def test_every_country_has_a_name_in_every_language() -> None:
    for place in load_places():
        assert set(place.names) == set(LANGUAGES), place.code


def test_regions_are_named_in_every_language() -> None:
    for region in load_places().regions:
        assert set(region.names) == set(LANGUAGES), region.slug
