"""Small runs of what `make faults` does at length: kills, storms, poison, a hindered store."""

import pytest

from faults.crash import crash
from faults.hindered import full_disk, locked
from faults.outage import outage
from faults.poison import holds, poison
from faults.restored import restored
from faults.stores import DATABASES
from faults.storm import Weather
from faults.times import times

pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize("database", DATABASES)
async def test_hard_kills_lose_nothing_and_repeat_only_what_was_in_flight(database: str) -> None:
    run = await crash(database, ends=4, deliveries=400, rate=120, seed=1, gently=False)
    assert run.holds, run


@pytest.mark.parametrize("database", DATABASES)
async def test_gentle_stops_repeat_nothing(database: str) -> None:
    run = await crash(database, ends=2, deliveries=200, rate=120, seed=1, gently=True)
    assert run.holds, run
    assert run.judgement.duplicates == 0
    assert set(run.claimed) == {0}


async def test_a_storm_loses_nothing_and_counts_what_may_come_twice() -> None:
    weather = Weather(chat_bursts=0.02, slow=0.01, bot_penalty=2)
    run = await outage(
        "sqlite", deliveries=150, seed=2, out_seconds=4, burst_every=8, weather=weather, rate=60
    )
    assert run.holds, run
    assert run.judgement.duplicates == run.unanswered > 0
    assert run.refused > 0


async def test_an_unsendable_item_delays_no_other() -> None:
    without, run = [await poison("sqlite", seed=1, is_poisoned=each) for each in (False, True)]
    assert holds(run, without), (run, without)


@pytest.mark.parametrize("database", DATABASES)
async def test_a_locked_store_loses_nothing_acknowledged(database: str) -> None:
    run = await locked(database, seed=1)
    assert run.holds, run


async def test_a_full_disk_loses_nothing_acknowledged() -> None:
    run = await full_disk("sqlite", seed=1)
    if run is None:
        pytest.skip("only root may mount a small disk")
    assert run.holds, run
    assert run.acknowledged < run.tried


@pytest.mark.parametrize("database", DATABASES)
async def test_a_restored_backup_sends_nothing_twice(database: str) -> None:
    run = await restored(database, seed=1)
    assert run.holds, run
    assert run.set_aside > 0


async def test_odd_clocks_bring_one_digest_a_day() -> None:
    run = await times("sqlite", days=2)
    assert run.holds, run
    assert run.digests > 0
