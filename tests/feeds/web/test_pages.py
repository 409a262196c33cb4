from base64 import b64encode
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

import pytest
from lxml import html

from domain.model import Draft, Published
from feeds.web.headers import CONTENT_POLICY
from storage import changes
from storage.withdrawal import withdraw
from tests.feeds.web.conftest import DRAFTS, World, a_world

LIST_PAGES = ("/", "/topics/migrant-smuggling", "/countries/ng", "/search?q=kind%3Aevent")
PAGES = (
    *LIST_PAGES,
    "/topics",
    "/timeline",
    "/search",
    "/status",
    "/api/docs",
    "/nothing",
    "/search?q=(",
    "/?ui=ar",
    "/search?q=zzyzx&ui=ru",
)


def stories(text: str) -> list[str]:
    return [title.text_content() for title in html.fromstring(text).find_class("title")]


@pytest.mark.parametrize("address", PAGES)
async def test_every_page_is_small_safe_and_whole(world: World, address: str) -> None:
    answer = await world.get(address)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == CONTENT_POLICY
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(answer.content) < 50_000
    page = html.fromstring(answer.text)
    assert not page.xpath("//script[not(@type='application/ld+json')] | //img | //iframe")
    assert not page.xpath("//*[@style] | //@*[starts-with(name(), 'on')]")
    lang = address.partition("ui=")[2] or "en"
    assert page.xpath("//html/@lang") == [lang]
    assert page.xpath("//html/@dir") == ["rtl" if lang == "ar" else "ltr"]
    assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.xpath("//title/text()")[0].endswith("Topicwire")


@pytest.mark.parametrize("address", LIST_PAGES)
async def test_a_page_offers_its_own_feeds_first(world: World, address: str) -> None:
    page = html.fromstring((await world.get(address)).text)
    feeds = page.xpath("//link[@rel='alternate']/@href")
    path, _, query = address.partition("?")
    own = f"{path.rstrip('/')}/feed.rss" + (f"?{query}" if query else "")
    assert feeds[0] == own
    assert "/feed.rss" in feeds
    calendar = page.xpath("//link[@type='text/calendar']/@href")
    assert feeds[3:4] == calendar
    assert len(feeds) in (4, 7)
    for feed in feeds:
        assert (await world.get(feed)).status_code == 200
    for link in page.xpath("//section[@class='follow']//a/@href"):
        assert link.startswith("https://t.me/") or (await world.get(link)).status_code == 200


async def test_every_link_of_the_front_page_leads_somewhere(world: World) -> None:
    links = set(html.fromstring((await world.get("/")).text).xpath("//*/@href"))
    inner = {link for link in links if link.startswith("/")}
    assert len(inner) > 10
    for link in inner:
        assert (await world.get(link)).status_code == 200


async def test_a_list_has_the_newest_first_under_its_year(world: World) -> None:
    text = (await world.get("/")).text
    assert stories(text) == [draft.title for draft in reversed(DRAFTS)]
    assert html.fromstring(text).xpath("//section/h2/text()") == ["2022", "2013", "2009"]


async def test_texts_say_language_and_direction(world: World) -> None:
    page = html.fromstring((await world.get("/")).text)
    spoken = [(title.get("lang"), title.get("dir")) for title in page.find_class("title")]
    assert spoken == [("en", "ltr"), ("ar", "rtl"), ("en", "ltr")]


async def test_no_text_becomes_markup(world: World) -> None:
    (slug,) = await world.publish(DRAFTS[2])
    answer = await world.get(f"/items/{slug}")
    assert "&lt;img src=x onerror=alert(1)&gt;" in answer.text
    assert "<script>" not in answer.text
    (arabic,) = await world.publish(DRAFTS[1])
    assert "javascript:" not in (await world.get(f"/items/{arabic}")).text


async def test_an_item_page_tells_all(world: World) -> None:
    (slug,) = await world.publish(DRAFTS[0])
    text = (await world.get(f"/items/{slug}")).text
    page = html.fromstring(text)
    assert page.xpath("//h1/text()") == [DRAFTS[0].title]
    assert page.xpath("//ul/li[text()='First aim']")
    assert "22–24 June 2009" in text
    assert page.xpath("//a[contains(@rel, 'external')]/@href") == [
        "https://un.example/a?b=1&c=%C3%A4"
    ]
    assert page.xpath("//link[@rel='canonical']/@href") == [
        f"https://news.example.org/items/{slug}"
    ]
    assert page.xpath("//link[@rel='alternate']/@href")[0] == "/topics/migrant-smuggling/feed.rss"
    assert f"tag:topicwire.invalid,2026:{slug}" in text


