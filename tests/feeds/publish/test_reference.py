import pytest

from domain.links import Links
from feeds.publish.reference import reference
from feeds.web.names import EnglishNames
from seeds.data import load_vocabulary
from tests.factories import make_item

OURS = "https://news.example.org/items/2009-06-22-0123456789"


@pytest.mark.parametrize(
    ("title", "link", "cited"),
    [
        ("Patrols at sea", None, f"Patrols at sea. {OURS}"),
        ("Patrols at sea?", "javascript:alert(1)", f"Patrols at sea? {OURS}"),
        (
            "Patrols",
            "https://un.example/a",
            f"Patrols. https://un.example/a (Archived at {OURS})",
        ),
    ],
)
def test_an_item_is_cited_by_who_when_what_and_where(
    title: str, link: str | None, cited: str
) -> None:
    written = reference(
        make_item(title=title, link=link),
        Links("https://news.example.org"),
        EnglishNames(load_vocabulary()),
        day="22 June 2009",
        archived="Archived at",
    )
    assert written == f"UNODC (22 June 2009). {cited}"
