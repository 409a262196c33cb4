"""Prints how good the answers and the classification are: `make quality`."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.database import Database
from storage.migrate import upgrade
from tests.quality.items import accuracy, classified, f1
from tests.quality.queries import Answered, answer_all, fill

GOOD = 0.9


async def _answered() -> list[Answered]:
    with TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder, 'store.db')}")
        try:
            await upgrade(db)
            await fill(db)
            return await answer_all(db)
        finally:
            await db.dispose()


def main() -> None:
    """Print the figures, and with `--poor` the queries that are answered poorly."""
    found = classified()
    print(f"topics       F1 {f1(found, 'topics'):.3f} of {len(found)} items")
    print(f"countries    F1 {f1(found, 'countries'):.3f}")
    print(f"kinds     right {accuracy(found, 'kind'):.3f}")
    print(f"languages right {accuracy(found, 'lang'):.3f}")
    answered = asyncio.run(_answered())
    asked = [one for one in answered if one.asked.grades]
    silent = [one.ndcg for one in answered if not one.asked.grades]
    print(f"queries nDCG@10 {sum(one.ndcg for one in asked) / len(asked):.3f} of {len(asked)}")
    print(f"silent where nothing is in the store: {sum(silent):.0f} of {len(silent)}")
    if "--poor" in sys.argv:
        for one in sorted(answered, key=lambda one: one.ndcg):
            if one.ndcg < GOOD:
                print(f"\n{one.ndcg:.2f} {one.asked.text}")
                for title in one.titles:
                    print(f"       {title[:100]}")


if __name__ == "__main__":
    main()
