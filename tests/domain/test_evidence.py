import pytest

from domain.evidence import evidence_terms, is_well_formed, sides
from domain.taxonomy import load_taxonomy
from domain.topics import TopicFinder


def test_sides() -> None:
    assert sides("passport") == (("passport",),)
    assert sides("passport | papers & taken") == (("passport", "papers"), ("taken",))


@pytest.mark.parametrize("phrase", ["a", "a & b", "a | b & c | d", "=officers"])
def test_well_formed(phrase: str) -> None:
    assert is_well_formed(phrase)


@pytest.mark.parametrize("phrase", ["", "…", "a | b", "a & ", "a & b & c", "a | & b"])
def test_not_well_formed(phrase: str) -> None:
    assert not is_well_formed(phrase)


@pytest.mark.parametrize(
    ("one", "other"),
    [("والمهربون", "المهربين"), ("جوازاتهم", "جواز"), ("للضحايا", "ضحايا"), ("المحكمة", "محكمة")],
)
def test_arabic_forms_agree(one: str, other: str) -> None:
    assert evidence_terms(one, "ar") == evidence_terms(other, "ar")


@pytest.fixture(scope="module")
def finder() -> TopicFinder:
    return TopicFinder(
        load_taxonomy(
            """
            [[topic]]
            slug = "labour"
            [topic.en]
            name = "Labour"
            strong = ["passport | papers & taken | kept", "trafficking"]
            likely = ["=officers"]
            weak = ["wages", "boss"]
            not = ["trafficking & ivory | drugs"]
            """
        )
    )


@pytest.mark.parametrize(
    ("title", "body", "found"),
    [
        ("Their papers were taken away", "", True),
        ("He had taken all of the passports", "", True),
        ("The passport lay on the table in the house that the boat had taken", "", False),
        ("The passport", "It was taken.", False),
        ("Trafficking on the rise", "", True),
        ("Trafficking of ivory", "", False),
        ("Ivory, trafficking and more", "", False),
        ("Officers at work", "", True),
        ("An office at work", "", False),
        ("At work", "The officers came.", False),
        ("At work", "The officers came. The officers left.", True),
        ("Wages", "Wages and wages.", False),
        ("Wages", "The boss paid.", True),
    ],
)
def test_evidence(finder: TopicFinder, title: str, body: str, found: bool) -> None:
    assert bool(finder.find((title, "en"), (body, "en"))[0]) is found
