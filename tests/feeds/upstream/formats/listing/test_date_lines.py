"""Unseen pages: what is printed around dates, and where their years come from."""

import pytest

from feeds.upstream.formats.listing import Role
from tests.feeds.upstream.formats.listing.pages import items, others

TWO = """
    {first}
    Shelter opens its doors

    It has room for twelve families.

    {second}
    Police agree on a form

    The form has one page.
    """


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Posted by Karen Ochieng on May 14, 2013 | 3 Comments", "Posted by K on May 2, 2013"),
        ("Posted on May 14, 2013 by admin", "Posted on May 2, 2013 by admin"),
        ("By Jane Doe, 14 May 2013", "By Jane Doe | 2 May 2013"),
        ("14 May 2013 | by Jane Doe | No comments", "2 May 2013 - by Jane Doe"),
        ("Press release | 14 May 2013", "News, 2 May 2013"),
        ("14 May 2013 – Last updated: 20 May 2013", "2 May 2013"),
        ("Posted: 14 May 2013 in News", "Posted: 2 May 2013 in Uncategorized"),
        ("Posted 14 May 2013 in News by Karen", "Posted 2 May 2013 in Events by K"),
        ("Published: May 14, 2013 | Author: Karen Lu", "Published: May 2, 2013 | Author: K"),
        ("May 14, 2013 by Karen in Law, Labour", "May 2, 2013 by Karen in Law"),
        ("14 May 2013 | Category: Law | Comments (3)", "2 May 2013 | Comments (0)"),
        ("Karen Ochieng | 14 May 2013", "Tom Lee | 2 May 2013"),
        ("Geneva/Vienna, 14 May 2013", "Vienna, 2 May 2013"),
        ("Опубликовал admin в 14.05.2013", "Разместил Иван 02.05.2013"),
        ("作者：李明 2013年5月14日", "作者：李明 2013年5月2日"),
        ("14 May 2013, Muscat", "2 May 2013, New York"),
        ("14 May 2013 - Source: AFP", "2 May 2013 - Source: AFP"),
        ("Publié par Presse le 14 mai 2013", "Publié le 2 mai 2013 par Mathilde"),
        ("Publicado por Prensa el 14 de mayo de 2013", "Fecha: 2 de mayo de 2013"),
        ("Опубликовано: 14 мая 2013 г.", "Автор: И. Иванов, 2 мая 2013 г."),
        ("نشر في: 14 أيار/مايو 2013", "تاريخ النشر: 2 أيار/مايو 2013"),
        ("发布日期：2013年5月14日 来源：办公室", "发布日期：2013年5月2日 来源：办公室"),
    ],
)
def test_labels_authors_kinds_and_places(first: str, second: str) -> None:
    assert items(TWO.format(first=first, second=second)) == [
        ("2013-05-14", "Shelter opens its doors", "It has room for twelve families."),
        ("2013-05-02", "Police agree on a form", "The form has one page."),
    ]


@pytest.mark.parametrize("title", ["By boat to Lampedusa", "By Sea or by land", "In Law we trust"])
def test_titles_that_begin_as_bylines_do(title: str) -> None:
    page = f"14 May 2013 - {title}\n2 May 2013 - Police agree on a form for the courts\n"
    assert items(page)[0] == ("2013-05-14", title, "")


def test_dates_below_texts_and_stubs() -> None:
    page = """
        Field Notes

        How a village paid off its last loan
        The moneylender came to the party, too. He brought sweets [...]
        Read the rest of this entry »
        Posted on 8 August 2016 by Radha | 12 comments

        Shrimp: the supply chain on one page
        Details »
        Posted on 30 June 2016 by Radha | 1 comment

        Older posts
        """
    assert items(page) == [
        (
            "2016-08-08",
            "How a village paid off its last loan",
            "The moneylender came to the party, too. He brought sweets.",
        ),
        ("2016-06-30", "Shrimp: the supply chain on one page", ""),
    ]


