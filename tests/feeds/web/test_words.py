import re
import tomllib
from pathlib import Path

import pytest
from babel import Locale

import feeds.web.words
from domain.query import Field
from feeds.web.words import LANGUAGES, words_in

FOLDER = Path(feeds.web.words.__file__).parent / "words"
TEMPLATES = Path(feeds.web.words.__file__).parent / "templates"
SLOT = re.compile(r"{\w+}")


def texts(lang: str) -> dict[str, str | dict[str, str]]:
    return tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_everything_with_the_same_in_it(lang: str) -> None:
    english, said = texts("en"), texts(lang)
    assert said.keys() == english.keys()
    for key, text in english.items():
        other = said[key]
        if isinstance(text, str):
            assert isinstance(other, str)
            assert sorted(SLOT.findall(other)) == sorted(SLOT.findall(text)), key
            assert other.strip() == other != ""
        else:
            assert isinstance(other, dict)
            forms = Locale(lang).plural_form
            assert set(other) == forms.tags | {"other"}, key


def test_there_is_no_other_language_and_no_text_that_nobody_uses() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == set(LANGUAGES)
    code = "".join(
        file.read_text(encoding="utf-8")
        for file in (*TEMPLATES.iterdir(), *TEMPLATES.parent.glob("*.py"))
    )
    put_together = ("problem_", "lane_", "example_")
    unused = {key for key in texts("en") if f'"{key}"' not in code} - {*Field}
    assert {key for key in unused if not key.startswith(put_together)} == set()


def test_numbers_choose_the_plural() -> None:
    assert words_in("en")("results", n=1) == "1 result"
    assert words_in("en")("results", n=1234) == "1,234 results"
    assert words_in("ru")("results", n=3) == "3 результата"
    assert words_in("ru")("results", n=11) == "11 результатов"
    assert words_in("ar")("results", n=2) == "نتيجتان"
    assert words_in("ar")("results", n=100) == "100 نتيجة"
    with pytest.raises(KeyError):
        words_in("en")("nothing of the kind")
