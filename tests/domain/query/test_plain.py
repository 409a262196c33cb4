import pytest

from domain.query import NameIndex, parse


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("nigeria 2021", "on:2021 nigeria"),
        ("december 2021", "on:2021-12"),
        ("events in abuja", "kind:event abuja"),
        ("publications 2009", "kind:publication on:2009"),
        ("documents en français", "lang:fr"),
        ("Événements à Abuja en juin 2021", "kind:event on:2021-06 abuja"),
        ("publicaciones sobre Nigeria", "kind:publication nigeria"),
        ("события в Нигерии в декабре 2021 года", "kind:event on:2021-12 нигерии"),
        ("фيديو".removeprefix("ф") + " نيجيريا عام 2021", "on:2021 نيجيريا يديو"),
        ("فعاليات في نيجيريا كانون الأول 2021", "kind:event on:2021-12 نيجيريا"),
        ("2021年12月", "on:2021-12"),
        ("2021年12月9日", "on:2021-12-09"),
        ("尼日利亚2021年的活动", "kind:event on:2021 尼日利亚"),
        ("尼日利亚人口贩运", "人口贩运 尼日利亚"),
        ("在尼日利亚警察", "在尼日利亚警察"),
        ("the events of 9 June 2021", "kind:event on:2021-06-09"),
        ("June 9, 2021", "on:2021-06-09"),
        ("9 de junio de 2021", "on:2021-06-09"),
        ("1er juin 2021", "on:2021-06-01"),
        ("2021 june", "on:2021-06"),
        ("2021-06-09", "on:2021-06-09"),
        ("2021/06", "on:2021-06"),
        ("2019-2021", "after:2019 before:2022"),
        ("2019–2021 nigeria", "after:2019 before:2022 nigeria"),
        ("year 2021", "on:2021"),
        ("30 february 2021", "on:2021-02 30"),
        ("june", "june"),
        ("1850", "1850"),
        ("50000", "50000"),
        ("2021-2019", '"2021 2019"'),
        ('"2021"', '"2021"'),
    ],
)
def test_dates_and_kinds(text: str, canonical: str, names: NameIndex) -> None:
    assert parse(text, names).canonical == canonical


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("news", "news"),
        ("the news", "news"),
        ("latest news", "kind:news"),
        ("news nigeria", "kind:news nigeria"),
        ("news country:ng", "kind:news country:ng"),
        ('"news" country:ng', 'country:ng "news"'),
        ("latest", "latest"),
        ("latest events", "kind:event"),
        ("documents about nigeria", "nigeria"),
        ("documents abuja", "abuja documents"),
        ("events and publications 2019 2020", None),
        ("in french", "lang:fr"),
        ("nigeria in French 2021", "lang:fr on:2021 nigeria"),
        ("french documents", "lang:fr"),
        ("in French Guiana", "french guiana"),
        ("in Russian prisons", "prisons russian"),
        ("in english events", "kind:event lang:en"),
        ("на русском языке", "lang:ru"),
        ("وثائق باللغة الفرنسية", "lang:fr"),
        ("منشورات بالفرنسية", "kind:publication lang:fr"),
        ("法语出版物", "kind:publication lang:fr"),
        ("in ru", "ru"),
        ("-news", "-news"),
        ("-2021", "-on:2021"),
        ("-人口贩运出版物", "-(kind:publication 人口贩运)"),
    ],
)
def test_kinds_languages_and_small_words(
    text: str, canonical: str | None, names: NameIndex
) -> None:
    expected = canonical or "(kind:event OR kind:publication) (on:2019 OR on:2020)"
    assert parse(text, names).canonical == expected


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("the", "the"),
        ("of the", "of the"),
        ("people in need", "need people"),
        ('the "blue heart"', '"blue heart"'),
        ("the kind:event", "kind:event"),
        ("the -asia", "-asia"),
        ("-the", "-the"),
    ],
)
def test_small_words_are_dropped_beside_others(text: str, canonical: str, names: NameIndex) -> None:
    assert parse(text, names).canonical == canonical
