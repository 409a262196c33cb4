"""What a process of the service learns from the store."""

import httpx

from app.service import Service
from app.settings import Settings
from domain.sources import SourceKind
from storage import sources
from storage.database import Database
from tests.factories import NOW, make_draft, put


async def test_items_name_their_source_by_its_title(db: Database) -> None:
    """Not by the short name that commands use, and as soon as the source is there."""
    service = Service(Settings(), db)
    await service.watch_store()
    web = httpx.ASGITransport(service.make_web())
    async with db.write() as tx:
        await sources.add(
            tx,
            name="port-police",
            title="Police\x0b of\nthe Port",
            address="https://x.example/feed",
            kind=SourceKind.RSS,
            now=NOW,
        )
    await put(db, make_draft("Boats stopped"), source="port-police")
    await service.watch_store()
    async with httpx.AsyncClient(transport=web, base_url="http://x") as reader:
        (item,) = (await reader.get("/feed.json")).json()["items"]
    assert item["authors"] == [{"name": "Police of the Port"}]


async def test_a_source_without_a_title_is_not_called_by_its_address(db: Database) -> None:
    address = "https://x.example/?key=secret"
    async with db.write() as tx:
        await sources.add(
            tx, name="plain", title=address, address=address, kind=SourceKind.RSS, now=NOW
        )
    async with db.read() as tx:
        assert await sources.titles(tx) == {}
