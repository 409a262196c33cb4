import pytest

from feeds.upstream.formats.listing.points import read_point
from tests.feeds.upstream.formats.listing.pages import items

LISTS = [
    ("1. name,", "2. place, and"),
    ("1) name,", "2) place"),
    ("(1) name", "(2) place"),
    ("a) le lundi ;", "b) le jeudi."),
    ("(i) name", "(ii) place"),
    ("а) имя;", "б) место."),
    ("1、姓名；", "2、地点。"),
    ("一、姓名；", "二、地点。"),
]


@pytest.mark.parametrize("points", LISTS, ids=lambda points: points[0])
def test_numbers_of_lists_are_kept(points: tuple[str, str]) -> None:
    page = "3 May 2010\nTitle\n\nThe form asks for:\n{}\n{}\n\nIt was agreed in Harare.\n"
    text = "\n".join(points)
    assert items(page.format(*points)) == [
        ("2010-05-03", "Title", f"The form asks for:\n\n{text}\n\nIt was agreed in Harare.")
    ]


def test_points_of_several_lines() -> None:
    page = """
        3 May 2010
        Title

        Four points:

        1. Is the victim safe?
           Ask twice.
        2. Is there an interpreter who
           is no relative?

        It fits on a card.
        """
    assert items(page)[0][2].split("\n\n") == [
        "Four points:",
        "1. Is the victim safe? Ask twice.\n2. Is there an interpreter who is no relative?",
        "It fits on a card.",
    ]


@pytest.mark.parametrize(
    "text", ["3.5 million people", "2010. It was", "a. m.", "J. Smith", "5-10 people", "Title"]
)
def test_no_points(text: str) -> None:
    assert read_point(text) is None


def test_what_follows_what() -> None:
    def follows(first: str, second: str) -> bool:
        one, two = read_point(first), read_point(second)
        assert one is not None
        assert two is not None
        return two.follows(one)

    assert follows("h) eight", "i) nine")
    assert follows("i) one", "ii) two")
    assert not follows("1. one", "2) two")
    assert not follows("1. one", "3. three")
