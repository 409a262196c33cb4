from collections import Counter

import pytest

from domain.errors import TaxonomyError
from domain.stories import load_concepts
from domain.text import analyse
from domain.text.stems import LANGUAGES
from seeds.data import load_concepts as load_shipped


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("plain = ", "concepts: "),
        ("[strange]", "concepts: unknown entry strange"),
        ("plain = 1", "concepts plain: must be a table"),
        ('[plain]\nlaunch = "a | b"', "concepts plain.launch: must have six columns, split by |"),
        ("[plain]\nlaunch = 1", "concepts plain.launch: must have six columns, split by |"),
        ('[number]\nfew = "a|b|c|d|e|f"', "concepts number.few: must be a whole number"),
    ],
)
def test_what_is_wrong_is_named(text: str, message: str) -> None:
    with pytest.raises(TaxonomyError, match=message.replace("|", r"\|")):
        load_concepts(text)


def test_a_longer_phrase_hides_a_shorter_one() -> None:
    concepts = load_concepts(
        '[plain]\nheart = "heart|||||"\n[telling]\nblue_heart = "Blue Heart|||||"'
    )
    found = concepts.find(analyse("The Blue Heart and a heart", "en"), "en")
    assert [one.value.name for one in found] == ["blue_heart", "heart"]


BOTH = [("суд",)]
"""`суд` and `судья` have one stem: court and judge."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_has_two_meanings(lang: str) -> None:
    meanings = Counter(
        terms
        for concept in load_shipped().concepts
        for terms in {tuple(analyse(phrase, lang)) for phrase in concept.words[lang]}
    )
    assert [terms for terms, count in meanings.items() if count > 1 and terms not in BOTH] == []
