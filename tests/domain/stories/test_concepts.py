from domain.meanings import Meaning, Worth
from domain.stories import Concepts
from domain.text import analyse


def test_a_longer_phrase_hides_a_shorter_one_and_the_first_meaning_counts() -> None:
    concepts = Concepts(
        (
            Meaning("heart", Worth.PLAIN, {"en": ("heart",)}),
            Meaning("blue_heart", Worth.TELLING, {"en": ("Blue Heart", "heart")}),
        )
    )
    found = concepts.find(analyse("The Blue Heart and a heart", "en"), "en")
    assert [one.value.name for one in found] == ["blue_heart", "heart"]
    assert concepts.find(analyse("Herz", "de"), "de") == []
