from datetime import timedelta

import pytest

from domain.errors import NotFoundError, ScheduleError
from domain.model import Chat, ChatState
from domain.schedule import FOREVER
from storage import chats, outbox, preferences, subscriptions
from storage.database import Database
from tests.factories import follow
from tests.sending import claim
from tests.storage.pacing import (
    MORNING,
    NIGHT,
    NOON,
    QUIET,
    arrivals,
    at,
    be_quiet,
    publish,
    run,
)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


async def chat_of(db: Database, chat_id: int = 1) -> Chat:
    async with db.read() as tx:
        chat = await chats.get(tx, chat_id)
    assert chat is not None
    return chat


async def test_what_is_chosen_is_kept(db: Database) -> None:
    await follow(db, 1, now=NOON)
    async with db.write() as tx:
        await preferences.set_language(tx, 1, "fr", NOON)
        await preferences.set_timezone(tx, 1, "Africa/Lagos", NOON)
        await preferences.set_quiet(tx, 1, QUIET, NOON)
        await preferences.set_daily_limit(tx, 1, 7, NOON)
        last = await preferences.set_empty_digests(tx, 1, True, NOON)
    assert last == await chat_of(db)
    assert last == Chat(
        id=1,
        state=ChatState.ACTIVE,
        timezone="Africa/Lagos",
        language="fr",
        quiet=QUIET,
        daily_limit=7,
        empty_digests=True,
    )


async def test_a_chat_that_never_registered_has_nothing_to_choose(db: Database) -> None:
    async with db.write() as tx:
        with pytest.raises(NotFoundError):
            await preferences.set_quiet(tx, 1, None, NOON)
        with pytest.raises(NotFoundError):
            await preferences.pause(tx, 1, FOREVER, NOON)


async def test_a_zone_times_the_schedules_anew(db: Database) -> None:
    await follow(db, 1, "", "daily 08:00", now=NOON)
    await publish(db, "One", now=NOON)
    async with db.write() as tx:
        await preferences.set_timezone(tx, 1, "America/New_York", NOON)
        with pytest.raises(ScheduleError):
            await preferences.set_timezone(tx, 1, "Nowhere", NOON)
    await run(db, at("2024-05-01T12:00"))
    await run(db, at("2024-05-02T11:59"))
    assert await arrivals(db, at("2024-05-02T11:59")) == []
    await run(db, at("2024-05-02T12:00"))
    assert await arrivals(db, at("2024-05-02T12:00")) == [["One"]]


async def test_a_pause_ends_with_one_digest_of_all_that_was_missed(db: Database) -> None:
    await follow(db, 1, now=NOON)
    await follow(db, 1, "trafficking", now=NOON)
    await publish(db, "Waiting", now=NOON)
    until = NOON + 3 * DAY
    async with db.write() as tx:
        paused = await preferences.pause(tx, 1, until, NOON)
    assert (paused.state, paused.paused_until) == (ChatState.PAUSED, until)
    await publish(db, "One", "Two", now=NOON + DAY)
    await publish(db, "Alarm", urgent=True, now=NOON + DAY)
    await run(db, until - MINUTE)
    assert await arrivals(db, until - MINUTE) == []
    await run(db, until)
    assert (await chat_of(db)).state is ChatState.ACTIVE
    (digest,) = await arrivals(db, until)
    assert sorted(digest) == ["Alarm", "One", "Two", "Waiting"]
    await publish(db, "Three", now=until + MINUTE)
    assert await arrivals(db, until + MINUTE) == [["Three"]]


async def test_a_pause_without_end_lasts_until_resumed(db: Database) -> None:
    await follow(db, 1, now=NOON)
    await follow(db, 1, "missed", "daily 08:00", now=NOON)
    async with db.write() as tx:
        await preferences.pause(tx, 1, FOREVER, NOON)
    await publish(db, "Missed", now=NOON)
    later = NOON + 400 * DAY
    await run(db, later)
    assert await arrivals(db, later) == []
    async with db.write() as tx:
        await preferences.resume(tx, 1, later)
    await run(db, later)
    assert await arrivals(db, later) == [["Missed"]]
    await publish(db, "Missed too", now=later)
    await run(db, at("2025-06-06T08:00"))
    assert await arrivals(db, at("2025-06-06T08:00")) == [["Missed too"]]


