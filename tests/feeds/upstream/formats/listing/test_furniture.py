import pytest

from feeds.upstream.formats.listing.furniture import (
    is_furniture,
    is_heading,
    is_link,
    is_menu,
    is_spam,
    reason_for,
)
from feeds.upstream.formats.listing.small_print import is_footer

MENUS = (
    "Home | About | Contact;Home > News;Site map;Back to top;Share;Print;« Previous 1 2 3 Next »"
    ";1 2 3;Page 1 of 10;Next page;Share on Facebook;Skip to main content;English | Français | ไทย"
    ";Accueil | Contact | Plan du site;Partager"
    ";Imprimer;Suivant;Inicio / Contacto;Compartir;Siguiente"
    ";Главная | Контакты;Поделиться;Версия для печати;الرئيسية;مشاركة;首页 | 联系我们;返回顶部;1;»"
).split(";")
FOOTERS = (
    "© 2020 UNODC;Copyright 2010 UNODC, All rights reserved;Tous droits réservés"
    ";Todos los derechos reservados;Все права защищены;جميع الحقوق محفوظة;版权所有"
    ";This website uses cookies.;Ce site utilise des cookies;Forgot your details?"
    ";Subscribe to our newsletter;Privacy policy;Last updated: 3 May 2010;Powered by Drupal"
).split(";")
HEADINGS = (
    "March 2010;2010;Latest news;News and events;Publications;Dernières actualités;Últimas noticias"
    ";Последние новости;Архив новостей;أخبار;最新消息;Mai 2010;2010年5月"
).split(";")
LINKS = (
    "To read about the launch of the campaign, click here.;Learn more"
    ";To join the Blue Heart Campaign, visit the Blue Heart website."
    ";The conclusions of the seminar can be downloaded here."
    ";Pour en savoir plus, cliquez ici;Para más información, haga clic aquí;Подробнее"
).split(";")
TITLES = (
    "UNODC launches new report;Contact with victims improves;Home is where the help is"
    ";Printing of stamps begins;News from the field tells of hope;2020 - A Year in Review"
    ";Officers search a ship in Dakar;Первый семинар в Ташкенте;联合国发布新报告"
).split(";")


@pytest.mark.parametrize("text", MENUS)
def test_menus(text: str) -> None:
    assert is_menu(text)
    assert is_furniture(text)
    assert reason_for(text, "other") == "menu"


@pytest.mark.parametrize("text", FOOTERS)
def test_footers(text: str) -> None:
    assert is_footer(text)
    assert reason_for(text, "other") == "footer"


@pytest.mark.parametrize("text", HEADINGS)
def test_headings(text: str) -> None:
    assert is_heading(text)
    assert reason_for(text, "other") == "heading"


@pytest.mark.parametrize("text", LINKS)
def test_links(text: str) -> None:
    assert is_link(text)
    assert reason_for(text, "other") == "link stub"


@pytest.mark.parametrize("text", TITLES)
def test_titles_are_none_of_these(text: str) -> None:
    assert not is_furniture(text)
    assert not is_heading(text)
    assert reason_for(text, "other") == "other"


@pytest.mark.parametrize("text", ["Watch Dragon ball super", "Best online CASINO bonus"])
def test_spam(text: str) -> None:
    assert is_spam(text)
    assert reason_for(text, "other") == "spam"


def test_long_texts_are_news() -> None:
    text = "The Commission met. " * 30 + "© 2010"
    assert not any(rule(text) for rule in (is_menu, is_footer, is_heading, is_link, is_spam))
    assert not is_furniture(text)
