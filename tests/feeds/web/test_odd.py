"""Addresses that nobody would type, on both databases."""

from tests.feeds.web.conftest import DRAFTS, a_world

ODD = {
    "/items/%00": 404,
    "/items/a%00b.bib": 404,
    "/items/%ff": 404,
    f"/items/{'a' * 5000}": 404,
    "/items/x?page=%00": 404,
    "/topics/%00": 404,
    "/countries/%00/feed.rss": 404,
    "/search/feed.rss?q=%00": 400,
    "/search?q=source:%22a%00%22": 400,
    "/timeline?q=%00": 400,
    "/events.ics?q=%ED%A0%80": 400,
    "/api/v1/items/%00": 404,
    "/api/v1/items/x%ED%A0%80": 404,
    "/api/v1/items?q=source:a%00": 400,
    "/api/v1/items?cursor=f__________w_____": 422,
    "/api/v1/items?cursor=f_______________": 200,
    "/websub/%00": 404,
    "/feed.rss?archive=999999999": 404,
    "/feed.rss?archive-after=999999999": 302,
}


async def test_odd_addresses_are_answered_in_words(store_url: str) -> None:
    world = a_world(store_url)
    await world.publish(*DRAFTS)
    found = {address: (await world.get(address)).status_code for address in ODD}
    await world.reader.aclose()
    await world.db.dispose()
    assert found == ODD
