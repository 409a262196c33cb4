import logging
from datetime import timedelta

import httpx
import pytest
from starlette.responses import Response

from domain.errors import StoreBusyError
from domain.links import Links
from storage.changes import News
from tests.feeds.web.conftest import NOW, World, a_world, serving

READABLE = (
    "/",
    "/topics",
    "/search",
    "/status",
    "/feed.rss",
    "/api/v1/items",
    "/api/docs",
    "/healthz",
)


@pytest.mark.parametrize("address", [*READABLE, "/api/openapi.json", "/readyz", "/nothing"])
async def test_head_works_wherever_get_does(world: World, address: str) -> None:
    full = await world.get(address)
    head = await world.reader.head(address)
    assert head.content == b""
    assert head.status_code == full.status_code
    assert head.headers == full.headers


@pytest.mark.parametrize("address", READABLE)
async def test_nothing_can_be_written(world: World, address: str) -> None:
    answer = await world.reader.post(address, json={})
    assert answer.status_code == 405
    assert "can only be read" in answer.text
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


async def test_what_takes_only_messages_says_so(world: World) -> None:
    world.app.add_route("/told", lambda _request: Response(), methods=["POST"])
    answer = await world.get("/told")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert "only takes POST" in answer.text


async def test_browsers_may_ask_for_readers_of_other_sites(world: World) -> None:
    asked = {
        "Origin": "https://reader.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    answer = await world.reader.options("/feed.json", headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "If-None-Match" in answer.headers["access-control-allow-headers"]
    assert "ETag" in (await world.get("/feed.json")).headers["access-control-expose-headers"]
    assert (await world.reader.options("/feed.json")).status_code == 405
    for address in ("/search/feed.json?q=Nigeria", "/feed.xml", "/search/feed.json?q=("):
        assert (await world.get(address)).headers["access-control-allow-origin"] == "*"


async def test_a_slash_too_many_is_mended_without_naming_a_host(sqlite_url: str) -> None:
    world = a_world(sqlite_url, links=Links("https://example.org/news"))
    for address, right in (
        ("/topics/", "/news/topics"),
        ("/feed.rss/?page=2", "/news/feed.rss?page=2"),
    ):
        answer = await world.get(address, headers={"Host": "evil.example"})
        assert (answer.status_code, answer.headers["location"]) == (307, right)
    for address in ("//evil.example/", "//evil.example/topics/", "/\\evil.example/"):
        assert (await world.get(f"http://x{address}")).status_code == 404
    await world.db.dispose()


async def test_machines_are_told_whether_the_service_works(world: World, sqlite_url: str) -> None:
    assert (await world.get("/healthz")).json() == {"status": "ok"}
    assert (await world.get("/readyz")).json() == {"status": "ready"}
    broken = a_world(sqlite_url, ready=lambda: "the store is locked")
    answer = await broken.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "detail": "the store is locked"}
    await broken.db.dispose()


async def test_a_store_that_fails_is_told_in_words_and_kept_feeds_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.get("/feed.rss")

    def locked() -> None:
        raise StoreBusyError("another process holds the store")

    monkeypatch.setattr(world.db, "read", locked)
    assert (await world.get("/feed.rss")).status_code == 200
    page, api = await world.get("/"), await world.get("/api/v1/items")
    assert (page.status_code, api.status_code) == (503, 503)
    assert page.headers["retry-after"] == "30"
    assert "try again" in page.text
    assert "try again" in api.json()["detail"]


async def test_a_defect_shows_nothing_of_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(world.db, "read", fail)
    answer = await world.get("/")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "Something went wrong here" in answer.text


async def test_queries_are_never_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    for address in ("/search", "/search/feed.rss", "/api/v1/items"):
        await world.get(address, params={"q": "heimlich"})
        await world.get(address, params={"q": "(heimlich"})
    assert "heimlich" not in caplog.text


async def test_a_new_day_renews_what_depends_on_the_day(world: World) -> None:
    address = "/search/feed.json?q=last%3A1d"
    assert (await world.get(address)).json()["items"] == []
    reads = world.db.reads
    await world.get(address)
    assert world.db.reads == reads
    world.now[0] = NOW + timedelta(days=1)
    world.services.documents.observe(News(1, ()))
    await world.get(address)
    assert world.db.reads == reads + 1


async def test_a_real_server_serves_it(world: World) -> None:
    async with serving(world.app) as address, httpx.AsyncClient(base_url=address) as reader:
        first = await reader.get("/feed.rss")
        assert first.headers["content-encoding"] == "br"
        again = await reader.get("/feed.rss", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = await reader.head("/feed.rss", headers={"Accept-Encoding": "identity"})
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) == len(first.content)
        for path in READABLE:
            assert (await reader.get(path)).status_code == 200
            assert (await reader.head(path)).status_code == 200
