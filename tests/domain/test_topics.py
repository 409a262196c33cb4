import pytest

from domain.topics import Part, TopicFinder
from seeds.data import load_taxonomy


@pytest.fixture(scope="module")
def finder() -> TopicFinder:
    return TopicFinder(load_taxonomy())


def _topics(finder: TopicFinder, title: str, body: str = "", lang: str = "en") -> tuple[str, ...]:
    return finder.find((title, lang), (body, lang))[0]


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("United Nations Office on Drugs and Crime opens a new office", ()),
        ("Council of the Baltic Sea States meets", ()),
        ("A new business model", ()),
        ("Ambassador-at-large visits the harbour", ()),
        ("Illicit trafficking in wildlife", ("wildlife-crime",)),
        ("Drug trafficking on the rise", ("drugs",)),
        ("Cigarette smuggling on the rise", ()),
        ("Rhino horn smugglers jailed", ("criminal-justice", "wildlife-crime")),
        ("Human trafficking on the rise", ("human-trafficking",)),
        ("Smuggling of migrants on the rise", ("migrant-smuggling",)),
        ("Migrant smuggling by sea", ("migrant-smuggling", "smuggling-by-sea")),
        (
            "Protocol against the Smuggling of Migrants by Land, Sea and Air",
            ("migrant-smuggling", "legislation-and-policy"),
        ),
        (
            "Model law against trafficking in persons",
            ("human-trafficking", "legislation-and-policy"),
        ),
        ("Child trafficking", ("human-trafficking", "child-trafficking")),
        ("Ivory Coast opens a bridge", ()),
    ],
)
def test_english_titles(finder: TopicFinder, title: str, topics: tuple[str, ...]) -> None:
    assert _topics(finder, title) == topics


@pytest.mark.parametrize(
    ("lang", "title", "topic"),
    [
        ("fr", "La traite des êtres humains recule", "human-trafficking"),
        ("es", "Nueva red de tráfico ilícito de migrantes", "migrant-smuggling"),
        ("ru", "Борьба с торговлей людьми", "human-trafficking"),
        ("ar", "مكافحة تهريب المهاجرين", "migrant-smuggling"),
        ("zh", "打击贩运人口", "human-trafficking"),
        ("fr", "Blanchiment de capitaux", "money-laundering"),
        ("es", "Los refugiados y la pandemia", "covid-19"),
        ("ru", "Защита жертв", "victim-protection"),
        ("zh", "联合国毒品和犯罪问题办公室谈野生动物犯罪", "wildlife-crime"),
    ],
)
def test_other_languages(finder: TopicFinder, lang: str, title: str, topic: str) -> None:
    assert topic in _topics(finder, title, lang=lang)
    assert "drugs" not in _topics(finder, title, lang=lang)


def test_a_spanish_verb_is_no_trafficking(finder: TopicFinder) -> None:
    assert _topics(finder, "Se trata de un acuerdo", lang="es") == ()


def test_unknown_languages_are_taken_as_english(finder: TopicFinder) -> None:
    assert _topics(finder, "Human trafficking", lang="und") == ("human-trafficking",)


def test_one_mention_far_down_is_not_enough(finder: TopicFinder) -> None:
    far = "\n\n".join(["The harbour was quiet this morning. " * 4] * 5)
    assert _topics(finder, "Morning", f"{far}\n\nHeroin was found.") == ()
    assert _topics(finder, "Morning", f"Heroin was found.\n\n{far}") == ("drugs",)


def test_a_long_first_paragraph_is_the_start(finder: TopicFinder) -> None:
    opening = "The harbour was quiet this morning and nobody came to see it at all " * 5
    assert _topics(finder, "Morning", f"{opening}until heroin was found.") == ("drugs",)


def test_says_why(finder: TopicFinder) -> None:
    topics, reasons = finder.find(("Heroin seized", "en"), ("Opium and heroin, too.", "en"))
    assert topics == ("drugs",)
    assert [(reason.phrase, reason.part) for reason in reasons] == [
        ("heroin", Part.TITLE),
        ("opium", Part.LEAD),
        ("heroin", Part.LEAD),
    ]
    assert reasons[0].weight > reasons[1].weight