async def test_search_says_how_it_read_the_query(world: World) -> None:
    answer = await world.get("/search", params={"q": "events in nigeria"})
    assert answer.status_code == 200
    assert "Read as: <bdi>kind: event" in answer.text
    assert stories(answer.text) == [DRAFTS[0].title]
    assert html.fromstring(answer.text).xpath("//input[@id='q']/@value") == ["events in nigeria"]


async def test_a_wrong_query_is_shown_with_its_fault(world: World) -> None:
    answer = await world.get("/search", params={"q": "nigeria (<b>"})
    assert answer.status_code == 400
    page = html.fromstring(answer.text)
    assert page.xpath("//mark/text()") == ["("]
    assert "&lt;b&gt;" in answer.text
    end = await world.get("/search", params={"q": "nigeria OR"})
    assert html.fromstring(end.text).xpath("//mark/text()") == ["\u00a0"]


async def test_a_search_without_answer_says_what_to_do(world: World) -> None:
    answer = await world.get("/search?q=zzyzx")
    assert answer.status_code == 200
    assert "0 results" in answer.text
    assert "Nothing matches" in answer.text


async def test_long_lists_have_pages(empty: World) -> None:
    drafts = [
        Draft(title=f"Story {number}", published=Published.on(date(2020, 1, 1) + timedelta(number)))
        for number in range(45)
    ]
    await empty.publish(*drafts)
    seen: list[str] = []
    address: str | None = "/"
    while address:
        text = (await empty.get(address)).text
        seen += stories(text)
        address = next(iter(html.fromstring(text).xpath("//a[@rel='next']/@href")), None)
    assert seen == [f"Story {number}" for number in range(44, -1, -1)]
    second = html.fromstring((await empty.get("/?page=2")).text)
    assert second.xpath("//a[@rel='prev']/@href") == ["/"]
    searched = html.fromstring((await empty.get("/search?q=story")).text)
    assert searched.xpath("//a[@rel='next']/@href") == ["/search?q=story&page=2"]


@pytest.mark.parametrize("page", ["0", "-1", "4", "x", "", "²", "9" * 30])
async def test_a_page_that_is_not_there_is_not_found(world: World, page: str) -> None:
    assert (await world.get(f"/?page={page}")).status_code == 404


@pytest.mark.parametrize("address", ["/topics/nothing", "/countries/zz", "/items/nothing", "/nope"])
async def test_what_is_not_there_is_not_found(world: World, address: str) -> None:
    answer = await world.get(address)
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
    assert "Not found" in answer.text


async def test_a_withdrawn_item_is_no_longer_here(world: World) -> None:
    (slug,) = await world.publish(Draft(title="Wrong", lang="en"))
    addresses = (f"/items/{slug}", f"/api/v1/items/{slug}")
    assert [(await world.get(one)).status_code for one in addresses] == [200, 200]
    async with world.db.write() as tx:
        await withdraw(tx, slug, now=world.now[0])
        news = await changes.since(tx, world.services.documents.version)
    world.services.documents.observe(news)
    page, answer = [await world.get(one) for one in addresses]
    assert (page.status_code, answer.status_code) == (410, 410)
    assert "was withdrawn on 2026-03-01" in page.text
    assert answer.json()["detail"] == "This item was withdrawn on 2026-03-01."
    assert "Wrong" not in (await world.get("/feed.rss")).text


async def test_names_lead_to_the_page_of_what_they_name(world: World) -> None:
    answer = await world.get("/countries/Nigeria")
    assert (answer.status_code, answer.headers["location"]) == (301, "/countries/ng")


async def test_the_topics_page_counts(world: World) -> None:
    page = html.fromstring((await world.get("/topics")).text)
    counts = {row[0].text: row[1].text for row in page.xpath("//ul[@class='topics']/li")}
    assert (counts["Migrant smuggling"], counts["Human trafficking"]) == ("2", "1")
    assert len(counts) == len(world.services.taxonomy)


async def test_the_status_page_says_what_is_wrong(world: World, sqlite_url: str) -> None:
    assert "Everything works" in (await world.get("/status")).text
    broken = a_world(sqlite_url, ready=lambda: "Telegram refuses the token")
    text = (await broken.get("/status")).text
    assert "Not everything works" in text
    assert "Telegram refuses the token" in text
    await broken.db.dispose()


