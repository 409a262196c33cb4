from datetime import date

import pytest
from lxml import html

from domain.model import Draft, Published
from domain.query import parse
from feeds.web.facets import narrowed
from seeds.data import load_vocabulary
from tests.feeds.web.conftest import World


@pytest.mark.parametrize(
    ("asked", "wider"),
    [
        ("", "country:ng"),
        ("kind:event", "country:ng kind:event"),
        ("ghana OR togo", "(ghana OR togo) country:ng"),
        ("-boats", "country:ng -boats"),
    ],
)
def test_a_narrowed_query_means_both(asked: str, wider: str) -> None:
    names = load_vocabulary()
    query = parse(asked, names)
    assert parse(narrowed(query, "country:ng"), names) == parse(wider, names)


def choices(text: str) -> dict[str, dict[str, str]]:
    sections = html.fromstring(text).xpath("//nav[@id='narrow']/section")
    return {
        section.xpath("h3/text()")[0].strip(): {
            one[0].text: one[1].text for one in section.xpath("ul/li")
        }
        for section in sections
    }


async def test_every_choice_leads_to_as_many_as_it_says(world: World) -> None:
    text = (await world.get("/")).text
    offered = choices(text)
    assert offered["Topic"] == {"Migrant smuggling": "2", "Human trafficking": "1"}
    assert offered["Kind"] == {"Event": "1", "News": "1", "Publication": "1"}
    assert offered["Time"] == {"2022": "1", "2013": "1", "2009": "1"}
    for one in html.fromstring(text).xpath("//nav[@id='narrow']/section/ul/li"):
        page = (await world.get(one[0].get("href"))).text
        found = html.fromstring(page).find_class("title")
        assert len(found) == int(one[1].text)


async def test_what_would_not_narrow_is_not_offered(world: World) -> None:
    offered = choices((await world.get("/search?q=kind:event")).text)
    assert offered == {}


async def test_one_year_is_narrowed_by_month(world: World) -> None:
    day = Published.on(date(2009, 1, 5))
    await world.publish(Draft(title="Winter meeting", published=day, lang="en"))
    offered = choices((await world.get("/search?q=on:2009")).text)
    assert offered["Time"] == {"June": "1", "January": "1"}


async def test_a_large_answer_says_what_was_counted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.search.facets.COUNTED", 2)
    text = (await world.get("/")).text
    assert "Counted among the newest 2." in text
    assert choices(text)["Time"] == {"2022": "1", "2013": "1", "2009": "1"}
