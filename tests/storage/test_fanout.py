from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlmodel import col

from domain.model import ChatState
from storage import chats, outbox, subscriptions
from storage.database import Database
from storage.tables import DeliveryRow, State
from tests.factories import NOW, VOCABULARY, follow, make_draft, put
from tests.sending import expand_all


async def states(db: Database) -> dict[int, str]:
    """Return each chat's delivery of the one item; fails if a chat has two."""
    async with db.read() as tx:
        rows = (await tx.execute(select(col(DeliveryRow.chat_id), col(DeliveryRow.state)))).all()
    assert len(dict(rows)) == len(rows)
    return dict(rows)


async def test_each_matching_chat_gets_one_delivery(db: Database) -> None:
    await follow(db, 1, "smugglers")
    await follow(db, 1, "topic:drugs")
    await follow(db, 2, "topic:drugs", "daily 08:00")
    await follow(db, 3, "topic:drugs", "daily 08:00")
    await follow(db, 3, "smugglers")
    await follow(db, 4, "nothing of this")
    await follow(db, -(2**40), "")
    await put(db, make_draft(topics=("drugs",)), push=True)
    assert await expand_all(db)
    assert await states(db) == {
        -(2**40): State.PENDING,
        1: State.PENDING,
        2: State.HELD,
        3: State.PENDING,
    }
    assert await expand_all(db) == []


async def test_nothing_is_pushed_for_seeds_copies_and_edits(db: Database) -> None:
    await follow(db, 1)
    await put(db, make_draft())
    await put(db, make_draft(), document="b", push=True)
    await put(db, make_draft(body="Edited"), document="b", push=True)
    assert await expand_all(db) == []
    assert await states(db) == {}


async def test_chats_that_are_not_gone_and_older_subscriptions_count(db: Database) -> None:
    for chat_id in (1, 2, 3):
        await follow(db, chat_id)
    await follow(db, 4, now=NOW + timedelta(seconds=1))
    async with db.write() as tx:
        await chats.set_state(tx, 2, ChatState.PAUSED, None, NOW)
        await outbox.chat_gone(tx, 3, "blocked", NOW)
    await put(db, make_draft(), push=True)
    await expand_all(db)
    assert await states(db) == {1: State.PENDING, 2: State.GATHERED}


async def test_it_goes_in_chunks_and_resumes_where_it_stood(db: Database) -> None:
    """A crash rolls back the chunk in work; the next process goes on from the last commit."""
    for chat_id in range(1, 24):
        await follow(db, chat_id, "" if chat_id % 2 else "topic:drugs")
        await follow(db, chat_id, "smugglers", "daily 08:00")
    await put(db, make_draft(topics=("drugs",)), push=True)

    saved = outbox.SavedQueries(VOCABULARY)

    async def step(*, crash: bool) -> int:
        async with db.write() as tx:
            left = await outbox.expand(tx, saved=saved, now=NOW, chunk=4)
            if crash:
                raise KeyboardInterrupt
            return left

    steps = 0
    while await step(crash=False):
        steps += 1
        with suppress(KeyboardInterrupt):
            await step(crash=True)
    assert await states(db) == dict.fromkeys(range(1, 24), State.PENDING)
    assert steps > 10


async def test_items_go_out_in_the_order_they_came(db: Database) -> None:
    await follow(db, 1)
    await follow(db, 2)
    first = await put(db, make_draft("One"), make_draft("Two"), push=True)
    await expand_all(db, chunk=1)
    async with db.write() as tx:
        claimed = await outbox.claim(tx, owner="me", now=NOW, limit=10)
    assert [(one.chat_id, one.items[0].slug) for one in claimed] == [
        (1, first.entries[0].slug),
        (2, first.entries[0].slug),
    ]


async def test_a_schedule_that_changes_between_the_stages_loses_nothing(db: Database) -> None:
    await follow(db, 1, "smugglers", "daily 08:00")
    await follow(db, 2, "smugglers", "now")
    await put(db, make_draft(), push=True)
    saved = outbox.SavedQueries(VOCABULARY)
    async with db.write() as tx:
        await outbox.expand(tx, saved=saved, now=NOW, chunk=1)
    async with db.write() as tx:
        await outbox.expand(tx, saved=saved, now=NOW, chunk=2)
    later = NOW + timedelta(seconds=1)
    async with db.write() as tx:
        await subscriptions.add(tx, 1, "smugglers", "now", now=later)
    await expand_all(db, chunk=1)
    assert await states(db) == {1: State.PENDING, 2: State.PENDING}


async def test_a_saved_query_that_can_no_longer_be_read_matches_nothing(db: Database) -> None:
    await follow(db, 1)
    await follow(db, 2, "topic:drugs")
    async with db.write() as tx:
        await tx.execute(text("UPDATE saved_query SET text = '((' WHERE text <> ''"))
    await put(db, make_draft(topics=("drugs",)), push=True)
    await expand_all(db)
    assert await states(db) == {1: State.PENDING}


async def test_a_chat_that_leaves_while_an_item_is_on_its_way_gets_nothing(db: Database) -> None:
    await follow(db, 1)
    await put(db, make_draft(), push=True)
    async with db.write() as tx:
        await outbox.expand(tx, saved=outbox.SavedQueries(VOCABULARY), now=NOW, chunk=1)
        await subscriptions.remove_all(tx, 1)
    await expand_all(db)
    assert await states(db) == {}


CHAT = st.sampled_from([-(2**52), -5, 1, 2, 2**52])
FOLLOWING = st.lists(
    st.tuples(
        CHAT,
        st.sampled_from(["", "smugglers", "topic:drugs", "absent"]),
        st.sampled_from(["now", "daily 08:00"]),
    ),
    max_size=8,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(following=FOLLOWING, chunk=st.integers(1, 4))
async def test_a_chat_gets_a_push_before_a_digest_and_once(
    db: Database, following: list[tuple[int, str, str]], chunk: int
) -> None:
    async with db.write() as tx:
        for table in ("delivery", "subscription", "saved_query", "sighting", "item", "chat"):
            await tx.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    expected: dict[int, str] = {}
    wanted: dict[tuple[int, str], str] = {}
    for chat_id, query, schedule in following:
        await follow(db, chat_id, query, schedule)
        wanted[chat_id, query] = schedule
    for (chat_id, query), schedule in wanted.items():
        if query != "absent":
            state = State.PENDING if schedule == "now" else State.HELD
            if expected.get(chat_id) != State.PENDING:
                expected[chat_id] = state
    await put(db, make_draft(topics=("drugs",)), push=True)
    await expand_all(db, chunk)
    assert await states(db) == expected


async def test_queries_saved_while_it_runs_are_read_too(db: Database) -> None:
    saved = outbox.SavedQueries(VOCABULARY)
    await follow(db, 1, "smugglers")
    for chat_id, query in ((1, "smugglers"), (2, "convicted"), (3, "smugglers -absent")):
        await follow(db, chat_id, query)
        async with db.read() as tx:
            while not await saved.catch_up(tx, 1):
                pass
    await put(db, make_draft(), push=True)
    await follow(db, 4, "kind:news", now=NOW)
    step = 1
    while step:
        async with db.write() as tx:
            step = await outbox.expand(tx, saved=saved, now=NOW)
    assert await states(db) == dict.fromkeys((1, 2, 3, 4), State.PENDING)
