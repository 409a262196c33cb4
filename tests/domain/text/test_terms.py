import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import analyse, variants

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh", "und", "pt", "uk")


def found(typed: str, text: str, lang: str) -> bool:
    terms = analyse(text, lang)
    return any(
        list(sequence) == terms[at : at + len(sequence)]
        for sequence in variants(typed)
        for at in range(len(terms))
    )


@pytest.mark.parametrize(
    ("typed", "text", "lang"),
    [
        ("trafficked", "Trafficking in persons", "en"),
        ("migrant", "smuggled MIGRANTS", "en"),
        ("refugies", "Les réfugiés", "fr"),
        ("réfugiée", "un refugie", "fr"),
        ("criminalité", "criminalites organisées", "fr"),
        ("victime", "victimes", "fr"),
        ("onudc", "L’ONUDC lance", "fr"),
        ("investigacion", "las investigaciones", "es"),
        ("tráfico", "trafico", "es"),
        ("торговля", "торговлю людьми", "ru"),
        ("мигранты", "мигрантов", "ru"),
        ("нигерия", "в Нигерии", "ru"),
        ("китай", "Китаем", "ru"),
        ("филиппины", "на Филиппинах", "ru"),
        ("المهاجرين", "تهريب مهاجرين", "ar"),
        ("النيجر", "والنيجر", "ar"),
        ("نيجيريا", "بنيجيريا", "ar"),
        ("人口", "打击人口贩运", "zh"),
        ("anti-trafficking", "anti trafficking", "en"),
        ("covid-19", "COVID-19", "ru"),
        ("trafficked", "Видео Trafficking", "ru"),
        ("мигранты", "о мигрантах", "und"),
        ("trafficking", "Trafficking", "und"),
        ("migração", "migracao", "pt"),
        ("unodc", "UNODC's", "en"),
        ("αθηνα", "στην Αθήνα", "en"),
    ],
)
def test_a_word_finds_its_forms(typed: str, text: str, lang: str) -> None:
    assert found(typed, text, lang)


@pytest.mark.parametrize(
    ("typed", "text", "lang"),
    [
        ("Нигер", "Нигерия", "ru"),
        ("Нигерия", "в Нигере", "ru"),
        ("Niger", "Nigéria", "fr"),
        ("Niger", "Nigeria", "es"),
        ("Nigeria", "Niger", "en"),
        ("النيجر", "نيجيريا", "ar"),
        ("mal", "Mali", "fr"),
        ("aid", "AIDS", "en"),
        ("口人", "人口贩运", "zh"),
        ("smuggling", "trafficking", "en"),
    ],
)
def test_names_and_other_words_stay_apart(typed: str, text: str, lang: str) -> None:
    assert not found(typed, text, lang)


def test_terms_stand_in_order_with_pairs_of_han() -> None:
    assert analyse("UNODC：打击贩运 海 Vienna 2021", "zh") == [
        *("unodc", "打击", "击贩", "贩运", "海", "vienna", "2021"),
    ]


def test_a_language_without_rules_is_not_stemmed() -> None:
    assert analyse("migrantes мигрантів", "uk") == ["migrantes", "мигрантів"]


def test_variants_are_each_once_and_none_for_punctuation() -> None:
    assert variants("...") == []
    assert variants("2021") == [("2021",)]
    assert len(variants("trafficking")) == len(set(variants("trafficking")))


@given(st.text(), st.sampled_from(LANGUAGES))
def test_terms_hold_letters_digits_and_marks_only(text: str, lang: str) -> None:
    for term in analyse(text, lang):
        assert term
        assert all(c.isalnum() or unicodedata.category(c)[0] == "M" for c in term)


@given(st.text(), st.sampled_from(LANGUAGES))
def test_every_text_is_found_by_itself(text: str, lang: str) -> None:
    terms = tuple(analyse(text, lang))
    assert (terms in variants(text)) == bool(terms)
