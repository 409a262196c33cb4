import pytest

from domain.errors import QueryError
from domain.model import Kind
from domain.query import EVERYTHING, NameIndex, parse, tree_of
from domain.query.tree import (
    Age,
    And,
    CountryIs,
    KindIs,
    LangIs,
    Node,
    Not,
    Or,
    Phrase,
    SourceIs,
    TopicIs,
    Word,
)
from domain.text import variants


def w(text: str) -> Word:
    return Word(text, tuple(variants(text)))


def p(text: str) -> Phrase:
    return Phrase(text, tuple(variants(text)))


@pytest.mark.parametrize("text", ["", "  \n\t", "\u3000"])
def test_blank_text_is_everything(text: str, names: NameIndex) -> None:
    query = parse(text, names)
    assert query is EVERYTHING
    assert query.is_everything
    assert query.canonical == ""


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("abuja", w("abuja")),
        ("abuja lagos", And((w("abuja"), w("lagos")))),
        ('"blue heart"', p("blue heart")),
        ('"heart"', w("heart")),
        ("anti-trafficking", p("anti trafficking")),
        ("-asia", Not(w("asia"))),
        ("--asia", w("asia")),
        ("-(-asia)", w("asia")),
        ('abuja -"blue heart"', And((w("abuja"), Not(p("blue heart"))))),
        ("x OR z", Or((w("x"), w("z")))),
        ("x or z", And((w("x"), w("z")))),
        ("x z OR q", Or((w("q"), And((w("x"), w("z")))))),
        ("x (z OR q)", And((w("x"), Or((w("q"), w("z")))))),
        ("-(x z)", Not(And((w("x"), w("z"))))),
        ("((((x))))", w("x")),
        ("kind:event", KindIs(Kind.EVENT)),
        ("Kind:Meeting OR kind:публикация", None),
        ("lang:fr", LangIs("fr")),
        ("lang:português", None),
        ("lang:pt", LangIs("pt")),
        ('lang:"русский"', LangIs("ru")),
        ("topic:smuggling-by-sea", TopicIs("smuggling-by-sea")),
        ('topic:"Trafic par mer"', TopicIs("smuggling-by-sea")),
        ("country:NG", CountryIs(frozenset({"NG"}))),
        ("country:нигерии", CountryIs(frozenset({"NG"}))),
        ("country:“south africa”", CountryIs(frozenset({"ZA"}))),
        ("country:western-balkans", CountryIs(frozenset({"AL", "BA", "ME"}))),
        ("source:UNODC-news", SourceIs("unodc-news")),
        ("last:2w", Age(14)),
        ("http://example.org", p("http example org")),
        ("foo:bar", p("foo bar")),
        ("«blue heart»", p("blue heart")),
        ("（x　OR　z）", Or((w("x"), w("z")))),
        ("ｋｉｎｄ：ｅｖｅｎｔ", KindIs(Kind.EVENT)),
        ("x − z", And((w("x"), w("z")))),
        ("abuja - lagos & more!", And((w("abuja"), w("lagos")))),
        ("\u200fabuja\u200e lagos", And((w("abuja"), w("lagos")))),
        ("convention(x)", And((w("convention"), w("x")))),
        ("人口", w("人口")),
    ],
)
def test_reads(text: str, tree: Node | None, names: NameIndex) -> None:
    if tree is None:
        with pytest.raises(QueryError):
            parse(text, names)
    else:
        assert parse(text, names).tree == tree


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("(x", 0, "This parenthesis is never closed (at character 1)"),
        ("x)", 1, "This parenthesis was never opened (at character 2)"),
        ("x ()", 3, "There is nothing between these parentheses (at character 4)"),
        ('x "y', 2, "The quotation mark is not closed (at character 3)"),
        ('kind:"event', 5, "The quotation mark is not closed (at character 6)"),
        ("x OR", 4, "There is nothing after “OR” (at character 5)"),
        ("(x OR)", 5, "There is nothing after “OR” (at character 6)"),
        ("OR x", 0, "There is nothing before “OR” (at character 1)"),
        ("x OR OR z", 5, "There is nothing after “OR” (at character 6)"),
        ("-", 0, "There is nothing after “-” (at character 1)"),
        ("x -", 2, "There is nothing after “-” (at character 3)"),
        ("(x -)", 3, "There is nothing after “-” (at character 4)"),
        ("- x", 0, "There is nothing after “-” (at character 1)"),
        ("-OR x", 1, "There is nothing after “-” (at character 2)"),
        ("kind:", 5, "“kind:” needs a value right after it (at character 6)"),
        ("kind: event", 5, "“kind:” needs a value right after it (at character 6)"),
        ('topic:""', 6, "“topic:” needs a value right after it (at character 7)"),
        ("!!!", 0, "There is no word to look for (at character 1)"),
        ("kind:evnt", 5, "There is no such kind of item; the nearest is kind:event"),
        ("x topic:smugling", 8, "There is no such topic; the nearest is topic:"),
        ("country:nigria", 8, "There is no such country or region; the nearest is country:Nigeria"),
        ("country:soth-afric", 8, 'the nearest is country:"South Africa"'),
        ("country:qqqqqqqq", 8, "There is no such country or region (at character 9)"),
        ("source:*", 7, "There is no such source (at character 8)"),
        ("last:5", 5, "“last:” takes an age like 30d, 4w, 6m or 1y (at character 6)"),
        ("last:0d", 5, "“last:” takes an age"),
        ("last:99999y", 5, "“last:” takes an age"),
        ("on:2021-13", 3, "“on:” takes a date like 2020, 2021-06 or 2021-06-09"),
        ("after:yesterday", 6, "“after:” takes a date"),
        ("before:2021-02-30", 7, "“before:” takes a date"),
        ("on:💙", 3, "“on:” takes a date"),
        ("x" * 501, 500, "A query has at most 500 characters"),
        ("x " * 51, 100, "There are more than 50 words and fields"),
        ("z " + "".join(f"尼日利亚{number}" for number in range(40)), 0, "There are more than 50"),
        ("(" * 11 + "x" + ")" * 11, 10, "There are more than 10 levels of parentheses"),
    ],
)
def test_says_what_is_wrong_and_where(
    text: str, position: int, message: str, names: NameIndex
) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text, names)
    assert message in str(raised.value)
    assert raised.value.position == position


def test_an_error_does_not_repeat_what_was_typed(names: NameIndex) -> None:
    with pytest.raises(QueryError) as raised:
        parse("country:secretplace", names)
    assert "secret" not in str(raised.value)


def test_the_canonical_form_keeps_to_the_limits_too(names: NameIndex) -> None:
    parse("(" * 10 + "x" + ")" * 10, names)
    parse("x " * 50, names)
    many = " OR ".join(f"出版物{number}" for number in range(10, 50))
    with pytest.raises(QueryError, match="too long with its names written out"):
        parse(many, names)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "heart",
            "sea heart -asia",
            '"blue heart" OR (kind:event after:2020)',
            "last:30d sea",
        ),
        *(
            "nigeria 2021",
            "smuggling by sea",
            "-(a OR b) c",
            "documents en français",
            "events 2009",
        ),
    ],
)
def test_a_canonical_query_has_the_same_parts_read_fast(text: str, names: NameIndex) -> None:
    query = parse(text, names)
    assert _unordered(tree_of(query.canonical, names)) == _unordered(query.tree)


def _unordered(node: Node) -> object:
    match node:
        case And(parts) | Or(parts):
            return type(node), frozenset(map(_unordered, parts))
        case Not(part):
            return Not, _unordered(part)
        case _:
            return node