def test_times_behind_submitted_dates() -> None:
    page = """
        Shelter opens its doors
        Submitted by editor on Fri, 11/23/2012 - 10:30
        The shelter has room for twelve families.
        Read more about Shelter opens its doors

        Police agree on a form
        Submitted by editor on Thu, 11/08/2012 - 16:05
        The form has one page only.
        """
    assert items(page) == [
        (
            "2012-11-23T10:30:00",
            "Shelter opens its doors",
            "The shelter has room for twelve families.",
        ),
        ("2012-11-08T16:05:00", "Police agree on a form", "The form has one page only."),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        "Last updated: 3 May 2010",
        "This page was last modified on 3 May 2010",
        "Updated 3 May 2010 by webmaster",
        "Mis à jour le 3 mai 2010",
        "Dernière modification : 03/05/2010",
        "Última actualización: 3 de mayo de 2010",
        "Обновлено: 3 мая 2010 г.",
        "Страница обновлена 03.05.2010",
        "آخر تحديث: 3 مايو 2010",
        "最后更新：2010年5月3日",
    ],
)
def test_the_day_of_a_change_starts_no_item(changed: str) -> None:
    about = f"About us\n\nThe office was set up in 1998 and works with the police.\n\n{changed}"
    assert items(about) == []
    assert {role for role, _, _ in others(about)} == {Role.NOISE}
    page = f"2 May 2010\nTitle\n\nIt was so, they said.\n\n{changed}\n\n1 May 2010\nOther"
    assert items(page) == [
        ("2010-05-02", "Title", "It was so, they said."),
        ("2010-05-01", "Other", ""),
    ]


def test_titles_above_dates_on_two_lines_and_with_questions() -> None:
    page = """
        Comunicados

        Tres defensores reciben amenazas de muerte tras denunciar
        secuestros en la vía del tren
        San Luis, 4 de julio de 2012

        El padre Rubén y dos voluntarias encontraron una nota bajo la puerta.

        ¿Dónde están?
        Saltillo, 18 de junio de 2012

        Sesenta madres recorrieron doce estados.

        The Committee on the Rights of Migrants visits
        Detention Centre Busmantsi
        Sofia, 9 January 2012
        """
    assert [(day, title) for day, title, _ in items(page)] == [
        (
            "2012-07-04",
            (
                "Tres defensores reciben amenazas de muerte tras denunciar"
                " secuestros en la vía del tren"
            ),
        ),
        ("2012-06-18", "¿Dónde están?"),
        (
            "2012-01-09",
            "The Committee on the Rights of Migrants visits Detention Centre Busmantsi",
        ),
    ]


def test_places_in_lines_of_their_own() -> None:
    page = """
        Interviewing children
        When: 12 September 2016
        Where: online

        Ninety minutes, in Russian.

        Documents: the genuine and the false
        When: 29 August - 2 September 2016
        Where: Vilnius, Lithuania
        """
    assert items(page) == [
        ("2016-09-12", "Interviewing children", "Where: online\n\nNinety minutes, in Russian."),
        (
            "2016-08-29 08-29/09-02",
            "Documents: the genuine and the false",
            "Where: Vilnius, Lithuania",
        ),
    ]


@pytest.mark.parametrize(
    ("top", "year"),
    [
        ("Agenda 2014", 2014),
        ("Events in 2014", 2014),
        ("Новости за 2014 год", 2014),
        ("News digest, summer 2014", 2014),
        ("Bulletins 2014-2015", None),
        ("© 2014 IOM", None),
    ],
)
def test_headings_tell_the_year(top: str, year: int | None) -> None:
    page = f"{top}\n\n8 December\nWorkshop held\n\n25 November\nDay observed\n"
    days = [f"{year}-12-08", f"{year}-11-25"] if year else []
    assert [day for day, _, _ in items(page)] == days


def test_dates_without_a_year_next_to_others_are_skipped_only_without_neighbours() -> None:
    page = "Bulletin\n\n3 May 2010 First title\n\n28 December Second title\n"
    assert [day for day, _, _ in items(page)] == ["2010-05-03", "2009-12-28"]