async def test_a_pause_without_news_ends_in_silence(db: Database) -> None:
    await follow(db, 1, now=NOON)
    async with db.write() as tx:
        await preferences.pause(tx, 1, NOON + DAY, NOON)
    await run(db, NOON + DAY)
    assert await arrivals(db, NOON + DAY) == []
    async with db.write() as tx:
        await preferences.resume(tx, 1, NOON + DAY)
    await run(db, NOON + DAY)
    assert await arrivals(db, NOON + DAY) == []


async def test_digests_that_were_made_but_not_sent_are_taken_back_by_a_pause(db: Database) -> None:
    await follow(db, 1, "", "daily 06:00", now=NOON)
    await be_quiet(db)
    await publish(db, "One", now=NOON)
    await run(db, at("2024-05-02T06:00"))
    async with db.write() as tx:
        await preferences.pause(tx, 1, NOON + 5 * DAY, at("2024-05-02T06:30"))
    await publish(db, "Two", now=NOON + DAY)
    await run(db, MORNING)
    assert await arrivals(db, MORNING) == []
    await run(db, NOON + 6 * DAY)
    assert [sorted(one) for one in await arrivals(db, NOON + 6 * DAY)] == [["One", "Two"]]


async def test_a_subscription_may_pause_alone(db: Database) -> None:
    boats = await follow(db, 1, "boats", now=NOON)
    await follow(db, 1, "cars", now=NOON)
    async with db.write() as tx:
        assert await subscriptions.pause(tx, 1, boats.id, NOON + DAY, NOON)
        assert not await subscriptions.pause(tx, 2, boats.id, NOON + DAY, NOON)
        assert not await subscriptions.resume(tx, 1, 99, NOON)
    await publish(db, "Boats one", "Cars", "Boats two", now=NOON)
    assert await arrivals(db, NOON) == [["Cars"]]
    await run(db, NOON + DAY)
    assert [sorted(one) for one in await arrivals(db, NOON + DAY)] == [["Boats one", "Boats two"]]
    await publish(db, "Boats three", now=NOON + DAY)
    assert await arrivals(db, NOON + DAY) == [["Boats three"]]


async def test_paused_subscriptions_are_resumed_together(db: Database) -> None:
    now = await follow(db, 1, "boats", now=NOON)
    daily = await follow(db, 1, "cars", "daily 08:00", now=NOON)
    async with db.write() as tx:
        for one in (now, daily):
            await subscriptions.pause(tx, 1, one.id, FOREVER, NOON)
    await publish(db, "Boats", "Cars", now=NOON)
    await run(db, NOON + 30 * DAY)
    assert await arrivals(db, NOON + 30 * DAY) == []
    async with db.write() as tx:
        assert await subscriptions.resume_all(tx, 1, NOON + 30 * DAY) == 2
        assert await subscriptions.resume_all(tx, 1, NOON + 30 * DAY) == 0
    await run(db, NOON + 30 * DAY)
    assert await arrivals(db, NOON + 30 * DAY) == [["Boats"]]
    await run(db, at("2024-06-01T08:00"))
    assert await arrivals(db, at("2024-06-01T08:00")) == [["Cars"]]


async def test_a_chat_that_is_gone_has_no_pause_left(db: Database) -> None:
    await follow(db, 1, now=NOON)
    async with db.write() as tx:
        await preferences.pause(tx, 1, FOREVER, NOON)
    await publish(db, "Missed", now=NOON)
    async with db.write() as tx:
        await outbox.chat_gone(tx, 1, "blocked", NIGHT)
        back = await chats.register(tx, 1, now=MORNING, timezone="UTC")
    assert (back.state, back.paused_until) == (ChatState.ACTIVE, None)
    async with db.write() as tx:
        await preferences.resume(tx, 1, MORNING)
    await run(db, MORNING)
    assert await claim(db, now=MORNING) == []


async def test_a_chat_may_want_to_be_told_that_nothing_is_new(db: Database) -> None:
    await follow(db, 1, "boats", "daily 08:00", now=NOON)
    async with db.write() as tx:
        await preferences.set_empty_digests(tx, 1, True, NOON)
    await run(db, at("2024-05-02T08:00"))
    (empty,) = await claim(db, now=at("2024-05-02T08:00"))
    assert empty.items == ()
    await run(db, at("2024-05-02T08:00"))
    assert await claim(db, now=at("2024-05-02T08:00")) == []
