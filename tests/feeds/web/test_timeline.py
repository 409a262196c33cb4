from lxml import html

from tests.feeds.web.conftest import World


async def test_years_are_counted_and_lead_to_their_items(world: World) -> None:
    page = html.fromstring((await world.get("/timeline")).text)
    years = {
        one.xpath("a/text()")[0]: one.xpath("span/text()")[0]
        for one in page.xpath("//ol[@class='years']/li")
    }
    assert years == {"2022": "1", "2013": "1", "2009": "1"}
    (link,) = page.xpath("//a[text()='2013']/@href")
    assert "1 result" in (await world.get(link)).text


async def test_a_query_has_a_timeline_at_its_canonical_address(world: World) -> None:
    moved = await world.get("/timeline?q=events+in+nigeria&ui=fr")
    assert moved.status_code == 301
    assert moved.headers["location"].endswith("&ui=fr")
    page = await world.get(moved.headers["location"])
    assert html.fromstring(page.text).xpath("//a[@class='when']/text()") == ["2009"]
    assert (await world.get("/timeline?q=(")).status_code == 400


async def test_where_nothing_is_nothing_is_counted(empty: World) -> None:
    assert "There is nothing here yet." in (await empty.get("/timeline")).text
