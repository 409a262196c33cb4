import pytest

from domain.links import Links

LINKS = Links("https://news.example.org")


@pytest.mark.parametrize(
    ("query", "page", "feed"),
    [
        ("", "/", "/feed.rss"),
        (
            "topic:migrant-smuggling",
            "/topics/migrant-smuggling",
            "/topics/migrant-smuggling/feed.rss",
        ),
        ("country:ng", "/countries/ng", "/countries/ng/feed.rss"),
        ("country:west-africa", "/search?q=country%3Awest-africa", None),
        ("topic:a kind:event", "/search?q=topic%3Aa+kind%3Aevent", None),
        ("country:ng abuja", "/search?q=country%3Ang+abuja", None),
        ('"a & b"', "/search?q=%22a+%26+b%22", None),
        ("kind:event", "/search?q=kind%3Aevent", None),
    ],
)
def test_a_query_has_one_page_and_one_feed(query: str, page: str, feed: str | None) -> None:
    feed = feed or page.replace("/search?", "/search/feed.rss?")
    assert LINKS.search(query) == f"https://news.example.org{page}"
    assert LINKS.feed(query) == f"https://news.example.org{feed}"
    assert Links("").feed(query, "json") == feed.replace("feed.rss", "feed.json")


def test_items_and_countries_have_pages() -> None:
    assert LINKS.item("2009-06-22-3f") == "https://news.example.org/items/2009-06-22-3f"
    assert LINKS.country("NG") == "https://news.example.org/countries/ng"
