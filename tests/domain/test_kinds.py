import pytest

from domain.errors import TaxonomyError
from domain.kinds import KindFinder
from domain.kinds import load_kinds as parse_kinds
from domain.model import Kind
from seeds.data import load_kinds


@pytest.fixture(scope="module")
def finder() -> KindFinder:
    return KindFinder(load_kinds())


@pytest.mark.parametrize(
    ("lang", "title", "kind"),
    [
        ("en", "Regional workshop held in Cairo", Kind.EVENT),
        ("en", "Launch of training manual", Kind.EVENT),
        ("en", "Expert group meeting to draft the manual", Kind.EVENT),
        ("en", "Training manual workshop", Kind.EVENT),
        ("en", "Office releases new manual", Kind.PUBLICATION),
        ("en", "Model law now available", Kind.PUBLICATION),
        ("en", "Paper presented at a conference", Kind.PUBLICATION),
        ("en", "Court convicts smugglers", Kind.NEWS),
        ("en", "Call for papers", Kind.NEWS),
        ("en", "After the conference", Kind.NEWS),
        ("en", "Ministry rejects report on shelters", Kind.NEWS),
        ("en", "Lawyers and nurses compare notes", Kind.EVENT),
        ("fr", "Des magistrats du fleuve se retrouvent à Rosso", Kind.EVENT),
        ("es", "Fiscales de tres puertos dialogan", Kind.EVENT),
        ("ru", "Инспекторы и журналисты за одним столом", Kind.EVENT),
        ("en", "New website launched", Kind.NEWS),
        ("fr", "Atelier régional à Dakar", Kind.EVENT),
        ("fr", "Le rapport mondial est publié", Kind.PUBLICATION),
        ("es", "Taller para jueces", Kind.EVENT),
        ("es", "Nueva guía para fiscales", Kind.PUBLICATION),
        ("ru", "О семинарах в Москве", Kind.EVENT),
        ("ru", "Вышло новое пособие", Kind.PUBLICATION),
        ("ar", "ورشة عمل في القاهرة", Kind.EVENT),
        ("ar", "تقرير جديد", Kind.PUBLICATION),
        ("zh", "培训手册研讨会", Kind.EVENT),
        ("zh", "发布新手册", Kind.PUBLICATION),
        ("und", "Workshop", Kind.EVENT),
    ],
)
def test_titles(finder: KindFinder, lang: str, title: str, kind: Kind) -> None:
    assert finder.find((title, lang), ("", lang)) is kind


def _kind(finder: KindFinder, title: str, body: str, *, spans: bool = False) -> Kind:
    return finder.find((title, "en"), (body, "en"), spans=spans)


def test_a_body_decides_where_the_title_is_silent(finder: KindFinder) -> None:
    body = "A new study released today shows more cases."
    assert _kind(finder, "Crime and cold", body) is Kind.PUBLICATION
    body = "A regional conference said so. The event, which was organized in May, went well."
    assert _kind(finder, "Countries agree", body) is Kind.EVENT


def test_a_meeting_in_passing_makes_no_event(finder: KindFinder) -> None:
    assert _kind(finder, "Minister resigns", "He spoke at a conference.") is Kind.NEWS


def test_days_from_to_speak_for_a_gathering(finder: KindFinder) -> None:
    body = "Officers of six services took part in the conference."
    assert _kind(finder, "Side by side", body) is Kind.NEWS
    assert _kind(finder, "Side by side", body, spans=True) is Kind.EVENT


def test_an_hour_speaks_for_a_gathering(finder: KindFinder) -> None:
    body = "There will be lectures{}. Bring a friend."
    assert _kind(finder, "Side by side", body.format("")) is Kind.NEWS
    assert _kind(finder, "Side by side", body.format(" from 18:30")) is Kind.EVENT


def test_what_happened_keeps_a_title_from_deciding(finder: KindFinder) -> None:
    title = "Twelve arrested at a conference"
    assert _kind(finder, title, "The police came at noon.") is Kind.NEWS
    body = "A court convicted him. Police arrested two more. They had met at a seminar."
    assert _kind(finder, "A long night", body) is Kind.NEWS


def test_the_title_decides_over_the_body(finder: KindFinder) -> None:
    body = "The conference ended. The workshop began. The seminar was held in May."
    assert _kind(finder, "New manual", body) is Kind.PUBLICATION


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("event = [", "kinds: "),
        ("[other.en]", "kinds: unknown entry other"),
        ("[news.en]\ntold = []", "news.en: unknown key told"),
        ("event = 1", "event: must be a table"),
        ("[event.de]", "event: unknown language de"),
        ("[event]\nen = 1", "event.en: must be a table"),
        ("[event.en]\nx = 1", "event.en: unknown key x"),
        ("[event.en]\nstrong = 1", "event.en, strong: must be a list of phrases"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, says: str) -> None:
    with pytest.raises(TaxonomyError) as caught:
        parse_kinds(text)
    assert str(caught.value).startswith(says)


def test_no_evidence_makes_news() -> None:
    assert KindFinder(parse_kinds("")).find(("Workshop", "en"), ("", "en")) is Kind.NEWS
