from datetime import UTC, datetime, timedelta

from storage import leases
from storage.database import Database

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
TTL = timedelta(seconds=30)


async def test_one_owner_at_a_time_has_a_role(db: Database) -> None:
    async with db.write() as tx:
        assert await leases.holder(tx, "dispatcher", now=NOW) is None
        assert await leases.acquire(tx, "dispatcher", "one", now=NOW, ttl=TTL)
    async with db.write() as tx:
        assert not await leases.acquire(tx, "dispatcher", "two", now=NOW + TTL / 2, ttl=TTL)
        assert await leases.acquire(tx, "other role", "two", now=NOW, ttl=TTL)
        assert await leases.acquire(tx, "dispatcher", "one", now=NOW + TTL / 2, ttl=TTL)
    async with db.read() as tx:
        assert await leases.holder(tx, "dispatcher", now=NOW + TTL) == "one"
    async with db.write() as tx:
        assert await leases.acquire(tx, "dispatcher", "two", now=NOW + 2 * TTL, ttl=TTL)
        assert not await leases.acquire(tx, "dispatcher", "one", now=NOW + 2 * TTL, ttl=TTL)


async def test_a_role_can_be_given_up_by_its_owner_alone(db: Database) -> None:
    async with db.write() as tx:
        await leases.acquire(tx, "dispatcher", "one", now=NOW, ttl=TTL)
        await leases.release(tx, "dispatcher", "two")
        assert not await leases.acquire(tx, "dispatcher", "two", now=NOW, ttl=TTL)
        await leases.release(tx, "dispatcher", "one")
        assert await leases.acquire(tx, "dispatcher", "two", now=NOW, ttl=TTL)
