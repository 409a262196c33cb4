"""Quiet hours and daily limits, from the item to the claim."""

from datetime import timedelta

import pytest

from domain.model import Lane
from domain.quiet import parse_quiet
from storage import outbox, preferences, subscriptions
from storage.database import Database
from tests.factories import follow
from tests.sending import claim, sent
from tests.storage.pacing import MORNING, NIGHT, NOON, arrivals, at, be_quiet, publish, run

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


async def test_what_falls_in_quiet_hours_comes_after_them_in_order(db: Database) -> None:
    await follow(db, 1, now=NOON)
    await follow(db, 2, now=NOON)
    await be_quiet(db)
    await publish(db, "Before", now=NOON)
    assert await arrivals(db, NOON) == [["Before"], ["Before"]]
    await run(db, NIGHT)
    await publish(db, "One", "Two", now=NIGHT)
    await publish(db, "Three", now=NIGHT + MINUTE)
    assert await arrivals(db, NIGHT + MINUTE) == [["One"], ["Two"], ["Three"]], "the other chat's"
    await run(db, MORNING - MINUTE)
    assert await arrivals(db, MORNING - MINUTE) == []
    await run(db, MORNING)
    assert await arrivals(db, MORNING) == [["One"], ["Two"], ["Three"]]
    await publish(db, "Four", now=MORNING + MINUTE)
    assert await arrivals(db, MORNING + MINUTE) == [["Four"], ["Four"]]


async def test_urgent_items_pass_what_waits_for_the_morning(db: Database) -> None:
    await follow(db, 1, now=NOON)
    await be_quiet(db)
    await run(db, NIGHT)
    await publish(db, "Waits", now=NIGHT)
    await publish(db, "Alarm", "Again", urgent=True, now=NIGHT)
    assert await arrivals(db, NIGHT) == [["Alarm"], ["Again"]]
    assert await arrivals(db, MORNING) == [["Waits"]]


async def test_what_is_late_when_quiet_hours_begin_waits_too(db: Database) -> None:
    """A broadcast that takes long, a retry: what was due before them is asked about again."""
    for chat_id in range(1, 41):
        await follow(db, chat_id, now=NOON)
        await be_quiet(db, chat_id)
    await follow(db, 99, now=NOON)
    await publish(db, "One", "Two", now=NOON)
    await publish(db, "Alarm", urgent=True, now=NOON)
    late = [(one.chat_id, one.items[0].title) for one in await claim(db, 2, now=NIGHT)]
    assert late[0] == (99, "One"), "it looks on behind those that are put off"
    told = await arrivals(db, NIGHT + 2 * MINUTE)
    assert told.count(["Alarm"]) == 41
    assert told.count(["One"]) == 1, "its first claim has ended"
    assert told.count(["Two"]) == 1
    assert sorted(await arrivals(db, MORNING)) == [["One"]] * 40 + [["Two"]] * 40


async def test_a_digest_in_quiet_hours_waits_for_their_end(db: Database) -> None:
    await follow(db, 1, "", "daily 06:00", now=NOON)
    await be_quiet(db)
    await publish(db, "One", now=NOON)
    await run(db, at("2024-05-02T06:00"))
    assert await arrivals(db, at("2024-05-02T06:30")) == []
    async with db.read() as tx:
        assert (await outbox.pending(tx)).lanes[Lane.DIGEST].oldest_due == MORNING
    assert await arrivals(db, MORNING) == [["One"]]


async def test_the_clocks_may_disagree_with_the_quiet_hours_row(db: Database) -> None:
    """The ticks may be late: the claim asks for itself."""
    await follow(db, 1, now=NOON)
    await be_quiet(db)
    later = NIGHT + 3 * DAY
    await publish(db, "One", now=later)
    assert await arrivals(db, later) == []
    assert await arrivals(db, MORNING + 3 * DAY) == [["One"]]


@pytest.mark.parametrize("change", ["none", "shorter", "zone"])
async def test_a_change_of_quiet_hours_counts_for_what_waits(db: Database, change: str) -> None:
    await follow(db, 1, now=NOON)
    await be_quiet(db)
    await run(db, NIGHT)
    await publish(db, "One", now=NIGHT)
    async with db.write() as tx:
        if change == "none":
            await preferences.set_quiet(tx, 1, None, NIGHT)
        elif change == "zone":
            await preferences.set_timezone(tx, 1, "Asia/Bangkok", NIGHT)  # 06:00 there
        else:
            await preferences.set_quiet(tx, 1, parse_quiet("22:00-23:30"), NIGHT)
    expected = {"none": NIGHT, "shorter": NIGHT + 30 * MINUTE, "zone": NIGHT + 60 * MINUTE}[change]
    if expected > NIGHT:
        assert await arrivals(db, expected - MINUTE) == []
    assert await arrivals(db, expected) == [["One"]]


