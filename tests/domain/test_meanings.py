import pytest

from domain.errors import TaxonomyError
from domain.meanings import Worth, asked, load_meanings


def _entry(**keys: str) -> str:
    return "[[meaning]]\n" + "\n".join(f"{key} = {value}" for key, value in keys.items()) + "\n"


GOOD = {"name": '"launch"', "worth": '"plain"', "en": '["launch", "unveil"]'}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[meaning", "thesaurus: "),
        ("[other]", "unknown entry other"),
        ("meaning = 1", r"meaning must be \[\[meaning\]\]"),
        ("meaning = [1]", "meaning number 1: must be a table"),
        (_entry(worth='"plain"'), "meaning number 1: name must be a text"),
        (_entry(**{**GOOD, "worth": '"much"'}), "meaning launch: worth must be one of common"),
        (_entry(**{**GOOD, "worth": '"number"'}), "meaning launch: must be a whole number"),
        (_entry(**GOOD, only='"queries"'), "meaning launch: only must be stories"),
        (_entry(**GOOD, de='["Start"]'), "meaning launch: unknown language de"),
        (_entry(**{**GOOD, "en": "1"}), "meaning launch, en: must be a list"),
        (_entry(**{**GOOD, "en": '["launch"]'}), "meaning launch: has not two words"),
        (_entry(**GOOD) + _entry(**{**GOOD, "worth": '"who"'}), "meaning launch: has two worths"),
    ],
)
def test_what_is_wrong_is_named(text: str, message: str) -> None:
    with pytest.raises(TaxonomyError, match=message):
        load_meanings(text)


def test_what_is_only_for_stories_is_not_asked() -> None:
    text = _entry(**GOOD) + _entry(name='"2"', worth='"number"', only='"stories"', en='["two"]')
    meanings = load_meanings(text + _entry(name='"2"', worth='"ordinal"', en='["second", "2nd"]'))
    assert [one.worth for one in meanings] == [Worth.PLAIN, Worth.NUMBER, Worth.ORDINAL]
    assert asked(meanings) == [{"en": ("launch", "unveil")}, {"en": ("second", "2nd")}]
