from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import httpx
import pytest
from lxml import html

from domain.model import Draft
from feeds.web.limits import BURST, CLIENTS, PER_SECOND, Buckets, client_of
from tests.feeds.web.conftest import NOW, World, a_world

PROXIES = [ip_network("10.0.0.0/8"), ip_network("2001:db8:1::/48")]


def scope(peer: str | None, *forwarded: str) -> dict[str, Any]:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return {"client": (peer, 1) if peer else None, "headers": headers}


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "client"),
    [
        ("8.8.8.8", [], [], "8.8.8.8"),
        ("8.8.8.8", ["9.9.9.9"], PROXIES, "8.8.8.8"),
        ("::ffff:8.8.8.8", [], [], "8.8.8.8"),
        ("2606:4700:1:2:3::4", [], [], "2606:4700:1:2::/64"),
        ("127.0.0.1", ["8.8.8.8"], [], None),
        ("10.1.2.3", ["8.8.8.8"], [], None),
        ("10.1.2.3", ["8.8.8.8"], PROXIES, "8.8.8.8"),
        ("10.1.2.3", ["1.1.1.1, 8.8.8.8", "10.9.9.9"], PROXIES, "8.8.8.8"),
        ("10.1.2.3", [], PROXIES, None),
        ("10.1.2.3", ["nonsense"], PROXIES, None),
        ("10.1.2.3", ["10.4.4.4"], PROXIES, None),
        (None, [], PROXIES, None),
        ("testclient", [], [], None),
    ],
)
def test_whose_bucket_a_request_is_charged_to(
    peer: str | None, forwarded: list[str], trusted: Any, client: str | None
) -> None:
    assert client_of(scope(peer, *forwarded), trusted) == client


def test_tokens_come_back_and_debts_have_an_end() -> None:
    now = [NOW]
    buckets = Buckets(lambda: now[0])
    assert buckets.add("a", -1) == BURST - 1
    assert buckets.add("a", -10 * BURST) == -BURST
    now[0] += timedelta(seconds=2)
    assert buckets.add("a", 0) == -BURST + 2 * PER_SECOND
    now[0] += timedelta(days=1)
    assert buckets.add("a", 0) == BURST
    for number in range(CLIENTS):
        buckets.add(f"{number}", -1)
    assert len(buckets._kept) == CLIENTS
    assert "a" not in buckets._kept


def asking_from(world: World, address: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(world.app, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://x")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("feeds.web.limits.BURST", 5.0)
    return 5


async def test_who_asks_for_too_much_is_told_when_to_come_back(world: World, few: int) -> None:
    async with asking_from(world, "8.8.8.8") as greedy, asking_from(world, "9.9.9.9") as other:
        for number in range(few):
            assert (await greedy.get(f"/search?q=word{number}")).status_code == 200
        refused = await greedy.get("/search?q=more")
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
        page = html.fromstring(refused.text)
        assert page.xpath("//h1/text()") == ["Too many requests"]
        api = await greedy.get("/api/v1/items?q=more")
        assert api.status_code == 429
        assert api.json()["title"] == "Too many requests"
        assert (await greedy.get("/healthz")).status_code == 200
        assert (await greedy.get("/")).status_code == 429
        assert (await other.get("/")).status_code == 200
        assert (await greedy.get("/")).status_code == 200, "what is in memory costs nothing"
        world.now[0] += timedelta(seconds=1)
        assert (await greedy.get("/search?q=more")).status_code == 200


async def test_a_reader_that_asks_for_changes_is_never_refused_a_304(
    world: World, few: int
) -> None:
    async with asking_from(world, "8.8.8.8") as reader:
        feed = await reader.get("/feed.rss")
        for number in range(few):
            await reader.get(f"/search?q=word{number}")
        assert (await reader.get("/search?q=more")).status_code == 429
        world.services.documents._kept.clear()
        for _ in range(3 * few):
            same = await reader.get("/feed.rss", headers={"If-None-Match": feed.headers["etag"]})
            assert same.status_code == 304
            world.services.documents._kept.clear()
        await world.publish(Draft(title="Something new"))
        new = await reader.get("/feed.rss", headers={"If-None-Match": feed.headers["etag"]})
        assert new.status_code == 200


async def test_pretending_to_have_it_already_is_no_way_around(world: World, few: int) -> None:
    async with asking_from(world, "8.8.8.8") as liar:
        answers = [
            (await liar.get(f"/search?q=word{n}", headers={"If-None-Match": '"x"'})).status_code
            for n in range(3 * few)
        ]
    assert 429 in answers


async def test_behind_a_proxy_each_reader_counts(sqlite_url: str, few: int) -> None:
    world = a_world(sqlite_url, trusted_proxies=PROXIES)
    async with asking_from(world, "10.0.0.1") as proxy:
        for number in range(few + 1):
            said = {"X-Forwarded-For": "8.8.8.8"}
            last = await proxy.get(f"/search?q=word{number}", headers=said)
        assert last.status_code == 429
        other = await proxy.get("/search?q=other", headers={"X-Forwarded-For": "9.9.9.9"})
        assert other.status_code == 200
    await world.db.dispose()
