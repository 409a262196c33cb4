from datetime import timedelta

from storage import tally
from storage.database import Database
from storage.tally import Figure
from tests.factories import NOW

LATER = NOW + timedelta(seconds=2)


async def test_counts_add_up_and_values_are_replaced(db: Database) -> None:
    for now in (NOW, LATER):
        async with db.write() as tx:
            await tally.add(tx, {("messages", "push/sent"): 3, ("delays", "inf"): 1}, now=now)
            await tally.put(tx, {("rate", ""): 1.5 if now == NOW else 0.25}, now=now)
            await tally.add(tx, {}, now=now)
    async with db.read() as tx:
        assert await tally.read(tx) == {
            ("messages", "push/sent"): Figure(6.0, LATER),
            ("delays", "inf"): Figure(2.0, LATER),
            ("rate", ""): Figure(0.25, LATER),
        }
