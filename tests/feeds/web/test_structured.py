import json
from datetime import date

from lxml import html

from domain.links import Links
from domain.model import Item, Kind
from feeds.web.names import EnglishNames
from feeds.web.structured import as_script, item_data
from seeds.data import load_vocabulary
from tests.factories import make_item
from tests.feeds.web.conftest import DRAFTS, World

LINKS = Links("https://news.example.org")
NAMES = EnglishNames(load_vocabulary())


def described(item: Item) -> dict[str, object]:
    return item_data(item, (), LINKS, NAMES)


def test_each_kind_is_what_schema_org_calls_it() -> None:
    news = described(make_item(kind=Kind.NEWS, title="x" * 200, countries=("NG",)))
    assert news["@type"] == "NewsArticle"
    assert len(str(news["headline"])) == 110
    assert news["contentLocation"] == [{"@type": "Country", "name": "Nigeria"}]
    assert described(make_item(kind=Kind.PUBLICATION))["@type"] == "Report"
    event = described(make_item(kind=Kind.EVENT, starts=date(2009, 6, 22), ends=None))
    assert (event["startDate"], event["endDate"]) == ("2009-06-22", "2009-06-22")
    assert "headline" not in event


def test_what_is_not_known_is_not_said() -> None:
    said = described(make_item(lang="und", summary="", link="javascript:alert(1)"))
    assert said.keys().isdisjoint(("inLanguage", "description", "sameAs", "workTranslation"))


def test_data_cannot_end_its_element() -> None:
    hostile = {"name": "</script><script>alert(1)</script>&amp;<!--"}
    assert not {"<", ">", "&"} & set(as_script(hostile))
    assert json.loads(as_script(hostile)) == hostile


async def test_pages_carry_data_and_a_preview(world: World) -> None:
    (slug,) = await world.publish(DRAFTS[0])
    page = html.fromstring((await world.get(f"/items/{slug}")).text)
    (data,) = (json.loads(text) for text in page.xpath("//script/text()"))
    assert (data["@type"], data["name"], data["startDate"]) == (
        "Event",
        DRAFTS[0].title,
        "2009-06-22",
    )
    preview = dict(
        zip(page.xpath("//meta/@property"), page.xpath("//meta[@property]/@content"), strict=True)
    )
    assert preview["og:url"] == f"https://news.example.org/items/{slug}"
    assert preview["og:type"] == "article"
    assert preview["og:title"].startswith(DRAFTS[0].title)
    topic = html.fromstring((await world.get("/topics/smuggling-by-sea")).text)
    (trail,) = (json.loads(text) for text in topic.xpath("//script/text()"))
    assert [step["name"] for step in trail["itemListElement"]] == [
        "Migrant smuggling",
        "Smuggling by sea",
    ]
