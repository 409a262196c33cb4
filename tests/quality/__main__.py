"""Prints how good the answers and the classification are: `make quality`."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.database import Database
from storage.migrate import upgrade
from tests.quality import invented
from tests.quality.items import accuracy, classified, f1
from tests.quality.queries import SETS, Answered, answer_all, fill
from tests.quality.stories import INVENTED, read_invented, read_seeds

GOOD = 0.9


async def _answered() -> dict[str, list[Answered]]:
    with TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder, 'store.db')}")
        try:
            await upgrade(db)
            await fill(db)
            return {name: await answer_all(db, name) for name in SETS}
        finally:
            await db.dispose()


def _print_items() -> None:
    found = classified()
    print(f"documents       topics F1 {f1(found, 'topics'):.3f}  ", end="")
    print(
        f"countries F1 {f1(found, 'countries'):.3f}  kinds {accuracy(found, 'kind'):.3f}  ", end=""
    )
    print(f"languages {accuracy(found, 'lang'):.3f}  of {len(found)}")
    for name in invented.SETS:
        read = invented.judged(name)
        topics = invented.f1(read, "topics", "maybe")
        countries = invented.f1(read, "countries", "maybe_countries")
        print(f"{name:15} topics F1 {topics:.3f}  countries F1 {countries:.3f}  ", end="")
        kinds, languages = invented.kinds(read), invented.languages(read)
        print(f"kinds {kinds:.3f}  languages {languages:.3f}  of {len(read)}")


def _print_stories() -> None:
    for name in ("stories", *INVENTED):
        judged = read_seeds() if name == "stories" else read_invented(name)
        right, wrong = judged.same & judged.linked, judged.linked - judged.same
        print(f"{name:17} found {len(right)} of {len(judged.same)}, wrongly linked {len(wrong)}")


def _print_answers(name: str, answered: list[Answered], *, poor: bool) -> None:
    asked = [one for one in answered if one.asked.grades]
    silent = [one.ndcg for one in answered if not one.asked.grades]
    mean = sum(one.ndcg for one in asked) / len(asked)
    print(f"{name:15} nDCG@10 {mean:.3f} of {len(asked)}  ", end="")
    print(f"silent where nothing is in the store: {sum(silent):.0f} of {len(silent)}")
    for one in sorted(answered, key=lambda one: one.ndcg):
        if poor and one.ndcg < GOOD:
            print(f"\n{one.ndcg:.2f} {one.asked.text}")
            for title in one.titles:
                print(f"       {title[:100]}")


def main() -> None:
    """Print the figures, and with `--poor` the queries that are answered poorly."""
    _print_items()
    _print_stories()
    for name, answered in asyncio.run(_answered()).items():
        _print_answers(name, answered, poor="--poor" in sys.argv)


if __name__ == "__main__":
    main()
