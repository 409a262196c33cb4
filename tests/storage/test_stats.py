from domain.model import Kind
from storage import chats
from storage.database import Database
from storage.stats import stats
from tests.factories import NOW, make_draft, put


async def test_items_chats_and_what_waits_are_counted(db: Database) -> None:
    await put(db, make_draft("One"), make_draft("Two", lang="fr", kind=Kind.EVENT))
    async with db.write() as tx:
        await chats.register(tx, 42, now=NOW, timezone="UTC")
    async with db.read() as tx:
        found = await stats(tx)
    assert found == {
        "items": 2,
        "items: event": 1,
        "items: news": 1,
        "items in en": 1,
        "items in fr": 1,
        "chats: active": 1,
        "chats: paused": 0,
        "chats: gone": 0,
        "waiting: push": 0,
        "waiting: digest": 0,
        "items being fanned out": 0,
    }