async def test_quiet_hours_that_nobody_has_are_forgotten(db: Database) -> None:
    await follow(db, 1, now=NOON)
    await be_quiet(db)
    async with db.write() as tx:
        await preferences.set_quiet(tx, 1, None, NOON)
    await run(db, MORNING + DAY)
    async with db.read() as tx:
        assert not await outbox.anything_due(tx, MORNING + 2 * DAY - timedelta(hours=24))


async def test_over_the_limit_the_rest_of_the_day_is_one_digest(db: Database) -> None:
    await follow(db, 1, now=NOON)
    await follow(db, 2, now=NOON)
    async with db.write() as tx:
        await preferences.set_daily_limit(tx, 1, 2, NOON)
    await publish(db, "One", "Two", "Three", "Four", now=NOON)
    assert (await arrivals(db, NOON)).count(["Three"]) == 1
    await publish(db, "Five", now=NOON + MINUTE)
    await publish(db, "Alarm", urgent=True, now=NOON + MINUTE)
    await run(db, NOON + MINUTE)
    assert await arrivals(db, NOON + MINUTE) == [["Five"], ["Alarm"], ["Alarm"]]
    midnight = at("2024-05-02T00:00")
    await run(db, midnight - MINUTE)
    assert await arrivals(db, midnight - MINUTE) == []
    await run(db, midnight)
    (digest,) = await arrivals(db, midnight)
    assert sorted(digest) == ["Five", "Four", "Three"]
    await publish(db, "Six", now=midnight + MINUTE)
    assert await arrivals(db, midnight + MINUTE) == [["Six"], ["Six"]]


async def test_a_limits_digest_waits_for_the_end_of_quiet_hours(db: Database) -> None:
    await follow(db, 1, now=NOON)
    await be_quiet(db)
    async with db.write() as tx:
        await preferences.set_daily_limit(tx, 1, 1, NOON)
    await publish(db, "One", "Two", "Three", now=NOON)
    assert await arrivals(db, NOON) == [["One"]]
    await run(db, MORNING - MINUTE)
    assert await arrivals(db, MORNING - MINUTE) == []
    await run(db, MORNING)
    assert [sorted(one) for one in await arrivals(db, MORNING)] == [["Three", "Two"]]


async def test_a_message_that_is_tried_again_is_counted_once(db: Database) -> None:
    await follow(db, 1, now=NOON)
    async with db.write() as tx:
        await preferences.set_daily_limit(tx, 1, 2, NOON)
    await publish(db, "One", now=NOON)
    for _ in range(5):
        (message,) = await claim(db, now=NOON)
        async with db.write() as tx:
            await outbox.settle_later(tx, message, due=NOON, reason="", count_attempt=False)
    assert await arrivals(db, NOON) == [["One"]]
    await publish(db, "Two", "Three", now=NOON)
    assert await arrivals(db, NOON) == [["Two"]]


async def test_a_limit_that_is_lifted_lets_the_digest_come_at_once(db: Database) -> None:
    await follow(db, 1, now=NOON)
    async with db.write() as tx:
        await preferences.set_daily_limit(tx, 1, 1, NOON)
    await publish(db, "One", "Two", now=NOON)
    assert await arrivals(db, NOON) == [["One"]]
    async with db.write() as tx:
        await preferences.set_daily_limit(tx, 1, None, NOON)
    await publish(db, "Three", now=NOON)
    await run(db, NOON)
    assert [sorted(one) for one in await arrivals(db, NOON)] == [["Three", "Two"]]


async def test_a_claimed_message_is_left_alone(db: Database) -> None:
    await follow(db, 1, now=NOON)
    await publish(db, "One", "Two", now=NOON)
    (message,) = await claim(db, now=NOON)
    await be_quiet(db, now=NIGHT)
    async with db.write() as tx:
        await preferences.pause(tx, 1, MORNING, NIGHT)
        await preferences.resume(tx, 1, NIGHT)
    await sent(db, message, now=NIGHT)
    await run(db, MORNING)
    assert await arrivals(db, MORNING) == [["Two"]]


async def test_nothing_comes_in_the_morning_to_who_follows_nothing_any_more(db: Database) -> None:
    subscription = await follow(db, 1, now=NOON)
    await follow(db, 2, now=NOON)
    await be_quiet(db)
    async with db.write() as tx:
        await preferences.set_daily_limit(tx, 1, 1, NOON)
    await publish(db, "On its way", "Over the limit", now=NOON)
    assert len(await claim(db, now=NOON)) == 2
    await run(db, NIGHT)
    await publish(db, "In the night", now=NIGHT)
    async with db.write() as tx:
        assert await subscriptions.remove(tx, 1, subscription.id)
    await run(db, MORNING + DAY)
    told = await arrivals(db, MORNING + DAY)
    assert told.count(["On its way"]) == 2, "what was claimed goes on"
    assert len(told) == 4, "and the rest comes to the other chat alone"
