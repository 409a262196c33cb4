from datetime import datetime, timedelta

from domain.model import Draft
from storage import outbox
from storage.database import Database
from storage.outbox import Edits
from storage.tables import ChatRow
from storage.withdrawal import withdraw
from tests.factories import NOW, follow, make_draft, put
from tests.sending import claim, expand_all, sent

LATER = NOW + timedelta(hours=1)
BODY = "What is to be told: the court in Lagos sentenced four people yesterday."
KEY = "feed-1"


def draft(title: str, body: str = BODY) -> Draft:
    return make_draft(title, body=body, key=KEY)


async def told(db: Database, chats: int = 3, *, title: str = "Four convicted") -> None:
    """Push an item and send it."""
    for chat_id in range(1, chats + 1):
        await follow(db, chat_id)
    await put(db, draft(title), push=True)
    await expand_all(db)
    await sent(db, *await claim(db))


async def change(db: Database, title: str, body: str = BODY, now: datetime = LATER) -> None:
    await put(db, draft(title, body), push=True, now=now)


async def edits(db: Database, limit: int = 10, now: datetime = LATER) -> Edits | None:
    async with db.read() as tx:
        return await outbox.next_edits(tx, now=now, limit=limit)


async def settle(db: Database, batch: Edits, done: int, due: datetime = LATER) -> None:
    async with db.write() as tx:
        await outbox.settle_edits(tx, batch, done, due=due)


async def edited(db: Database, limit: int) -> list[tuple[int, str]]:
    """Edit to the end; return each chat with what it reads then."""
    found: list[tuple[int, str]] = []
    while batch := await edits(db, limit):
        found += [(one.chat_id, one.item.title) for one in batch.messages]
        await settle(db, batch, len(batch.messages))
    return found


async def test_a_changed_headline_edits_what_was_sent(db: Database) -> None:
    await told(db)
    await change(db, "Five convicted")
    assert await expand_all(db) == []
    assert await edited(db, 2) == [(chat, "Five convicted") for chat in (1, 2, 3)]
    assert await edits(db) is None


async def test_a_little_change_does_nothing(db: Database) -> None:
    await told(db)
    await change(db, "FOUR CONVICTED", BODY + " They appealed.")
    assert await edits(db) is None
    assert await expand_all(db) == []


async def test_what_waits_is_sent_as_it_is_now_and_not_edited(db: Database) -> None:
    await follow(db, 1)
    await put(db, draft("Four convicted"), push=True)
    await expand_all(db)
    await change(db, "Five convicted")
    assert await edited(db, 5) == []
    (delivery,) = await claim(db, now=LATER)
    assert delivery.items[0].title == "Five convicted"


async def test_a_change_meanwhile_begins_anew_and_wins(db: Database) -> None:
    await told(db)
    await change(db, "Five convicted")
    batch = await edits(db, 2)
    assert batch is not None
    await change(db, "Six convicted", now=LATER + timedelta(seconds=1))
    await settle(db, batch, 2)
    batch = await edits(db, now=LATER + timedelta(seconds=1))
    assert batch is not None
    assert [(one.chat_id, one.item.title) for one in batch.messages] == [
        (chat, "Six convicted") for chat in (1, 2, 3)
    ]


async def test_what_could_not_be_edited_comes_again(db: Database) -> None:
    await told(db)
    await change(db, "Five convicted")
    batch = await edits(db)
    assert batch is not None
    due = LATER + timedelta(minutes=1)
    async with db.write() as tx:
        await outbox.settle_edits(tx, batch, 1, due=due, count_attempt=True)
    assert await edits(db) is None
    batch = await edits(db, now=due)
    assert batch is not None
    assert [one.chat_id for one in batch.messages] == [2, 3]
    assert batch.attempts == 1
    async with db.write() as tx:
        await outbox.settle_edits(tx, batch, 0, due=due, count_attempt=True)
    batch = await edits(db, now=due)
    assert batch is not None
    assert batch.attempts == 2


async def test_much_changed_it_goes_to_those_who_have_not_got_it(db: Database) -> None:
    await follow(db, 4, "malta")
    await follow(db, 5, "absent")
    await told(db)
    await change(db, "Ship seized off Malta", "The coast guard found oil aboard.")
    await expand_all(db)
    assert [(one.chat_id, one.items[0].title) for one in await claim(db, now=LATER)] == [
        (4, "Ship seized off Malta")
    ]
    assert [chat for chat, _ in await edited(db, 10)] == [1, 2, 3]


async def test_old_and_quiet_items_are_let_be(db: Database) -> None:
    await told(db)
    await put(db, draft("Five convicted"), now=LATER)
    await change(db, "Six convicted", now=NOW + timedelta(days=8))
    await follow(db, 9)
    await put(db, make_draft("Quiet", key="feed-2"))
    await put(db, make_draft("Loud", body="Other words altogether", key="feed-2"), push=True)
    assert await expand_all(db) == []
    assert await edits(db, now=NOW + timedelta(days=9)) is None


async def test_a_withdrawn_item_is_not_edited(db: Database) -> None:
    await told(db)
    await change(db, "Five convicted")
    async with db.write() as tx:
        await withdraw(tx, (await db_slug(db)), now=LATER)
    assert await edits(db) is None


async def db_slug(db: Database) -> str:
    batch = await edits(db)
    assert batch is not None
    return batch.messages[0].item.slug


async def test_a_version_in_the_readers_language_is_edited_where_it_was_told(db: Database) -> None:
    """Chat 2 reads French, and was told of the French version."""
    for chat_id in (1, 2):
        await follow(db, chat_id)
    async with db.write() as tx:
        row = await tx.get(ChatRow, 2)
        assert row is not None
        row.language = "fr"
    await put(db, draft("Four convicted"), push=True)
    french = make_draft("Quatre condamnés", body=BODY, lang="fr", key="fr-1")
    await put(db, french, source="elsewhere", push=True)
    await expand_all(db)
    await sent(db, *await claim(db))
    changed = make_draft("Cinq condamnés", body=BODY, lang="fr", key="fr-1")
    await put(db, changed, source="elsewhere", push=True, now=LATER)
    assert await edited(db, 1) == [(2, "Cinq condamnés")]
