import pytest

from domain.language import detect, forget_model, language_of, title_language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The experts met in Vienna to discuss the report", "en"),
        ("Les experts se sont réunis à Vienne pour discuter", "fr"),
        ("Los expertos se reunieron en Viena para hablar", "es"),
        ("Эксперты встретились в Вене", "ru"),
        ("UNODC: эксперты встретились", "ru"),
        ("اجتمع الخبراء في فيينا", "ar"),
        ("专家在维也纳举行会议", "zh"),
        ("faqs migrant smuggling", "en"),
        ("Novedades", "es"),
        ("Taller regional", "es"),
        ("Budva", "en"),
        ("", "und"),
        ("12345 — 2009", "und"),
    ],
)
def test_languages(text: str, lang: str) -> None:
    assert detect(text) == lang


ENGLISH = "The framework is now out. It helps States to act."


def test_a_body_of_two_sentences_decides() -> None:
    assert language_of("Cadre d’action pour l’application du Protocole", ENGLISH) == "en"


def test_a_short_body_does_not_outweigh_the_title() -> None:
    title = "Cadre d’action pour l’application du Protocole dans les pays de la région"
    assert language_of(title, "Download") == "fr"


def test_a_title_keeps_its_own_language_where_it_is_clear() -> None:
    assert title_language("Le cadre d’action pour l’application du Protocole", "en") == "fr"
    assert title_language("Протокол", "en") == "ru"
    assert title_language("Framework", "fr") == "fr"
    assert title_language("2009", "fr") == "fr"


def test_a_forgotten_model_is_read_again() -> None:
    first = detect("Gomina")
    forget_model()
    assert detect("Gomina") == first
