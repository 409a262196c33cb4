import pytest

from domain.places import Places
from domain.whereabouts import CountryFinder
from seeds.data import load_places


@pytest.fixture(scope="module")
def finder() -> CountryFinder:
    return CountryFinder(load_places())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Draft law in Côte d’Ivoire", "CI"),
        ("Draft law in Cote d'Ivoire", "CI"),
        ("Ivory Coast adopts law", "CI"),
        ("Viet Nam and Lao PDR sign", "LA VN"),
        ("UK, and the USA", "GB US"),
        ("The U.S. joins", "US"),
        ("tell us more", ""),
        ("Burma, DR Congo and Hong Kong", "CD HK MM"),
        ("Guinea-Bissau", "GW"),
        ("Papua New Guinea", "PG"),
        ("South Sudan", "SS"),
        ("Nigerian authorities act", "NG"),
        ("Iraqi officers arrive in Austria", "AT IQ"),
        ("Michael Jordan gives money", ""),
        ("The driver was named Chad Miller when this came to court", ""),
        ("Chad and Jordan agree", "JO TD"),
        ("Atlanta, Georgia", "US"),
        ("Georgia adopts law", "GE"),
        ("The Bali Process meets", ""),
        ("Workshop in Bali", "ID"),
        ("UNODC Regional Office for South Asia", ""),
        ("The Doha Declaration and the Vienna Convention", ""),
        ("Nairobi Protocol", ""),
        ("Project funded by Japan starts in Hanoi", "VN"),
        ("Sale at the offices in Geneva, New York and Vienna", ""),
        ("United States Ambassador in Bangkok", "TH"),
        ("United States Ambassador speaks", "US"),
        ("Meeting in Skopje with the Ministry of Foreign Affairs of France", "MK"),
        ("Embassy of the Netherlands", "NL"),
        ("Copies in French, Spanish and Thai", ""),
        ("The Russian version", ""),
        ("In Nigerian prisons", "NG"),
        ("Syrians arrive in Greece", "GR"),
        ("They polish nails", ""),
        ("in nigeria", "NG"),
        ("polish your skills", ""),
    ],
)
def test_english(finder: CountryFinder, text: str, codes: str) -> None:
    assert finder.find((text, "en"), ("", "en")) == tuple(codes.split())


@pytest.mark.parametrize(
    ("lang", "text", "codes"),
    [
        ("fr", "Les autorités nigériennes à Agadez", "NE"),
        ("fr", "Les autorités nigérianes", "NG"),
        ("fr", "Le Tchad et la Côte d’Ivoire", "CI TD"),
        ("fr", "Le Processus de Bali", ""),
        ("es", "Taller en Lima con policías mexicanos", "MX PE"),
        ("es", "Los Estados Unidos", "US"),
        ("ru", "В Нигерии и Нигере", "NE NG"),
        ("ru", "Нигерийские власти", "NG"),
        ("ru", "США и Россия", "RU US"),
        ("ru", "Балийский процесс", ""),
        ("ru", "совещание в Вене", "AT"),
        ("ru", "из Мьянмы", "MM"),
        ("ar", "في نيجيريا والعراق", "IQ NG"),
        ("ar", "بالقاهرة", "EG"),
        ("ar", "للسودان", "SD"),
        ("zh", "尼日利亚和尼日尔", "NE NG"),
        ("zh", "在曼谷举行", "TH"),
        ("zh", "巴厘进程", ""),
        ("und", "Nigeria", "NG"),
    ],
)
def test_other_languages(finder: CountryFinder, lang: str, text: str, codes: str) -> None:
    assert finder.find((text, lang), ("", lang)) == tuple(codes.split())


def test_the_rest_of_a_body_is_asked_only_where_the_start_is_silent(finder: CountryFinder) -> None:
    body = "Nothing is said of any place here. " * 12 + "It goes on in Kenya."
    assert finder.find(("News", "en"), (body, "en")) == ("KE",)
    assert finder.find(("News in Peru", "en"), (body, "en")) == ("PE",)


def test_a_gathering_happens_where_it_is_held(finder: CountryFinder) -> None:
    body = "Judges of Botswana and Zambia met in Musina, South Africa."
    assert finder.find(("Seminar", "en"), (body, "en")) == ("BW", "ZA", "ZM")
    assert finder.find(("Seminar", "en"), (body, "en"), gathering=True) == ("ZA",)


def test_a_dateline_counts_where_nothing_else_is_named(finder: CountryFinder) -> None:
    assert finder.find(("News", "en"), ("VIENNA, 4 May - Good news.", "en")) == ("AT",)
    assert finder.find(("News", "en"), ("VIENNA, 4 May - Kenya acts.", "en")) == ("KE",)


def test_without_places_nothing_is_found() -> None:
    assert CountryFinder(Places({})).find(("Kenya", "en"), ("Kenya", "en")) == ()
