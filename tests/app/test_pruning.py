from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from app.pruning import ROUND, Pruner
from storage.database import Database
from storage.tables import DeliveryRow
from tests.factories import NOW, follow
from tests.sending import broadcast, claim, sent

KEPT = timedelta(days=30)


async def left(db: Database) -> int:
    async with db.read() as tx:
        return (await tx.execute(select(func.count(col(DeliveryRow.id))))).scalar_one()


async def test_rounds_begin_an_hour_apart(db: Database) -> None:
    now = [NOW + KEPT]
    pruner = Pruner(db, KEPT, lambda: now[0])
    await follow(db, 1)
    await broadcast(db, "Ship stopped")
    await sent(db, *await claim(db))
    await pruner.tick()
    assert await left(db) == 1
    now[0] += timedelta(seconds=1)
    await pruner.tick()
    assert await left(db) == 1
    now[0] += ROUND
    await pruner.tick()
    assert await left(db) == 0


async def test_a_store_that_cannot_be_used_is_no_failure() -> None:

    broken = Database("sqlite:////nowhere/at/all.db")
    pruner = Pruner(broken, KEPT, lambda: NOW)
    await pruner.tick()
    await broken.dispose()