async def test_without_a_bot_there_are_only_feeds_to_follow(sqlite_url: str) -> None:
    silent = a_world(sqlite_url, follow_url=lambda query: None)
    text = (await silent.get("/")).text
    assert "Telegram" not in text
    assert "Follow as" in text
    assert "There is nothing here yet" in text
    await silent.db.dispose()


async def test_a_page_is_kept_and_revalidated(world: World) -> None:
    first = await world.get("/")
    assert first.headers["cache-control"] == "public, no-cache"
    reads = world.db.reads
    again = await world.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, world.db.reads) == (304, reads)


async def test_a_page_is_shown_by_one_request(world: World) -> None:
    answer = await world.get("/")
    page = html.fromstring(answer.text)
    (style,) = page.xpath("//style/text()")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in CONTENT_POLICY
    assert page.xpath("//link[@rel='icon']/@href")[0].startswith("data:image/svg+xml,")
    assert not page.xpath("//link[@rel='stylesheet'] | //*[@src]")


async def test_the_styles_of_a_text_are_allowed_too(world: World) -> None:
    (slug,) = await world.publish(DRAFTS[0])
    styles = html.fromstring((await world.get(f"/items/{slug}")).text).xpath("//style/text()")
    digests = [b64encode(sha256(style.encode()).digest()).decode() for style in styles]
    assert len(digests) == 2
    assert all(f"'sha256-{digest}'" in CONTENT_POLICY for digest in digests)


async def test_a_search_says_what_it_answers_and_how_to_undo_it(world: World) -> None:
    corrected = await world.get("/search?q=smugglling")
    assert "Nothing for “smugglling”; showing" in corrected.text
    undone = html.fromstring((await world.get("/search?q=nigeria")).text)
    assert undone.xpath("//a[text()='search the words only']/@href") == ["/search?q=%22nigeria%22"]
    nearly = html.fromstring((await world.get("/search?q=nigeria+smuggling+zzyzx")).text)
    assert nearly.xpath("//div[@class='note']//li/a/@href")


async def test_what_is_close_comes_after_what_answers_all(world: World) -> None:
    drafts = ("Patrol of boats", "Boats", "Boats at sea", "Boats by day", "Patrol on foot")
    await world.publish(
        *(Draft(title=title, published=Published.on(date(2020, 1, 1))) for title in drafts)
    )
    page = html.fromstring((await world.get("/search?q=patrol+boats")).text)
    assert page.xpath("//h1/text()") == ["1 result"]
    assert page.xpath("//section[h2='Not all of it, but close']//h3/a/text()") == ["Patrol on foot"]


async def test_a_story_stands_once_and_names_its_other_versions(store_url: str) -> None:
    world = a_world(store_url)
    day = date(2013, 4, 26)
    english, french = await world.publish(
        Draft(
            title="Senegal joins the Blue Heart Campaign",
            body="At a ceremony in Dakar, the Minister of Justice said that 30 public buildings "
            "would be lit in blue.",
            published=Published.on(day),
        ),
        Draft(
            title="Le Sénégal rejoint la Campagne Cœur bleu",
            body="Lors d'une cérémonie à Dakar, le ministre de la Justice a dit que 30 bâtiments "
            "publics seraient illuminés en bleu.",
            published=Published.on(day + timedelta(days=3)),
        ),
    )
    front = (await world.get("/")).text
    assert stories(front) == ["Senegal joins the Blue Heart Campaign"]
    for address, other in (
        ("/", french),
        (f"/items/{english}", french),
        (f"/items/{french}", english),
    ):
        page = html.fromstring((await world.get(address)).text)
        assert page.xpath("//*[@class='also' or @class='versions']//a/@href") == [f"/items/{other}"]
    feed = (await world.get("/feed.json")).json()
    assert len(feed["items"]) == 1
    answer = (await world.get("/api/v1/items?q=lang:fr")).json()
    assert [one["story"] for one in answer["items"]] == [english]
    await world.reader.aclose()
    await world.db.dispose()


async def test_an_item_says_why_it_has_its_topics(world: World) -> None:
    (slug,) = await world.publish(Draft(title="Coast guards stop smugglers of migrants at sea"))
    page = html.fromstring((await world.get(f"/items/{slug}")).text)
    reasons = page.xpath("//dt[.='Why these topics']/following-sibling::dd[1]//li")
    assert any("Smuggling by sea" in one.text_content() and one.xpath("q") for one in reasons)
