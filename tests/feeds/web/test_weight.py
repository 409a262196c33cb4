"""No page is heavier than the first round trip can carry, however much there is to be shown."""

import gzip
from datetime import date, timedelta

import pytest
from lxml import html

from domain.links import Links
from domain.model import Draft, Kind, Published
from feeds.web.tongue import spoken
from feeds.web.words import LANGUAGES
from seeds.data import load_taxonomy
from tests.feeds.web.conftest import World

ROUND_TRIP = 14_600
"""Bytes that a server may send before it waits for the reader (RFC 6928): ten packets."""
MOST = 50_000
TOPICS = tuple(topic.slug for topic in load_taxonomy())
COUNTRIES = ("NG", "EG", "FR", "TH", "IT", "GR", "LY", "SN", "ML", "GH")
WORDS = "coast guard officers from several countries met to agree on joint patrols at sea".split()


def heavy(number: int) -> Draft:
    """Return a draft that has much of everything."""
    said = " ".join(WORDS[(number * 7 + place * place) % len(WORDS)] for place in range(60))
    return Draft(
        title=f"Patrol {number}: {said[:180]}",
        summary=f"{number}: {said}",
        body=f"{number}. {said} {said}",
        published=Published.on(date(1990, 1, 1) + timedelta(days=97 * number)),
        kind=list(Kind)[number % 3],
        lang=LANGUAGES[number % 6],
        topics=TOPICS,
        countries=COUNTRIES,
    )


@pytest.mark.timeout(300)
async def test_a_full_page_fits_the_first_round_trip(empty: World) -> None:
    await empty.publish(*map(heavy, range(50)))
    paths = (
        "/topics",
        "/topics/migrant-smuggling",
        "/countries/ng",
        "/timeline",
        "/search?q=patrol",
    )
    for path in ("/", *paths):
        for lang in ("en", "ar", "ru"):
            answer = await empty.get(spoken(path, lang))
            assert answer.status_code == 200
            assert (path, lang, len(answer.content) < MOST) == (path, lang, True)
            assert len(gzip.compress(answer.content, 6)) < ROUND_TRIP
    long = " OR ".join(["patrol", *(f"морская{letter}" for letter in "абвгдежзик")])
    for path in ("/search", "/timeline"):
        for typed in (long, f'patrol -"{"海上走私" * 100}"'):
            answer = await empty.get(path, params={"q": typed}, follow_redirects=True)
            assert answer.status_code == 200
            assert len(gzip.compress(answer.content, 6)) < ROUND_TRIP


@pytest.mark.timeout(300)
async def test_a_timeline_shows_months_as_far_as_they_fit(empty: World) -> None:
    days = (date(year, month, 1) for year in range(1985, 2012) for month in range(1, 13))
    await empty.publish(
        *(Draft(title=f"News {day}", published=Published.on(day), lang="en") for day in days)
    )
    for query, months in (("", 0), ("after:1991", 21 * 12)):
        for lang in ("en", "ar", "ru"):
            answer = await empty.get(spoken(Links("").timeline(query), lang))
            assert len(answer.content) < MOST
            shown = html.fromstring(answer.text).xpath("//ul[@class='months']/li")
            assert len(shown) == months


async def test_heavy_markup_gives_way_to_the_text_on_the_page_alone(empty: World) -> None:
    light = '<p>a <a href="https://un.example/">b</a></p>'
    for title, markup, body in (
        ("Light", light, "a b"),
        ("Heavy", light * 700, "a b\n\n" * 700),
        ("Long", light, "\n\n".join([" ".join(WORDS)] * 400)),
    ):
        (slug,) = await empty.publish(Draft(title=title, body=body, markup=markup, lang="en"))
        page = await empty.get(f"/items/{slug}")
        assert len(page.content) < MOST
        assert (light in page.text) == (title == "Light")
        assert light in (await empty.get("/feed.json")).json()["items"][0]["content_html"]


async def test_a_long_text_comes_in_parts(empty: World) -> None:
    paragraphs = [f"Paragraph {number} of it. {' '.join(WORDS)}." for number in range(900)]
    (slug,) = await empty.publish(Draft(title="Long", body="\n\n".join(paragraphs), lang="en"))
    seen = 0
    number = 1
    while (answer := await empty.get(f"/items/{slug}?page={number}")).status_code == 200:
        assert len(answer.content) < MOST
        seen += answer.text.count("Paragraph ")
        number += 1
    assert answer.status_code == 404
    assert number > 3
    assert seen >= len(paragraphs)
